import type { Fix } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import { isVariableName, propertyText } from '../../source/identifiers.ts'
import { renameInput, replace, subjectOf } from '../edits.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, isToldOf, orList, type Rule, type RuleContext } from '../rule.ts'

/** MD023: a name that could mean two columns. */
export const ambiguousColumn: Rule = {
  code: 'MD023',
  name: 'ambiguous-column',
  severity: 'error',
  doc: `No column has exactly this name, and more than one would fit when case and separators do not count.

**What to do:** say which one is meant, in the manifest for all features: \`"columns": { "unit_price": { "from": "Unit Price" } }\`; or in
one feature, by the column's own name:

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
          const where = analysed.columnsFrom?.replace(/ \(.*/, '') ?? 'the data'
          const message = `'${input.name}' could be ${orList(headers)} in ${where}. ${nextStep(context, input.name, headers[0] as string)}`
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
      const edits = setInModel(context, analysed.model, ['columns', input.name], { from: header })
      yield { title: `Let '${input.name}' be '${header}' in the whole model`, edits }
    }
    const text = context.text(feature.path) ?? ''
    for (const header of headers)
      yield { title: `Read '${header}' here`, edits: readByHeader(feature, input, header, text) }
  },
}

const nextStep = ({ snapshot: { project } }: RuleContext, name: string, header: string): string =>
  project.kind === 'manifest'
    ? `Say which one is meant in modeldriver.json: "columns": { ${JSON.stringify(name)}: { "from": ${JSON.stringify(header)} } }.`
    : `Say which one is meant: ({ ${propertyText(header)}: ${name} }) instead of (${name}).`

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
