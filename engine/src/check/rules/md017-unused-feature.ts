import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature } from '../../ir/feature.ts'
import { replace, startWithComments, subjectOf } from '../edits.ts'
import { addOutput, removeFromModel } from '../manifestEdits.ts'
import { neededFeatures } from '../needed.ts'
import { originOf } from '../origins.ts'
import { atFeature, type FixContext, isToldOf, type Rule } from '../rule.ts'

/** MD017: outputs are selected, and none of them needs a feature. */
export const unusedFeature: Rule = {
  code: 'MD017',
  name: 'unused-feature',
  severity: 'hint',
  doc: `The model selects its \`outputs\`, and neither one of them nor a later model needs this feature, so no run computes it.

**What to do:** add it to \`outputs\`, or delete it.`,
  *check({ models }) {
    if (models.some(({ model }) => model.lacksFiles)) return
    const selecting = models.filter(({ model: { outputs }, features, columns }) =>
      outputs?.every(({ name }) => features.has(name) || !columns || columns.has(name)),
    )
    const needed = selecting.length > 0 ? neededFeatures(models) : new Set<string>()
    for (const analysed of selecting) {
      for (const [name, feature] of analysed.features) {
        const isNeeded = (each: string) => needed.has(originOf(models, analysed, each).key)
        if (analysed.columns?.has(name) || (feature.frame?.outputs ?? [name]).some(isNeeded) || !isToldOf(feature))
          continue
        const what = feature.frame ? `what '${feature.frame.name}' makes` : `'${name}'`
        yield atFeature(analysed, feature, feature.nameSpan, `No selected output needs ${what}.`)
      }
    }
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    if (!subject) return
    const { analysed, feature } = subject
    yield { title: `Add '${feature.name}' to the outputs`, edits: addOutput(context, analysed.model, feature.name) }
    yield* remove(context, analysed, feature)
  },
}

/** Only what nothing else in the code mentions can be deleted. */
function* remove(context: FixContext, analysed: AnalysedModel, feature: Feature): Iterable<Fix> {
  const { name, path, span } = feature
  const text = context.text(path) ?? ''
  const start = startWithComments(feature, text)
  const tail = /^;?[ \t]*(?:\/\/[^\r\n]*)?\s*/.exec(text.slice(span.end))?.[0] ?? ''
  const end = span.end + tail.length
  const mentioned = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replaceAll('$', '\\$')}(?![\\p{L}\\p{N}_$])`, 'u')
  const isAlone = /^export\b/.test(text.slice(span.start)) && !mentioned.test(text.slice(0, start) + text.slice(end))
  if (!isAlone || isRead(context.models, analysed, name)) return
  yield {
    title: `Delete '${name}'`,
    edits: [
      replace(path, { start, end }, ''),
      ...(Object.hasOwn(analysed.model.kinds, name) ? removeFromModel(context, analysed.model, ['kinds', name]) : []),
    ],
  }
}

function isRead(models: readonly AnalysedModel[], analysed: AnalysedModel, name: string): boolean {
  const { key } = originOf(models, analysed, name)
  return models.some((other) =>
    [...other.features.values()].some(({ inputs }) =>
      inputs.some((input) => originOf(models, other, input.name).key === key),
    ),
  )
}
