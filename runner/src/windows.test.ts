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
export const range3 = (revenue) => {
  const around = revenue.rolling(3)
  return around.max() - around.min()
}
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
  expect(result.row('range3')).toEqual([0, 0, 10, 10, 2, null, 10])
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

const visits = `week,customer,shop
2,ann,n
1,ann,n
1,bob,n
1,bob,n
2,cay,n
4,bob,n
2,,n
4,dan,n
1,dan,s
2,dan,s
,eve,s
`

const retention = `export const customers = (customer) => customer.nunique()
export const retained = (customer) => customer.unique().filter((each) => customer.previous().includes(each)).length
export const joined = (customer) => customer.unique().filter((each) => !customer.previous().includes(each)).length
export const lost = (customer) => {
  const before = customer.previous()
  return before.unique().filter((each) => !customer.includes(each)).length
}
export const rate = (retained, customer) => retained / customer.previous().nunique()
export const visits_before = (customer) => customer.previous().count()
export const two_before = (customer) => customer.previous(2).nunique() * 10 + customer.previous().previous().nunique()
export const growth = (customers) => customers / customers.lag(1) - 1
export const against_before = (customer, week) => week.mean() - week.previous().mean()`

const weekly = (model: object) => runSales(retention, model, visits)

test('the customers of the group before: retained, new and lost', async () => {
  const result = await weekly({ group_by: 'week', group_order: 'week' })
  expect(result.problems).toEqual([])
  expect(result.failures).toEqual([])
  // by hand, the groups in order of first appearance: week 2 = ann cay dan, week 1 = ann bob dan, week 4 = bob dan
  expect(result.group('week')).toEqual([2, 1, 4])
  expect(result.group('customers')).toEqual([3, 3, 2])
  expect(result.group('retained')).toEqual([2, 0, 1])
  expect(result.group('joined')).toEqual([1, 3, 1])
  expect(result.group('lost')).toEqual([1, 0, 2])
  expect(result.group('rate')).toEqual([2 / 3, null, 1 / 3])
  expect(result.group('visits_before')).toEqual([4, 0, 3])
  expect(result.group('two_before')).toEqual([0, 0, 33])
  expect(result.group('growth')).toEqual([0, null, 2 / 3 - 1])
  expect(result.group('against_before')).toEqual([1, null, 2])
})

test('the group before within the keys that the order leaves out', async () => {
  const result = await weekly({ group_by: ['shop', 'week'], group_order: 'week' })
  expect(result.failures).toEqual([])
  // n2 = ann cay, n1 = ann bob, n4 = bob dan, s1 = dan, s2 = dan
  expect(result.group('retained')).toEqual([1, 0, 0, 0, 1])
  expect(result.group('lost')).toEqual([1, 0, 2, 0, 0])
})

test('what the order is made of is computed first', async () => {
  const result = await runSales(
    `export const before = (customer) => customer.previous().nunique()
export const change = (total) => total.diff()
export const total = (customer) => customer.nunique()
export const weight = (week) => week.sum() //#agg
export const relative = (week, weight) => week / weight
export const place = (relative) => -relative.max()`,
    { group_by: 'week', group_order: 'place' },
    visits,
  )
  expect(result.failures).toEqual([])
  // places: week 2 = -2/8, week 1 = -1/4, week 4 = -4/8; so 4, 2, 1 (2 came before 1)
  expect(result.group('before')).toEqual([2, 3, 0])
  expect(result.group('change')).toEqual([1, 0, null])
})

test('what previous() cannot be asked', async () => {
  const wrong = (source: string, model: object = { group_by: 'week', group_order: 'week' }) =>
    runSales(`const back = (values) => values.previous()\nexport const wrong = ${source}`, model, visits)
  expect((await wrong('(customer) => back(customer.unique()).length //#agg')).failures).toEqual([
    "'wrong' failed for week 2: previous() is asked of an input of the feature itself, in a model whose groups stand in an order (group_order); ask filter(), unique() and the like after it.",
  ])
  expect((await wrong('(customer) => customer.previous(0).length')).failures[0]).toContain(
    'previous(n) needs a whole number of groups, at least 1, not 0.',
  )
})

test('many members are looked up as few are', async () => {
  const weeks = Array.from({ length: 4000 }, (_, i) => `${i % 4},c${(i * 7919) % 1501},n`)
  const result = await runSales(
    retention,
    { group_by: 'week', group_order: 'week' },
    `week,customer,shop\n${weeks.join('\n')}\n`,
  )
  const of = (week: number) =>
    new Set(weeks.filter((line) => line.startsWith(`${week},`)).map((line) => line.split(',')[1]))
  const kept = [0, 1, 2, 3].map((week) => [...of(week)].filter((each) => of(week - 1).has(each)).length)
  expect(result.group('retained')).toEqual(kept)
  expect(kept.slice(1).every((count) => count > 100)).toBe(true)
})
