import type { CodeLens, CodeLensParams } from 'vscode-languageserver/node'
import { lensesOf } from '../../ide/lenses.ts'
import type { Handler } from '../context.ts'
import { toCodeLens } from '../to-lsp.ts'

export const codeLens: Handler<CodeLensParams, CodeLens[]> =
  ({ projectAt, files }) =>
  ({ textDocument }) => {
    const found = projectAt(textDocument.uri)
    const document = found && files.document(found.path)
    return document ? lensesOf(found.project.analysis, found.path).map((lens) => toCodeLens(document, lens)) : []
  }
