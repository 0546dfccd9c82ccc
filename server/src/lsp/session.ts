import { dirname } from '@modeldriver/engine'
import { isFolder } from '@modeldriver/runner/files'
import { createContext, type SessionHost } from './context.ts'
import { type FileEvent, watchFolders } from './folders.ts'
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './handlers/call-hierarchy.ts'
import { codeAction } from './handlers/code-action.ts'
import { completion, completionItem } from './handlers/completion.ts'
import { declarations } from './handlers/declarations.ts'
import { definition, origin, references } from './handlers/definition.ts'
import { hover } from './handlers/hover.ts'
import { inlayHints } from './handlers/inlay-hints.ts'
import { codeLens } from './handlers/lenses.ts'
import { documentLinks } from './handlers/links.ts'
import { movedFiles } from './handlers/moved-files.ts'
import { newProjectTexts } from './handlers/new-project.ts'
import { graph, projects, target, upstream } from './handlers/product.ts'
import { prepareRename, rename, renameEverywhere } from './handlers/rename.ts'
import { workspaceSymbols } from './handlers/symbols.ts'
import { pathOf } from './paths.ts'
import { createPoll } from './polling.ts'
import type { Change } from './workspace.ts'

/** Everything the server answers once the engine is loaded: one entry per request, each made in `handlers/`. */
export type Session = ReturnType<typeof startSession>

export function startSession(host: SessionHost) {
  const context = createContext(host)
  const { documents, files, workspace } = context
  const folders = watchFolders({ workspace, files, isFolder, log: host.log, failed: host.failed })
  const flushSoon = whenQuiet(workspace.flush)
  const touch = (path: string, change: Change) => {
    workspace.touch(path, change)
    flushSoon()
  }
  return {
    documentChanged: (uri: string) => {
      const path = pathOf(uri)
      if (path !== undefined) touch(path, 'text')
    },
    documentClosed: (uri: string) => {
      const path = pathOf(uri)
      if (path === undefined) return
      files.forget(path)
      touch(path, folders.contain(path) && files.document(path) ? 'text' : 'place')
    },
    filesChanged: (changes: readonly FileEventOf[]) => {
      for (const { uri, event } of changes) {
        applyTo(uri, (path) => {
          files.forget(path)
          if (folders.changed(path, event) && !documents.at(path)) touch(path, event === 'changed' ? 'text' : 'place')
        })
      }
    },
    /** For a client that does not tell of changes on disk. */
    startPolling: () => {
      const changed = createPoll(files, () => new Set([...workspace.paths()].map(dirname)))
      setInterval(() => {
        for (const { path, event } of changed()) {
          folders.changed(path, event)
          files.forget(path)
          touch(path, event === 'changed' ? 'text' : 'place')
        }
      }, pollMs).unref()
    },
    foldersChanged: (added: readonly string[], removed: readonly string[]) => {
      for (const uri of removed) applyTo(uri, folders.remove)
      for (const uri of added) applyTo(uri, folders.add)
      flushSoon()
    },
    codeAction: codeAction(context),
    codeLens: codeLens(context),
    completion: completion(context),
    completionItem: completionItem(context),
    declarations: declarations(context),
    definition: definition(context),
    documentLinks: documentLinks(context),
    graph: graph(context),
    hover: hover(context),
    inlayHints: inlayHints(context),
    incomingCalls: incomingCalls(context),
    movedFiles: movedFiles(context),
    newProject: newProjectTexts(context),
    origin: origin(context),
    outgoingCalls: outgoingCalls(context),
    prepareCallHierarchy: prepareCallHierarchy(context),
    prepareRename: prepareRename(context),
    projects: projects(context),
    references: references(context),
    rename: rename(context),
    renameEverywhere: renameEverywhere(context),
    target: target(context),
    upstream: upstream(context),
    workspaceSymbols: workspaceSymbols(context),
  }
}

/** How often the disk is looked at when the client cannot watch it. */
const pollMs = 2000

export interface FileEventOf {
  readonly uri: string
  readonly event: FileEvent
}

function applyTo(uri: string, work: (path: string) => void): void {
  const path = pathOf(uri)
  if (path !== undefined) work(path.length > 1 ? path.replace(/\/$/, '') : path)
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
