import { createContext, type SessionHost } from './context.ts'
import { definition } from './handlers/definition.ts'
import { hover } from './handlers/hover.ts'
import { codeLens } from './handlers/lenses.ts'
import { graph, target, upstream } from './handlers/product.ts'
import { pathOf } from './paths.ts'
import type { Change } from './workspace.ts'

/** Everything the server answers once the engine is loaded: one entry per request, each made in `handlers/`. */
export type Session = ReturnType<typeof startSession>

export function startSession(host: SessionHost) {
  const context = createContext(host)
  const { documents, files, workspace } = context
  const flushSoon = whenQuiet(workspace.flush)
  const touch = (uri: string, change: (path: string) => Change) => {
    const path = pathOf(uri)
    if (path === undefined) return
    workspace.touch(path, change(path))
    flushSoon()
  }

  return {
    documentChanged: (uri: string) => touch(uri, () => 'text'),
    documentClosed: (uri: string) =>
      touch(uri, (path) => {
        files.forget(path)
        return files.document(path) ? 'text' : 'place'
      }),
    fileChanged: (uri: string, change: Change) => {
      const path = pathOf(uri)
      if (path === undefined) return
      files.forget(path)
      if (!documents.at(path)) touch(uri, () => change)
    },
    codeLens: codeLens(context),
    definition: definition(context),
    graph: graph(context),
    hover: hover(context),
    target: target(context),
    upstream: upstream(context),
  }
}

/**
 * Runs `work` once no further call came during a whole turn of the event loop: messages that wait in the queue are taken
 * in first, one per turn.
 */
function whenQuiet(work: () => void): () => void {
  let calls = 0
  let isWaiting = false
  const wait = (seen: number) =>
    setImmediate(() =>
      setImmediate(() => {
        if (calls !== seen) return wait(calls)
        isWaiting = false
        work()
      }),
    )
  return () => {
    calls++
    if (isWaiting) return
    isWaiting = true
    wait(calls)
  }
}
