import type { AnalysedModel } from '../../ir/analysis.ts'
import { nameIndex } from '../../model/suggest.ts'
import { changeTo, removeIt } from '../manifestEdits.ts'
import { didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'

/** MD016: `outputs` or `target` name something that does not exist, or two outputs would have one name. */
export const unknownOutput: Rule = {
  code: 'MD016',
  name: 'unknown-output',
  severity: 'error',
  doc: `A name in \`outputs\`, or the \`target\`, is neither a feature nor a column of the model; or two columns of the outputs would have
the same name, because one stands twice or is renamed to the name of a key or of another feature.

\`\`\`jsonc
"outputs": ["proft"]                   // the feature is "profit"
"outputs": { "margin": "net_margin" }  // "margin" is a feature too: which of them would "margin" be?
\`\`\`

**What to do:** correct the name, or write the feature; give a renamed output a name of its own.`,
  *check(context) {
    for (const analysed of context.models) {
      const { outputs = [], target } = analysed.model
      const unknown = (names: readonly Written[]) =>
        names.filter(({ name }) => !analysed.features.has(name) && analysed.columns && !analysed.columns.has(name))
      yield* missing(context, analysed, unknown(outputs), 'Output')
      yield* missing(context, analysed, unknown(target ? [target] : []), 'Target')
      yield* twice(context, analysed)
      yield* taken(context, analysed)
    }
  },
  *fixes(context, problem) {
    yield* changeTo(problem)
    const { removable } = problem.data ?? {}
    if (typeof removable === 'string') yield* removeIt(context, problem, removable)
  },
}

type Written = NonNullable<AnalysedModel['model']['target']>

function* missing(
  context: RuleContext,
  { model, features, columns }: AnalysedModel,
  unknown: readonly Written[],
  what: 'Output' | 'Target',
): Iterable<Finding> {
  if (unknown.length === 0) return
  const chosen = new Set(what === 'Output' ? model.outputs?.map((output) => output.name) : [])
  const left = nameIndex([...features.keys(), ...(columns?.keys() ?? [])].filter((each) => !chosen.has(each)))
  for (const { name, span } of unknown) {
    const suggestions = left.nearest(name).slice(0, 3)
    yield {
      ...inManifest(context, span, `${what} '${name}' is not a feature or column.${didYouMean(suggestions)}`),
      model: model.name,
      data: { name, suggestions, ...(what === 'Output' && { removable: `'${name}'` }) },
    }
  }
}

function* twice(context: RuleContext, { model }: AnalysedModel): Iterable<Finding> {
  const seen = new Set<string>()
  for (const { as, span, asSpan } of model.outputs ?? []) {
    if (seen.has(as) && !asSpan)
      yield {
        ...inManifest(context, span, `Output '${as}' stands twice in "outputs".`),
        model: model.name,
        data: { name: as, removable: `the second '${as}'` },
      }
    seen.add(as)
  }
}

/** A renamed output may have the name of a column that it replaces for later models, but not that of a key or of a feature. */
function* taken(context: RuleContext, { model, features }: AnalysedModel): Iterable<Finding> {
  const keys = new Set(model.groupBy?.map(({ name }) => name))
  for (const { name, as, asSpan } of model.outputs ?? []) {
    if (as === name || !asSpan || !(keys.has(as) || features.has(as))) continue
    const what = keys.has(as) ? 'a key of the groups' : 'another feature'
    yield {
      ...inManifest(context, asSpan, `Output '${name}' is renamed to '${as}', which is the name of ${what}.`),
      model: model.name,
      data: {
        name: as,
        suggestions: features.has(name) && !model.outputs?.some((output) => output.as === name) ? [name] : [],
      },
    }
  }
}
