import { TextDocuments } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { pathOf, uriOf } from './paths.ts'

/** The texts open in the editor; they lie over the files on disk. */
export interface Documents {
  readonly manager: TextDocuments<TextDocument>
  /** The open text of a file, by the engine's path. */
  readonly at: (path: string) => TextDocument | undefined
  readonly openPaths: () => readonly string[]
  /** The editor's own spelling of an open document's address; a file address for others. */
  readonly uriOf: (path: string) => string
}

export function openDocuments(): Documents {
  const manager = new TextDocuments(TextDocument)
  const uris = new Map<string, string>()
  manager.onDidOpen(({ document }) => {
    const path = pathOf(document.uri)
    if (path !== undefined) uris.set(path, document.uri)
  })
  manager.onDidClose(({ document }) => {
    const path = pathOf(document.uri)
    if (path !== undefined && uris.get(path) === document.uri) uris.delete(path)
  })
  return {
    manager,
    at: (path) => {
      const uri = uris.get(path)
      return uri === undefined ? undefined : manager.get(uri)
    },
    openPaths: () => [...uris.keys()],
    uriOf: (path) => uris.get(path) ?? uriOf(path),
  }
}
