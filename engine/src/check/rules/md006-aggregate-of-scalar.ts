import type { AnalysedModel } from '../../ir/analysis.ts'
import { children } from '../../ir/children.ts'
import type { Fix } from '../../ir/edit.ts'
import { type Expression, isWindowName, windowMethod, windowMethods } from '../../ir/expression.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { Level, LevelDecision } from '../../ir/level.ts'
import type { Project } from '../../ir/model.ts'
import type { Problem, RelatedPlace } from '../../ir/problem.ts'
import type { CalculationUse, ColumnUse } from '../../ir/sites.ts'
import { absolute, addMarker, replace, subjectOf } from '../edits.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, type Finding, type FixContext, orMakeManifest, type Rule } from '../rule.ts'
import { extractCalculation } from './extraction.ts'

/** MD006: what only a column can be asked is asked of one value. */
export const aggregateOfScalar: Rule = {
  code: 'MD006',
  name: 'aggregate-of-scalar',
  severity: 'error',
  doc: `An aggregate needs the values of many rows, but the input is one value already: a group feature is one value per group, a feature
without inputs is one value in all.

\`\`\`ts
export function total_revenue(revenue) { return revenue.sum() }
export function doubled(total_revenue) { return total_revenue.sum() * 2 } // one value per group has no rows
\`\`\`

Columns are not calculated with as a whole either: \`(revenue - cost).sum()\` asks one value for its sum. What is calculated per row is a
feature of its own:

\`\`\`ts
export function margin(revenue, cost) { return revenue - cost }
export function total_margin(margin) { return margin.sum() }
\`\`\`

A model with \`group_order\` may look at the groups around each one: \`total_revenue / total_revenue.lag(1)\`, and \`lead\`, \`diff\`, \`cumsum\`, \`rank\`,
\`rolling(4).mean()\`. Of a column \`customer_id.previous()\` is that of the group before.

**What to do:** use the value as it is. If the input was meant to be one value per row, see why it is not: the message leads there.
In a feature that is marked \`#row\` the inputs are the values of one row.`,
  checkFeature: ({ snapshot: { project } }, analysed, feature) => [
    ...(feature.sites.columnUses.length === 0
      ? []
      : [...wrongUses(analysed, feature)].map(({ use, input }) => finding(project, analysed, feature, use, input))),
    ...feature.sites.calculationUses.map((use) => ofCalculation(analysed, feature, use)),
  ],
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    yield* extractions(context, problem)
    const found = subject && useAt(subject.analysed, subject.feature, problem)
    if (!subject || !found) return
    const { feature, analysed } = subject
    const key = analysed.model.groupBy?.at(-1)?.name
    const level = levelOf(analysed, found.input.name)
    if (asksPrevious(found.use) ? level === 'row' : looksAround(subject.feature, found.use, level)) {
      const edits = key === undefined ? [] : setInModel(context, analysed.model, ['group_order'], key)
      if (edits.length > 0 && !analysed.model.groupOrder) yield { title: `Set group_order to '${key}'`, edits }
      return
    }
    const text = context.text(problem.path) ?? ''
    const at = absolute(found.use.inputSpan, feature.span.start)
    if (asksPrevious(found.use) && level === 'group') {
      const instead = `${found.use.input}.lag(1)`
      yield {
        title: `Change to '${instead}'`,
        edits: [replace(problem.path, problem.span, instead)],
        isPreferred: true,
      }
      return
    }
    yield {
      title: `Remove '${found.use.asks}'`,
      edits: [replace(problem.path, problem.span, text.slice(at.start, at.end))],
      isPreferred: true,
    }
    const source = analysed.features.get(found.input.name)
    if (source && analysed.levels.get(source.name)?.rule === 'name')
      yield {
        title: `Mark '${source.name}' as #row`,
        edits: [addMarker(source, 'row', context.text(source.path) ?? '')],
      }
  },
}

function* extractions(context: FixContext, problem: Problem): Iterable<Fix> {
  const { analysed, feature } = subjectOf(context, problem) ?? {}
  const use = feature?.sites.calculationUses.find(({ span }) => span.start + feature.span.start === problem.span.start)
  if (!analysed?.model.groupBy || !feature || !use) return
  const fix = extractCalculation(analysed, feature, use, context.text(problem.path) ?? '')
  if (fix) yield fix
}

interface WrongUse {
  readonly use: ColumnUse
  readonly input: Input
}

/** Whether this rule speaks of a use. */
export const isWrongUse = (analysed: AnalysedModel, feature: Feature, use: ColumnUse): boolean =>
  [...wrongUses(analysed, feature)].some((wrong) => wrong.use === use)

/** Levels inside of a cycle mean nothing; MD002 comes first. */
function* wrongUses(analysed: AnalysedModel, feature: Feature): Iterable<WrongUse> {
  const { columnUses } = feature.sites
  if (analysed.graph.inCycle.has(feature.name)) return
  const perRow = takesOneRow(feature, analysed.levels.get(feature.name))
  for (const use of columnUses) {
    const input = feature.inputs.find(({ local }) => local === use.input)
    if (!input || use.asks === '.length') continue
    const level = levelOf(analysed, input.name)
    const around = looksAround(feature, use, level)
    if (around && analysed.model.groupOrder && feature.body.kind === 'expression') continue
    const lacksOrder = asksPrevious(use) && level === 'row' && analysed.model.groupBy && !analysed.model.groupOrder
    if (level === undefined || (level === 'row' && !perRow && !around && !lacksOrder)) continue
    yield { use, input }
  }
}

/** The function is called with the values of one row: said outright, and its body is no formula that could be taken apart. */
const takesOneRow = ({ body }: Feature, decision: LevelDecision | undefined): boolean =>
  body.kind === 'opaque' &&
  decision?.level === 'row' &&
  (decision.rule === 'directive' || decision.rule === 'manifest' || decision.rule === 'type')

const levelOf = ({ columns, levels }: AnalysedModel, name: string) =>
  columns?.get(name)?.level ?? levels.get(name)?.level

const useAt = (analysed: AnalysedModel, feature: Feature, { span }: Problem): WrongUse | undefined =>
  [...wrongUses(analysed, feature)].find(({ use }) => use.span.start + feature.span.start === span.start)

function finding({ kind }: Project, analysed: AnalysedModel, feature: Feature, use: ColumnUse, input: Input): Finding {
  const level = levelOf(analysed, input.name)
  const decision = analysed.levels.get(feature.name) as LevelDecision
  const around = looksAround(feature, use, level)
  const what = around
    ? `'${level === 'row' ? use.text : input.name}' is one value ${perGroup(analysed)}`
    : level === 'row'
      ? `'${input.name}' is the value of one row here (${kind === 'code' && decision.rule === 'manifest' ? 'registered as a filter' : decision.why})`
      : `'${input.name}' is already one value ${level === 'group' ? perGroup(analysed) : 'in all'}`
  const message =
    asksPrevious(use) && !around
      ? askingPrevious(analysed, kind, use, level, what)
      : isRowLook(use, level)
        ? `'${use.text}' looks at other rows, and is computed for all rows of a group at once. That needs a body that is one formula, without loops.`
        : around
          ? lookingAround(analysed, kind, around, what)
          : `${what}, so '${use.asks}' has nothing to aggregate. Use '${use.input}' as it is.`
  return {
    ...atFeature(analysed, feature, absolute(use.span, feature.span.start), message),
    related: level === 'row' ? [] : reasonOf(analysed, input.name),
  }
}

/** `customer_id.previous()`. */
const asksPrevious = ({ asks }: ColumnUse): boolean => asks === '.previous()'

function askingPrevious(
  analysed: AnalysedModel,
  kind: Project['kind'],
  { input, text }: ColumnUse,
  level: Level | undefined,
  what: string,
) {
  if (level === 'group')
    return `${what}, so '.previous()' has no column to give. Write ${input}.lag(1) for that of the group before.`
  if (level !== 'row' || analysed.model.groupOrder) return `${what}, so '.previous()' has no column to give.`
  return `'${shortened(text)}' looks at the group before, and ${noOrder(analysed, kind)}`
}

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)

/** `revenue.lag(1)` where the function is called with the values of one row. */
const isRowLook = ({ asks }: ColumnUse, level: Level | undefined): boolean =>
  level === 'row' && windowMethods.has(asks.slice(1, -2))

function ofCalculation(
  analysed: AnalysedModel,
  feature: Feature,
  { span, from, ofText, asks }: CalculationUse,
): Finding {
  const text = shortened(ofText)
  const message = `'${text}' is one value, so '${asks}' has nothing to aggregate: only columns have it. Give '${text}' a feature of its own, and take ${asks} of that.`
  const { start } = feature.span
  const place = from && { path: feature.path, span: absolute(from, start), message: `'${text}' is calculated here` }
  return { ...atFeature(analysed, feature, absolute(span, start), message), related: place ? [place] : [] }
}

/** The word by which a use looks at the groups around its own: `total.lag(1)`, and `revenue.sum().lag(1)` too. */
function looksAround(
  { body, inputs }: Feature,
  { asks, input: local }: ColumnUse,
  level: Level | undefined,
): string | undefined {
  const asked = asks.slice(1, -2)
  if (level === 'group') return windowMethods.has(asked) ? asked : undefined
  if (level !== 'row' || body.kind !== 'expression') return undefined
  const input = inputs.find((each) => each.local === local)?.name
  return windowOver(
    body.expression,
    (of) => of.kind === 'aggregate' && of.name === asked && of.of.kind === 'input' && of.of.name === input,
  )
}

/** The first window in an expression over what is asked for. */
function windowOver(expression: Expression, isMeant: (of: Expression) => boolean): string | undefined {
  if (expression.kind === 'vector' && isMeant(expression.of))
    return isWindowName(expression.name) ? windowMethod(expression.name) : undefined
  for (const child of children(expression)) {
    const found = windowOver(child, isMeant)
    if (found !== undefined) return found
  }
  return undefined
}

function lookingAround(analysed: AnalysedModel, kind: Project['kind'], word: string, what: string): string {
  if (analysed.model.groupOrder)
    return `${what}, and '.${word}()' of it is computed for all groups at once. That needs a body that is one formula, without loops.`
  return `${what}. '.${word}()' looks at other groups, and ${noOrder(analysed, kind)}`
}

function noOrder({ model: { groupBy = [] } }: AnalysedModel, kind: Project['kind']): string {
  const key = groupBy.at(-1)?.name ?? 'day'
  const add =
    kind === 'code'
      ? `group_order: '${key}' to the config of the model`
      : `"group_order": "${key}" to the model in modeldriver.json`
  return `nothing says in which order they stand: add ${add}.${orMakeManifest(kind)}`
}

function perGroup({ model: { groupBy } }: AnalysedModel): string {
  if (!groupBy) return 'per group'
  return groupBy.length === 0 ? 'for the whole table' : `per ${groupBy.map(({ name }) => name).join(' and ')}`
}

/** Where the input became one value. */
function reasonOf(analysed: AnalysedModel, name: string): readonly RelatedPlace[] {
  const source = analysed.columns?.has(name) ? undefined : analysed.features.get(name)
  const decision = analysed.levels.get(name)
  if (!source || !decision) return []
  return [
    {
      path: source.path,
      span: source.directives[0]?.span ?? source.nameSpan,
      message: `'${name}' is one value: ${decision.why}`,
    },
  ]
}
