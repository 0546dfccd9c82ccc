import type { AnalysedModel } from '../../ir/analysis.ts'
import { closest } from '../../model/suggest.ts'
import { didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'

/** MD030: names in the manifest that mean nothing. What has the wrong form is found while it is read (model/manifest.ts). */
export const badManifest: Rule = {
  code: 'MD030',
  name: 'bad-manifest',
  severity: 'error',
  doc: `\`modeldriver.json\` does not say what it should: a word is misspelt, a value has the wrong form, two models have one name, a
feature file is not there, or \`columns\` and \`kinds\` name what does not exist.

**What to do:** the message says which word and what it may be.`,
  *check(context) {
    for (const analysed of context.models) {
      yield* columnsOf(context, analysed)
      const { model, features } = analysed
      for (const name of Object.keys(model.kinds)) {
        if (!features.has(name))
          yield unknown(
            context,
            analysed,
            `"kinds" names '${name}', which is not a feature of model '${model.name}'.`,
            name,
            features.keys(),
          )
      }
    }
  },
}

/** `columns` of a model that reads a file must be in that file. */
function* columnsOf(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model } = analysed
  if (model.input.kind !== 'file') return
  const header = context.snapshot.headers.get(model.input.path)
  if (header?.kind !== 'header') return
  const there = new Set(header.columns.map(({ name }) => name))
  for (const [name, { from }] of Object.entries(model.columns)) {
    if (there.has(name) || (from !== undefined && there.has(from))) continue
    const where = analysed.columnsFrom?.replace(/ \(.*/, '') ?? 'the data'
    yield unknown(
      context,
      analysed,
      `"columns" names '${from ?? name}', which is not in ${where}.`,
      from ?? name,
      there,
    )
  }
}

function unknown(
  context: RuleContext,
  { model }: AnalysedModel,
  message: string,
  name: string,
  candidates: Iterable<string>,
): Finding {
  const suggestions = closest(name, candidates)
  return {
    ...inManifest(context, model.nameSpan, `${message}${didYouMean(suggestions)}`),
    model: model.name,
    data: { name, suggestions },
  }
}
