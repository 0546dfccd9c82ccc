import type { AnalysedJoin, AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import { isVariableName, propertyText } from '../../source/identifiers.ts'
import { renameInput, replace, subjectOf } from '../edits.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, type FixContext, isToldOf, type Rule, type RuleContext } from '../rule.ts'
import { isNameable, isNeeded, orInTables } from './tablesRead.ts'

/** MD023: a name that could mean two columns. */
export const ambiguousColumn: Rule = {
  code: 'MD023',
  name: 'ambiguous-column',
  severity: 'error',
  doc: `No column has exactly this name, and more than one would fit when case and separators do not count.

**What to do:** say which one is meant, in the manifest for all features: \`"columns": { "unit_price": { "from": "Unit Price" } }\`; or in
one feature, by the column's own name, which is also how columns that a join brings are told apart:

\`\`\`ts
export const twice = ({ 'Unit Price': unit_price }) => unit_price * 2
\`\`\``,
  *check(context) {
    for (const analysed of context.models) {
      for (const [name, inputs] of analysed.unresolved) {
        const feature = analysed.features.get(name) as Feature
        for (const input of isToldOf(feature) ? inputs : []) {
          const headers = analysed.ambiguous.get(input.name)
          if (!headers) continue
          const message = `'${input.name}' could be ${orInTables(analysed, headers)}. ${nextStep(context, analysed, feature, input, headers)}`
          yield {
            ...atFeature(analysed, feature, input.span, message),
            data: { name: input.name, suggestions: headers },
          }
        }
      }
    }
  },
  *fixes(context, problem): Iterable<Fix> {
    const subject = subjectOf(context, problem)
    const input = subject?.feature.inputs.find(({ span }) => span.start === problem.span.start)
    if (!subject || !input) return
    const { analysed, feature } = subject
    const headers = analysed.ambiguous.get(input.name) ?? []
    for (const header of headers) {
      const edits = inWholeModel(context, analysed, input.name, header)
      yield { title: `Let '${input.name}' be '${header}' in the whole model`, edits }
    }
    const text = context.text(feature.path) ?? ''
    for (const header of headers)
      yield { title: `Read '${header}' here`, edits: readByHeader(feature, input, header, text) }
  },
}

function nextStep(
  { snapshot: { project } }: RuleContext,
  analysed: AnalysedModel,
  { form, inputs }: Feature,
  input: Input,
  headers: readonly string[],
): string {
  const { name } = input
  const own = project.kind === 'manifest' ? headers.find((header) => isNameable(analysed, header)) : undefined
  if (own !== undefined)
    return `Say which one is meant in modeldriver.json: "columns": { ${JSON.stringify(name)}: { "from": ${JSON.stringify(own)} } }.`
  const meant = `${propertyText(headers[0] as string)}: ${name}`
  if (form === 'destructured') return `Say which one is meant: ${meant} instead of ${name}.`
  const names = inputs.map((each) => each.name)
  const pattern = inputs.map((each) => (each === input ? meant : each.name))
  return `Say which one is meant: ({ ${pattern.join(', ')} }) instead of (${names.join(', ')}).`
}

/** A column of the own data gets the name; of joined ones, the joins leave the others out. */
function inWholeModel(context: FixContext, analysed: AnalysedModel, name: string, header: string): Fix['edits'] {
  const { model, columns, ambiguous } = analysed
  if (isNameable(analysed, header)) return setInModel(context, model, ['columns', name], { from: header })
  const others = (ambiguous.get(name) ?? []).filter((other) => other !== header)
  const isFree = others.every((other) => columns?.get(other)?.joined && !isNeeded(analysed, other))
  if (!isFree || isReadLater(context, analysed)) return []
  const lists = analysed.joins.map((join) => without(join, others))
  if (!lists.every((list) => list === undefined || (list.length > 0 && list.length <= mostListed))) return []
  return lists.flatMap((list, at) => (list ? setInModel(context, model, ['joins', at, 'columns'], list) : []))
}

const mostListed = 12

/** What a join brings but for these, as its `columns` says it. Undefined: it brings none of them. */
function without({ join, brings = [] }: AnalysedJoin, names: readonly string[]): readonly string[] | undefined {
  const left = brings.filter(({ name }) => !names.includes(name))
  return left.length === brings.length ? undefined : left.map(({ name }) => name.slice(join.prefix.length))
}

/** Another model reads a table of this one, so it may read any column. */
const isReadLater = ({ models }: RuleContext, { model: { name } }: AnalysedModel): boolean =>
  models.some(({ model: { input, joins = [] } }) =>
    [input, ...joins.map(({ source }) => source)].some((source) => source.kind === 'model' && source.model === name),
  )

/** `(unit_price, qty)` becomes `({ 'Unit Price': unit_price, qty })`; not where types or `?` belong to the parameters. */
function readByHeader(feature: Feature, input: Input, header: string, text: string): Fix['edits'] {
  const { path, form, inputs, inputsSpan } = feature
  if (form === 'destructured') return renameInput(feature, input, header)
  const isPlain = (each: Input) =>
    each.type === undefined && (!each.optional || text.slice(each.whole.start, each.whole.end).includes('='))
  if (!inputs.every(isPlain) || !isVariableName(input.local)) return []
  const elements = inputs.map((each) => {
    const written = text.slice(each.whole.start, each.whole.end)
    return each === input ? `${propertyText(header)}: ${written}` : written
  })
  const pattern = `{ ${elements.join(', ')} }`
  return [replace(path, inputsSpan, text[inputsSpan.start - 1] === '(' ? pattern : `(${pattern})`)]
}
