import { rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { createSession } from './run/session.ts'
import { type ProjectRun, runProject } from './run.ts'
import { folderWith } from './testFolder.ts'

const rowsOf = (table: Table | undefined) =>
  Array.from({ length: table?.length ?? 0 }, (_, row) => rowOf(table as Table, row))
const run = ({ models }: ProjectRun, name: string) => models.find(({ plan }) => plan.model === name)
const failuresOf = (projectRun: ProjectRun, name: string) =>
  Object.fromEntries(
    [...(run(projectRun, name)?.failures ?? [])].map(([feature, { line, message }]) => [feature, { line, message }]),
  )

const manifest = JSON.stringify({
  models: [
    { model_name: 'sales', seq: 1, features: ['sales.features.ts'], data: 'orders.csv' },
    {
      model_name: 'daily',
      seq: 2,
      features: ['daily.features.ts'],
      input: 'sales.rows',
      group_by: 'day',
      outputs: ['total'],
    },
    { model_name: 'score', seq: 3, features: ['score.features.ts'] },
  ],
})
const files = {
  'modeldriver.json': manifest,
  'orders.csv': 'Order Date,revenue\n2024-01-01 10:00,10\n2024-01-01 12:00,30\n2024-01-02 09:00,5\n',
  'sales.features.ts': `export const day = (order_date: Date) => order_date.toISOString().slice(0, 10)
export const double = (revenue: number) => revenue * 2`,
  'daily.features.ts': `export const total = (double) => double.sum()
export const unused = (revenue) => revenue.max()`,
  'score.features.ts': 'export const score = (total: number) => total / 10',
}

test('models in seq order: rows of one, outputs of the next; a column by another name than its header', async () => {
  const root = folderWith(files)
  const result = await runProject({ project: `${root}/modeldriver.json` })
  expect(result.problems).toEqual([])
  // by hand: (10 + 30) * 2 and 5 * 2
  expect(rowsOf(run(result, 'daily')?.result.outputs)).toEqual([
    { day: '2024-01-01', total: 80 },
    { day: '2024-01-02', total: 10 },
  ])
  expect(rowsOf(run(result, 'score')?.result.outputs)).toEqual([{ score: 8 }, { score: 1 }])
  expect(run(result, 'daily')?.plan.steps.map(({ feature }) => feature)).not.toContain('unused')
})

test('with a key, a renamed row feature stands in the rows under its new name, where a later model finds it', async () => {
  const models = [
    { ...JSON.parse(manifest).models[0], group_by: 'day', outputs: { DOUBLE: 'double', TOTAL: 'total' } },
    { model_name: 'next', seq: 2, input: 'sales.rows', features: ['next.features.ts'] },
  ]
  const root = folderWith({
    'orders.csv': files['orders.csv'],
    'modeldriver.json': JSON.stringify({ models }),
    'sales.features.ts': `${files['sales.features.ts']}\nexport const total = (double) => double.sum()`,
    'next.features.ts': 'export const half = (DOUBLE: number) => DOUBLE / 2',
  })
  for (const onlyNeeded of [true, false]) {
    const result = await runProject({ project: `${root}/modeldriver.json`, onlyNeeded })
    expect([...result.analysis.problems, ...result.problems]).toEqual([])
    expect([...(run(result, 'sales')?.result.outputs.columns.keys() ?? [])]).toEqual(['day', 'TOTAL'])
    expect(rowsOf(run(result, 'sales')?.result.rows).map(({ DOUBLE }) => DOUBLE)).toEqual([20, 60, 10])
    expect(rowsOf(run(result, 'next')?.result.outputs)).toEqual([{ half: 10 }, { half: 30 }, { half: 5 }])
  }
})

test('the header stands where the manifest says, also in a file that is joined', async () => {
  const models = [
    {
      model_name: 'm',
      features: 'm.features.ts',
      data: 'o.csv',
      header_row: 3,
      joins: [{ from: 's.csv', header_row: 2, on: 'shop' }],
    },
  ]
  const root = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    'm.features.ts': 'export const dense = (revenue: number, size: number) => revenue / size',
    'o.csv': 'Sales\nof 2024\nshop,revenue\na,8\n',
    's.csv': 'Shops\nshop,size\na,2\n',
  })
  const result = await runProject({ project: `${root}/modeldriver.json` })
  expect([result.analysis.problems, result.problems]).toEqual([[], []])
  expect(rowsOf(run(result, 'm')?.result.outputs)).toEqual([{ dense: 4 }])
})

test('only the models that one model needs; all features of them when asked, with the same outputs', async () => {
  const root = folderWith(files)
  const project = `${root}/modeldriver.json`
  const some = await runProject({ project, model: 'daily', allFeatures: true })
  expect(some.models.map(({ plan }) => plan.model)).toEqual(['sales', 'daily'])
  expect(rowsOf(run(some, 'daily')?.result.groups).map(({ unused }) => unused)).toEqual([30, 5])
  expect([...(run(some, 'daily')?.result.outputs.columns.keys() ?? [])]).toEqual(['day', 'total'])
})

test('what is on the screen runs: code, manifest and data', async () => {
  const root = folderWith(files)
  const overlay = {
    [`${root}/score.features.ts`]: 'export const score = (total: number) => total + 1',
    [`${root}/orders.csv`]: 'Order Date,revenue\n2024-01-01 10:00,1\n',
  }
  const result = await runProject({ project: `${root}/modeldriver.json`, overlay })
  expect(rowsOf(run(result, 'score')?.result.outputs)).toEqual([{ score: 3 }])
})

test('another input, and its head only', async () => {
  const root = folderWith({ ...files, 'more.csv': 'Order Date,revenue\n2024-05-05 00:00,1\n2024-05-05 00:00,2\n' })
  const result = await runProject({ project: `${root}/modeldriver.json`, input: `${root}/more.csv`, sampleRows: 1 })
  expect(rowsOf(run(result, 'daily')?.result.outputs)).toEqual([{ day: '2024-05-05', total: 2 }])
  expect(run(result, 'sales')?.input).toMatchObject({ name: 'more.csv', rows: 2 })
})

test('features that loop, throw, give objects, or cannot be planned: each at its line, the others go on', async () => {
  const root = folderWith({
    'a.csv': 'n\n1\n2\n',
    'a.features.ts': `// first line
export function fine(n) { return n + 1 }
export function endless(n) {
  while (n > 0) {}
  return n
}
export function throws(n) {
  const map: Record<string, { x: number }> = {}
  return map[n]!.x
}
export const object = (n) => ({ n })
export const unknown = (m) => m
export const behind = (unknown) => unknown
export const left = (right) => right
export const right = (left) => left
`,
  })
  const result = await runProject({ project: `${root}/a.features.ts`, featureTimeoutMs: 1000 })
  expect(rowsOf(run(result, 'a')?.result.rows)).toEqual([
    { n: 1, fine: 2 },
    { n: 2, fine: 3 },
  ])
  const failures = failuresOf(result, 'a')
  const lines = Object.entries(failures).map(([name, { line }]) => [name, line])
  expect(Object.fromEntries(lines)).toEqual({
    endless: 2,
    throws: 8,
    object: 10,
    unknown: 11,
    behind: 12,
    left: 13,
    right: 14,
  })
  expect(failures.endless?.message).toBe(
    "'endless' was stopped after 1 s. Look for a loop that does not end, or allow more time.",
  )
  expect(failures.left?.message).toBe("'left' depends on itself: left → right → left.")
})

test('a file that cannot be loaded fails its features, not the run', async () => {
  const root = folderWith({
    ...files,
    'sales.features.ts': `export const day = (order_date: Date) => order_date.toISOString().slice(0, 10)\nexport const double = (revenue) => revenue * 2\n`,
    'daily.features.ts': `import { gone } from './gone'\nexport const total = (double) => double.sum() + gone\n`,
  })
  const result = await runProject({ project: `${root}/modeldriver.json` })
  expect(failuresOf(result, 'daily').total).toEqual({
    line: 0,
    message: "daily.features.ts cannot be loaded: Cannot find './gone', imported by daily.features.ts.",
  })
  expect(rowsOf(run(result, 'sales')?.result.rows)).toHaveLength(3)
})

test('data that is not there is said at the model, and the models that need it are named', async () => {
  const root = folderWith({ ...files, 'modeldriver.json': manifest.replace('orders.csv', 'data/gone.csv') })
  const { problems } = await runProject({ project: `${root}/modeldriver.json` })
  expect(problems.map(({ model, message }) => [model, message])).toEqual([
    ['sales', 'Cannot read data/gone.csv: file not found.'],
    ['daily', "Model 'daily' reads sales.rows, which was not made because model 'sales' did not run."],
    ['score', "Model 'score' reads daily.outputs, which was not made because model 'daily' did not run."],
  ])
})

test('a warm session takes modules and data as they are', async () => {
  const root = folderWith({
    'a.csv': 'n\n1\n',
    'a.features.ts': 'let loads = 0\nexport const next = (n) => n + ++loads\n',
  })
  const session = createSession()
  const again = () => runProject({ project: `${root}/a.features.ts`, session })
  const [first, second] = [await again(), await again()]
  expect(run(first, 'a')?.input.table).toBe(run(second, 'a')?.input.table)
  expect([first, second].map((result) => rowsOf(run(result, 'a')?.result.outputs))).toEqual([
    [{ next: 2 }],
    [{ next: 3 }],
  ])
})

test('what an earlier model cannot compute stops only what reads it', async () => {
  const root = folderWith({
    ...files,
    'sales.features.ts': `${files['sales.features.ts']}
export const triple = (revenu: number) => revenu * 3
export const late = (revenue: number) => { throw new Error('no') }`,
    'daily.features.ts': `export const total = (double) => double.sum()
export const behind = (triple) => triple.sum()
export const after = (late) => late.sum()`,
  })
  const result = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  expect(result.problems).toEqual([])
  expect(rowsOf(run(result, 'daily')?.result.groups).map(({ total }) => total)).toEqual([80, 10])
  const causes = [...(run(result, 'daily')?.failures ?? [])].map(([name, { cause }]) => [name, cause])
  expect(causes).toEqual([
    ['behind', 'triple'],
    ['after', 'late'],
  ])
})

const joined = (joins: readonly object[], features: string, more: Readonly<Record<string, string>> = {}) =>
  folderWith({
    'modeldriver.json': JSON.stringify({
      rules: { MD017: 'off' },
      models: [
        { model_name: 'sales', seq: 1, features: ['sales.features.ts'], data: 'sales.csv' },
        { model_name: 'daily', seq: 2, features: ['daily.features.ts'], input: 'sales.rows', group_by: 'day' },
        {
          model_name: 'hourly',
          seq: 3,
          features: ['hourly.features.ts'],
          input: 'sales.rows',
          group_by: ['day', 'hour'],
          joins,
        },
      ],
    }),
    'sales.csv': 'day,hour,shop,price\n1,8,a,10\n1,9,b,30\n1,9,a,20\n2,8,c,5\n',
    'shops.csv': 'shop,region,rent\na,north,1.5\nb,south,2\n',
    'sales.features.ts': 'export const double = (price) => price * 2',
    'daily.features.ts': 'export const total = (double) => double.sum()',
    'hourly.features.ts': features,
    ...more,
  })
const runJoined = async (...given: Parameters<typeof joined>) => {
  const result = await runProject({ project: `${joined(...given)}/modeldriver.json` })
  return { ...result, hourly: run(result, 'hourly') }
}

test('the groups of an earlier model, joined by a part of the key: one value per group', async () => {
  const { hourly, problems } = await runJoined(
    [{ from: 'daily.groups', on: ['day'], prefix: 'daily_' }],
    `export const own = (double) => double.sum()
export const part = (own, daily_total) => own / daily_total
export const row_part = (double, daily_total) => double / daily_total`,
  )
  expect(problems).toEqual([])
  // by hand: day 1 is 20 + 60 + 40 = 120, day 2 is 10
  expect(rowsOf(hourly?.result.groups)).toEqual([
    { day: 1, hour: 8, daily_total: 120, own: 20, part: 20 / 120 },
    { day: 1, hour: 9, daily_total: 120, own: 100, part: 100 / 120 },
    { day: 2, hour: 8, daily_total: 10, own: 10, part: 1 },
  ])
  expect(rowsOf(hourly?.result.rows).map(({ row_part }) => row_part)).toEqual([20 / 120, 0.5, 40 / 120, 1])
})

test('a file, joined by a column that is no key: one value per row, missing where no row matches', async () => {
  const { hourly, problems } = await runJoined(
    [
      { from: 'shops.csv', on: ['shop'] },
      { from: 'shops.csv', on: ['shop'], prefix: 'again_', columns: ['region'] },
    ],
    `export const where = (region, again_region) => region + '/' + again_region
export const rents = (rent) => rent.sum()
export const known = (region?: string) => region ?? 'nowhere'`,
  )
  expect(problems).toEqual([])
  expect(rowsOf(hourly?.result.rows).map(({ where, known, rent }) => [where, known, rent])).toEqual([
    ['north/north', 'north', 1.5],
    ['south/south', 'south', 2],
    ['north/north', 'north', 1.5],
    [null, 'nowhere', null],
  ])
  expect(rowsOf(hourly?.result.groups).map(({ rents }) => rents)).toEqual([1.5, 3.5, 0])
})

test('tables that write the key in another way: per row, per group, of several columns, twice for one key', async () => {
  const features = `export const per_rent = (price, shop_rent) => price / shop_rent
export const own = (price) => price.sum()
export const open = (own, hours_open) => own / hours_open`
  const joins = [
    { from: 'shops.csv', on: 'Shop', prefix: 'shop_', columns: ['rent'] },
    { from: 'hours.csv', on: ['DAY', 'hour'], prefix: 'hours_' },
  ]
  const more = { 'shops.csv': 'SHOP ,Rent\na,2\nb,5\n', 'hours.csv': 'hour,Day,OPEN\n8,1,10\n9,1,25\n8,2,1\n' }
  const { hourly, problems } = await runJoined(joins, features, more)
  expect(problems).toEqual([])
  expect(rowsOf(hourly?.result.rows).map(({ per_rent }) => per_rent)).toEqual([5, 6, 10, null])
  expect(rowsOf(hourly?.result.groups).map(({ open }) => open)).toEqual([1, 2, 5])
  const twice = await runJoined(joins, features, { ...more, 'shops.csv': 'SHOP,Rent\na,2\na,5\n' })
  expect(twice.problems).toMatchObject([
    { code: 'MD031', message: expect.stringContaining('which has SHOP "a" in rows') },
  ])
})

test('the key of a join may be a feature; what fails before it is said', async () => {
  const features = `export const shop_name = (shop) => { if (shop === 'c') throw new Error('no c'); return shop }
export const region_text = (region) => 'in ' + region
export const own = (price) => price.sum()`
  const shops = { 'shops.csv': 'shop_name,region\na,north\n' }
  const good = await runJoined([{ from: 'shops.csv', on: ['shop_name'] }], features.replace("'c'", "'d'"), shops)
  expect(rowsOf(good.hourly?.result.rows).map(({ region_text }) => region_text)).toEqual([
    'in north',
    null,
    'in north',
    null,
  ])
  const bad = await runJoined([{ from: 'shops.csv', on: ['shop_name'] }], features, shops)
  expect(failuresOf(bad, 'hourly')).toMatchObject({
    shop_name: { message: expect.stringContaining('no c') },
    region_text: { message: "'region_text' is not computed: it needs 'shop_name', which failed." },
  })
  expect(rowsOf(bad.hourly?.result.groups).map(({ own }) => own)).toEqual([10, 50, 5])
})

test.each<[string, object, Readonly<Record<string, string>>, string, string | undefined]>([
  [
    'two rows for one key',
    { from: 'shops.csv', on: ['shop'] },
    { 'shops.csv': 'shop,region\na,north\nb,south\na,west\n' },
    `Model 'hourly' needs one row per key of shops.csv, which has shop "a" in rows 1 and 3. Keep one of them, or name in "on" what tells them apart.`,
    'MD031',
  ],
  [
    'a file that is gone',
    { from: 'shop.csv', on: ['shop'], columns: ['region'] },
    {},
    'Cannot read shop.csv: file not found.',
    'MD026',
  ],
])('a join that cannot be made: %s', async (_, join, more, message, code) => {
  const { hourly, problems } = await runJoined([join], "export const where = (region) => 'in ' + region", more)
  expect(hourly).toBeUndefined()
  expect(problems).toMatchObject([{ message, code, model: 'hourly' }])
})

test('keys whose values can never be equal', async () => {
  const result = await runJoined(
    [{ from: 'shops.csv', on: ['shop'] }],
    "export const where = (region) => 'in ' + region",
    {
      'shops.csv': 'shop,region\n1,north\n',
    },
  )
  expect(failuresOf(result, 'hourly').where?.message).toBe(
    "'where' cannot be computed: 'shop' is text here and a number in the joined table, so no row would match.",
  )
})

test('what an earlier model could not compute for a join is said at what needs it', async () => {
  const result = await runJoined(
    [{ from: 'daily.groups', on: ['day'], prefix: 'daily_' }],
    'export const part = (price, daily_total) => price / daily_total\nexport const own = (price) => price.sum()',
    {
      'daily.features.ts':
        "export const total = (double) => { if (double.sum() > 0) throw new Error('no total'); return double.sum() }",
    },
  )
  expect(failuresOf(result, 'hourly').part?.message).toContain('no total')
  expect(rowsOf(result.hourly?.result.groups).map(({ own }) => own)).toEqual([10, 50, 5])
})

const ordered = (features: string, model: object = {}, more: Readonly<Record<string, string>> = {}) =>
  runProject({
    project: `${folderWith({
      'modeldriver.json': JSON.stringify({
        models: [
          {
            model_name: 'weekly',
            features: ['weekly.features.ts'],
            data: 'sales.csv',
            group_by: ['shop', 'week'],
            group_order: 'week',
            ...model,
          },
        ],
      }),
      'sales.csv': 'shop,week,price\na,2,30\nb,1,5\na,1,10\na,1,10\nb,3,20\na,3,15\n,2,99\n',
      'weekly.features.ts': features,
      ...more,
    })}/modeldriver.json`,
    allFeatures: true,
  })

test('group_order: the groups before and after, within the keys that it does not name', async () => {
  const result = await ordered(`export const total = (price) => price.sum()
export const before = (total) => total.lag(1)
export const growth = (total) => total / total.lag() - 1
export const so_far = (price) => price.sum().cumsum()
export const place = (total) => total.rank()
export const next_change = (total) => (total.lead(1) ?? total) - total
export const change_of_double = (total) => { const change = total.diff(); return change * 2 }
export const label = (week) => 'week ' + week.first()
export const last_label = (label) => label.lag(1)
export const share_of_before = (price, total) => price / total.lag(1)
export const twice_before = (total) => total.lag(1).lag(1)`)
  expect(result.problems).toEqual([])
  expect(failuresOf(result, 'weekly')).toEqual({})
  // by hand, in order of first appearance: a2 = 30, b1 = 5, a1 = 20, b3 = 20, a3 = 15; shop a is 20, 30, 15 over the weeks, b is 5, 20
  const groups = rowsOf(run(result, 'weekly')?.result.groups)
  const of = (name: string) => groups.map((group) => group[name])
  expect(of('total')).toEqual([30, 5, 20, 20, 15])
  expect(of('before')).toEqual([20, null, null, 5, 30])
  expect(of('growth')).toEqual([0.5, null, null, 3, -0.5])
  expect(of('so_far')).toEqual([50, 5, 20, 25, 65])
  expect(of('place')).toEqual([3, 1, 2, 2, 1])
  expect(of('next_change')).toEqual([-15, 15, 10, 0, 0])
  expect(of('change_of_double')).toEqual([20, null, null, 30, -30])
  expect(of('last_label')).toEqual(['week 1', null, null, 'week 1', 'week 2'])
  expect(of('twice_before')).toEqual([null, null, null, null, 20])
  expect(rowsOf(run(result, 'weekly')?.result.rows).map(({ share_of_before }) => share_of_before)).toEqual([
    1.5,
    null,
    null,
    null,
    4,
    0.5,
    null,
  ])
})

test('group_order by all keys, and by a group feature: one row of all groups', async () => {
  const all = await ordered(
    'export const total = (price) => price.sum()\nexport const before = (total) => total.lag(1)',
    {
      group_order: ['week', 'shop'],
    },
  )
  // week 1: a 20, b 5; week 2: a 30; week 3: a 15, b 20
  expect(rowsOf(run(all, 'weekly')?.result.groups).map(({ before }) => before)).toEqual([5, 20, null, 15, 30])
  const byFeature = await ordered(
    'export const total = (price) => price.sum()\nexport const before = (total) => total.lag(1)',
    { group_order: 'total' },
  )
  // 5, 15, 20 (a1 came first), 20, 30
  expect(rowsOf(run(byFeature, 'weekly')?.result.groups).map(({ before }) => before)).toEqual([20, null, 15, 20, 5])
})

test('group_order by a feature that needs the order is told', async () => {
  const result = await ordered(
    'export const total = (price) => price.sum()\nexport const before = (total) => total.lag(1)\n',
    { group_order: 'before' },
  )
  expect(failuresOf(result, 'weekly').before?.message).toBe(
    "'before' cannot be computed: it looks at other groups, and 'before' of group_order was not computed before it.",
  )
})

test('what may take long is told before it begins, and that it is over', async () => {
  const root = folderWith({
    'a.csv': 'n\n3\n',
    'a.features.ts': `export const before = (n) => n + 1
export function steps(before) { let i = 0; for (; i < before; i++); return i }
export const after = (steps) => steps * 2
export const later = (after) => after * 2`,
  })
  const told: unknown[] = []
  const project = `${root}/a.features.ts`
  await runProject({ project, onProgress: (progress) => told.push(progress) })
  expect(told).toEqual([{ model: 'a' }, { model: 'a', feature: 'steps', path: project }, { model: 'a' }])
})
