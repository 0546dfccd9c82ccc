import { dataEndings } from '@modeldriver/engine/dataFiles'
import {
  type ClientCapabilities,
  type Connection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  TextDocumentSyncKind,
  WatchKind,
} from 'vscode-languageserver/node'

const watched = ['**/*.{ts,mts,cts,js,mjs,cjs}', '**/modeldriver.json', `**/*.{${[...dataEndings, 'gz'].join(',')}}`]

/** Data files whose unsaved header counts. */
const documentSelector = [{ pattern: '**/*.{csv,tsv,ndjson,jsonl}' }]

/** Asks the client to tell of changes on disk, and of open data files, as far as it can be asked. */
export async function watch(connection: Connection, { workspace, textDocument }: ClientCapabilities): Promise<void> {
  if (workspace?.didChangeWatchedFiles?.dynamicRegistration) {
    const watchers = [
      ...watched.map((globPattern) => ({ globPattern, kind: WatchKind.Change })),
      // Everything that comes or goes: of a folder, clients tell the folder only.
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
    ]
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
  }
  if (textDocument?.synchronization?.dynamicRegistration) {
    await connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector })
    await connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector })
    const syncKind = TextDocumentSyncKind.Incremental
    await connection.client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind })
  }
}
