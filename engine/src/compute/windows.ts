import { children, mapChildren } from '../ir/children.ts'
import { type Expression, type Literal, type Vector, type WindowName, windowNames } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Step, StepInput } from '../ir/plan.ts'
import { columnOf } from '../table/build.ts'
import { cell, takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { Column } from './column.ts'
import { groupIndex } from './groups.ts'
import { asksIfMissing, inputsOf, withoutLets } from './mixed.ts'

/** `total.lag(1)`, where `total` is one value per group: to be computed once for all groups. */
export interface WindowPart {
  /** The name it has as an input of what is left. */
  readonly name: string
  readonly window: WindowName
  readonly args: readonly number[]
  /** What stands before the dot, one value per group. */
  readonly of: Expression
  readonly acceptsMissing: boolean
}

/** A feature with the windows taken out: they are further inputs, one value per group each. */
export interface WindowedFeature {
  readonly parts: readonly WindowPart[]
  readonly expression: Expression
}

/** Takes the windows out of a feature's expression, inner ones first. Undefined when there are none. */
export function windowedFeature({ body }: Feature, step: Step): WindowedFeature | undefined {
  if (body.kind !== 'expression' || !hasWindow(body.expression)) return undefined
  const rows = new Set(step.inputs.filter(({ source }) => source === 'row').map(({ name }) => name))
  const parts: Omit<WindowPart, 'acceptsMissing'>[] = []
  const take = (expression: Expression): Expression => {
    const inner = mapChildren(expression, take)
    if (!isWindow(inner) || !isPerGroup(inner.of, rows)) return inner
    const name = `window ${parts.length + 1}`
    parts.push({ name, window: inner.name, args: inner.args.map(({ value }) => value), of: inner.of })
    return { kind: 'input', name }
  }
  const expression = take(withoutLets(body.expression, new Map()))
  if (parts.length === 0) return undefined
  const isAsked = (name: string) => [expression, ...parts.map(({ of }) => of)].some((each) => asksIfMissing(each, name))
  return { parts: parts.map((part) => ({ ...part, acceptsMissing: isAsked(part.name) })), expression }
}

interface NumberLiteral extends Literal {
  readonly value: number
}
type Window = Omit<Vector, 'name' | 'args'> & { readonly name: WindowName; readonly args: readonly NumberLiteral[] }

const isWindow = (node: Expression): node is Window & Vector =>
  node.kind === 'vector' &&
  windowNames.some((name) => name === node.name) &&
  node.args.every((arg) => arg.kind === 'literal' && typeof arg.value === 'number')

const hasWindow = (expression: Expression): boolean => isWindow(expression) || children(expression).some(hasWindow)

/** One value per group: made of aggregates and of what is one value per group itself. */
function isPerGroup(expression: Expression, rows: ReadonlySet<string>): boolean {
  if (expression.kind === 'aggregate') return true
  if (expression.kind === 'input') return !rows.has(expression.name)
  return children(expression).every((child) => isPerGroup(child, rows))
}

/** The inputs that an expression reads, of a step's and of the windows that were taken out. */
export const inputsFor = (expression: Expression, step: Step, parts: readonly WindowPart[]): readonly StepInput[] =>
  inputsOf(expression).flatMap((name): StepInput[] => {
    const part = parts.find((each) => each.name === name)
    if (part) return [{ name, source: 'group', acceptsMissing: part.acceptsMissing }]
    return step.inputs.filter((input) => input.name === name)
  })

/** The groups one after another, and where each row of groups begins that belongs together. */
export interface GroupSequence {
  readonly groups: Int32Array
  readonly offsets: readonly number[]
}

/**
 * Groups in the order of `order` within those that are equal in `apart`; a missing value comes last, and groups that are equal stay in order
 * of first appearance.
 */
export function sequenceOf(apart: readonly ColumnData[], order: readonly ColumnData[], count: number): GroupSequence {
  const { codes } = groupIndex(apart, count)
  const groups = Int32Array.from({ length: count }, (_, group) => group)
  const compare = order.map(comparer)
  groups.sort((a, b) => {
    const apartFrom = (codes[a] as number) - (codes[b] as number)
    if (apartFrom !== 0) return apartFrom
    for (const by of compare) {
      const difference = by(a, b)
      if (difference !== 0) return difference
    }
    return a - b
  })
  const offsets = [...groups.keys()].filter(
    (place) => place === 0 || codes[groups[place] as number] !== codes[groups[place - 1] as number],
  )
  return { groups, offsets: [...offsets, count] }
}

function comparer(column: ColumnData): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [cell(column, a), cell(column, b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return one < other ? -1 : one > other ? 1 : 0
  }
}

/** A window over one value per group, by the method of `Column` that has its name. */
export function windowColumn(part: WindowPart, values: ColumnData, { groups, offsets }: GroupSequence): ColumnData {
  const all = Column.ofData(takeCells(values, groups)) as Column<number>
  const result: unknown[] = Array.from({ length: groups.length })
  for (let at = 0; at + 1 < offsets.length; at++) {
    const [from, to] = [offsets[at] as number, offsets[at + 1] as number]
    const made = all.slice(from, to)[part.window](...(part.args as [number?]))
    for (let i = from; i < to; i++) result[groups[i] as number] = made[i - from]
  }
  return columnOf(result)
}
