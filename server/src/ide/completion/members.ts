import { type AnalysedModel, columnMembers, type Feature, parameterType } from '@modeldriver/engine'
import { memberType } from '../hover/member.ts'
import { featuresIn } from '../sources.ts'
import type { CompletionContext, CompletionItem, CompletionList } from './list.ts'

/**
 * `revenue.|`: what all values of a group can be asked, where TypeScript knows nothing of them because nothing is annotated. Nothing in a row
 * feature that reads text or dates, whose own methods are meant there.
 */
export function membersAt(
  { analysis, text }: CompletionContext,
  path: string,
  offset: number,
): CompletionList | undefined {
  const before = (text(path) ?? '').slice(Math.max(0, offset - 200), offset)
  const [, local, word = ''] = /(?<![\w$.])([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\??\.\s*(\w*)$/u.exec(before) ?? []
  if (local === undefined) return undefined
  for (const { model, feature } of featuresIn(analysis, path)) {
    if (offset < feature.bodySpan.start || offset > feature.bodySpan.end + 1) continue
    const kind = kindOfColumn(model, feature, local)
    if (kind === undefined) continue
    const after = /^\w*/.exec((text(path) ?? '').slice(offset, offset + 100))?.[0].length ?? 0
    const start = offset - word.length
    return { insert: { start, end: offset }, replace: { start, end: offset + after }, items: itemsOf(kind) }
  }
  return undefined
}

/** What the elements of an input are where the whole column may be meant; `any` when nothing says it. */
function kindOfColumn(model: AnalysedModel, feature: Feature, local: string): string | undefined {
  const input = feature.inputs.find((each) => each.local === local)
  if (!input || input.type !== undefined || model.model.groupBy === undefined) return undefined
  const level = model.columns?.get(input.name)?.level ?? model.levels.get(input.name)?.level ?? 'row'
  if (level !== 'row') return undefined
  const type = parameterType(model, feature, input.name)
  const whole = type === undefined ? undefined : /^Column<(.*)>$/.exec(type)?.[1]
  if (whole !== undefined) return whole
  if (type === 'string' || type === 'Date') return undefined
  return type ?? 'any'
}

const itemsOf = (kind: string): readonly CompletionItem[] =>
  [...columnMembers.values()].flatMap(({ name, of }): CompletionItem[] =>
    kind !== 'any' && of && !of.includes(kind)
      ? []
      : [
          {
            label: name,
            kind: 'method',
            text: name,
            type: memberType(name, kind),
            subject: { kind: 'member', name, of: kind },
          },
        ],
  )
