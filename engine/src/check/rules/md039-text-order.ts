import type { AnalysedModel } from '../../ir/analysis.ts'
import { headerOfColumn } from '../../model/headers.ts'
import { inManifest, type Rule, type RuleContext } from '../rule.ts'

/** MD039: `group_order` orders text in which there are numbers as text. */
export const textOrder: Rule = {
  code: 'MD039',
  name: 'text-order',
  severity: 'warning',
  doc: `The groups stand in the order of a column of text with numbers in it, and text is not ordered by its numbers: \`W10\` stands before \`W2\`.
What looks at the group before (\`lag\`, \`diff\`, \`cumsum\`, …) then looks at another one than is meant.

\`\`\`jsonc
"group_by": ["week"], "group_order": "week"   // W1, W10, W11, W2, …
\`\`\`

**What to do:** order by a number. A feature can make it, and be the key or stand beside it:

\`\`\`ts
export const week_no = (week) => Number(week.replace('W', '')) // "group_by": ["week_no"], "group_order": "week_no"
\`\`\`

Text with as many digits everywhere (\`W02\`, \`2024-09\`) has the order of its numbers.`,
  *check(context) {
    for (const analysed of context.models)
      for (const { name, span } of analysed.model.groupOrder ?? []) {
        const pair = misorderedIn(context, analysed, name)
        if (pair) yield { ...inManifest(context, span, textOrderMessage(name, pair)), model: analysed.model.name }
      }
  },
}

/** What a run says, too, of columns that it computed. */
export const textOrderMessage = (name: string, [first, second]: readonly [string, string]): string =>
  `'${name}' is text, in whose order '${first}' stands before '${second}', so the group before is another one than its number says. Order by a number that a feature makes of it, or write as many digits everywhere.`

function misorderedIn({ snapshot }: RuleContext, { columns }: AnalysedModel, name: string) {
  const column = columns?.get(name)
  if (!column || column.joined || column.origin.kind !== 'file' || (column.type ?? 'string') !== 'string')
    return undefined
  const header = headerOfColumn(snapshot, column.origin)
  return header?.kind === 'header' ? header.columns.find((each) => each.name === name)?.facts?.misordered : undefined
}
