import { setImmediate } from 'node:timers/promises'
import type {
  ChangedParams,
  DeclarationsParams,
  DeclarationsResult,
  FeatureRef,
  GraphResult,
  LineageResult,
  NewProjectParams,
  NewProjectResult,
  ProjectEntry,
  ProjectsResult,
  Target,
} from '@modeldriver/protocol'
import { lensCommands, notifications, type RenameResult, requests } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import {
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  type CodeAction,
  CodeActionRequest,
  CodeLensRequest,
  FileChangeType,
  InlayHintRequest,
  type LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node'
import { featureFilePattern, isOurs, manifestPattern, portable } from '../files.ts'
import { codeLensesShown, codeLensSettings, inlayHintSettings, inlayHintsShown } from '../settings.ts'
import { besideTypeScript } from './beside.ts'
import { createRecovery, QuietClient } from './recovery.ts'
import { createRenaming, type Renaming } from './renaming.ts'

/** What the rest of the host may ask of the language server. */
export interface Language extends vscode.Disposable {
  /** Resolves once the server answers requests, or it was said that it does not; requests made before wait for it. */
  start(): Promise<void>
  stop(): Promise<void>
  restart(): Promise<void>
  readonly running: boolean
  /** There is a server, or one is on the way. */
  readonly alive: boolean
  /** Whether requests will be answered; says that they will not be, and how that is mended. */
  ready(): Promise<boolean>
  target(uri: string, position?: vscode.Position): Promise<Target | undefined>
  lineage(feature: FeatureRef): Promise<LineageResult | undefined>
  /** Null: no model is known for the file. Undefined: there is no answer, such as from a server that ended. */
  graph(uri: string): Promise<GraphResult | undefined>
  /** Where the feature that is named at a place names its inputs. */
  inputPlaces(uri: vscode.Uri, position: vscode.Position): Promise<readonly vscode.Range[]>
  /** All projects of the workspace. */
  projects(): Promise<readonly ProjectEntry[]>
  /** What `modeldriver.d.ts` beside a project should be; with `update` nothing where there is none. */
  declarations(uri: string, update: boolean): Promise<NonNullable<DeclarationsResult> | undefined>
  /** What a new project around a feature file is made of. */
  newProject(params: NewProjectParams): Promise<NewProjectResult | undefined>
  readonly renaming: Renaming
  /** The table function at a place as features, or why it cannot be; undefined where there is none. */
  conversion(uri: vscode.Uri, position: vscode.Position): Promise<Conversion | undefined>
  /** The analysis of a project changed. */
  readonly onChanged: vscode.Event<ChangedParams>
  /** A file was made, changed or deleted on disk, of those that the server wants to know of, or a folder made or deleted. */
  readonly onFileChanged: vscode.Event<FileChange>
  /** The server was started or ended. */
  readonly onState: vscode.Event<void>
}

export interface FileChange {
  /** With `/`. */
  readonly path: string
  readonly isNew: boolean
}

export interface Conversion {
  readonly edit?: vscode.WorkspaceEdit | undefined
  readonly refused?: string
}

/** The files the server analyses, as `vscode.languages` wants them. `git:` and other read-only views are left alone. */
export const languageSelector = ['file', 'untitled'].flatMap((scheme) => [
  { scheme, language: 'typescript', pattern: featureFilePattern },
  { scheme, language: 'javascript', pattern: featureFilePattern },
  { scheme, language: 'json', pattern: manifestPattern },
  { scheme, language: 'jsonc', pattern: manifestPattern },
])

/** The server itself asks for changes on disk and for open data files. */
export function createLanguage(module: string, log: vscode.LogOutputChannel): Language {
  const changed = new vscode.EventEmitter<ChangedParams>()
  const fileChanged = new vscode.EventEmitter<FileChange>()
  const state = new vscode.EventEmitter<void>()
  const answer = async <T>(method: string, params: object): Promise<T | undefined> => {
    try {
      return await client.sendRequest<T>(method, params)
    } catch (error) {
      // Answers that are lost with their server come before the news of its end.
      await setImmediate()
      log.error(`${method}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const ask = async <T>(method: string, params: object): Promise<T | undefined> =>
    (await answer<T | null>(method, params)) ?? undefined
  const renaming = createRenaming(
    {
      prepare: (uri, position) =>
        ask('textDocument/prepareRename', { textDocument: { uri: uri.toString() }, position }),
      rename: (uri, position, newName) =>
        ask<RenameResult>(requests.rename, { textDocument: { uri: uri.toString() }, position, newName }),
    },
    log,
  )
  const beside = besideTypeScript()
  const recovery = createRecovery(() => client, log)
  const options: LanguageClientOptions = {
    documentSelector: languageSelector,
    outputChannel: log,
    diagnosticCollectionName: 'modeldriver',
    initializationOptions: { commands: true },
    errorHandler: recovery.errorHandler,
    initializationFailedHandler: () => false,
    middleware: {
      provideHover: async (document, position, token, next) => withCommands(await next(document, position, token)),
      provideInlayHints: async (document, range, token, next) => shownHints(await next(document, range, token)),
      provideCodeLenses: async (document, token, next) => shownLenses(await next(document, token)),
      workspace: {
        didChangeWatchedFile: (event, next) => {
          const isNew = event.type === FileChangeType.Created
          fileChanged.fire({ path: portable(vscode.Uri.parse(event.uri).fsPath), isNew })
          return next(event)
        },
      },
      ...renaming.middleware,
      ...beside.middleware,
    },
  }
  const client: QuietClient = new QuietClient(
    'modeldriver',
    'ModelDriver',
    { module, transport: TransportKind.ipc },
    options,
  )
  client.onNotification(notifications.changed, (params: ChangedParams) => changed.fire(params))
  const states = client.onDidChangeState(() => state.fire())
  const settings = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(codeLensSettings)) refreshLenses(client)
    if (event.affectsConfiguration(inlayHintSettings)) refreshHints(client)
  })

  return {
    start: async () => {
      try {
        await client.start()
      } catch {
        await setImmediate()
        if (!recovery.alive) void recovery.offerRestart(notRunning())
      }
    },
    stop: async () => {
      if (client.needsStop()) await client.stop()
    },
    restart: recovery.restart,
    get running() {
      return client.isRunning()
    },
    get alive() {
      return recovery.alive
    },
    ready: async () => recovery.alive || recovery.offerRestart(notRunning()),
    target: (uri, position) => ask<Target>(requests.target, { uri, ...(position && { position }) }),
    lineage: (feature) => ask<LineageResult>(requests.upstream, feature),
    declarations: (uri, update) => ask(requests.declarations, { uri, update } satisfies DeclarationsParams),
    renaming,
    conversion: async (uri, position) => {
      const context = { diagnostics: [], only: ['refactor.rewrite.modeldriver.features'] }
      const asked = { textDocument: { uri: uri.toString() }, range: { start: position, end: position }, context }
      const [action] = (await ask<readonly CodeAction[]>(CodeActionRequest.method, asked)) ?? []
      if (action === undefined) return undefined
      if (action.disabled) return { refused: action.disabled.reason }
      return { edit: await client.protocol2CodeConverter.asWorkspaceEdit(action.edit) }
    },
    newProject: (params) => ask<NewProjectResult>(requests.newProject, params),
    graph: (uri) => answer<GraphResult>(requests.graph, { uri }),
    inputPlaces: async (uri, position) => {
      const asked = { textDocument: { uri: uri.toString() }, position }
      const [item] = (await ask<readonly CallHierarchyItem[]>(CallHierarchyPrepareRequest.method, asked)) ?? []
      if (item === undefined) return []
      const calls = await ask<readonly CallHierarchyOutgoingCall[]>(CallHierarchyOutgoingCallsRequest.method, { item })
      return (calls ?? []).flatMap(({ fromRanges }) =>
        fromRanges.map((range) => client.protocol2CodeConverter.asRange(range)),
      )
    },
    projects: async () => (await ask<ProjectsResult>(requests.projects, {})) ?? [],
    onChanged: changed.event,
    onFileChanged: fileChanged.event,
    onState: state.event,
    dispose: () => {
      settings.dispose()
      states.dispose()
      beside.dispose()
      changed.dispose()
      fileChanged.dispose()
      state.dispose()
    },
  }
}

export const notRunning = (): string =>
  t('The language server of ModelDriver is not running: checks, lenses and graphs stand still.')

/** Lets the links of a hover run the commands that the server links to, and no others. */
function withCommands(hover: vscode.Hover | null | undefined): vscode.Hover | null | undefined {
  for (const content of hover?.contents ?? [])
    if (content instanceof vscode.MarkdownString) content.isTrusted = { enabledCommands: [lensCommands.showGraph] }
  return hover
}

function shownLenses(lenses: vscode.CodeLens[] | null | undefined): vscode.CodeLens[] {
  const shown = codeLensesShown()
  return (lenses ?? []).filter(({ command }) => command && shown.has(command.command))
}

function refreshLenses(client: LanguageClient): void {
  const feature = client.getFeature(CodeLensRequest.method)
  const document = vscode.workspace.textDocuments.find((open) => isOurs(open.uri))
  if (document !== undefined) feature.getProvider(document)?.onDidChangeCodeLensEmitter.fire()
}

/** Hints of types have a kind of their own; levels have none. */
function shownHints(hints: vscode.InlayHint[] | null | undefined): vscode.InlayHint[] {
  const { types, levels } = inlayHintsShown()
  return (hints ?? []).filter(({ kind }) => (kind === vscode.InlayHintKind.Type ? types : levels))
}

function refreshHints(client: LanguageClient): void {
  const feature = client.getFeature(InlayHintRequest.method)
  const document = vscode.workspace.textDocuments.find((open) => isOurs(open.uri))
  if (document !== undefined) feature.getProvider(document)?.onDidChangeInlayHints.fire()
}
