import type { Fix } from '../../ir/edit.ts'
import type { Span } from '../../ir/span.ts'
import { outlineOf } from '../../source/typescript/outline.ts'
import { replace } from '../edits.ts'
import type { Rule } from '../rule.ts'
import { rejectedAs } from './rejected.ts'

/** MD013: async functions and generators. */
export const asyncFeature: Rule = {
  code: 'MD013',
  name: 'async-feature',
  severity: 'error',
  doc: `Features run once per row or per group, in order, and give a value at once; \`async\` functions and generators do not.

\`\`\`ts
export async function price(sku) { return (await load(sku)).price } // put the prices into the data instead
\`\`\`

**What to do:** remove \`async\` or \`*\`. Data from elsewhere belongs into the input table.`,
  *check(context) {
    const order = 'they run once per row, in order.'
    yield* rejectedAs('async', context, () => `Features cannot be async: ${order} Remove 'async' and what waits.`)
    yield* rejectedAs(
      'generator',
      context,
      () => `Features cannot be generators: ${order} Remove '*' and return one value.`,
    )
  },
  /** Only where nothing waits: what is waited for must be written anew. */
  *fixes(context, { path, span }): Iterable<Fix> {
    const text = context.text(path) ?? ''
    const part = outlineOf(path, text).find((each) => each.span.start <= span.start && span.end <= each.span.end)
    const isWaiting = /\b(?:await|yield)\b/.test(text.slice(part?.span.start, part?.span.end))
    if (part?.declares.length !== 1 || isWaiting) return
    const words = wordsAt(text, part.span.start, span)
    yield {
      title: `Remove ${words.map(({ word }) => `'${word}'`).join(' and ')}`,
      edits: words.map((each) => replace(path, each.span, each.word === '*' && isTight(text, each.span) ? ' ' : '')),
      isPreferred: true,
    }
  },
}

const isTight = (text: string, { start, end }: Span): boolean => /\w\*\w/.test(text.slice(start - 1, end + 1))

/** `async` and `*` before the name, in `async function* name`, or behind it, in `name = async (…)`. */
function wordsAt(text: string, start: number, name: Span): readonly { readonly word: string; readonly span: Span }[] {
  const before = /(?:\b(async\s+))?function\s*(\*)?\s*$/d.exec(text.slice(start, name.start))
  const after = /^[^=]*=\s*(?:agg|row|feature)?[\s(]*(async\b\s*)?(?:function\s*(\*)?\s*)?/d.exec(text.slice(name.end))
  const [found, from] = before ? [before, start] : [after, name.end]
  return [1, 2].flatMap((group) => {
    const place = found?.indices?.[group]
    return place
      ? [{ word: String(found?.[group]).trim(), span: { start: from + place[0], end: from + place[1] } }]
      : []
  })
}
