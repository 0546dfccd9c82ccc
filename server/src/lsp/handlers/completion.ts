import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver/node'
import { completionAt, documentationOf } from '../../ide/completion.ts'
import type { Handler } from '../context.ts'
import { completionData } from '../from-lsp.ts'
import { toCompletionList, toDocumentation } from '../to-completion.ts'

export const completion: Handler<CompletionParams, CompletionList | null> =
  ({ at, client, files, supposing }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    if (!found) return null
    const { analysis } = found.project
    const context = {
      analysis,
      text: files.readText,
      list: files.list,
      reread: (path: string, text: string) => supposing(analysis, path, text),
    }
    const list = completionAt(context, found.path, found.offset)
    return list ? toCompletionList(found.document, list, client.textDocument?.completion) : null
  }

/** What is said of an item only when it is looked at. */
export const completionItem: Handler<CompletionItem, CompletionItem> =
  ({ client, projectAt }) =>
  (item) => {
    const data = completionData(item.data)
    const found = data && projectAt(data.uri)
    const text = found && documentationOf(found.project.analysis, data.subject)
    return text === undefined
      ? item
      : { ...item, documentation: toDocumentation(text, client.textDocument?.completion) }
  }
