import { visit } from 'jsonc-parser'
import type { Ignore } from '../ir/feature.ts'
import { ignoresIn } from '../source/ignores.ts'

/** The `md-ignore` comments of a manifest. */
export function manifestIgnores(text: string): readonly Ignore[] {
  if (!text.includes('md-ignore')) return []
  const comments: { readonly start: number; readonly end: number; readonly text: string }[] = []
  visit(text, {
    onComment: (start, length) => {
      comments.push({ start, end: start + length, text: text.slice(start, start + length) })
    },
  })
  return ignoresIn(text, { start: 0, end: text.length }, comments)
}
