import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import { atFeature, inManifest, type Rule, type RuleContext } from '../rule.ts'

/** MD009: a model needs something that no earlier model gives it, though another model makes it; or it reads a model that is not there. */
export const chainInput: Rule = {
  code: 'MD009',
  name: 'chain-input',
  severity: 'error',
  doc: `A model reads its input from an earlier model, and that model does not provide what is needed: the name is made by a later
model, or by one whose output is not what this model reads.

**What to do:** give the models the right order (\`seq\`), add the name to the earlier model's \`outputs\`, or read the right table
(\`"input": "transactions.rows"\`).`,
  *check(context) {
    for (const analysed of context.models) {
      yield* missingModel(context, analysed)
      for (const [name, inputs] of analysed.unresolved) {
        const feature = analysed.features.get(name) as Feature
        for (const input of inputs) {
          const maker = madeElsewhere(context, analysed, input.name)
          if (!maker) continue
          const { model } = analysed
          const made = maker.features.get(input.name) as Feature
          const when = maker.model.seq < model.seq ? `, but '${model.name}' reads ${analysed.columnsFrom}` : ''
          const message =
            `Model '${model.name}' (seq ${model.seq}) needs '${input.name}', which no earlier model outputs. ` +
            `'${input.name}' is made by model '${maker.model.name}' (seq ${maker.model.seq})${when}.`
          yield {
            ...atFeature(analysed, feature, input.span, message),
            related: [{ path: made.path, span: made.nameSpan, message: `'${input.name}' is made here` }],
            data: { name: input.name, maker: maker.model.name },
          }
        }
      }
    }
  },
}

/** Another model that makes a feature of that name, for a model that reads from models. */
export function madeElsewhere(
  { models }: RuleContext,
  { model }: AnalysedModel,
  name: string,
): AnalysedModel | undefined {
  if (model.input.kind !== 'model') return undefined
  return models.find((other) => other.model !== model && other.features.has(name))
}

function* missingModel(context: RuleContext, { model }: AnalysedModel) {
  const { input } = model
  if (input.kind !== 'model') return
  const source = context.models.find((other) => other.model.name === input.model)
  const message = !source
    ? `Model '${model.name}' reads '${input.model}.${input.table}', but there is no model '${input.model}'.`
    : source.model.seq > model.seq
      ? `Model '${model.name}' (seq ${model.seq}) reads '${input.model}' (seq ${source.model.seq}), which runs later.`
      : source.model === model
        ? `Model '${model.name}' reads its own output.`
        : input.table === 'groups' && !source.model.groupBy
          ? `Model '${model.name}' reads '${input.model}.groups', but '${input.model}' has no group_by.`
          : undefined
  if (message) yield { ...inManifest(context, input.span ?? model.nameSpan, message), model: model.name }
}
