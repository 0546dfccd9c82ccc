import { notifications, type RenameResult, requests } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  createConnection,
  DidChangeWorkspaceFoldersNotification,
  type InitializeParams,
  type InitializeResult,
  InlayHintRefreshRequest,
} from 'vscode-languageserver/node'
import { capabilities } from './capabilities.ts'
import { openDocuments } from './documents.ts'
import { hasOwnClient, toFileEvent } from './from-lsp.ts'
import { guards, once } from './guards.ts'
import { speak } from './language.ts'
import { keepMemorySmall } from './memory.ts'
import { fixedOffers, offerCallHierarchy } from './offers.ts'
import { problemsPage } from './problems-page.ts'
import type { Session } from './session.ts'
import { watch } from './watching.ts'

keepMemorySmall()
const connection = createConnection()
const documents = openDocuments()
const { failed, answer, note } = guards((message) => connection.console.error(message))
let client: ClientCapabilities = {}
let hasCommands = false
/** Addresses of the workspace's folders when the server starts. */
let folders: readonly string[] = []

/** The engine is loaded when the first file needs it, so `initialize` is answered before. */
const session = once(async () => {
  const { startSession } = await import('./session.ts')
  return startSession({
    client,
    hasCommands,
    documents,
    problemsPage: problemsPage(),
    failed,
    log: (message) => connection.console.info(message),
    publish: (params) => void connection.sendDiagnostics(params),
    changed: (params) => void connection.sendNotification(notifications.changed, params),
    lensesChanged: () => {
      if (client.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type)
      if (client.workspace?.inlayHint?.refreshSupport) void connection.sendRequest(InlayHintRefreshRequest.type)
    },
  })
})

/** Hands a request to the session's entry of that name; `otherwise` is the answer when that fails. */
const ask = <Name extends keyof Session>(name: Name, otherwise: ReturnType<Session[Name]>) =>
  answer(name, otherwise, async (params: Parameters<Session[Name]>[0]) => {
    const entry = (await session())[name] as (params: Parameters<Session[Name]>[0]) => ReturnType<Session[Name]>
    return entry(params)
  })

connection.onInitialize((params): InitializeResult => {
  client = params.capabilities
  speak(params.locale)
  folders = foldersOf(params)
  hasCommands = hasOwnClient(params.initializationOptions)
  return { serverInfo: { name: 'modeldriver' }, capabilities: { ...capabilities, ...fixedOffers(client) } }
})
connection.onInitialized(
  note('initialized', async () => {
    await watch(connection, client)
    if (folders.length > 0) (await session()).foldersChanged(folders, [])
    if (!client.workspace?.didChangeWatchedFiles?.dynamicRegistration) (await session()).startPolling()
    await offerCallHierarchy(connection, client, failed)
  }),
)
connection.onNotification(
  DidChangeWorkspaceFoldersNotification.type,
  note('didChangeWorkspaceFolders', async ({ event: { added, removed } }) =>
    (await session()).foldersChanged(added.map(uriOf), removed.map(uriOf)),
  ),
)

documents.manager.onDidChangeContent(
  note('didChange', async ({ document }) => (await session()).documentChanged(document.uri)),
)
documents.manager.onDidClose(note('didClose', async ({ document }) => (await session()).documentClosed(document.uri)))
connection.onDidChangeWatchedFiles(
  note('didChangeWatchedFiles', async ({ changes }) =>
    (await session()).filesChanged(changes.map(({ uri, type }) => ({ uri, event: toFileEvent(type) }))),
  ),
)

/** A rename that failed must not be taken for one that is not ours, which TypeScript would do in one file. */
const notRenamed = (): RenameResult => ({
  kind: 'refused',
  message: t('The new name could not be followed everywhere, so nothing was changed. The log of ModelDriver says why.'),
})

connection.onCodeAction(ask('codeAction', []))
connection.onCodeLens(ask('codeLens', []))
connection.onCompletion(ask('completion', null))
connection.onCompletionResolve((item) => ask('completionItem', item)(item))
connection.onDeclaration(ask('origin', null))
connection.onDefinition(ask('definition', null))
connection.onDocumentLinks(ask('documentLinks', []))
connection.onHover(ask('hover', null))
connection.onImplementation(ask('origin', null))
connection.languages.inlayHint.on(ask('inlayHints', []))
connection.languages.callHierarchy.onPrepare(ask('prepareCallHierarchy', null))
connection.languages.callHierarchy.onIncomingCalls(ask('incomingCalls', []))
connection.languages.callHierarchy.onOutgoingCalls(ask('outgoingCalls', []))
connection.onPrepareRename(ask('prepareRename', null))
connection.onReferences(ask('references', []))
connection.workspace.onWillRenameFiles(ask('movedFiles', null))
connection.onRenameRequest(ask('rename', null))
connection.onRequest<RenameResult | null, void>(requests.rename, (params) =>
  ask('renameEverywhere', notRenamed())(params),
)
connection.onWorkspaceSymbol(ask('workspaceSymbols', []))
connection.onRequest(requests.upstream, ask('upstream', null))
connection.onRequest(requests.declarations, ask('declarations', null))
connection.onRequest(requests.graph, ask('graph', null))
connection.onRequest(requests.projects, ask('projects', []))
connection.onRequest(requests.target, ask('target', null))
connection.onRequest(requests.newProject, ask('newProject', null))

documents.manager.listen(connection)
connection.listen()

function uriOf({ uri }: { readonly uri: string }): string {
  return uri
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(uriOf)
  return rootUri ? [rootUri] : []
}
