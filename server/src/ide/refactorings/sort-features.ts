import { type Analysis, type OutlinePart, outlineOf, replace } from '@modeldriver/engine'
import { featuresIn } from '../sources.ts'
import type { OfferedRefactoring, RefactoringPlace } from './refactoring.ts'

/**
 * Moves whole declarations with their comments so that each feature stands after the features it reads. What is in order
 * stays in order, and everything that is no feature stays before what uses it; the text between declarations does not move.
 */
export function sortFeatures({ analysis, path, text }: RefactoringPlace): OfferedRefactoring | undefined {
  const parts = outlineOf(path, text)
  const order = sorted(orderIn(analysis, path, parts))
  const first = order.findIndex((part, slot) => part !== slot)
  if (first < 0) return undefined
  const last = order.findLastIndex((part, slot) => part !== slot)
  const pieces = parts.slice(first, last + 1).map((slot, i) => {
    const moved = parts[order[first + i] as number] as OutlinePart
    const next = first + i < last ? parts[first + i + 1]?.span.start : slot.span.end
    return text.slice(moved.span.start, moved.span.end) + text.slice(slot.span.end, next)
  })
  const span = { start: (parts[first] as OutlinePart).span.start, end: (parts[last] as OutlinePart).span.end }
  const edit = replace(path, span, pieces.join(''))
  const after = text.slice(0, span.start) + edit.text + text.slice(span.end)
  return holdsTheSame(path, text, after) ? { title: 'Sort features by dependency', edits: [edit] } : undefined
}

interface Order {
  /** The parts that are features, each with the parts whose features it reads. */
  readonly reads: ReadonlyMap<number, ReadonlySet<number>>
  readonly parts: readonly OutlinePart[]
}

function orderIn(analysis: Analysis, path: string, parts: readonly OutlinePart[]): Order {
  const features = featuresIn(analysis, path).map(({ model, feature }) => ({
    model,
    feature,
    at: parts.findIndex(({ span }) => span.start <= feature.nameSpan.start && feature.nameSpan.end <= span.end),
  }))
  const partOf = new Map(features.map(({ feature, at }) => [feature.name, at]))
  const reads = new Map(features.map(({ at }) => [at, new Set<number>()]))
  for (const { model, feature, at } of features) {
    for (const { name } of feature.inputs) {
      const source = model.columns?.has(name) ? undefined : partOf.get(name)
      if (source !== undefined && source !== at) reads.get(at)?.add(source)
    }
  }
  return { reads, parts }
}

/** The parts in their new order: always the first one that nothing holds back; in a cycle, the first that may stand there. */
function sorted(order: Order): readonly number[] {
  const { parts, reads } = order
  const follows = mustFollow(order)
  const left = new Set(parts.keys())
  const isFree = (needed: ReadonlySet<number> | undefined) => ![...(needed ?? [])].some((other) => left.has(other))
  const next = (): number | undefined => {
    let able: number | undefined
    for (const at of left) {
      if (!isFree(follows[at])) continue
      if (isFree(reads.get(at))) return at
      able ??= at
    }
    return able
  }
  const result: number[] = []
  for (let at = next(); at !== undefined; at = next()) {
    left.delete(at)
    result.push(at)
  }
  return result
}

/** What stays before what: declarations before what needs them by name, and statements that are no feature among each other. */
function mustFollow({ parts, reads }: Order): readonly ReadonlySet<number>[] {
  const declaredAt = new Map(parts.flatMap(({ declares }, at) => declares.map((name) => [name, at] as const)))
  let fixed: number | undefined
  return parts.map(({ needs }, at) => {
    const before = new Set(needs.flatMap((name) => declaredAt.get(name) ?? []).filter((other) => other < at))
    if (!reads.has(at)) {
      if (fixed !== undefined) before.add(fixed)
      fixed = at
    }
    return before
  })
}

/** A comment without a line end, or a statement that only its place ended, could swallow what follows: then nothing is moved. */
function holdsTheSame(path: string, before: string, after: string): boolean {
  const textsOf = (text: string) => outlineOf(path, text).map(({ span }) => text.slice(span.start, span.end))
  return textsOf(before).sort().join('\0') === textsOf(after).sort().join('\0')
}
