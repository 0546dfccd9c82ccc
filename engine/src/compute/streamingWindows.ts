import { type Expression, type RollingName, rollingNames } from '../ir/expression.ts'
import { numberType } from '../table/build.ts'
import { takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import type { GroupIndex, GroupOrder } from './groups.ts'
import { isSpan, rolled } from './rolling.ts'
import { type ColumnStore, dataOf, storeOf } from './store.ts'
import { retyped } from './streaming.ts'

/**
 * `revenue.cumsum()`, `revenue.lag(1)`, `revenue.lead(1)` and `revenue.diff()` of a column as it is: one pass over the rows, which remembers the
 * row before in each group. The same values as the `Column` method gives. Undefined where that is needed.
 */
export function streamWindow(
  expression: Expression,
  columnOf: (input: string) => ColumnData,
  groups: GroupIndex,
): ColumnData | undefined {
  if (expression.kind !== 'vector' || expression.of.kind !== 'input' || !isOneStep(expression.args)) return undefined
  const { name, of } = expression
  const column = columnOf(of.name)
  if (name === 'lag' || name === 'lead') return retyped(takeCells(column, neighbourOf(groups, name === 'lead')))
  if (column.type === 'string') return undefined
  const isDate = column.type === 'date' || column.type === 'datetime'
  if (name === 'cumsum') return isDate ? undefined : sumsSoFar(column, groups)
  return name === 'diff' ? differences(column, groups) : undefined
}

const isOneStep = (args: readonly Expression[]): boolean =>
  args.length === 0 || (args.length === 1 && args[0]?.kind === 'literal' && args[0].value === 1)

/** The row before each in its group, or the one behind it; -1 where there is none. */
function neighbourOf({ codes, count }: GroupIndex, isBehind: boolean): Int32Array {
  const seen = new Int32Array(count).fill(-1)
  const rows = new Int32Array(codes.length)
  const step = isBehind ? -1 : 1
  for (let i = isBehind ? codes.length - 1 : 0; i >= 0 && i < codes.length; i += step) {
    const group = codes[i] as number
    rows[i] = group < 0 ? -1 : (seen[group] as number)
    if (group >= 0) seen[group] = i
  }
  return rows
}

function sumsSoFar(column: ColumnData, { codes, count }: GroupIndex): ColumnData {
  const { values } = storeOf(column)
  const sums = new Float64Array(count)
  return numbersOf(codes, (i, group) => {
    const value = values[i] as number
    if (Number.isNaN(value)) return value
    sums[group] = (sums[group] as number) + value
    return sums[group] as number
  })
}

function differences(column: ColumnData, { codes, count }: GroupIndex): ColumnData {
  const { values } = storeOf(column)
  const before = new Float64Array(count).fill(Number.NaN)
  return numbersOf(codes, (i, group) => {
    const value = values[i] as number
    const difference = value - (before[group] as number)
    before[group] = value
    return difference
  })
}

/** What each row of a group gives; what is not finite is missing. */
function numbersOf(codes: Int32Array, give: (row: number, group: number) => number): ColumnData {
  const values = new Float64Array(codes.length)
  for (let i = 0; i < codes.length; i++) {
    const group = codes[i] as number
    const value = group < 0 ? Number.NaN : give(i, group)
    values[i] = value - value === 0 ? value : Number.NaN
  }
  return { type: numberType(values), values }
}

/** `revenue.rolling(3).mean()` of a column as it is. */
export interface RollingWindow {
  readonly input: string
  readonly name: RollingName
  readonly size: number
  readonly atLeast: number
}

export function rollingOf(expression: Expression): RollingWindow | undefined {
  if (expression.kind !== 'vector' || expression.of.kind !== 'input') return undefined
  const name = rollingNames.find((each) => expression.name === `rolling.${each}`)
  const [size, atLeast = 0] = expression.args.map((arg) => (arg.kind === 'literal' ? arg.value : null))
  if (!name || typeof size !== 'number' || typeof atLeast !== 'number' || !isSpan(size, atLeast)) return undefined
  return { input: expression.of.name, name, size, atLeast }
}

/** The windows of all groups at once, of values that stand group by group. */
export const rollWindow = (
  { name, size, atLeast }: RollingWindow,
  store: ColumnStore,
  { places, offsets }: GroupOrder,
): ColumnData => takeCells(dataOf(rolled(name, { store, offsets }, size, atLeast)), places)
