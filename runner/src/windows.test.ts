import { rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { runProject } from './run.ts'
import { folderWith } from './testFolder.ts'

const rowsOf = (table: Table | undefined) =>
  Array.from({ length: table?.length ?? 0 }, (_, row) => rowOf(table as Table, row))

const data = `shop,revenue,city,day
a,10,x,2024-01-01
b,5,y,2024-01-01
a,20,z,2024-01-02
a,,,2024-01-03
b,7,y,2024-01-05
,9,y,2024-01-05
a,30,x,2024-01-09
`

/** Values of the features by name, and what is said of those that fail. */
async function runSales(features: string, model: object = { group_by: 'shop' }, sales = data) {
  const manifest = { models: [{ model_name: 'sales', features: ['s.features.ts'], data: 's.csv', ...model }] }
  const root = folderWith({
    'modeldriver.json': JSON.stringify(manifest),
    's.csv': sales,
    's.features.ts': features,
  })
  const { models, problems } = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  const [run] = models
  const [rows, groups] = [rowsOf(run?.result.rows), rowsOf(run?.result.groups)]
  return {
    problems,
    failures: run?.result.report.features.flatMap(({ error }) => error?.message ?? []) ?? [],
    row: (name: string) => rows.map((each) => each[name]),
    group: (name: string) => groups.map((each) => each[name]),
    levels: run?.plan.steps.map(({ feature, level }) => `${feature} ${level}`) ?? [],
  }
}

const windows = `export const running = (revenue) => revenue.cumsum()
export const before = (revenue) => revenue.lag(1)
export const city_before = (city) => city.lag(1)
export const next_day = (day) => day.lead()
export const place = (revenue) => revenue.rank()
export const mean2 = (revenue) => revenue.rolling(2).mean()
export const growth = (revenue) => {
  const last = revenue.lag(1)
  return revenue / last - 1
}
export const pause = (day) => (day - day.lag(1)) / 86400000
export const month_before = (day) => day.lag(1).getUTCMonth() + 1
export const change = (revenue) => revenue - (revenue.lag(1) ?? 0)`

test('rows look at the rows of their group, in the order of the input', async () => {
  const result = await runSales(`${windows}
export const share = (running, revenue) => running / revenue.sum() //#row
export const below_peak = (revenue) => revenue.cumsum() - revenue.cumsum().max() //#row
export const chained = (revenue) => revenue.map((x) => x * 2).lag(1).rolling(2, 1).sum()
export const top = (running) => running.max()`)
  expect(result.problems).toEqual([])
  expect(result.failures).toEqual([])
  // by hand; the sixth row has no shop
  expect(result.row('running')).toEqual([10, 5, 30, null, 12, null, 60])
  expect(result.row('before')).toEqual([null, null, 10, 20, 5, null, null])
  expect(result.row('city_before')).toEqual([null, null, 'x', 'z', 'y', null, null])
  expect(result.row('next_day')).toEqual(
    ['02', '05', '03', '09', null, null, null].map((day) => day && Date.parse(`2024-01-${day}`)),
  )
  expect(result.row('place')).toEqual([1, 1, 2, null, 2, null, 3])
  expect(result.row('mean2')).toEqual([10, 5, 15, 20, 6, null, 30])
  expect(result.row('growth')).toEqual([null, null, 1, null, 7 / 5 - 1, null, null])
  expect(result.row('pause')).toEqual([null, null, 1, 1, 4, null, 6])
  expect(result.row('month_before')).toEqual([null, null, 1, 1, 1, null, 1])
  expect(result.row('change')).toEqual([10, 5, 10, null, 2, 9, 30])
  expect(result.row('share')).toEqual([10 / 60, 5 / 12, 30 / 60, null, 1, null, 1])
  expect(result.row('below_peak')).toEqual([-50, -7, -30, null, 0, null, 0])
  expect(result.row('chained')).toEqual([null, null, 20, 60, 10, null, 40])
  expect(result.group('top')).toEqual([60, 12])
})

test('without group_by, and with one group, they look at the rows of the whole table', async () => {
  for (const model of [{}, { group_by: [] }]) {
    const result = await runSales(windows, model)
    expect(result.problems).toEqual([])
    expect(result.failures).toEqual([])
    expect(result.row('running')).toEqual([10, 15, 35, null, 42, 51, 81])
    expect(result.row('city_before')).toEqual([null, 'x', 'y', 'z', null, 'y', 'y'])
    expect(result.row('place')).toEqual([4, 1, 5, null, 2, 3, 6])
    expect(result.row('mean2')).toEqual([10, 7.5, 12.5, 20, 7, 8, 19.5])
    expect(result.row('pause')).toEqual([null, 0, 1, 1, 2, 0, 4])
  }
})

test('a table without rows, and one whose keys are all missing', async () => {
  const empty = await runSales(windows, { group_by: 'shop' }, 'shop,revenue,city,day\n')
  expect(empty.failures).toEqual([])
  expect(empty.row('running')).toEqual([])
  const keyless = await runSales(windows, { group_by: 'shop' }, 'shop,revenue,city,day\n,1,x,2024-01-01\n')
  expect(keyless.failures).toEqual([])
  expect(keyless.row('running')).toEqual([null])
})

test('what a window is given, and what cannot be asked of it', async () => {
  const result = await runSales(`export const steps = () => 2
export const total = (revenue) => revenue.sum()
export const by_constant = (revenue, steps) => revenue.lag(steps)
export const relative = (revenue, total) => revenue.map((x) => x / total).cumsum()
export const marked = (revenue) => revenue.map((x) => (x > 5 ? 'some' : 'none')).lag(1)
export const spelled = (city) => city.cumsum()
export const none = (revenue) => revenue.rolling(0).mean()`)
  expect(result.row('by_constant')).toEqual([null, null, null, 10, null, null, 20])
  expect(result.row('relative')).toEqual([10 / 60, 5 / 12, 30 / 60, null, 1, null, 1])
  expect(result.row('marked')).toEqual([null, null, 'some', 'some', 'none', null, null])
  expect(result.failures).toEqual([
    "'spelled' failed: cumsum() needs numbers, but this column holds text.",
    "'none' failed: rolling(n) needs a whole number of rows, at least 1, not 0.",
  ])
})

test('a key that is not there stops what looks at the rows of its group', async () => {
  const result = await runSales(
    'export const part = (revenue) => revenue.nowhere()\nexport const running = (revenue) => revenue.cumsum()\n',
    { group_by: 'part' },
  )
  expect(result.failures.at(-1)).toBe("'running' is not computed: it needs 'part', which failed.")
})
