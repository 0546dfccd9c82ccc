import { notifications, requests } from '@modeldriver/protocol'
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  createConnection,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { openDocuments } from './documents.ts'
import { featureRef, toChange, uriParam } from './from-lsp.ts'
import { guards, once } from './guards.ts'
import { watch } from './watching.ts'

const connection = createConnection()
const documents = openDocuments()
const { failed, answer, note } = guards((message) => connection.console.error(message))
let client: ClientCapabilities = {}

/** The engine is loaded when the first file needs it, so `initialize` is answered before. */
const session = once(async () => {
  const { startSession } = await import('./session.ts')
  return startSession({
    documents,
    failed,
    publish: (params) => void connection.sendDiagnostics(params),
    changed: (params) => void connection.sendNotification(notifications.changed, params),
    lensesChanged: () => {
      if (client.workspace?.codeLens?.refreshSupport) void connection.sendRequest(CodeLensRefreshRequest.type)
    },
  })
})

connection.onInitialize(({ capabilities }): InitializeResult => {
  client = capabilities
  return {
    serverInfo: { name: 'modeldriver' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeLensProvider: { resolveProvider: false },
      hoverProvider: true,
      definitionProvider: true,
    },
  }
})
connection.onInitialized(note('watching files', () => watch(connection, client)))

documents.manager.onDidChangeContent(
  note('didChange', async ({ document }) => (await session()).documentChanged(document.uri)),
)
documents.manager.onDidClose(note('didClose', async ({ document }) => (await session()).documentClosed(document.uri)))
connection.onDidChangeWatchedFiles(
  note('didChangeWatchedFiles', async ({ changes }) => {
    const { fileChanged } = await session()
    for (const { uri, type } of changes) fileChanged(uri, toChange(type))
  }),
)

connection.onCodeLens(answer('codeLens', [], async ({ textDocument }) => (await session()).lenses(textDocument.uri)))
connection.onHover(
  answer('hover', null, async ({ textDocument, position }) => (await session()).hover(textDocument.uri, position)),
)
connection.onDefinition(
  answer('definition', null, async ({ textDocument, position }) =>
    (await session()).definition(textDocument.uri, position),
  ),
)
connection.onRequest(
  requests.upstream,
  answer('upstream', null, async (params) => (await session()).upstream(featureRef(params))),
)
connection.onRequest(
  requests.graph,
  answer('graph', null, async (params) => (await session()).graph(uriParam(params))),
)
connection.onRequest(
  requests.target,
  answer('target', null, async (params) => (await session()).target(uriParam(params))),
)

documents.manager.listen(connection)
connection.listen()
