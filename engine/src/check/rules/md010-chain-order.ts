import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Model, Named } from '../../ir/model.ts'
import type { Problem } from '../../ir/problem.ts'
import { setInModel, valuePlace } from '../manifestEdits.ts'
import { type Finding, type FixContext, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { readingFrom, tablesRead } from './chains.ts'

/** MD010: two models at one place of the pipeline, or a model that reads what is made after it. */
export const chainOrder: Rule = {
  code: 'MD010',
  name: 'chain-order',
  severity: 'error',
  doc: `Two models have the same \`seq\`, so their order is not defined; or a model reads a table (by \`input\` or by a join) of itself or of
a model that runs after it.

\`\`\`jsonc
{ "model_name": "score", "seq": 2, "input": "value.rows" },
{ "model_name": "value", "seq": 3, "input": "clean.rows" }   // runs after score
\`\`\`

**What to do:** number the models in the order in which they run.`,
  *check(context) {
    for (const [at, { model }] of context.models.entries()) {
      const before = context.models[at - 1]?.model
      if (before && before.seq === model.seq) yield sameSeq(context, before, model)
      for (const { table, owner } of tablesRead(model)) yield* readsLater(context, model, table, owner)
    }
  },
  *fixes(context, problem) {
    const models = context.models.map((analysed) => analysed.model)
    const { maker } = problem.data ?? {}
    if (typeof maker !== 'string') yield renumber(context, models, 'Renumber the models')
    else yield* moveBefore(context, models, problem, maker)
  },
}

const sameSeq = (context: RuleContext, before: Model, model: Model): Finding => ({
  ...inManifest(
    context,
    valuePlace(context, model, ['seq']),
    `Models '${before.name}' and '${model.name}' both have seq ${model.seq}.`,
  ),
  model: model.name,
  ...(before.nameSpan && {
    related: [{ path: context.snapshot.project.path, span: before.nameSpan, message: `model '${before.name}'` }],
  }),
})

function* readsLater(context: RuleContext, model: Model, { name, span }: Named, owner: string): Iterable<Finding> {
  const source = context.models.find((other) => other.model.name === owner)?.model
  if (!source || !isLater(context.models, source, model)) return
  const all = context.models.map((analysed) => analysed.model)
  const back = readingFrom(all, source, model.name)
  const todo =
    back === undefined
      ? `Give '${owner}' a smaller "seq" than '${model.name}'.`
      : `It cannot run first, since ${back}: let one of the two read something else.`
  const message =
    source === model
      ? `Model '${model.name}' reads its own output '${name}', which is not there before it runs.`
      : `Model '${model.name}' (seq ${model.seq}) reads '${name}', but '${owner}' (seq ${source.seq}) runs later. ${todo}`
  yield {
    ...inManifest(context, span, message),
    model: model.name,
    ...(source !== model && { data: { maker: owner } }),
  }
}

const isLater = (models: readonly AnalysedModel[], source: Model, reader: Model): boolean =>
  models.findIndex(({ model }) => model === source) >= models.findIndex(({ model }) => model === reader)

/** Not offered when another model, which reads the one before it without naming it, would then read something else. */
function* moveBefore(
  context: FixContext,
  models: readonly Model[],
  { model: reader }: Problem,
  maker: string,
): Iterable<Fix> {
  const ordered = movedBefore(models, maker, String(reader))
  if (ordered?.every((model, at) => readsTheSame(model, ordered[at - 1])))
    yield renumber(context, ordered, `Run '${maker}' before '${reader}'`)
}

/** The models in an order in which the maker stands right before its reader, unless it needs that reader itself. */
export function movedBefore(models: readonly Model[], name: string, reader: string): readonly Model[] | undefined {
  const maker = models.find((model) => model.name === name)
  if (!maker || maker.name === reader || readingFrom(models, maker, reader) !== undefined) return undefined
  const others = models.filter((model) => model !== maker)
  const at = others.findIndex((model) => model.name === reader)
  return [...others.slice(0, at), maker, ...others.slice(at)]
}

/** A model reads what it read, when this one stands before it. */
export const readsTheSame = ({ input }: Model, before: Model | undefined): boolean =>
  input.kind !== 'model' || input.span !== undefined || before?.name === input.model

/** `seq` in the order of the list, each number kept where it still fits. */
export function renumber(context: FixContext, models: readonly Model[], title: string): Fix {
  let last = Number.NEGATIVE_INFINITY
  const edits = models.flatMap((model) => {
    const seq = model.seq > last ? model.seq : last + 1
    last = seq
    return seq === model.seq ? [] : setInModel(context, model, ['seq'], seq)
  })
  return { title, edits }
}
