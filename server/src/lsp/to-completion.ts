import {
  type CompletionClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type MarkupContent,
  MarkupKind,
} from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { CompletionList as List, CompletionItem as ListItem } from '../ide/completion/list.ts'
import { plainText } from '../ide/markdown.ts'
import { toRange } from './to-lsp.ts'

const kinds: Readonly<Record<ListItem['kind'], CompletionItemKind>> = {
  column: CompletionItemKind.Field,
  feature: CompletionItemKind.Function,
  constant: CompletionItemKind.Constant,
  value: CompletionItemKind.Value,
  file: CompletionItemKind.File,
  model: CompletionItemKind.Module,
  rule: CompletionItemKind.EnumMember,
  method: CompletionItemKind.Method,
}

/**
 * Items keep their order. They are committed by Enter or Tab only: the author may be writing the name of a feature that is
 * still to come.
 */
export function toCompletionList(
  document: TextDocument,
  list: List,
  client: CompletionClientCapabilities = {},
): CompletionList {
  const insert = toRange(document, list.insert)
  const replace = toRange(document, list.replace)
  const hasDefaults = client.completionList?.itemDefaults?.includes('editRange') ?? false
  const range = client.completionItem?.insertReplaceSupport ? { insert, replace } : insert
  const items = list.items.map((item, index): CompletionItem => {
    const edit = 'insert' in range ? { newText: item.text, ...range } : { newText: item.text, range }
    return {
      label: item.label,
      kind: kinds[item.kind],
      sortText: String(index).padStart(5, '0'),
      ...detailOf(item, client),
      ...(item.filter !== undefined && { filterText: item.filter }),
      ...(hasDefaults ? item.text !== item.label && { textEditText: item.text } : { textEdit: edit }),
      ...(item.subject && { data: { uri: document.uri, subject: item.subject } }),
    }
  })
  return { isIncomplete: false, items, ...(hasDefaults && { itemDefaults: { editRange: range } }) }
}

function detailOf({ type, origin }: ListItem, { completionItem }: CompletionClientCapabilities) {
  if (completionItem?.labelDetailsSupport)
    return { labelDetails: { ...(type && { detail: `  ${type}` }), ...(origin && { description: origin }) } }
  const detail = [type, origin].filter(Boolean).join(' · ')
  return detail === '' ? {} : { detail }
}

export const toDocumentation = (
  markdown: string,
  { completionItem }: CompletionClientCapabilities = {},
): MarkupContent =>
  completionItem?.documentationFormat?.includes(MarkupKind.Markdown)
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainText(markdown) }
