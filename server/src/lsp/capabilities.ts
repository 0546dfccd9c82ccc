import { type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node'

/** What the server offers; each entry has its handler in `handlers/`. Only what VS Code merges with TypeScript's own answers. */
export const capabilities: ServerCapabilities = {
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  codeLensProvider: { resolveProvider: false },
  completionProvider: { triggerCharacters: ['(', ',', '{', ' ', '"', "'", ':'], resolveProvider: true },
  definitionProvider: true,
  hoverProvider: true,
}
