import {
  type Analysis,
  columnDocumentation,
  columnMembers,
  documentationText,
  parameterType,
  type Span,
} from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { featuresIn } from '../sources.ts'
import type { Hover } from './hovered.ts'
import { touches } from './hovered.ts'

/** `revenue.quantile(0.9)`: what a column is asked, where TypeScript knows nothing of it because nothing is annotated. */
export function memberHoverAt(analysis: Analysis, path: string, offset: number, text: string): Hover | undefined {
  const span = wordAt(text, offset)
  const name = text.slice(span.start, span.end)
  if (!Object.hasOwn(columnDocumentation, name) || text[span.start - 1] !== '.') return undefined
  for (const { model, feature } of featuresIn(analysis, path)) {
    const { start } = feature.span
    const use = feature.sites.columnUses.find((each) => touches(each.span, offset - start))
    const input = use && feature.inputs.find(({ local }) => local === use.input)
    if (!use || !input || input.type !== undefined) continue
    const isFirst = text.slice(use.inputSpan.end + start, span.start).replace(/[\s?]/g, '') === '.'
    const isLast = use.method === name && text.slice(span.end, use.span.end + start).indexOf('.') < 0
    if (!isFirst && !isLast) continue
    const kind = parameterType(model, feature, input.name)?.replace(/^Column<(.*)>$/, '$1')
    return { span, text: memberText(name, kind) }
  }
  return undefined
}

/** What a member of columns is, as Markdown; `kind` is what their elements are. */
export function memberText(name: string, kind?: string): string {
  const documentation = columnDocumentation[name]
  const signature = `\`${name}${memberType(name, kind)}\` · ${t('of all values of a column')}`
  return documentation ? `${signature}\n\n${documentationText(documentation)}` : signature
}

/** `(p: number): number`. */
export function memberType(name: string, kind = 'any'): string {
  const measured = kind === 'Date' ? 'Date' : 'number'
  const type = columnMembers.get(name)?.type ?? ''
  return type.replaceAll('Measured<T>', measured).replaceAll('Found<T>', kind).replace(/\bT\b/g, kind)
}

function wordAt(text: string, offset: number): Span {
  const before = /[\w$]*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0].length ?? 0
  const after = /^[\w$]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0
  return { start: offset - before, end: offset + after }
}
