import { notifications, requests } from '@modeldriver/protocol'
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  createConnection,
  type InitializeResult,
} from 'vscode-languageserver/node'
import { capabilities } from './capabilities.ts'
import { openDocuments } from './documents.ts'
import { toChange } from './from-lsp.ts'
import { guards, once } from './guards.ts'
import type { Session } from './session.ts'
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

/** Hands a request to the session's entry of that name; `otherwise` is the answer when that fails. */
const ask = <Name extends keyof Session>(name: Name, otherwise: ReturnType<Session[Name]>) =>
  answer(name, otherwise, async (params: Parameters<Session[Name]>[0]) => {
    const entry = (await session())[name] as (params: Parameters<Session[Name]>[0]) => ReturnType<Session[Name]>
    return entry(params)
  })

connection.onInitialize((params): InitializeResult => {
  client = params.capabilities
  return { serverInfo: { name: 'modeldriver' }, capabilities }
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

connection.onCodeLens(ask('codeLens', []))
connection.onDefinition(ask('definition', null))
connection.onHover(ask('hover', null))
connection.onRequest(requests.upstream, ask('upstream', null))
connection.onRequest(requests.graph, ask('graph', null))
connection.onRequest(requests.target, ask('target', null))

documents.manager.listen(connection)
connection.listen()
