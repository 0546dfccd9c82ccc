import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature } from '../../ir/feature.ts'
import type { KnownColumn } from '../../ir/model.ts'
import type { Problem } from '../../ir/problem.ts'
import { absolute, addMarker, insert, replace, subjectOf } from '../edits.ts'
import { setInModel } from '../manifestEdits.ts'
import { andList, atFeature, type Finding, type FixContext, orList, type Rule, type RuleContext } from '../rule.ts'
import { aggregatesIn, hasAggregate, type Mixing } from './mixing.ts'

/** MD004: a group feature, or an aggregate inside a row feature, in a model that has no groups. Features that are group level only because of their inputs are not roots. */
export const groupWithoutKey: Rule = {
  code: 'MD004',
  name: 'group-without-key',
  severity: 'error',
  doc: `A group feature gives one value per group, but the model has no \`group_by\`, so there are no groups.

\`\`\`ts
// group_by: pin
export const total = (revenue) => revenue.sum() // one value per pin
\`\`\`

The same holds for an aggregate in the middle of a row feature: \`revenue - revenue.mean()\` takes the mean of the row's group.

**What to do:** say the key: \`"group_by": "pin"\` in modeldriver.json, or \`// group_by: pin\` in the first comment of a feature file
without a manifest. \`"group_by": []\` makes the whole table one group. \`check\` tells it once for all features of a model. If the feature is meant per row, mark it \`//#row\`.`,
  checkFeature(context, analysed, feature) {
    const { model, levels, columns } = analysed
    const decision = levels.get(feature.name)
    if (model.groupBy) return []
    const aggregates = aggregatesIn(analysed, feature)
    if (aggregates) return [aggregateInRow(context, analysed, feature, aggregates)]
    if (decision?.level !== 'group') return []
    const isGroup = (name: string) => !columns?.has(name) && levels.get(name)?.level === 'group'
    if (decision.rule === 'result' && feature.inputs.some((input) => isGroup(input.name))) return []
    const message = `'${feature.name}' is a group feature, but model '${model.name}' has no group_by. ${nextStep(context, analysed, feature)}`
    const span = feature.directives[0]?.span ?? feature.nameSpan
    return [
      {
        ...atFeature(analysed, feature, feature.nameSpan, message),
        related: [{ path: feature.path, span, message: `it is a group feature: ${decision.why}` }],
        data: { todo: groupsFor(context, analysed) },
      },
    ]
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    if (!subject) return
    const { analysed, feature } = subject
    for (const key of likelyKeys(context, analysed))
      yield { title: `Set group_by to '${key}'`, edits: setKey(context, analysed, key) }
    yield { title: 'Make the whole table one group', edits: setKey(context, analysed, []) }
    if (takesAggregate(feature)) return
    const [first, ...more] = feature.directives
    const isWritten = first !== undefined || analysed.model.kinds[feature.name] !== undefined
    if (!isWritten)
      yield { title: 'Mark as #row', edits: [addMarker(feature, 'row', context.text(feature.path) ?? '')] }
    else if (first && more.length === 0 && !first.text.endsWith(')'))
      yield {
        title: 'Mark as #row',
        edits: [replace(feature.path, first.span, first.text.startsWith('@') ? '@row' : '#row')],
      }
  },
}

function aggregateInRow(
  context: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  { uses, aggregates }: Mixing,
): Finding {
  const [use] = uses
  const span = use ? absolute(use.span, feature.span.start) : feature.nameSpan
  const todo = groupsFor(context, analysed)
  const message = `'${feature.name}' takes '${use?.text ?? aggregates[0]}' of its group, but model '${analysed.model.name}' has no group_by. ${todo}`
  return { ...atFeature(analysed, feature, span, message), data: { todo } }
}

const mostNamed = 3
const mostRelated = 5

/** The problems of one model as one, for a reader who is told of it only once: all of them lack the same key. */
export function keylessInAll([first, ...others]: readonly [Problem, ...(readonly Problem[])]): Problem {
  const names = [...new Set([first, ...others].map(({ feature }) => feature ?? ''))]
  if (names.length < 2) return first
  const isMany = names.length > mostNamed + 1
  const listed = isMany
    ? `${orList(names.slice(0, mostNamed)).replace(' or ', ', ')} and ${names.length - mostNamed} others`
    : andList(names)
  return {
    ...first,
    message: `${names.length} features need groups, but model '${first.model}' has no group_by: ${listed}. ${first.data?.todo}`,
    related: others
      .slice(0, mostRelated)
      .map(({ path, span, feature }) => ({ path, span, message: `'${feature}' needs groups too` })),
  }
}

function nextStep(context: RuleContext, analysed: AnalysedModel, feature: Feature): string {
  if (takesAggregate(feature)) return groupsFor(context, analysed)
  const { kind } = context.snapshot.project
  const asRow = kind === 'code' ? 'register it with registerFilter()' : 'mark the feature //#row'
  return `Say what makes the groups ${whereKey(context, analysed)}, or ${asRow}.`
}

/** What mends it for all features of a model. */
function groupsFor(context: RuleContext, analysed: AnalysedModel): string {
  const { kind } = context.snapshot.project
  const whole = kind === 'file' ? '// group_by: []' : kind === 'code' ? 'group_by: []' : '"group_by": []'
  return `Say what makes the groups ${whereKey(context, analysed)}, or make the whole table one group (${whole}).`
}

/** Per row it would have no result. */
const takesAggregate = ({ body }: Feature): boolean => body.kind === 'expression' && hasAggregate(body.expression)

function whereKey(context: RuleContext, analysed: AnalysedModel): string {
  const [key = 'pin'] = likelyKeys(context, analysed)
  const { kind } = context.snapshot.project
  if (kind === 'code') return `in its config ({ group_by: '${key}' })`
  return kind === 'manifest'
    ? `in modeldriver.json ("group_by": ${JSON.stringify(key)})`
    : `in the first comment of the file (// group_by: ${key})`
}

/** No columns: one group. */
function setKey(context: FixContext, { model }: AnalysedModel, key: string | readonly []): Fix['edits'] {
  const { project } = context.snapshot
  if (project.kind === 'manifest') return setInModel(context, model, ['group_by'], key)
  const text = context.text(project.path) ?? ''
  const start = /^(?:\uFEFF|#![^\n]*\n)*/.exec(text)?.[0].length ?? 0
  return [
    insert(
      project.path,
      start,
      `// group_by: ${typeof key === 'string' ? key : '[]'}\n${text[start] === '\n' ? '' : '\n'}`,
    ),
  ]
}

/**
 * Up to three columns that may be the key, the likeliest first: keys of other models, then columns named like one, then the
 * first with text, dates or true and false.
 */
function likelyKeys({ models }: RuleContext, { columns }: AnalysedModel): readonly string[] {
  const others = models.flatMap(({ model }) => model.groupBy?.map(({ name }) => name) ?? [])
  if (!columns) return [...new Set(others)].slice(0, 3)
  const own = [...columns.values()].filter(({ name, type }) => type !== 'number' && !/[,\n]/.test(name))
  const named = own.filter(({ name }) => keyWords.test(name))
  const first = own.find(({ type }) => type !== undefined && type !== 'integer')
  const ordered = [...others.filter((name) => columns.has(name)), ...names(named), ...names(first ? [first] : [])]
  return [...new Set(ordered)].slice(0, 3)
}

const names = (columns: readonly KnownColumn[]): readonly string[] => columns.map(({ name }) => name)

const keyWords =
  /(?:^|[_\s-])(?:id|pin|key|code|sku|no|nr|number|account|client|customer|user|shop|store|region|country)$/i
