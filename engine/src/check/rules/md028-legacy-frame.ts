import type { AnalysedModel } from '../../ir/analysis.ts'
import { isVariableName } from '../../source/identifiers.ts'
import { knownColumns } from '../columns.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, type FixContext, type Rule } from '../rule.ts'
import { sourcesOf } from '../tables.ts'

/** MD028: a table function that does not say what it reads and makes. */
export const legacyFrame: Rule = {
  code: 'MD028',
  name: 'legacy-frame',
  severity: 'warning',
  doc: `In a model with \`"legacy_mode": true\` a function may take the whole table and give a table back. What it reads and makes must be said: it is
given an Arquero table of its \`inputs\`, and must return one that has its \`outputs\` too, in the same rows. Until then it is not computed, and
nothing is checked of the columns of this model and of those that read it.

\`\`\`jsonc
"legacy_mode": true,
"frames": { "clean": { "inputs": ["price", "cost"], "outputs": ["margin"] } }
\`\`\`
\`\`\`ts
export function clean(table) {
  return table.derive({ margin: (d) => d.price - d.cost })
}
\`\`\`

With \`#agg\` in it, a table function is given the key too, and must return one row per group:
\`table.groupby('pin').rollup({ total: (d) => op.sum(d.price) })\`, where \`op\` is imported from \`'arquero'\`.

**What to do:** declare it in \`frames\`, or write features in its place, one for each column it makes: the light bulb does that where the code is
simple.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, { feature, declared }] of analysed.frames) {
        const table = feature.inputs[0]?.name ?? ''
        if (!declared)
          yield atFeature(
            analysed,
            feature,
            feature.nameSpan,
            `'${name}(${table})' takes a whole table. It is not computed, and its columns are not checked, until "frames" says what it reads and makes.`,
          )
      }
    }
  },
  *fixes(context, { model, feature }) {
    const analysed = context.models.find((each) => each.model.name === model)
    const found = analysed?.frames.get(feature ?? '')?.feature
    if (!analysed || !found) return
    const text = context.text(found.path)?.slice(found.bodySpan.start, found.bodySpan.end) ?? ''
    const outputs = new Set([...columnsMade(text), ...namesMissing(context, analysed)])
    const inputs = namesRead(context, analysed, text).filter((name) => !outputs.has(name))
    if (inputs.length === 0 || outputs.size === 0) return
    yield {
      title: `Declare what '${found.name}' reads and makes`,
      edits: setInModel(context, analysed.model, ['frames', found.name], { inputs, outputs: [...outputs] }),
      isPreferred: true,
    }
  },
}

/** `derive({ margin: … })`: names that are given to what is calculated. */
function columnsMade(text: string): readonly string[] {
  const made = [...text.matchAll(/\.(?:derive|rollup)\s*\(\s*\{/g)].flatMap(({ index, 0: call }) =>
    [
      ...topLevel(text.slice(index + call.length)).matchAll(
        /(?:^|,)\s*(?:(['"])(.+?)\1|([\p{L}_$][\p{L}\p{N}_$]*))\s*:/gu,
      ),
    ].map(([, , quoted, plain]) => quoted ?? plain ?? ''),
  )
  return [...new Set(made)]
}

/** The text up to the bracket that ends it, without what stands in brackets of its own. */
function topLevel(text: string): string {
  let depth = 0
  let own = ''
  for (const letter of text) {
    if (/[)\]}]/.test(letter) && --depth < 0) return own
    if (depth === 0) own += letter
    if (/[([{]/.test(letter)) depth++
  }
  return own
}

/** The columns as they are without table functions. */
const columnsBefore = (context: FixContext, analysed: AnalysedModel) =>
  knownColumns(analysed.model, sourcesOf(context, analysed), { features: analysed.features, frames: new Map() })

/** Columns and features that the function's text names; all columns where it names none. */
function namesRead(context: FixContext, analysed: AnalysedModel, text: string): readonly string[] {
  const { columns } = columnsBefore(context, analysed)
  const names = [...(columns?.keys() ?? []), ...analysed.features.keys()]
  const words = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu))
  const read = names.filter((name) => (isVariableName(name) ? words.has(name) : text.includes(name)))
  return read.length > 0 ? read : [...(columns?.keys() ?? [])]
}

/** What features here, and in models that read this one's rows, read and nothing else makes: that is what table functions are for. */
function namesMissing(context: FixContext, analysed: AnalysedModel): readonly string[] {
  const { model, features } = analysed
  const { columns } = columnsBefore(context, analysed)
  if (!columns) return []
  const readers = context.models.filter(
    (each) => each === analysed || (each.model.input.kind === 'model' && each.model.input.model === model.name),
  )
  const read = readers.flatMap((reader) =>
    [...reader.features.values()].flatMap(({ inputs }) =>
      inputs.filter(({ name, optional }) => !optional && !reader.features.has(name)).map(({ name }) => name),
    ),
  )
  return [...new Set(read)].filter((name) => !columns.has(name) && !features.has(name))
}
