import type { Fix } from '../../ir/edit.ts'
import { identifierOf } from '../../model/names.ts'
import { basename } from '../../model/paths.ts'
import { isVariableName } from '../../source/identifiers.ts'
import { freeName } from '../declarationEdits.ts'
import type { Rule } from '../rule.ts'
import { rejectedAs } from './rejected.ts'

/** MD014: a default export without a name. */
export const nameless: Rule = {
  code: 'MD014',
  name: 'nameless',
  severity: 'warning',
  doc: `The function's name is the column it makes; this default export has none, so it is no feature.

\`\`\`ts
export default (revenue, cost) => revenue - cost
\`\`\`

**What to do:** name it: \`export const margin = (revenue, cost) => revenue - cost\`.`,
  check: (context) =>
    rejectedAs(
      'nameless',
      context,
      () => 'The default export needs a name: the name is the output column. Write export const margin = …',
    ),
  *fixes(context, { path, span, model }): Iterable<Fix> {
    const text = context.text(path) ?? ''
    const analysed = context.models.find((each) => each.model.name === model)
    const wanted = identifierOf(basename(path).replace(/\.features\.\w+$/, ''))
    if (!analysed || /^\s*async\b/.test(text.slice(span.end))) return
    const name = freeName(analysed, isVariableName(wanted) ? wanted : 'feature')
    const declared = /^\s*function\b\s*(\*?)\s*/.exec(text.slice(span.end))
    if (declared?.[1]) return
    const title = `Name it '${name}'`
    if (declared) {
      const at = span.end + declared[0].length
      const [before, after] = declared[0].endsWith(' ') ? ['', ''] : [' ', '']
      yield {
        title,
        edits: [{ path, span: { start: at, end: at }, text: `${before}${name}${after}`, typeOver: over(before, name) }],
      }
    } else {
      const before = 'export const '
      yield { title, edits: [{ path, span, text: `${before}${name} =`, typeOver: over(before, name) }] }
    }
  },
}

const over = (before: string, name: string) => ({ start: before.length, end: before.length + name.length })
