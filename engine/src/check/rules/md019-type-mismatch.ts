import type { AnalysedJoin, AnalysedModel } from '../../ir/analysis.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import { superfluousText } from '../../ir/given.ts'
import type { ColumnUse } from '../../ir/sites.ts'
import { type Annotation, readAnnotation } from '../../source/annotation.ts'
import { absolute, replace, subjectOf } from '../edits.ts'
import { readOtherwise } from '../readOtherwise.ts'
import { atFeature, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'
import {
  isDeclaredOtherwise,
  kindOfType,
  kindWords,
  reasonOfType,
  seenColumnType,
  seenType,
  typeOfName,
  withAdvice,
} from '../valueTypes.ts'

/** MD019: what a parameter reads is of another type than the parameter says, or than the body needs. */
export const typeMismatch: Rule = {
  code: 'MD019',
  name: 'type-mismatch',
  severity: 'error',
  doc: `A parameter is annotated with a type that its column or feature does not have, or its default is of another type; or the body
of a feature without annotations does something that the values of its inputs cannot do.

\`\`\`ts
export function net(region: number) { // 'region' is text in orders.csv
  return region * 2
}

export function total(revenue) {
  return revenue.summ() // a column has no method 'summ'
}
\`\`\`

**What to do:** correct the annotation or the body. If the data is read as the wrong type, say the right one under
\`columns\` in \`modeldriver.json\`: \`"columns": { "region": "number" }\`. Types are known from the data, the manifest and what
features compute; where none is known, nothing is reported. Whether a value may be missing plays no part.`,
  checkFeature: (context, analysed, feature) => [
    ...(feature.inputs.every(({ type }) => type === undefined)
      ? []
      : feature.inputs.flatMap((input) => mismatch(context, analysed, feature, input) ?? [])),
    ...feature.sites.columnUses.flatMap(
      (use) =>
        superfluous(analysed, feature, use) ??
        notShare(analysed, feature, use) ??
        notWhole(analysed, feature, use) ??
        neverFull(analysed, feature, use) ??
        [],
    ),
  ],
  *check(context) {
    for (const analysed of context.models)
      for (const join of analysed.joins) yield* keyMismatches(context, analysed, join)
  },
  *fixes(context, problem) {
    const meant = Array.isArray(problem.data?.suggestions) ? problem.data.suggestions.map(String) : []
    for (const name of meant)
      yield {
        title: `Change to '${name}'`,
        edits: [replace(problem.path, problem.span, name)],
        ...(meant.length === 1 && { isPreferred: true }),
      }
    const readings = [...readOtherwise(context, problem)]
    yield* readings
    const subject = subjectOf(context, problem)
    const input = subject?.feature.inputs.find(({ typeSpan }) => typeSpan?.start === problem.span.start)
    const annotation = input && annotationOf(input)
    const type = input && subject && typeOfName(subject.analysed, input.name)
    if (!input?.typeSpan || !annotation || !type) return
    const text = annotation.as(kindOfType(type))
    yield {
      title: `Change annotation to ${text}`,
      edits: [replace(problem.path, input.typeSpan, text)],
      ...(readings.length === 0 && { isPreferred: true }),
    }
  },
}

const annotationOf = ({ type }: Input): Annotation | undefined =>
  type === undefined ? undefined : readAnnotation(type)

function mismatch(
  { models, snapshot }: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  input: Input,
): Finding | undefined {
  const { name, typeSpan, type: written } = input
  if (!typeSpan || !isDeclaredOtherwise(analysed, input)) return undefined
  const [wanted] = annotationOf(input)?.kinds ?? []
  const reason = reasonOfType(models, analysed, name, snapshot, wanted)
  if (!reason) return undefined
  const declared = (written ?? '').replace(/\s+/g, ' ')
  return {
    ...atFeature(
      analysed,
      feature,
      typeSpan,
      withAdvice(`'${name}' ${reason.clause}, but is declared as ${declared}.`, reason.advice),
    ),
    related: reason.related,
    data: { name, ...(wanted && { wanted }) },
  }
}

/** `revenue.mean((x) => x * 2)`, of which the mean would be that of the revenue. */
function superfluous(analysed: AnalysedModel, feature: Feature, use: ColumnUse): Finding | undefined {
  const message = superfluousText(use)
  return message === undefined
    ? undefined
    : atFeature(analysed, feature, absolute(use.span, feature.span.start), message)
}

/** `quantile(90)`, of which the run would say that it is no share. */
function notShare(analysed: AnalysedModel, feature: Feature, { method, text, span }: ColumnUse): Finding | undefined {
  const given = method === 'quantile' ? /\(\s*(-?[\d.]+)\s*\)$|,\s*(-?[\d.]+)\s*\)$/.exec(text) : null
  const share = Number(given?.[1] ?? given?.[2])
  if (given === null || (share >= 0 && share <= 1)) return undefined
  const todo = share > 1 && share <= 100 ? ` For ${share} % write ${share / 100}.` : ''
  return atFeature(
    analysed,
    feature,
    absolute(span, feature.span.start),
    `'quantile' takes a share from 0 to 1, not ${share}.${todo}`,
  )
}

const atLeastOne: Readonly<Record<string, string>> = { rolling: 'rows', previous: 'groups' }
const isWhole = (count: number, of?: string): boolean => Number.isInteger(count) && (of === undefined || count >= 1)

/** `rolling(0)` and `previous(-1)`, at which the run would stop, and `lag(0.5)`, which would find nothing. */
function notWhole(analysed: AnalysedModel, feature: Feature, { text, span }: ColumnUse): Finding | undefined {
  const calls = text.matchAll(/\.(rolling|previous|lag|lead|diff)\(\s*(-?[\d.]+|'[^']*'|"[^"]*")\s*[,)]/g)
  const wrong = [...calls].find(([, method, given]) => !isWhole(Number(given), atLeastOne[method as string]))
  if (!wrong) return undefined
  const [, method, given] = wrong as unknown as [string, string, string]
  const of = atLeastOne[method]
  const message = `'${method}' takes a whole number of ${of ? `${of}, at least 1` : 'places'}, not ${given}.`
  return atFeature(analysed, feature, absolute(span, feature.span.start), message)
}

/** `rolling(2, 3)`: no window has three values. */
function neverFull(analysed: AnalysedModel, feature: Feature, { text, span }: ColumnUse): Finding | undefined {
  const calls = text.matchAll(/\.rolling\(\s*(\d+)\s*,\s*(-?[\d.]+)\s*\)/g)
  const [size, atLeast] =
    [...calls]
      .map(([, ...given]) => given.map(Number))
      .find(([n = 0, least = 0]) => !(least >= 0 && least <= n && Number.isInteger(least))) ?? []
  if (size === undefined || atLeast === undefined) return undefined
  const message =
    atLeast > size
      ? `'rolling(${size}, ${atLeast})' wants at least ${atLeast} values, but its windows have ${size}, so it would never give one. Write rolling(${size}, ${size}) for full windows only, or rolling(${atLeast}, ${atLeast}).`
      : `'rolling' takes as second how many values a window must have, a whole number from 0 to ${size}, not ${atLeast}.`
  return atFeature(analysed, feature, absolute(span, feature.span.start), message)
}

/** Keys of a join whose values can never be equal. */
function* keyMismatches(
  context: RuleContext,
  analysed: AnalysedModel,
  { join, table, keys }: AnalysedJoin,
): Iterable<Finding> {
  const { snapshot, models } = context
  for (const { written, column } of keys) {
    const { name, span } = written
    const here = seenType(analysed, name, snapshot)
    const there = seenColumnType(column === undefined ? undefined : table?.get(column), snapshot)
    if (!here || !there || kindOfType(here) === kindOfType(there)) continue
    const { clause } = reasonOfType(models, analysed, name, snapshot) ?? { clause: `is ${kindWords[kindOfType(here)]}` }
    const type = kindOfType(there) === 'Date' ? there : kindOfType(there)
    // In code there is no manifest to say it in.
    const example =
      snapshot.project.kind === 'code'
        ? ''
        : `, for example with "columns": { "${analysed.aliases.get(name) ?? name}": "${type}" }`
    const message = `Join key '${name}' ${clause} and ${kindWords[kindOfType(there)]} in ${join.from.name}, so no row would match. Make them alike${example}.`
    yield { ...inManifest(context, span, message), model: analysed.model.name, data: { name } }
  }
}
