import type { ColumnTable } from 'arquero'
import type { TableFunction } from '../ir/feature.ts'
import type { Step } from '../ir/plan.ts'
import { toAuthor } from '../table/arquero.ts'
import { columnOf } from '../table/build.ts'
import { makeTable, takeCells, takeRows } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { keyText, valueText, WrongTable } from './failure.ts'
import type { FeatureFunction } from './host.ts'
import { KeyMismatch, matchRows, repeatedKey } from './join.ts'
import { makeSink, WrongResult } from './sink.ts'
import type { Workspace } from './workspace.ts'

/** What a table function is given: what it says it reads, one row per row or, of a group feature that reads no rows, per group. */
export function tableFor(step: Step, workspace: Workspace): Table {
  const { inputs, level } = step
  const groups = workspace.groups()
  const isOfGroups = level === 'group' && inputs.every(({ source }) => source !== 'row')
  const length = isOfGroups ? (groups?.count ?? 0) : workspace.rows
  const keys: readonly string[] = level === 'group' ? workspace.keys : []
  const ofGroup = (name: string) => {
    const column = workspace.group(name) as ColumnData
    return isOfGroups ? column : takeCells(column, groups?.codes ?? new Int32Array(length).fill(-1))
  }
  const columns = [
    ...keys.map((name) => [name, ofGroup(name)] as const),
    ...inputs.map(({ name, source }) => {
      if (source === 'constant')
        return [name, takeCells(workspace.constant(name) as ColumnData, new Int32Array(length))] as const
      return [name, source === 'group' ? ofGroup(name) : (workspace.row(name) as ColumnData)] as const
    }),
  ]
  const table = makeTable(columns, length)
  if (isOfGroups || level !== 'group' || !groups?.rowsWithoutKey) return table
  // A row without a key belongs to no group.
  return takeRows(
    table,
    Int32Array.from(groups.codes.keys()).filter((row) => (groups.codes[row] as number) >= 0),
  )
}

/** The columns that a table function makes, each as long as its level asks. @throws WrongTable, or what the function throws */
export function callFrame(
  { outputs }: TableFunction,
  call: FeatureFunction,
  given: Table,
  step: Step,
  workspace: Workspace,
): ReadonlyMap<string, ColumnData> {
  const table = toAuthor(given)
  const returned = call(table)
  if (!isTable(returned)) throw new WrongTable(`returned ${kindOf(returned)}; ${mustReturn}`)
  // An order that was only asked for moves no rows.
  const made = returned.isOrdered() ? returned.unorder() : returned
  const names = made.columnNames()
  const absent = outputs.find((name) => !names.includes(name))
  if (absent !== undefined) {
    const others = names.filter((name) => !given.columns.has(name)).map((name) => `'${name}'`)
    const instead = others.length > 0 ? `it made ${others.join(', ')}` : 'it made no new column'
    throw new WrongTable(`returned no column '${absent}', which its "outputs" name; ${instead}.`)
  }
  if (step.level === 'group') return ofGroups(made, outputs, workspace)
  return ofRows(made, outputs, table, workspace)
}

const mustReturn = 'a table function must return a table: table.derive({ … }).'

function ofRows(
  made: ColumnTable,
  outputs: readonly string[],
  given: ColumnTable,
  workspace: Workspace,
): ReadonlyMap<string, ColumnData> {
  const rows = made.numRows()
  if (rows !== workspace.rows) {
    const groups = workspace.keys.length > 0 ? workspace.groups()?.count : undefined
    const todo =
      rows === groups
        ? `If it gives one row per ${workspace.keys.join(', ')}, write #agg in it.`
        : 'To leave rows out, make a column that says which of them count.'
    const must = 'a table function per row must keep every row, in order.'
    throw new WrongTable(`returned ${counted(rows)} for ${workspace.rows}; ${must} ${todo}`)
  }
  for (const name of given.columnNames()) {
    const isSame = !made.isFiltered() && made.column(name) === given.column(name)
    if (!isSame && made.columnNames().includes(name)) checkUnchanged(name, given.array(name), made.array(name))
  }
  return new Map(
    outputs.map((name) => [name, columnFrom(made.array(name), name, (row) => ` at row ${row + 1}`)] as const),
  )
}

/** What was read comes back as it was, or not at all: otherwise the rows do not stand where they stood. */
function checkUnchanged(name: string, before: ArrayLike<unknown>, after: ArrayLike<unknown>): void {
  for (let row = 0; row < before.length; row++) {
    if (Object.is(comparable(before[row]), comparable(after[row]))) continue
    const values = `row ${row + 1} had ${valueText(before[row])} and has ${valueText(after[row])}`
    throw new WrongTable(
      `returned '${name}' with other values (${values}). Keep the rows in their order, and give a column that is changed a name of its own.`,
    )
  }
}

function comparable(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  if (value === null || Number.isNaN(value)) return undefined
  return value === 0 ? 0 : value
}

function ofGroups(
  made: ColumnTable,
  outputs: readonly string[],
  workspace: Workspace,
): ReadonlyMap<string, ColumnData> {
  const { keys } = workspace
  const count = workspace.groups()?.count ?? 0
  const absent = keys.find((name) => !made.columnNames().includes(name))
  const per = keys.join(', ')
  if (absent !== undefined)
    throw new WrongTable(
      `returned no column '${absent}'; a table function per ${per} must return the key too: table.groupby(${keys.map((key) => `'${key}'`).join(', ')}).rollup({ … }).`,
    )
  const table = makeTable(
    keys.map((name) => [name, columnOf(made.array(name) as ArrayLike<unknown>)] as const),
    made.numRows(),
  )
  const must = `it must return one row ${keys.length > 0 ? `per ${per}` : 'for the whole table'}.`
  if (keys.length === 0 && table.length !== 1) throw new WrongTable(`returned ${counted(table.length)}; ${must}`)
  const own = makeTable(
    keys.map((name) => [name, workspace.group(name) as ColumnData] as const),
    count,
  )
  const twice = keys.length > 0 ? repeatedKey(table, keys) : undefined
  if (twice) throw new WrongTable(`returned more than one row${keyText(table.columns, twice[0])}; ${must}`)
  const rowOf = table.length === 0 ? new Int32Array(count).fill(-1) : matchKeys(own, table)
  const without = rowOf.indexOf(-1)
  if (without >= 0) throw new WrongTable(`returned no row${keyText(own.columns, without)}; ${must}`)
  if (table.length > count) {
    const known = new Set(rowOf)
    const other = [...Array(table.length).keys()].find((row) => !known.has(row)) as number
    throw new WrongTable(`returned a row${keyText(table.columns, other)}, which no row of the data has; ${must}`)
  }
  return new Map(
    outputs.map((name) => {
      const column = columnFrom(made.array(name), name, (row) => keyText(table.columns, row))
      return [name, takeCells(column, rowOf)] as const
    }),
  )
}

function matchKeys(own: Table, made: Table): Int32Array {
  const keys = [...own.columns].map(([name, here]) => ({ name, here, there: made.columns.get(name) as ColumnData }))
  try {
    return matchRows(keys, own.length, made.length)
  } catch (error) {
    if (!(error instanceof KeyMismatch)) throw error
    throw new WrongTable(
      `returned a key of another kind: ${error.message.replace('the joined table', 'what it returned')}.`,
    )
  }
}

function columnFrom(values: ArrayLike<unknown>, name: string, placeOf: (row: number) => string): ColumnData {
  const sink = makeSink(values.length, undefined)
  try {
    for (let row = 0; row < values.length; row++) {
      const value = values[row]
      if (typeof value === 'number' && Number.isFinite(value)) sink.numbers[row] = value
      else sink.keep(row, value)
    }
    return sink.finish(0, 0)
  } catch (error) {
    if (!(error instanceof WrongResult)) throw error
    throw new WrongTable(`${error.what} in column '${name}'${placeOf(error.index)}; ${error.advice}.`)
  }
}

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`

/** Of any copy of Arquero: a package of the author's may have one of its own. */
function isTable(value: unknown): value is ColumnTable {
  const has = (method: string) => typeof (value as Record<string, unknown>)[method] === 'function'
  return typeof value === 'object' && value !== null && ['numRows', 'columnNames', 'array', 'isOrdered'].every(has)
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object') return `a ${typeof value}`
  return typeof (value as { then?: unknown }).then === 'function' ? 'a promise' : 'an object'
}
