import type { AnalysedModel } from '../../ir/analysis.ts'
import { children } from '../../ir/children.ts'
import type { Expression } from '../../ir/expression.ts'
import type { Feature } from '../../ir/feature.ts'
import type { ColumnUse } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { printExpression } from '../../source/print.ts'

/** A row feature that takes aggregates of its group: `revenue - revenue.mean()`. */
export interface Mixing {
  /** The aggregates as the author wrote them, without those inside of others. None when they stand in helpers. */
  readonly uses: readonly ColumnUse[]
  /** The different ones, as they are meant. */
  readonly aggregates: readonly string[]
  /** Where a value of the row is read beside them. */
  readonly rowSpan?: Span
}

/** Undefined when a feature does not mix levels. A level that the author said outright is still a mixture. */
export function mixingOf(analysed: AnalysedModel, feature: Feature): Mixing | undefined {
  const found = aggregatesIn(analysed, feature)
  return found?.readsRow ? found : undefined
}

/** The aggregates that a row feature takes of its group, also where it reads nothing of its row beside them. */
export function aggregatesIn(
  analysed: AnalysedModel,
  feature: Feature,
): (Mixing & { readonly readsRow: boolean }) | undefined {
  const { body, sites, name } = feature
  if (body.kind !== 'expression' || analysed.levels.get(name)?.level !== 'row') return undefined
  if (!hasAggregate(body.expression)) return undefined
  const isRow = (input: string): boolean =>
    (analysed.columns?.get(input)?.level ?? analysed.levels.get(input)?.level ?? 'row') === 'row'
  const { aggregates, readsRow, lengths } = partsOf(body.expression, isRow)
  if (aggregates.size === 0) return undefined
  const nameOf = new Map(feature.inputs.map((input) => [input.local, input.name]))
  const candidates = sites.columnUses.filter(({ input, gives }) => {
    const read = nameOf.get(input) ?? input
    return isRow(read) && (gives === 'value' || (gives === 'length' && lengths.has(read)))
  })
  const uses = candidates.filter((use) => !candidates.some((other) => other !== use && isInside(use.span, other.span)))
  const outside = [...sites.reads]
    .filter(([local]) => isRow(nameOf.get(local) ?? local))
    .flatMap(([, reads]) => reads.map(({ span }) => span))
    .filter((span) => !uses.some((use) => isInside(span, use.span)))
    .sort((a, b) => a.start - b.start)
  return { uses, aggregates: [...aggregates], readsRow, ...(outside[0] && { rowSpan: outside[0] }) }
}

export const isInside = (inner: Span, outer: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

const known = new WeakMap<Expression, boolean>()

export function hasAggregate(expression: Expression): boolean {
  const before = known.get(expression)
  if (before !== undefined) return before
  const has = expression.kind === 'aggregate' || children(expression).some(hasAggregate)
  known.set(expression, has)
  return has
}

/** The aggregates over rows, and whether anything beside them is one value per row. */
function partsOf(expression: Expression, isRow: (input: string) => boolean) {
  const aggregates = new Set<string>()
  const lengths = new Set<string>()
  let readsRow = false
  const visit = (node: Expression): void => {
    if (node.kind === 'aggregate' && readsRows(node.of, isRow)) {
      aggregates.add(printExpression(node))
      if (node.name === 'length' && node.of.kind === 'input') lengths.add(node.of.name)
      return
    }
    if (node.kind === 'input' && isRow(node.name)) readsRow = true
    // A column that is only kept to be aggregated is no value of the row.
    if (node.kind === 'let' && node.value.kind === 'vector') visit(node.body)
    else for (const child of children(node)) visit(child)
  }
  visit(expression)
  return { aggregates, lengths, readsRow }
}

const readsRows = (expression: Expression, isRow: (input: string) => boolean): boolean =>
  expression.kind === 'input'
    ? isRow(expression.name)
    : expression.kind === 'local' || children(expression).some((child) => readsRows(child, isRow))
