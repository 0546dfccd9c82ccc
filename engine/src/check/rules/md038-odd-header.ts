import type { FileInput } from '../../ir/model.ts'
import type { HeaderOptions } from '../../model/files.ts'
import { headerFor, joinReading, ownReading } from '../../model/headers.ts'
import { relative } from '../../model/paths.ts'
import { inManifest, type Rule } from '../rule.ts'

/** MD038: a data file is read, but perhaps not as it is meant. */
export const oddHeader: Rule = {
  code: 'MD038',
  name: 'odd-header',
  severity: 'warning',
  doc: `The first row of a data file may not be what it was taken for: a name stands in it more than once, so that the second column is
read as \`revenue_2\`; or it has fewer cells than nearly all other rows, as a title has that stands above the header. Or a column is
declared to be what none of its cells is, so that all its values are missing.

\`\`\`csv
Sales of the north region
pin,revenue,revenue
\`\`\`

**What to do:** where the header stands further down, say its row: \`"data": "sales.csv", "header_row": 2\`. A column that is meant gets a
name in the manifest: \`"columns": { "revenue_net": { "from": "revenue_2" } }\`. A column without values gets another type, or how its
values are written: \`"columns": { "revenue": { "decimal": ",", "thousands": "." } }\`. Where all is as it should be, switch the rule off
(\`"rules": { "MD038": "off" }\`).`,
  *check(context) {
    const { project } = context.snapshot
    const said = new Set<string>()
    const warnings = ({ path, span }: FileInput, reading: HeaderOptions, model: string) => {
      const { header } = headerFor(context.snapshot, path, reading)
      const isNew = !said.has(path)
      said.add(path)
      return (isNew && header?.kind === 'header' ? (header.warnings ?? []) : []).map((warning) => ({
        ...inManifest(context, span, `${relative(project.root, path)}: ${warning}`),
        model,
      }))
    }
    for (const { model } of context.models) {
      const { input, joins = [], name } = model
      if (input.kind === 'file') yield* warnings(input, ownReading(model), name)
      for (const { source } of joins)
        if (source.kind === 'file') yield* warnings(source, joinReading(model, { source }), name)
    }
  },
}
