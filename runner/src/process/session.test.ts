import { readFileSync, writeFileSync } from 'node:fs'
import { rowOf } from '@modeldriver/engine'
import type { RunnerMessage, RunnerRequest, RunSummary } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { readData } from '../files/data.ts'
import { tableFormats } from '../files/write.ts'
import { folderWith } from '../testFolder.ts'
import { createResponder } from './session.ts'

const files = {
  'sales.csv': 'pin,revenue,cost\na,10,4\nb,20,5\na,30,\nb,40,8\n,50,9\n',
  'sales.features.ts': `// group_by: pin
export function profit(revenue, cost) { return revenue - cost }
export function total(revenue) { return revenue.sum() } //#agg
export function share(revenue, total) { return revenue / total }
export function vat(revenue, rate = 0.5) { return revenue * rate }
`,
}

type Kind = RunnerMessage['kind']
type Of<K extends Kind> = Extract<RunnerMessage, { readonly kind: K }>
type Unnumbered<R> = R extends { readonly id: number } ? Omit<R, 'id'> : never

/** A project that was run, and the runner's answers about it. */
async function session(texts: Readonly<Record<string, string>> = files) {
  const folder = folderWith(texts)
  const sent: RunnerMessage[] = []
  const respond = createResponder((message) => sent.push(message))
  const ask = async <K extends Kind>(kind: K, request: Unnumbered<RunnerRequest>): Promise<Of<K>> => {
    await respond({ ...request, id: sent.length } as RunnerRequest)
    const answer = sent.at(-1)
    expect(answer).toMatchObject({ kind })
    return answer as Of<K>
  }
  const run = async (text?: string): Promise<RunSummary> => {
    const overlay = text === undefined ? {} : { [`${folder}/sales.features.ts`]: text }
    const project = `${folder}/sales.features.ts`
    return (await ask('ran', { kind: 'run', project, overlay, sampleRows: 100, featureTimeoutMs: 5000 })).summary
  }
  return { folder, ask, run }
}

test('a run tells of the files that it was made from', async () => {
  const { folder, run } = await session({
    ...files,
    'sales.features.ts': `import { vat } from './rates'
export function gross(revenue) { return revenue * vat }
`,
    'rates.ts': "import table from './shared/rates.json'\nexport const vat = table.vat\n",
    'shared/rates.json': '{ "vat": 1.19 }',
    'other.features.ts': 'export function other(revenue) { return revenue }\n',
    'other.csv': 'revenue\n1\n',
  })
  const names = ['', 'rates.ts', 'sales.csv', 'sales.features.ts', 'shared/rates.json'].map(
    (name) => `${folder}/${name}`,
  )
  expect([...(await run()).files].sort()).toEqual(names)
  // What did not change is not loaded again, and told of all the same.
  expect([...(await run()).files].sort()).toEqual(names)
})

test('a run tells of what it looked for and did not find', async () => {
  const { folder, run } = await session({
    ...files,
    'sales.features.ts': "import { vat } from './rates'\nexport function gross(revenue) { return revenue * vat }\n",
  })
  expect((await run()).files).toContain(`${folder}/rates.ts`)
})

test('the next run computes what an edit changed, and keeps the others', async () => {
  const { run } = await session()
  const kept = async (text?: string) =>
    (await run(text)).models[0]?.features.filter(({ isKept }) => isKept).map(({ feature }) => feature)
  expect(await kept()).toEqual([])
  expect(await kept()).toEqual(['total', 'profit', 'share', 'vat'])
  expect(await kept(files['sales.features.ts'].replace('revenue - cost', 'revenue - 2 * cost'))).toEqual([
    'total',
    'share',
    'vat',
  ])
})

test('a view shows the rows that fit, in order; pages of it say which rows they are', async () => {
  const { ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const sort = { column: 'revenue', descending: true }
  const view = await ask('view', { kind: 'view', ...of, filter: "pin == 'a' || revenue > 30", sort })
  expect(view.count).toBe(4)
  const { page } = await ask('page', { kind: 'page', ...of, view: view.view, offset: 1, count: 2 })
  expect(page).toMatchObject({ offset: 1, count: 2, rows: [3, 2] })
  const members = await ask('view', { kind: 'view', ...of, group: 1 })
  expect(members.count).toBe(2)
})

test.each([
  ['revnue > 1', "There is no column 'revnue'. Did you mean 'revenue'?"],
  ['revenue + 1', 'A filter is true or false for each row'],
])('the filter %s is refused in words', async (filter, words) => {
  const { ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const { problems } = await ask('failed', { kind: 'view', ...of, filter })
  expect(problems[0]?.message).toContain(words)
})

test('of many views those that are looked at are kept', async () => {
  const { ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const page = { kind: 'page', ...of, offset: 0, count: 1 } as const
  const views: string[] = []
  for (let at = 0; at < 20; at++) {
    views.push((await ask('view', { kind: 'view', ...of, filter: `revenue > ${at}` })).view)
    await ask('page', { ...page, view: views[0] as string })
  }
  const { problems } = await ask('failed', { ...page, view: views[1] as string })
  expect(problems[0]?.message).toBe('This order is no longer kept. Sort again.')
})

test('a block of cells: what it comes to, and as text for a spreadsheet', async () => {
  const { ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const block = { columns: ['pin', 'cost'], offset: 1, count: 4 }
  const { statistics } = await ask('statistics', { kind: 'range', ...of, ...block, as: 'statistics' })
  expect(statistics).toEqual({ cells: 8, count: 6, numbers: 3, sum: 22, mean: 22 / 3, min: 5, max: 9 })
  const { text } = await ask('text', { kind: 'range', ...of, ...block, as: 'text' })
  expect(text).toBe('pin\tcost\nb\t5\na\t\nb\t8\n\t9\n')
})

test.each(tableFormats)('a view is exported as %s, which is read back', async (format) => {
  const { folder, ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const sort = { column: 'revenue', descending: true }
  const { view } = await ask('view', { kind: 'view', ...of, filter: 'revenue < 45', sort })
  const path = `${folder}/out/rows.${format}`
  await ask('exported', { kind: 'export', ...of, view, columns: ['share', 'pin', 'cost'], path })
  const { table } = await readData(path, { formats: {}, columns: {}, limit: Number.POSITIVE_INFINITY })
  expect(Array.from({ length: table.length }, (_, row) => rowOf(table, row))).toEqual([
    { share: 40 / 60, pin: 'b', cost: 8 },
    { share: 0.75, pin: 'a', cost: null },
    { share: 20 / 60, pin: 'b', cost: 5 },
    { share: 0.25, pin: 'a', cost: 4 },
  ])
})

test('a view is exported with its columns and order; an ending that nobody writes is refused', async () => {
  const { folder, ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales', table: 'rows' } as const
  const { view } = await ask('view', { kind: 'view', ...of, filter: 'cost > 4' })
  const path = `${folder}/out/part.csv`
  const columns = ['revenue', 'pin']
  const { rows } = await ask('exported', { kind: 'export', ...of, view, columns, path })
  expect(rows).toBe(3)
  expect(readFileSync(path, 'utf8')).toBe('revenue,pin\n20,b\n40,b\n50,\n')
  const { problems } = await ask('failed', { kind: 'export', ...of, path: `${folder}/part.doc` })
  expect(problems[0]?.message).toContain("Files ending in '.doc' cannot be written.")
  writeFileSync(`${folder}/file`, '')
  const blocked = await ask('failed', { kind: 'export', ...of, path: `${folder}/file/part.csv` })
  expect(blocked.problems[0]?.message).toContain('it is a file, not a folder')
})

test('a cell is traced to the cells it was made from', async () => {
  const { ask, run } = await session()
  const of = { run: (await run()).run, model: 'sales' } as const
  const rows = { ...of, table: 'rows' } as const
  const share = await ask('trace', { kind: 'trace', ...rows, row: 2, column: 'share' })
  expect(share.trace).toMatchObject({
    value: '0.75',
    key: [{ name: 'pin', value: 'a' }],
    kind: 'row',
    line: 3,
    inputs: [
      { name: 'revenue', kind: 'column', from: { table: 'rows', row: 2, value: '30' } },
      { name: 'total', kind: 'group', from: { table: 'groups', row: 0, value: '40' } },
    ],
  })
  const total = await ask('trace', { kind: 'trace', ...of, table: 'groups', row: 1, column: 'total' })
  expect(total.trace).toMatchObject({
    value: '60',
    key: [{ name: 'pin', value: 'b' }],
    inputs: [{ name: 'revenue', from: { group: 1, count: 2, missing: 0, values: ['20', '40'] } }],
  })
  const vat = await ask('trace', { kind: 'trace', ...rows, row: 4, column: 'vat' })
  expect(vat.trace.key).toBeUndefined()
  expect(vat.trace.inputs[1]).toEqual({ name: 'rate', kind: 'column', from: { table: 'absent' } })
  const { view } = await ask('view', { kind: 'view', ...rows, filter: 'revenue == 40' })
  expect((await ask('trace', { kind: 'trace', ...rows, view, row: 0, column: 'cost' })).trace).toMatchObject({
    row: 3,
    value: '8',
    inputs: [],
  })
  await ask('failed', { kind: 'trace', ...rows, row: 99, column: 'cost' })
})

test('a run says what is otherwise than in the run before: cells, rows, columns', async () => {
  const { folder, ask, run } = await session()
  expect((await run()).models[0]?.rows.changes).toBeUndefined()
  const edited = files['sales.features.ts']
    .replace('revenue - cost', 'revenue > 20 ? revenue : revenue - cost')
    .replace('share', 'part')
  const { run: id, models } = await run(edited)
  expect(models[0]?.rows.changes).toEqual({
    addedRows: 0,
    removedRows: 0,
    cells: { profit: 2 },
    addedColumns: ['part'],
    removedColumns: ['share'],
  })
  const of = { run: id, model: 'sales', table: 'rows' } as const
  const { page } = await ask('page', { kind: 'page', ...of, offset: 0, count: 9 })
  expect(page.changed).toEqual({ profit: [0, 0, 0, 1, 1] })
  expect((await ask('view', { kind: 'view', ...of, changed: 'profit' })).count).toBe(2)

  // Groups are told apart by their key, not by their place.
  writeFileSync(`${folder}/sales.csv`, 'pin,revenue,cost\nb,20,5\nb,40,8\na,41,4\nc,1,1\n')
  const again = (await run(edited)).models[0]?.groups?.changes
  expect(again).toMatchObject({ addedRows: 1, removedRows: 0, cells: { total: 1 } })
})

test('of many columns that no feature reads the summary comes when it is asked for', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `c${index}`)
  const wide = {
    'sales.csv': `${names.join()}\n${names.map((_, index) => index).join()}\n${names.map(() => '').join()}\n`,
    'sales.features.ts': 'export function last(c59, c58 = 1) { return c59 + c58 }',
  }
  const { ask, run } = await session(wide)
  const summary = await run()
  const [model] = summary.models
  const later = model?.rows.columns.filter(({ isLater }) => isLater).map(({ name }) => name)
  expect(later).toEqual(names.slice(24, 58))
  expect(model?.rows.columns.find(({ name }) => name === 'c59')).toMatchObject({ missing: 1, max: 59 })
  expect(model?.rows.columns.find(({ name }) => name === 'c30')).toEqual({
    name: 'c30',
    type: 'integer',
    kind: 'column',
    isLater: true,
    missing: 0,
  })
  const of = { run: summary.run, model: 'sales', table: 'rows' } as const
  const { columns } = await ask('columns', { kind: 'columns', ...of, columns: ['c30', 'none'] })
  expect(columns).toMatchObject([{ name: 'c30', kind: 'column', missing: 1, min: 30, max: 30 }])
  expect(columns[0]).not.toHaveProperty('isLater')
})
