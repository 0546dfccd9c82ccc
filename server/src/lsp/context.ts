import {
  type Analysis,
  analyse,
  type FeatureReader,
  replaceFile,
  type SourceNames,
  typeScriptNames,
  typeScriptReader,
} from '@modeldriver/engine'
import type { ChangedParams } from '@modeldriver/protocol'
import type { ClientCapabilities, Position, PublishDiagnosticsParams } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { startCheckThread } from '../typecheck/thread.ts'
import { createTypeChecks } from '../typecheck/type-checks.ts'
import type { Documents } from './documents.ts'
import { failureLog } from './failures.ts'
import { createFiles, type Files } from './files.ts'
import { pathOf } from './paths.ts'
import { createPublisher } from './publisher.ts'
import { createWorkspace, type ProjectState, type Workspace } from './workspace.ts'
import type { EditPlaces } from './workspace-edit.ts'

export interface SessionHost {
  readonly client: ClientCapabilities
  /** The editor runs ModelDriver's own client, with its commands. */
  readonly hasCommands: boolean
  readonly documents: Documents
  /** The address of docs/problems.md. */
  readonly problemsPage: string | undefined
  readonly publish: (params: PublishDiagnosticsParams) => void
  readonly changed: (params: ChangedParams) => void
  /** Lenses of open files changed by an edit elsewhere. */
  readonly lensesChanged: () => void
  readonly failed: (doing: string, error: unknown) => void
  readonly log: (message: string) => void
}

/** A file with the project that knows it. */
export interface FileInProject {
  readonly path: string
  readonly project: ProjectState
}

/** A position in a file, as an offset in its text. */
export interface PlaceInProject extends FileInProject {
  readonly document: TextDocument
  readonly offset: number
}

/** What handlers work with: the projects as they are now, and the way from the editor's places to the engine's. */
export interface Context {
  /** Logs what went wrong in ModelDriver itself. */
  readonly failed: (doing: string, error: unknown) => void
  /** What the editor can show. */
  readonly client: ClientCapabilities
  readonly hasCommands: boolean
  readonly documents: Documents
  readonly files: Files
  readonly places: EditPlaces
  readonly workspace: Workspace
  readonly names: SourceNames
  readonly projectAt: (uri: string) => FileInProject | undefined
  readonly at: (uri: string, position: Position) => PlaceInProject | undefined
  /** The analysis of a project if one of its feature files had another text. */
  readonly supposing: (analysis: Analysis, path: string, text: string) => Analysis
}

/** Answers one request from what is known now; nothing is remembered between two. */
export type Handler<Params, Result> = (context: Context) => (params: Params) => Result

/** An edit inside of features changes nothing that lenses and hints of other files show. */
const looksTheSame = (before: Analysis, now: Analysis): boolean =>
  before.models.length === now.models.length &&
  now.models.every(({ graph, provides, types }, i) => {
    const other = before.models[i]
    return other?.graph === graph && other.provides === provides && other.types === types
  })

export function createContext(host: SessionHost): Context {
  const { documents } = host
  const files = createFiles(documents)
  const reader: FeatureReader = typeScriptReader()
  const versionOf = (path: string) => documents.at(path)?.version
  const isLinked = host.client.textDocument?.publishDiagnostics?.codeDescriptionSupport
  const problemsPage = isLinked ? host.problemsPage : undefined
  const places: EditPlaces = { document: files.document, uriOf: documents.uriOf, versionOf, problemsPage }
  const publisher = createPublisher(places, versionOf, host.publish)
  /** What the client knows of, by project. */
  const told = new Map<string, ProjectState>()
  let isNew = false
  const types = createTypeChecks({
    start: startCheckThread,
    textOf: files.readText,
    isBusy: () => workspace.isBusy(),
    found: (project) => workspace.renew(project),
    failed: host.failed,
  })
  const tellFailures = failureLog(host.failed)
  const workspace: Workspace = createWorkspace({
    files,
    reader,
    types,
    openPaths: documents.openPaths,
    analysed: (project, touched) => {
      tellFailures(project.analysis.failures)
      publisher.publish(project, touched)
      const before = told.get(project.path)
      if (before?.revision === project.revision) return
      told.set(project.path, project)
      host.changed({ project: project.path, revision: project.revision })
      isNew ||= !before || !looksTheSame(before.analysis, project.analysis)
    },
    closed: (project) => {
      publisher.withdraw(project)
      told.delete(project)
    },
    settled: (touched) => {
      publisher.send()
      if (isNew && documents.openPaths().some((path) => !touched.has(path))) host.lensesChanged()
      isNew = false
    },
    failed: host.failed,
  })
  const projectAt = (uri: string): FileInProject | undefined => {
    const path = pathOf(uri)
    const project = path === undefined ? undefined : workspace.projectOf(path)
    return path !== undefined && project ? { path, project } : undefined
  }
  return {
    client: host.client,
    hasCommands: host.hasCommands,
    failed: host.failed,
    documents,
    files,
    places,
    workspace,
    names: typeScriptNames(),
    projectAt,
    at: (uri, position) => {
      const found = projectAt(uri)
      const document = found && files.document(found.path)
      return document && { ...found, document, offset: document.offsetAt(position) }
    },
    supposing: (analysis, path, text) => analyse(replaceFile(analysis.snapshot, path, text, reader), analysis),
  }
}
