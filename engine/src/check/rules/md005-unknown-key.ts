import type { AnalysedModel } from '../../ir/analysis.ts'
import { relative } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { didYouMean, inManifest, type Rule } from '../rule.ts'

/** MD005: `group_by` names something that is neither a column nor a row feature. */
export const unknownKey: Rule = {
  code: 'MD005',
  name: 'unknown-key',
  severity: 'error',
  doc: `A name in \`group_by\` is neither a column of the data nor a row feature of the model, or it is a feature that itself needs
groups: the key must be known before there are groups.

**What to do:** correct the name, or write a row feature that makes the key (\`dt_date\` from a timestamp).`,
  *check(context) {
    for (const analysed of context.models) {
      const { model, columns, features, columnsFrom } = analysed
      for (const key of model.groupBy ?? []) {
        const at = (message: string) => ({ ...inManifest(context, key.span, message), model: model.name })
        if (columns?.has(key.name)) continue
        if (features.has(key.name)) {
          const group = groupFeatureBehind(analysed, key.name)
          if (group)
            yield at(
              `group_by '${key.name}' needs the group feature '${group}', but the key must be known before there are groups.`,
            )
        } else if (columns) {
          const { input } = model
          const where =
            input.kind === 'file' ? relative(context.snapshot.project.root, input.path) : (columnsFrom ?? 'the data')
          const suggestions = closest(key.name, [...columns.keys(), ...features.keys()])
          yield {
            ...at(`group_by column '${key.name}' is not in ${where}.${didYouMean(suggestions)}`),
            data: { name: key.name, suggestions },
          }
        }
      }
    }
  },
}

function groupFeatureBehind({ features, levels, columns }: AnalysedModel, start: string): string | undefined {
  const reached = new Set([start])
  for (const name of reached) {
    if (columns?.has(name)) continue
    if (levels.get(name)?.level === 'group') return name
    for (const input of features.get(name)?.inputs ?? []) reached.add(input.name)
  }
  return undefined
}
