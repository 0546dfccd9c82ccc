import type { AnalysedModel, Analysis, Input, Span } from '@modeldriver/engine'
import { at } from '../at.ts'
import { featuresIn } from '../sources.ts'
import { keysInComment, type TextOf } from '../subject.ts'
import { nameText, optionalText, ownText } from './facts.ts'
import { type Hover, placeOf, touches } from './hovered.ts'
import { memberHoverAt } from './member.ts'

/** A feature's name, an input or its use in the body, a key in the first comment. */
export function featureHoverAt(analysis: Analysis, path: string, offset: number, textOf: TextOf): Hover | undefined {
  const found = at(analysis, path, offset)
  if (found?.kind === 'name') {
    const { model, feature, span } = found
    return { span, text: ownText(analysis, model, feature), node: feature.name }
  }
  const read = found ?? readAt(analysis, path, offset)
  if (read) {
    const { model, input, span } = read
    const textFor = input.optional ? optionalText : nameText
    return { span, text: textFor(analysis, model, input.name), ...placeOf(analysis, model, input.name) }
  }
  const member = memberHoverAt(analysis, path, offset, textOf(path) ?? '')
  if (member) return member
  const key = keysInComment(analysis, path, textOf(path) ?? '').find(({ span }) => touches(span, offset))
  if (!key) return undefined
  const { model, name, span } = key
  return { span, text: nameText(analysis, model, name), ...placeOf(analysis, model, name) }
}

interface ReadInput {
  readonly model: AnalysedModel
  readonly input: Input
  readonly span: Span
}

/** A place in a body that reads an input: of its values TypeScript knows nothing but `any`. */
function readAt(analysis: Analysis, path: string, offset: number): ReadInput | undefined {
  for (const { model, feature } of featuresIn(analysis, path)) {
    if (!touches(feature.bodySpan, offset)) continue
    const { start } = feature.span
    for (const input of feature.inputs) {
      const read = feature.sites.reads.get(input.local)?.find(({ span }) => touches(span, offset - start))
      if (read) return { model, input, span: { start: read.span.start + start, end: read.span.end + start } }
    }
  }
  return undefined
}
