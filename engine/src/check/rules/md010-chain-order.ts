import { inManifest, type Rule } from '../rule.ts'

/** MD010: two models at one place of the pipeline. */
export const chainOrder: Rule = {
  code: 'MD010',
  name: 'chain-order',
  severity: 'error',
  doc: `Two models have the same \`seq\`, so their order is not defined.

**What to do:** number the models in the order in which they run.`,
  *check(context) {
    const { models } = context
    for (const [i, { model }] of models.entries()) {
      const before = models[i - 1]?.model
      if (before && before.seq === model.seq)
        yield {
          ...inManifest(
            context,
            model.nameSpan,
            `Models '${before.name}' and '${model.name}' both have seq ${model.seq}.`,
          ),
          model: model.name,
        }
    }
  },
}
