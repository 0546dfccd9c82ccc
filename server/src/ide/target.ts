import { type AnalysedModel, type Analysis, pathOfModel } from '@modeldriver/engine'

/** The project and model a file belongs to. */
export interface Target {
  readonly project: string
  readonly model: string
  readonly groupBy?: readonly string[]
  readonly columnsFrom?: string
}

/** The model of a feature file; for the manifest the one at `offset`, else the last, whose result is the pipeline's. */
export function targetOf(analysis: Analysis, path: string, offset?: number): Target | undefined {
  const model = modelInManifest(analysis, path, offset) ?? modelOfFile(analysis, path)
  if (!model) return undefined
  const groupBy = model.model.groupBy?.map(({ name }) => name)
  return {
    project: analysis.snapshot.project.path,
    model: model.model.name,
    ...(groupBy && { groupBy }),
    ...(model.columnsFrom && { columnsFrom: model.columnsFrom }),
  }
}

/** The first model that has the file among its feature files. */
export function modelOfFile(analysis: Analysis, path: string): AnalysedModel | undefined {
  const own = analysis.models.find(({ model }) => model.featureFiles.includes(path))
  const isManifest = analysis.snapshot.project.kind === 'manifest' && analysis.snapshot.project.path === path
  return own ?? (isManifest ? analysis.models.at(-1) : undefined)
}

/** The model whose entry `offset` is in. */
function modelInManifest({ snapshot, models }: Analysis, path: string, offset?: number): AnalysedModel | undefined {
  const { project, manifestText } = snapshot
  if (offset === undefined || manifestText === undefined || project.path !== path) return undefined
  const entryAt = (start: number) => pathOfModel(manifestText, { start, end: start }).join()
  const own = entryAt(offset)
  return models.find(({ model: { nameSpan } }) => nameSpan && entryAt(nameSpan.start) === own)
}
