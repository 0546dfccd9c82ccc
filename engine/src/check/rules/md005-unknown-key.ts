import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Named } from '../../ir/model.ts'
import type { Problem } from '../../ir/problem.ts'
import { rowWindowIn, withoutLets } from '../../ir/windows.ts'
import { relative } from '../../model/paths.ts'
import { closest, nearest } from '../../model/suggest.ts'
import { printExpression } from '../../source/print.ts'
import { replace } from '../edits.ts'
import { changeTo, setInModel } from '../manifestEdits.ts'
import { didYouMean, type Finding, type FixContext, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { badJoinKeys } from './joins.ts'
import { mixingOf } from './mixing.ts'

/** MD005: a key (of groups, of their order, of a join) names nothing that could be one. */
export const unknownKey: Rule = {
  code: 'MD005',
  name: 'unknown-key',
  severity: 'error',
  doc: `A name in \`group_by\` is neither a column of the data nor a row feature of the model, or it is a feature that itself needs
groups: the key must be known before there are groups. The same for \`on\` of a join, which both tables must have, and for
\`group_order\`, which orders the groups by keys and group features.

\`\`\`jsonc
"group_by": "pim"                                                   // the column is "pin"
"joins": [{ "from": "daily.groups", "on": ["dt_dat"] }]             // the key of daily is "dt_date"
\`\`\`

**What to do:** correct the name, or write a row feature that makes the key (\`dt_date\` from a timestamp). Where the other table of a join calls
the key otherwise, give your column that name: \`"columns": { "parcel": { "from": "pin" } }\` and \`"on": ["parcel"]\`.`,
  *check(context) {
    for (const analysed of context.models) {
      yield* badKeys(context, analysed)
      yield* badJoinKeys(context, analysed)
      yield* badOrder(context, analysed)
    }
  },
  *fixes(context, problem) {
    if (context.snapshot.project.kind === 'manifest') {
      yield* changeTo(problem)
      yield* nameColumn(context, problem)
    } else yield* changeInComment(context, problem)
  },
}

/** A column here gets the name that it has as a key of the joined table. */
function* nameColumn(context: FixContext, { path, span, model: name, data }: Problem): Iterable<Fix> {
  const { here, there } = data ?? {}
  const analysed = context.models.find(({ model }) => model.name === name)
  if (!analysed || typeof here !== 'string' || typeof there !== 'string') return
  const key = there === data?.name ? [] : [replace(path, span, JSON.stringify(there).slice(1, -1))]
  const columns = setInModel(context, analysed.model, ['columns', there], { from: here })
  yield { title: `Read '${here}' as '${there}'`, edits: [...key, ...columns] }
}

function* badKeys(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, columns, features } = analysed
  for (const key of model.groupBy ?? []) {
    if (columns?.has(key.name) || (!columns && !features.has(key.name))) continue
    if (features.has(key.name)) {
      const group = groupFeatureBehind(analysed, key.name)
      const why = group === key.name ? 'is a group feature' : `needs the group feature '${group}'`
      if (group !== undefined)
        yield unknown(
          context,
          analysed,
          key,
          `group_by '${key.name}' ${why}, but the key must be known before there are groups.`,
          [],
        )
      else if (lookBehind(analysed, key.name) !== undefined)
        yield unknown(
          context,
          analysed,
          key,
          `group_by '${key.name}' needs '${lookBehind(analysed, key.name)}' of the rows of its group, but the key must be known before there are groups. Make it in a model before this one.`,
          [],
        )
      continue
    }
    const suggestions = nearest(key.name, [...(columns?.keys() ?? []), ...features.keys()])
      .filter((name) => columns?.has(name) || groupFeatureBehind(analysed, name) === undefined)
      .slice(0, 3)
    const message = `group_by column '${key.name}' is not in ${whereOf(context, analysed)}.${didYouMean(suggestions)}`
    yield unknown(context, analysed, key, message, suggestions)
  }
}

function whereOf({ snapshot }: RuleContext, { model: { input }, columnsFrom }: AnalysedModel): string {
  return input.kind === 'file' ? relative(snapshot.project.root, input.path) : (columnsFrom ?? 'the data')
}

/** `group_order` names keys and what there is once per group. */
function* badOrder(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, columns, levels } = analysed
  if (!model.groupOrder || !model.groupBy || !columns) return
  const perGroup = [
    ...model.groupBy.map(({ name }) => name),
    ...[...columns.values()].filter(({ level }) => level === 'group').map(({ name }) => name),
    ...[...levels].filter(([, { level }]) => level === 'group').map(([name]) => name),
  ]
  for (const order of model.groupOrder) {
    if (perGroup.includes(order.name)) continue
    const suggestions = closest(order.name, perGroup)
    const message = `group_order names '${order.name}', which is no key and no group feature of model '${model.name}'.${didYouMean(suggestions)}`
    yield unknown(context, analysed, order, message, suggestions)
  }
}

const unknown = (
  context: RuleContext,
  { model }: AnalysedModel,
  { name, span }: Named,
  message: string,
  suggestions: readonly string[],
): Finding => ({
  ...inManifest(context, span, message),
  model: model.name,
  data: { name, suggestions },
})

/** What a key, or a row feature behind it, asks the rows of its group: `revenue.mean()`, `sold.lag(1)`. */
function lookBehind(analysed: AnalysedModel, start: string): string | undefined {
  const isRow = (name: string) => (analysed.columns?.get(name)?.level ?? analysed.levels.get(name)?.level) === 'row'
  for (const feature of featuresBehind(analysed, start)) {
    const aggregated = mixingOf(analysed, feature)?.aggregates[0]
    if (aggregated !== undefined) return aggregated
    const { body } = feature
    const window = body.kind === 'expression' && rowWindowIn(withoutLets(body.expression), isRow)
    if (window) return printExpression(window)
  }
  return undefined
}

const groupFeatureBehind = (analysed: AnalysedModel, start: string): string | undefined =>
  featuresBehind(analysed, start).find(({ name }) => analysed.levels.get(name)?.level === 'group')?.name

/** A feature and those that it needs. */
function featuresBehind({ features, columns }: AnalysedModel, start: string): readonly Feature[] {
  const reached = new Set([start])
  const found: Feature[] = []
  for (const name of reached) {
    const feature = columns?.has(name) ? undefined : features.get(name)
    if (!feature) continue
    found.push(feature)
    for (const input of feature.inputs) reached.add(input.name)
  }
  return found
}

/** The keys of a project without a manifest stand together in the first comment. */
function* changeInComment({ text }: FixContext, problem: Problem): Iterable<Fix> {
  const { path, span, data } = problem
  const keys = text(path)?.slice(span.start, span.end) ?? ''
  const word = [...keys.matchAll(/[^\s,]+/g)].find(([key]) => key === data?.name)
  if (!word) return
  const start = span.start + word.index
  yield* changeTo({ ...problem, span: { start, end: start + word[0].length } })
}
