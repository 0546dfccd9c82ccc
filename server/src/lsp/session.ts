import { type FeatureReader, typeScriptReader } from '@modeldriver/engine'
import type { ChangedParams, FeatureRef, GraphResult, LineageResult, Target } from '@modeldriver/protocol'
import type { CodeLens, Hover, Location, Position, PublishDiagnosticsParams } from 'vscode-languageserver/node'
import { definitionAt } from '../ide/definition.ts'
import { graphOf } from '../ide/graph-view.ts'
import { hoverAt } from '../ide/hover.ts'
import { lensesOf } from '../ide/lenses.ts'
import { lineageOf } from '../ide/lineage.ts'
import { featuresIn } from '../ide/sources.ts'
import { targetOf } from '../ide/target.ts'
import type { Documents } from './documents.ts'
import { createFiles } from './files.ts'
import { pathOf } from './paths.ts'
import { createPublisher } from './publisher.ts'
import { type Places, toCodeLens, toGraphView, toHover, toLineageResult, toLocation } from './to-lsp.ts'
import { type Change, createWorkspace, type ProjectState } from './workspace.ts'

export interface SessionHost {
  readonly documents: Documents
  readonly publish: (params: PublishDiagnosticsParams) => void
  readonly changed: (params: ChangedParams) => void
  /** Lenses of open files changed by an edit elsewhere. */
  readonly lensesChanged: () => void
  readonly failed: (doing: string, error: unknown) => void
}

/** Everything the server answers once the engine is loaded. Addresses and positions as LSP has them. */
export interface Session {
  readonly documentChanged: (uri: string) => void
  readonly documentClosed: (uri: string) => void
  readonly fileChanged: (uri: string, change: Change) => void
  readonly lenses: (uri: string) => CodeLens[]
  readonly hover: (uri: string, position: Position) => Hover | null
  readonly definition: (uri: string, position: Position) => Location | null
  readonly upstream: (ref: FeatureRef) => LineageResult | null
  readonly graph: (uri: string) => GraphResult
  readonly target: (uri: string) => Target | null
}

export function startSession(host: SessionHost): Session {
  const { documents } = host
  const files = createFiles(documents)
  const reader: FeatureReader = typeScriptReader()
  const places: Places = { document: files.document, uriOf: documents.uriOf }
  const publisher = createPublisher(places, (path) => documents.at(path)?.version, host.publish)
  const workspace = createWorkspace({
    files,
    reader,
    openPaths: documents.openPaths,
    analysed: (project, touched) => {
      publisher.publish(project, touched)
      host.changed({ project: project.path, revision: project.revision })
      if (documents.openPaths().some((path) => !touched.has(path))) host.lensesChanged()
    },
    closed: publisher.withdraw,
    failed: host.failed,
  })
  const flushSoon = whenQuiet(workspace.flush)

  const touch = (uri: string, change: (path: string) => Change) => {
    const path = pathOf(uri)
    if (path === undefined) return
    workspace.touch(path, change(path))
    flushSoon()
  }
  const projectAt = (uri: string): { path: string; project: ProjectState } | undefined => {
    const path = pathOf(uri)
    const project = path === undefined ? undefined : workspace.projectOf(path)
    return path !== undefined && project ? { path, project } : undefined
  }
  const at = (uri: string, position: Position) => {
    const found = projectAt(uri)
    const document = found && files.document(found.path)
    return document && { ...found, document, offset: document.offsetAt(position) }
  }

  return {
    documentChanged: (uri) => touch(uri, () => 'text'),
    documentClosed: (uri) =>
      touch(uri, (path) => {
        files.forget(path)
        return files.document(path) ? 'text' : 'place'
      }),
    fileChanged: (uri, change) => {
      const path = pathOf(uri)
      if (path === undefined) return
      files.forget(path)
      if (!documents.at(path)) touch(uri, () => change)
    },
    lenses: (uri) => {
      const found = projectAt(uri)
      const document = found && files.document(found.path)
      if (!document) return []
      return lensesOf(found.project.analysis, found.path).map((lens) => toCodeLens(document, lens))
    },
    hover: (uri, position) => {
      const found = at(uri, position)
      const hover = found && hoverAt(found.project.analysis, found.path, found.offset)
      return hover ? toHover(found.document, hover) : null
    },
    definition: (uri, position) => {
      const found = at(uri, position)
      const location = found && definitionAt(found.project.analysis, found.path, found.offset)
      return location ? toLocation(places, location) : null
    },
    upstream: ({ uri, feature }) => {
      const found = projectAt(uri)
      if (!found) return null
      const { analysis } = found.project
      const own = featuresIn(analysis, found.path).find((candidate) => candidate.feature.name === feature)
      return own ? toLineageResult(places, lineageOf(analysis, own.model, own.feature)) : null
    },
    graph: (uri) => {
      const found = projectAt(uri)
      return found ? toGraphView(places, found.project, graphOf(found.project.analysis, found.path)) : null
    },
    target: (uri) => {
      const found = projectAt(uri)
      return (found && targetOf(found.project.analysis, found.path)) ?? null
    },
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
