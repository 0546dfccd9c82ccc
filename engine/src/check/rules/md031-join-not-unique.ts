import type { AnalysedJoin, AnalysedModel } from '../../ir/analysis.ts'
import type { ColumnFacts, FileInput, Join, Model } from '../../ir/model.ts'
import { headerFor, joinReading } from '../../model/headers.ts'
import { matchColumn } from '../../model/names.ts'
import { setInModel } from '../manifestEdits.ts'
import { type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { sourcesOf } from '../tables.ts'

/**
 * MD031: a join whose key names more than one row of the joined table. Of a data file that is said when the head that was read shows it;
 * a run looks at all rows.
 */
export const joinNotUnique: Rule = {
  code: 'MD031',
  name: 'join-not-unique',
  severity: 'error',
  doc: `A join finds one row of the other table for each row of this one. \`<model>.rows\` has many rows for a key, and \`<model>.groups\` has one
row per group only when all columns of its \`group_by\` are in \`on\`; a data file may have a key twice. The rows of this model would multiply.

\`\`\`jsonc
"joins": [{ "from": "hourly.groups", "on": ["day"] }] // hourly has one row per day and hour
\`\`\`

**What to do:** join the groups by their whole key, or let a model in between make one row per key.`,
  *check(context) {
    for (const analysed of context.models) {
      for (const [at, join] of analysed.joins.entries()) yield* notUnique(context, analysed, join, at)
    }
  },
  *fixes(context, { model: name, data }) {
    const analysed = context.models.find(({ model }) => model.name === name)
    const at = Number(data?.join)
    const analysedJoin = analysed?.joins[at]
    if (!analysed || !analysedJoin) return
    const { join } = analysedJoin
    const owner = context.models.find(({ model }) => join.source.kind === 'model' && model.name === join.source.model)
    const keys = owner?.model.groupBy?.map((key) => key.name)
    if (!owner || !keys?.every((key) => isKnown(analysed, key))) return
    const isOfRows = join.source.kind === 'model' && join.source.table === 'rows'
    const table = isOfRows ? `${owner.model.name}.groups` : join.from.name
    const edits = [
      ...(isOfRows ? setInModel(context, analysed.model, ['joins', at, 'from'], table) : []),
      ...(isBy(keys, analysedJoin) ? [] : setInModel(context, analysed.model, ['joins', at, 'on'], keys)),
    ]
    const written = keys.map((key) => `'${key}'`).join(' and ')
    if (!isOfRows || hasColumns(owner, join)) yield { title: `Join ${table} by ${written || 'nothing'}`, edits }
  },
}

function* notUnique(
  context: RuleContext,
  analysed: AnalysedModel,
  { join, table, keys: on }: AnalysedJoin,
  at: number,
): Iterable<Finding> {
  const { source, from } = join
  const { model } = analysed
  const [key, ...others] = on
  if (source.kind === 'file' && key?.column !== undefined && others.length === 0) {
    const facts = factsIn(context, model, source, key.column)
    if (facts?.distinct === undefined || facts.distinct === facts.rows - facts.missing) return
    const values = facts.distinct === 1 ? '1 value' : `${facts.distinct} different values`
    const why = `'${from.name}' has ${facts.rows - facts.missing} rows for ${values} of '${key.column}'`
    yield notOnce(context, model, join, at, why)
  }
  const earlier = source.kind === 'model' ? sourcesOf(context, analysed).earlier(source.model) : undefined
  if (!earlier || source.kind !== 'model') return
  if (on.some(({ name, column }) => !isKnown(analysed, name) || (table && column === undefined))) return
  const owner = earlier.model
  const isOfRows = source.table === 'rows' || owner.groupBy === undefined
  const keys = owner.groupBy?.map(({ name }) => name) ?? []
  const missing = keys.filter((key) => !on.some(({ column }) => column === key))
  if (source.table === 'groups' && owner.groupBy === undefined) return
  if (!isOfRows && missing.length === 0) return
  const why = isOfRows
    ? `'${from.name}' has many rows for one ${named(on.map(({ written }) => written.name))}`
    : `'${from.name}' has one row per ${named(keys)}, and 'on' leaves out ${named(missing)}`
  yield notOnce(context, model, join, at, why)
}

const notOnce = (context: RuleContext, model: Model, { from }: Join, at: number, why: string): Finding => ({
  ...inManifest(context, from.span, `This join would multiply the rows of model '${model.name}': ${why}.`),
  model: model.name,
  data: { name: from.name, join: at },
})

/** What was seen of a column of a data file. */
function factsIn({ snapshot }: RuleContext, model: Model, source: FileInput, column: string): ColumnFacts | undefined {
  const { header } = headerFor(snapshot, source.path, joinReading(model, { source }))
  return header?.kind === 'header' ? header.columns.find(({ name }) => name === column)?.facts : undefined
}

const named = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' and ') || 'row'

const isKnown = ({ columns, features }: AnalysedModel, name: string): boolean =>
  !columns || features.has(name) || matchColumn(name, columns).kind === 'one'

const isBy = (keys: readonly string[], { keys: on }: AnalysedJoin): boolean =>
  keys.length === on.length && keys.every((key) => on.some(({ column }) => column === key))

/** The columns that the join asks for are in the groups too. */
const hasColumns = ({ provides: { groups } }: AnalysedModel, { columns }: Join): boolean =>
  columns?.every(({ name }) => groups?.has(name)) ?? false
