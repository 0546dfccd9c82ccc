import type { GraphPanel } from '../panels/graph.ts'
import { sayNoFile } from '../views/active.ts'
import { fileOf, nameOf } from './subject.ts'

/** `[uri, feature?]`: the graph of the file's pipeline, at the feature; without one, at the feature under the cursor. */
export const showGraph =
  (graph: GraphPanel) =>
  async (file?: unknown, name?: unknown): Promise<void> => {
    const uri = fileOf(file)
    if (uri === undefined) return sayNoFile()
    await graph.show(uri, nameOf(file, name))
  }
