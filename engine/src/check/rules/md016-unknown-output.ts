import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Named, OutputSpec } from '../../ir/model.ts'
import { nameIndex } from '../../model/suggest.ts'
import { replace } from '../edits.ts'
import { changeTo, removeIt } from '../manifestEdits.ts'
import { didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'

/** MD016: `outputs` or `target` name something that does not exist, or two outputs would have one name. */
export const unknownOutput: Rule = {
  code: 'MD016',
  name: 'unknown-output',
  severity: 'error',
  doc: `A name in \`outputs\`, or the \`target\`, is neither a feature nor a column of the model; or two columns of the outputs would have
the same name, because one stands twice or is renamed to the name of a key or of another feature. With a key, an output of one value per
row stands in the rows, and cannot be renamed to the name of a column there.

\`\`\`jsonc
"outputs": ["proft"]                   // the feature is "profit"
"outputs": { "margin": "net_margin" }  // "margin" is a feature too: which of them would "margin" be?
"outputs": { "profit": "net_profit" }  // the new name comes first: { "net_profit": "profit" }
\`\`\`

**What to do:** correct the name, or write the feature; give a renamed output a name of its own.`,
  *check(context) {
    for (const analysed of context.models) {
      const { outputs = [], target } = analysed.model
      const unknown = (names: readonly Written[]) => names.filter(({ name }) => isUnknown(analysed, name))
      yield* missing(context, analysed, unknown(outputs), 'Output')
      yield* missing(context, analysed, unknown(target ? [target] : []), 'Target')
      yield* twice(context, analysed)
      yield* taken(context, analysed)
    }
  },
  *fixes(context, problem) {
    yield* changeTo(problem)
    const { removable, name, swap } = problem.data ?? {}
    const swapped = context.models
      .flatMap(({ model }) => model.outputs ?? [])
      .find(({ span }) => span?.start === problem.span.start && span.end === problem.span.end)
    if (typeof swap === 'string' && typeof name === 'string' && swapped?.asSpan) {
      const inner = (text: string) => JSON.stringify(text).slice(1, -1)
      const edits = [
        replace(problem.path, swapped.asSpan, inner(name)),
        replace(problem.path, problem.span, inner(swap)),
      ]
      yield { title: `Write "${name}": "${swap}"`, edits, isPreferred: true }
    }
    if (typeof removable === 'string') yield* removeIt(context, problem, removable)
  },
}

const isUnknown = ({ features, columns }: AnalysedModel, name: string): boolean =>
  !features.has(name) && columns !== undefined && !columns.has(name)

type Written = Named & Partial<Pick<OutputSpec, 'as' | 'asSpan'>>

function* missing(
  context: RuleContext,
  { model, features, columns }: AnalysedModel,
  unknown: readonly Written[],
  what: 'Output' | 'Target',
): Iterable<Finding> {
  if (unknown.length === 0) return
  const chosen = new Set(what === 'Output' ? model.outputs?.map((output) => output.name) : [])
  const left = nameIndex([...features.keys(), ...(columns?.keys() ?? [])].filter((each) => !chosen.has(each)))
  for (const { name, as, span, asSpan } of unknown) {
    // Somebody who thinks of it as of a rename from left to right.
    if (as !== undefined && asSpan && features.has(as)) {
      const write = `${JSON.stringify(name)}: ${JSON.stringify(as)}`
      const message = `Output '${name}' is not a feature or column, but '${as}' is one: the new name comes first, so write ${write}.`
      yield { ...inManifest(context, span, message), model: model.name, data: { name, swap: as } }
      continue
    }
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

/**
 * A renamed output may have the name of a column that it replaces for later models, but not that of a key or of a feature; in the rows of
 * a model with a key the column is there as well.
 */
function* taken(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, features, columns, levels } = analysed
  const keys = new Set(model.groupBy?.map(({ name }) => name))
  const isInRows = (name: string) =>
    model.groupBy !== undefined && (columns?.get(name)?.level ?? levels.get(name)?.level) === 'row'
  const owner = (name: string, as: string): string | undefined => {
    if (keys.has(as)) return 'a key of the groups'
    if (features.has(as)) return 'another feature'
    return columns?.has(as) && isInRows(name) ? 'a column, and the rows of a model with a key have both' : undefined
  }
  for (const { name, as, asSpan } of model.outputs ?? []) {
    const what = as === name || !asSpan || isUnknown(analysed, name) ? undefined : owner(name, as)
    if (!asSpan || what === undefined) continue
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
