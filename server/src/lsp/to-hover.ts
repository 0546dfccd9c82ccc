import { lensCommands } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { type Hover, type HoverClientCapabilities, MarkupKind } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Hover as HoverText } from '../ide/hover/hovered.ts'
import { plainText } from '../ide/markdown.ts'
import { type Places, toLocation, toRange } from './to-lsp.ts'

export interface HoverClient {
  readonly hover: HoverClientCapabilities | undefined
  /** Commands of ModelDriver's own client can be linked to. */
  readonly hasCommands: boolean
}

export function toHover(places: Places, document: TextDocument, hovered: HoverText, client: HoverClient): Hover {
  const { span, text } = hovered
  const range = toRange(document, span)
  if (!client.hover?.contentFormat?.includes(MarkupKind.Markdown))
    return { range, contents: { kind: MarkupKind.PlainText, value: plainText(text) } }
  const links = client.hasCommands ? linksOf(places, document, hovered) : ''
  return { range, contents: { kind: MarkupKind.Markdown, value: links === '' ? text : `${text}\n\n${links}` } }
}

/** Links that VS Code follows: to a place in a file, and to the graph at a node. */
function linksOf(places: Places, document: TextDocument, { location, node }: HoverText): string {
  const links: string[] = []
  if (location) {
    const { uri, range } = toLocation(places, location)
    links.push(`[${t('Go to upstream')}](${uri}#L${range.start.line + 1},${range.start.character + 1})`)
  }
  if (node !== undefined) {
    const args = encodeURIComponent(JSON.stringify([document.uri, node])).replace(/[()]/g, (sign) =>
      sign === '(' ? '%28' : '%29',
    )
    links.push(`[${t('Show in graph')}](command:${lensCommands.showGraph}?${args})`)
  }
  return links.join(' · ')
}
