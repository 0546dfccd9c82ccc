import { type ColumnData, columnOf, head, type Table, type ValueType } from '@modeldriver/engine'
import type { ExpectationResult, RunProblem } from '@modeldriver/protocol'
import type { Overlay } from '../files/disk.ts'
import { cellJson } from '../files/format.ts'
import { type ModelRun, type RunOptions, runProject } from '../run.ts'
import type { Cell, Expectation, Row } from './file.ts'

type Around = Pick<RunOptions, 'project' | 'overlay' | 'session' | 'featureTimeoutMs'>

/** Computes the model of an expectation on its rows, and compares what it names. */
export async function checkExpectation(expectation: Expectation, around: Around): Promise<ExpectationResult> {
  const { name, model: wanted, expect } = expectation
  const { model, problems } = await computed(expectation, around)
  if (model === undefined) {
    const unknown = { message: `There is no model '${wanted}' to run.` }
    return { name, differences: [], problems: problems.length > 0 ? problems : [unknown] }
  }
  const differences = [
    ...(expect.rows ? compareRows(expect.rows, model.result.rows, 'rows', (row) => row) : []),
    ...(expect.groups ? compareGroups(expect.groups, model) : []),
  ]
  const failed = [...model.failures].flatMap(([feature, { message, path, line, character }]) =>
    isNamed(expect, feature)
      ? [
          {
            message,
            feature,
            ...(path !== undefined && { path }),
            ...(line !== undefined && { line }),
            ...(character !== undefined && { character }),
          },
        ]
      : [],
  )
  return { name, differences, problems: failed }
}

/**
 * An expectation of what a model makes now of the first rows of its input: all features, each value as it is. The model is run on these
 * rows alone, since a group of fewer rows has other values.
 */
export async function recordExpectation(
  name: string,
  run: ModelRun,
  rows: number,
  around: Around,
): Promise<Expectation> {
  const { plan, input } = run
  const read = new Set([
    ...(plan.groupBy ?? []),
    ...plan.steps.flatMap((step) => step.inputs.map((each) => each.name)),
    ...(plan.joins ?? []).flatMap(({ on }) => on.map(({ name: key }) => key)),
  ])
  const names = [...input.table.columns.keys()].filter(
    (column) => read.has(column) || plan.aliases.some((alias) => alias.column === column && read.has(alias.name)),
  )
  const first = head(input.table, rows)
  const given = rowsOf(first, names)
  const types = names.flatMap((column) => {
    const data = first.columns.get(column) as ColumnData
    const seen = columnOf(given.map((row) => row[column] ?? null))
    return seen.type === data.type && data.type !== 'string' ? [] : [[column, data.type] as const]
  })
  const typed = types.length > 0 ? { types: Object.fromEntries(types) as Record<string, ValueType> } : {}
  const asked: Expectation = { name, model: plan.model, ...typed, rows: given, expect: {} }
  const { model } = await computed(asked, around)
  if (model === undefined) throw new Error(`Model '${plan.model}' could not be run on its first ${rows} rows.`)
  const { result } = model
  const levelOf = (feature: string) => model.plan.steps.find((step) => step.feature === feature)?.level
  const made = (table: Table, level: string) => [...table.columns.keys()].filter((column) => levelOf(column) === level)
  const rowFeatures = made(result.rows, 'row')
  const groups = result.groups
  const groupFeatures = groups ? made(groups, 'group') : []
  return {
    ...asked,
    expect: {
      ...(rowFeatures.length > 0 && { rows: rowsOf(result.rows, rowFeatures) }),
      ...(groups &&
        groupFeatures.length > 0 && { groups: rowsOf(groups, [...(plan.groupBy ?? []), ...groupFeatures]) }),
    },
  }
}

/** The model on the rows of an expectation: they take the place of its input. */
async function computed(
  { model: name, rows, types }: Expectation,
  { overlay, ...around }: Around,
): Promise<{ readonly model?: ModelRun; readonly problems: readonly RunProblem[] }> {
  const path = `${around.project}.expectation.json`
  const withRows: Overlay = { ...overlay, [path]: JSON.stringify(rows) }
  const run = await runProject({
    ...around,
    overlay: withRows,
    model: name,
    input: path,
    inputTypes: types ?? {},
    allFeatures: true,
  })
  const model = run.models.find(({ plan }) => plan.model === name)
  return { problems: run.problems, ...(model && { model }) }
}

type Differences = ExpectationResult['differences']

function compareRows(
  expected: readonly Row[],
  table: Table,
  name: 'rows' | 'groups',
  placeOf: (at: number) => number | undefined,
  label: (at: number) => string = (at) => `row ${at + 1}`,
): Differences {
  return expected.flatMap((row, at) =>
    Object.entries(row).flatMap(([column, value]) => {
      const place = placeOf(at)
      const data = table.columns.get(column)
      const actual = data && place !== undefined ? cellJson(data, place) : undefined
      if (actual !== undefined && isSame(value, actual)) return []
      const found = actual === undefined ? (data ? 'no such group' : 'no such column') : shown(actual)
      return [{ table: name, at: label(at), column, expected: shown(value), actual: found }]
    }),
  )
}

function compareGroups(expected: readonly Row[], { plan, result }: ModelRun): Differences {
  const { groups } = result
  const keys = plan.groupBy ?? []
  if (groups === undefined)
    return [{ table: 'groups', at: 'all', column: '', expected: 'groups', actual: 'the model has no group_by' }]
  const keyOf = (cells: readonly (Cell | undefined)[]) => JSON.stringify(cells.map((cell) => cell ?? null))
  const found = new Map(rowsOf(groups, keys).map((row, at) => [keyOf(keys.map((key) => row[key])), at]))
  const labelOf = (row: Row) => keys.map((key) => shown(row[key] ?? null)).join(', ') || 'the whole table'
  const placeOf = (at: number) => found.get(keyOf(keys.map((key) => expected[at]?.[key])))
  const features = expected.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => !keys.includes(column))),
  )
  const others = compareRows(features, groups, 'groups', placeOf, (at) => labelOf(expected[at] ?? {}))
  const isListed = new Set(expected.map((_, at) => placeOf(at)))
  const more = rowsOf(groups, keys).flatMap((row, at) =>
    isListed.has(at)
      ? []
      : [{ table: 'groups' as const, at: labelOf(row), column: '', expected: 'no such group', actual: 'a group' }],
  )
  return [...others, ...more]
}

const isNamed = ({ rows = [], groups = [] }: Expectation['expect'], feature: string): boolean =>
  [...rows, ...groups].some((row) => feature in row)

/** Numbers to 1e-9, as sums may differ with the order of their parts. */
function isSame(expected: Cell, actual: Cell): boolean {
  if (typeof expected !== 'number' || typeof actual !== 'number') return expected === actual
  return Math.abs(expected - actual) <= 1e-9 * Math.max(1, Math.abs(expected), Math.abs(actual))
}

const shown = (cell: Cell): string =>
  cell === null ? 'missing' : typeof cell === 'string' ? JSON.stringify(cell) : String(cell)

const rowsOf = (table: Table, names: readonly string[]): readonly Row[] =>
  Array.from({ length: table.length }, (_, at) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const column = table.columns.get(name)
        return column ? [[name, cellJson(column, at)] as const] : []
      }),
    ),
  )
