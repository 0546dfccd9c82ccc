import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver/node'
import { linksOf } from '../../ide/links.ts'
import type { Handler } from '../context.ts'
import { toRange } from '../to-lsp.ts'

export const documentLinks: Handler<DocumentLinkParams, DocumentLink[]> =
  ({ projectAt, files, places }) =>
  ({ textDocument }) => {
    const found = projectAt(textDocument.uri)
    const document = found && files.document(found.path)
    if (!document) return []
    return linksOf(found.project.analysis, found.path).map(({ span, path, tooltip }) => ({
      range: toRange(document, span),
      target: places.uriOf(path),
      tooltip,
    }))
  }
