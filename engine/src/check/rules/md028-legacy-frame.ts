import type { AnalysedModel } from '../../ir/analysis.ts'
import { knownColumns } from '../columns.ts'
import { setInModel } from '../manifestEdits.ts'
import { atFeature, type FixContext, type Rule } from '../rule.ts'
import { sourcesOf } from '../tables.ts'

/** MD028: a table function that does not say what it reads and makes. */
export const legacyFrame: Rule = {
  code: 'MD028',
  name: 'legacy-frame',
  severity: 'information',
  doc: `In a model with \`"legacy_mode": true\` a function may take the whole table and give a table back. What it reads and makes cannot be seen
in its code, so nothing is checked of the columns of this model and of those that read it.

\`\`\`jsonc
"legacy_mode": true,
"frames": { "dedupe": { "inputs": ["pin"], "outputs": ["pin"] } } // then all of it is checked
\`\`\`

**What to do:** declare it in \`frames\`, or write features in its place, one for each column it makes.`,
  *check({ models }) {
    for (const analysed of models) {
      for (const [name, { feature, declared }] of analysed.frames) {
        const table = feature.inputs[0]?.name ?? ''
        if (!declared)
          yield atFeature(
            analysed,
            feature,
            feature.nameSpan,
            `'${name}(${table})' takes a whole table (legacy mode); its inputs and outputs cannot be checked.`,
          )
      }
    }
  },
  *fixes(context, { model, feature }) {
    const analysed = context.models.find((each) => each.model.name === model)
    if (!analysed || feature === undefined) return
    const frame = { inputs: [], outputs: namesMissing(context, analysed) }
    yield {
      title: `Declare what '${feature}' reads and makes`,
      edits: setInModel(context, analysed.model, ['frames', feature], frame),
    }
  },
}

/** What features here, and in models that read this one's rows, read and nothing else makes: that is what table functions are for. */
function namesMissing(context: FixContext, analysed: AnalysedModel): readonly string[] {
  const { model, features } = analysed
  const { columns } = knownColumns(model, sourcesOf(context, analysed), new Map())
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
