import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node'

/** Source action of its own kind, so that it can be bound to a key or to saving. */
const sortFeatures = 'source.modeldriver.sortFeatures'

/** What the server offers; each entry has its handler in `handlers/`. Only what VS Code merges with TypeScript's own answers. */
export const capabilities: ServerCapabilities = {
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    // Any file may be data, and folders hold files.
    fileOperations: { willRename: { filters: [{ scheme: 'file', pattern: { glob: '**/*' } }] } },
  },
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  codeActionProvider: {
    codeActionKinds: [
      CodeActionKind.QuickFix,
      CodeActionKind.RefactorRewrite,
      CodeActionKind.RefactorExtract,
      sortFeatures,
    ],
    resolveProvider: false,
  },
  codeLensProvider: { resolveProvider: false },
  completionProvider: { triggerCharacters: ['.', '(', ',', '{', ' ', '"', "'", ':'], resolveProvider: true },
  declarationProvider: true,
  definitionProvider: true,
  documentLinkProvider: { resolveProvider: false },
  hoverProvider: true,
  implementationProvider: true,
  inlayHintProvider: { resolveProvider: false },
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  workspaceSymbolProvider: true,
}
