import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { ModelInput } from '../../ir/model.ts'
import type { Problem } from '../../ir/problem.ts'
import type { Helper } from '../../ir/sites.ts'
import { closest } from '../../model/suggest.ts'
import { downstreamOf } from '../../plan/graph.ts'
import { isIdentifier } from '../../source/identifiers.ts'
import { insert, renameInput, startWithComments, subjectOf } from '../edits.ts'
import { changeTo } from '../manifestEdits.ts'
import {
  atFeature,
  didYouMean,
  type Finding,
  type FixContext,
  inManifest,
  type Rule,
  type RuleContext,
} from '../rule.ts'
import { madeElsewhere } from './chains.ts'
import { readableNames } from './known.ts'
import { byTable, columnsSaid } from './tablesRead.ts'

/** MD001: a parameter names neither a column nor a feature. Not asked when nothing is known of the data. */
export const unknownInput: Rule = {
  code: 'MD001',
  name: 'unknown-input',
  severity: 'error',
  doc: `A parameter's name is neither a column of the model's data nor one of its features.

\`\`\`ts
export function profit(revenu, cost) { // the column is named "revenue"
  return revenu - cost
}
\`\`\`

**What to do:** write the name as it stands in the data, or write a feature of that name. A parameter with a default
(\`vat = 0.19\`) may be absent. Columns are known from the header of the data file, from \`columns\` in the manifest, and from
the models before; where none of them is known, nothing is reported.`,
  *check(context) {
    for (const analysed of context.models) {
      for (const [name, inputs] of analysed.unresolved) {
        const feature = analysed.features.get(name) as Feature
        for (const input of feature.frame ? [] : inputs) {
          if (
            isCutOff(context, feature, input) ||
            isAmbiguous(analysed, input.name) ||
            madeElsewhere(context, analysed, input.name)
          )
            continue
          yield unknown(context, analysed, feature, input.name, input.span)
        }
      }
      yield* unknownInFrames(context, analysed)
    }
  },
  *fixes(context, problem) {
    if (problem.path === context.snapshot.project.path && problem.feature === undefined) yield* changeTo(problem)
    const subject = subjectOf(context, problem)
    const input = subject?.feature.inputs.find(({ span }) => span.start === problem.span.start)
    if (!subject || !input) return
    const suggestions = Array.isArray(problem.data?.suggestions) ? problem.data.suggestions.map(String) : []
    for (const name of suggestions)
      yield {
        title: `Change to '${name}'`,
        edits: renameInput(subject.feature, input, name),
        ...(suggestions.length === 1 && { isPreferred: true }),
      }
    const helper = helperNamed(context, subject.feature, input.name)
    if (helper && !isPrivate(helper.name))
      yield {
        title: `Export '${helper.name}'`,
        edits: [insert(problem.path, helper.span.start, 'export ')],
        isPreferred: true,
      }
    if (!helper) yield* createFeature(context, subject.feature, input, problem)
    if (input.whole.end === input.span.end)
      yield {
        title: `Make '${input.name}' optional`,
        edits: [insert(problem.path, input.whole.end, ' = null')],
      }
  },
}

/** What a table function says it reads. */
function* unknownInFrames(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, frames, columns, features } = analysed
  for (const [frame, { declared }] of columns ? frames : []) {
    for (const { name, span } of declared?.inputs ?? []) {
      if (
        columns?.has(name) ||
        features.has(name) ||
        isAmbiguous(analysed, name) ||
        madeElsewhere(context, analysed, name)
      )
        continue
      const suggestions = closest(name, [...(columns?.keys() ?? []), ...features.keys()])
      const message = `'${frame}' reads '${name}', which is neither a column of ${tablesOf(analysed)} nor a feature of model '${model.name}'.`
      yield {
        ...inManifest(context, span, `${message}${didYouMean(suggestions) || whichColumns(analysed)}`),
        model: model.name,
        data: { name, suggestions },
      }
    }
  }
}

/** A feature of that name, above the one that reads it: with nothing but its name it gives missing values. */
function* createFeature(context: FixContext, feature: Feature, { name }: Input, { path }: Problem): Iterable<Fix> {
  const at = startWithComments(feature, context.text(path) ?? '')
  if (isIdentifier(name))
    yield {
      title: `Create feature '${name}'`,
      edits: [insert(path, at, `export function ${name}() {\n  return null\n}\n\n`)],
    }
}

/** `f(unit-price)`: what follows the name is no code, so it may not be the whole name. */
const isCutOff = ({ snapshot }: RuleContext, { path }: Feature, { span: { end } }: Input): boolean =>
  snapshot.files.get(path)?.syntaxErrors?.some(({ span }) => span.start === end) ?? false

const isAmbiguous = ({ ambiguous }: AnalysedModel, name: string): boolean => ambiguous.has(name)

function unknown(
  context: RuleContext,
  analysed: AnalysedModel,
  feature: Feature,
  name: string,
  span: Feature['nameSpan'],
): Finding {
  const helper = helperNamed(context, feature, name)
  const suggestions = helper ? [] : suggestionsFor(analysed, feature, name)
  const message = helper
    ? `'${name}' is a function of this file, but no feature: ${isPrivate(name) ? "its name begins with '_'" : 'it is not exported'}.${isPrivate(name) ? ' Rename it, or call it.' : ' Export it.'}`
    : suggestions.length > 0
      ? `No column or feature is named '${name}'.${didYouMean(suggestions)}`
      : `'${name}' is neither a column of ${tablesOf(analysed)} nor a feature of model '${analysed.model.name}'.${whichColumns(analysed)}`
  return {
    ...atFeature(analysed, feature, span, message),
    related: helper ? [] : placesOfColumns(context, analysed),
    data: { name, suggestions },
  }
}

/** The headers of the data and of files that are joined, or the models whose tables are read. */
function placesOfColumns(context: RuleContext, { model, columnsFrom, joins }: AnalysedModel): Problem['related'] {
  return [
    ...placeOf(context, model.input, `the columns of ${columnsFrom}`),
    ...joins.flatMap(({ join, table }) =>
      table ? placeOf(context, join.source, `the columns of ${join.from.name}`) : [],
    ),
  ]
}

function placeOf({ snapshot, models }: RuleContext, source: ModelInput, message: string): Problem['related'] {
  if (source.kind === 'model') {
    const span = models.find((other) => other.model.name === source.model)?.model.nameSpan
    return span ? [{ path: snapshot.project.path, span, message }] : []
  }
  const header = source.kind === 'file' ? snapshot.headers.get(source.path) : undefined
  const first = header?.kind === 'header' ? header.columns[0]?.span : undefined
  const last = header?.kind === 'header' ? header.columns.at(-1)?.span : undefined
  return source.kind === 'file' && first && last
    ? [{ path: source.path, span: { start: first.start, end: last.end }, message }]
    : []
}

/** `sales.csv (12 columns) or shops.csv`. */
const tablesOf = ({ columnsFrom = 'the data', joins }: AnalysedModel): string =>
  [columnsFrom, ...new Set(joins.map(({ join }) => join.from.name))].join(' or ')

/** What could be written instead, where nothing is near. */
function whichColumns(analysed: AnalysedModel): string {
  const said = known.get(analysed) ?? allColumns(analysed)
  known.set(analysed, said)
  return said
}

/** Of a model with many wrong names it is said many times. */
const known = new WeakMap<AnalysedModel, string>()

function allColumns(analysed: AnalysedModel): string {
  const { columns, aliases, joins } = analysed
  const names = [...(columns?.keys() ?? [])].filter((name) => !aliases.has(name))
  const tables = [...byTable(analysed, names)]
  return tables.map(([table, own]) => columnsSaid(own, joins.length > 0 ? table : '')).join('')
}

const isPrivate = (name: string): boolean => name.startsWith('_')

/** A function beside the feature that is not exported. */
const helperNamed = (
  { snapshot }: Pick<RuleContext, 'snapshot'>,
  { path }: Feature,
  name: string,
): Helper | undefined => snapshot.files.get(path)?.helpers.find((helper) => helper.isFunction && helper.name === name)

/** Columns and features the author may have meant; never one that would close a cycle or is read already. */
function suggestionsFor(analysed: AnalysedModel, feature: Feature, name: string): readonly string[] {
  const near = readableNames(analysed)
    .nearest(name)
    .filter((candidate) => !feature.inputs.some((input) => input.name === candidate))
  if (near.length === 0) return []
  const below = downstreamOf(analysed.graph, feature.name)
  return near.filter((candidate) => !below.has(candidate)).slice(0, 3)
}
