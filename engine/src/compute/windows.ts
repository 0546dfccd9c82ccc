import { children, mapChildren } from '../ir/children.ts'
import {
  type Expression,
  isWindowName,
  type Literal,
  type RollingName,
  type Vector,
  type WindowName,
} from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Step, StepInput } from '../ir/plan.ts'
import { isRowWindow, withoutLets } from '../ir/windows.ts'
import { columnOf } from '../table/build.ts'
import { cell, takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { Column } from './column.ts'
import { type GroupOrder, groupIndex } from './groups.ts'
import { asksIfMissing, inputsOf } from './mixed.ts'
import { dataOf, type Item } from './store.ts'

/** A look at other groups or rows, taken out of a feature: an input of what is left, named `name`. */
export type WindowPart = GroupWindow | RowWindow

interface TakenOut {
  readonly name: string
  readonly acceptsMissing: boolean
}

/** `total.lag(1)`, where `total` is one value per group: to be computed once for all groups. */
export interface GroupWindow extends TakenOut {
  readonly level: 'group'
  readonly window: WindowName
  readonly args: readonly number[]
  /** What stands before the dot, one value per group. */
  readonly of: Expression
}

/** `revenue.cumsum()` in a row feature: to be computed once for the rows of each group. */
export interface RowWindow extends TakenOut {
  readonly level: 'row'
  readonly expression: Expression
}

/** A feature with the windows taken out: they are further inputs, one value per group or row each. */
export interface WindowedFeature {
  readonly parts: readonly WindowPart[]
  readonly expression: Expression
}

/** Takes the windows out of a feature's expression, inner ones first. Undefined when there are none. */
export function windowedFeature({ body }: Feature, step: Step): WindowedFeature | undefined {
  if (body.kind !== 'expression' || !hasWindow(body.expression)) return undefined
  const rows = new Set(step.inputs.filter(({ source }) => source === 'row').map(({ name }) => name))
  const parts: WindowPart[] = []
  const add = (part: Omit<GroupWindow, keyof TakenOut> | Omit<RowWindow, keyof TakenOut>): Expression => {
    const name = `window ${parts.length + 1}`
    parts.push({ name, acceptsMissing: false, ...part })
    return { kind: 'input', name }
  }
  const take = (node: Expression, isPerRow: boolean): Expression => {
    if (isPerRow && isRowWindow(node, (input) => rows.has(input))) return add({ level: 'row', expression: node })
    const isColumn = node.kind === 'aggregate' || node.kind === 'vector'
    const inner = mapChildren(node, (child) => take(child, isPerRow && !isColumn))
    if (!isWindow(inner) || !isPerGroup(inner.of, rows)) return inner
    return add({ level: 'group', window: inner.name, args: inner.args.map(({ value }) => value), of: inner.of })
  }
  const expression = take(withoutLets(body.expression), step.level === 'row')
  if (parts.length === 0) return undefined
  const made = [expression, ...parts.map((part) => (part.level === 'group' ? part.of : part.expression))]
  const isAsked = (name: string) => made.some((each) => asksIfMissing(each, name))
  return { parts: parts.map((part) => ({ ...part, acceptsMissing: isAsked(part.name) })), expression }
}

interface NumberLiteral extends Literal {
  readonly value: number
}
type Window = Omit<Vector, 'name' | 'args'> & { readonly name: WindowName; readonly args: readonly NumberLiteral[] }

const isWindow = (node: Expression): node is Window & Vector =>
  node.kind === 'vector' &&
  isWindowName(node.name) &&
  node.args.every((arg) => arg.kind === 'literal' && typeof arg.value === 'number')

const hasWindow = (expression: Expression): boolean =>
  (expression.kind === 'vector' && isWindowName(expression.name)) || children(expression).some(hasWindow)

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
    if (part) return [{ name, source: part.level, acceptsMissing: part.acceptsMissing }]
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

/** The group before each, -1 for the first of those that belong together. */
export function groupsBefore({ groups, offsets }: GroupSequence): Int32Array {
  const before = new Int32Array(groups.length).fill(-1)
  for (let at = 0; at + 1 < offsets.length; at++) {
    const to = offsets[at + 1] as number
    for (let i = (offsets[at] as number) + 1; i < to; i++) before[groups[i] as number] = groups[i - 1] as number
  }
  return before
}

function comparer(column: ColumnData): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [cell(column, a), cell(column, b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return one < other ? -1 : one > other ? 1 : 0
  }
}

/** A window over one value per group, by the method of `Column` that has its name. */
export function windowColumn(part: GroupWindow, values: ColumnData, { groups, offsets }: GroupSequence): ColumnData {
  const all = Column.ofData(takeCells(values, groups)) as Column<number>
  const result: unknown[] = Array.from({ length: groups.length })
  for (let at = 0; at + 1 < offsets.length; at++) {
    const [from, to] = [offsets[at] as number, offsets[at + 1] as number]
    const made = windowOf(all.slice(from, to), part)
    for (let i = from; i < to; i++) result[groups[i] as number] = made[i - from]
  }
  return columnOf(result)
}

function windowOf(values: Column<number>, { window, args }: GroupWindow): Column<number> {
  const [method, each] = window.split('.') as [Exclude<WindowName, `rolling.${string}`> | 'rolling', RollingName?]
  if (method !== 'rolling') return values[method](...(args as [number?]))
  return values.rolling(...(args as [number, number?]))[each as RollingName]()
}

/** A window over the rows of each group, which `ofGroup` makes: at each row its value of the column of its group. */
export function rowWindowColumn(ofGroup: (group: number) => Column<Item>, { places, offsets }: GroupOrder): ColumnData {
  const columns = Array.from({ length: offsets.length - 1 }, (_, group) => ofGroup(group))
  return takeCells(joined(columns), places)
}

/** The columns one after another. */
function joined(columns: readonly Column<Item>[]): ColumnData {
  const [first] = columns
  const isAlike = ({ store }: Column<Item>) =>
    store.kind === first?.store.kind && store.dictionary === first.store.dictionary
  if (!first || !columns.every(isAlike)) return columnOf(columns.flatMap((column) => column.toArray()))
  const values = new Float64Array(columns.reduce((length, column) => length + column.length, 0))
  let at = 0
  for (const { store, start, length } of columns) {
    values.set(store.values.subarray(start, start + length), at)
    at += length
  }
  return dataOf({ ...first.store, values })
}
