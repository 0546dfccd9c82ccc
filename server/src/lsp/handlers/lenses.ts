import type { CodeLens, CodeLensParams } from 'vscode-languageserver/node'
import { lensesOf } from '../../ide/lenses.ts'
import type { Handler } from '../context.ts'
import { toCodeLens, toPlainLens } from '../to-lsp.ts'

export const codeLens: Handler<CodeLensParams, CodeLens[]> =
  ({ projectAt, files, hasCommands }) =>
  ({ textDocument }) => {
    const found = projectAt(textDocument.uri)
    const document = found && files.document(found.path)
    if (!document) return []
    const lenses = lensesOf(found.project.analysis, found.path)
    return hasCommands
      ? lenses.map((lens) => toCodeLens(document, lens))
      : lenses.filter(({ action }) => action !== 'run').map((lens) => toPlainLens(document, lens))
  }
