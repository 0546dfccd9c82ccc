import { readFileSync } from 'node:fs'
import { rowOf, type Table } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { createSession, type ProjectRun, runProject } from './run.ts'
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
  const result = await runProject({ project: `${root}/a.features.ts`, featureTimeoutMs: 100 })
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
    "'endless' was stopped after 0.1 s. Look for a loop that does not end, or allow more time.",
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

test('words that are checked but cannot be computed yet stop their model, and those that read it', async () => {
  const models = JSON.parse(manifest).models as object[]
  const root = folderWith({
    ...files,
    'modeldriver.json': JSON.stringify(
      {
        models: [
          models[0],
          { ...models[1], joins: [{ from: 'regions.csv', on: ['day'] }], group_order: ['day'] },
          models[2],
        ],
      },
      null,
      2,
    ),
    'regions.csv': 'day,region\n2024-01-01,north\n',
  })
  const result = await runProject({ project: `${root}/modeldriver.json` })
  expect(result.analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(result.models.map(({ plan }) => plan.model)).toEqual(['sales'])
  expect(result.problems.map(({ message }) => message)).toEqual([
    `Model 'daily' was not run: this version of ModelDriver checks "joins" and "group_order" but cannot compute them yet.`,
    "Model 'score' reads daily.outputs, which was not made because model 'daily' did not run.",
  ])
  const lines = readFileSync(`${root}/modeldriver.json`, 'utf8').split('\n')
  expect(lines[result.problems[0]?.line ?? 0]).toContain('"joins"')
})
