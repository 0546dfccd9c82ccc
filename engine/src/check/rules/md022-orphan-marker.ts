import type { Fix } from '../../ir/edit.ts'
import type { Directive, Feature } from '../../ir/feature.ts'
import { removeMarkers } from '../declarationEdits.ts'
import { addMarker, replace } from '../edits.ts'
import type { FixContext, Rule, RuleContext } from '../rule.ts'

/** MD022: a marker that belongs to no feature, or a comment that is nearly one. */
export const orphanMarker: Rule = {
  code: 'MD022',
  name: 'orphan-marker',
  severity: 'warning',
  doc: `A \`#agg\`, \`#group\` or \`#row\` comment stands where it belongs to no feature, or its word is another one (\`#aggregate\`), so it
has no effect.

\`\`\`ts
//#agg

export const total = (revenue) => revenue.sum() // the blank line above parts the two
\`\`\`

**What to do:** put it inside the function, on its last line, or directly above it without a blank line between; write \`#agg\` or \`#row\`.`,
  *check(context) {
    for (const { model, path, file } of filesOf(context)) {
      for (const { text, span } of file.orphanDirectives)
        yield {
          message: `This ${text} belongs to no feature; put it in the function or directly above it.`,
          path,
          span,
          model: model.name,
        }
      for (const { text, span, meant } of file.misspeltDirectives)
        yield {
          message: `'${text}' is no marker, so it has no effect. Did you mean '${meant}'?`,
          path,
          span,
          model: model.name,
          data: { meant },
        }
    }
  },
  *fixes(context, { path, span, data }): Iterable<Fix> {
    const text = context.text(path)
    const file = context.snapshot.files.get(path)
    if (!file || text === undefined) return
    const { meant } = data ?? {}
    if (typeof meant === 'string')
      yield { title: `Change to ${meant}`, edits: [replace(path, span, meant)], isPreferred: true }
    const marker = file.orphanDirectives.find((each) => each.span.start === span.start)
    if (marker) yield* moveOrRemove(context, file.features, marker, path, text)
  },
}

function* moveOrRemove(
  { models }: FixContext,
  features: readonly Feature[],
  marker: Directive,
  path: string,
  text: string,
): Iterable<Fix> {
  const removal = removeMarkers(path, [marker], text)
  const next = features.find(({ span }) => span.start > marker.span.end)
  const isSaid = next && (next.directives.length > 0 || models.some(({ model }) => model.kinds[next.name]))
  if (next && !isSaid)
    yield { title: `Move it into '${next.name}'`, edits: [...removal, addMarker(next, marker.level, text)] }
  yield { title: `Remove ${marker.text}`, edits: removal }
}

function* filesOf({ models, snapshot }: RuleContext) {
  for (const { model } of models) {
    for (const path of model.featureFiles) {
      const file = snapshot.files.get(path)
      if (file) yield { model, path, file }
    }
  }
}
