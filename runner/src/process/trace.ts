import { isReadWhole, nameIn, type Step, type StepInput, type Table } from '@modeldriver/engine'
import type { ColumnSummary, Trace, TracedCells, TraceInput } from '@modeldriver/protocol'
import { cellText } from '../files/format.ts'
import type { ModelRun, ProjectRun } from '../run.ts'
import { kindOf } from './summary.ts'

const shownValues = 20

/** What a cell was made from: the cells that its feature read, or the rows of its group. */
export function traceOf(
  { model, project }: { readonly model: ModelRun; readonly project: ProjectRun },
  table: 'rows' | 'groups',
  row: number,
  column: string,
): Trace {
  const { plan, result, analysed } = model
  const groups = result.groups
  const group = table === 'groups' ? row : (result.groupOfRow?.[row] ?? -1)
  const name = nameIn(analysed, table, column)
  const step = plan.steps.find(({ feature }) => feature === name)
  const feature = step && analysed.features.get(name)
  const here = table === 'groups' && groups ? groups : result.rows
  const key = groups && group >= 0 && plan.groupBy?.map((name) => ({ name, ...valueIn(groups, name, group) }))
  const places = { model, row: table === 'rows' ? row : -1, group }
  return {
    column,
    kind: kindOf(column, model),
    table,
    row,
    ...valueIn(here, column, row),
    ...(key && { key }),
    ...(feature && {
      why: analysed.levels.get(name)?.why ?? '',
      path: feature.path,
      line: project.places.of(feature.path, feature.nameSpan.start).line,
    }),
    inputs: step?.inputs.map((input) => inputOf(input, step, places)) ?? [],
  }
}

interface Places {
  readonly model: ModelRun
  readonly row: number
  readonly group: number
}

function inputOf({ name, source }: StepInput, step: Step, { model, row, group }: Places): TraceInput {
  const { rows, groups } = model.result
  const kind: ColumnSummary['kind'] = kindOf(name, model)
  if (source === 'absent') return { name, kind, from: { table: 'absent' } }
  const { body } = model.analysed.features.get(step.feature) ?? {}
  const isColumn = body?.kind === 'expression' && isReadWhole(body.expression, name)
  if (source === 'row' && (step.level === 'group' || (group >= 0 && isColumn))) {
    const members = groupRows(model.result.groupOfRow, group)
    return { name, kind, from: { table: 'rows', group, ...cellsOf(rows, name, members) } }
  }
  // Such as total.lag(1): which other groups it looks at is in the formula.
  if (source === 'group' && groups?.columns.has(name) && isColumn)
    return {
      name,
      kind,
      from: {
        table: 'groups',
        ...cellsOf(
          groups,
          name,
          Int32Array.from({ length: groups.length }, (_, at) => at),
        ),
      },
    }
  if (groups?.columns.has(name) && (source === 'group' || !rows.columns.has(name)))
    return { name, kind, from: { table: 'groups', row: group, ...valueIn(groups, name, group) } }
  return { name, kind, from: { table: 'rows', row: Math.max(0, row), ...valueIn(rows, name, Math.max(0, row)) } }
}

function cellsOf(table: Table, name: string, rows: Int32Array): TracedCells {
  const column = table.columns.get(name)
  const text = (row: number): string | null => (column && cellText(column, row)) ?? null
  return {
    count: rows.length,
    missing: rows.reduce((count, row) => count + Number(text(row) === null), 0),
    values: Array.from(rows.subarray(0, shownValues), text),
  }
}

/** Numbers of the rows of one group, in row order. */
export function groupRows(groupOfRow: Int32Array | undefined, group: number): Int32Array {
  const found: number[] = []
  groupOfRow?.forEach((each, row) => {
    if (each === group) found.push(row)
  })
  return Int32Array.from(found)
}

function valueIn(table: Table, name: string, row: number): { readonly value?: string } {
  const column = table.columns.get(name)
  const value = column && row >= 0 ? cellText(column, row) : undefined
  return value === undefined ? {} : { value }
}
