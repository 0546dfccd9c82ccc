import { readFileSync, writeFileSync } from 'node:fs'
import type { RunnerMessage, RunnerRequest } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { createResponder } from '../process/session.ts'
import { runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'
import { type Expectation, expectationsText, readExpectations } from './file.ts'
import { checkExpectation, recordExpectation } from './run.ts'

const files = {
  'modeldriver.json': JSON.stringify({
    models: [
      {
        model_name: 'sales',
        seq: 1,
        features: ['sales.features.ts'],
        data: 'sales.csv',
        formats: { date: 'dd.MM.yyyy', number: { decimal: ',' } },
      },
      { model_name: 'shops', seq: 2, input: 'sales.rows', group_by: ['shop', 'day'], features: ['shops.features.ts'] },
    ],
  }),
  'sales.csv':
    'shop;code;sold_at;Unit Price;amount\na;007;01.03.2024;10,0;2\nb;008;02.03.2024;20,0;\na;009;01.03.2024;5,0;1\nb;010;02.03.2024;1,0;1\n',
  'sales.features.ts': `export function revenue(unit_price, amount) { return unit_price * amount }
export function day(sold_at) { return sold_at.toISOString().slice(0, 10) }
export function kind(code) { return code[0] === '0' ? 'old' : 'new' }
`,
  'shops.features.ts': `export function total(revenue) { return revenue.sum() }
export function share(revenue, total) { return revenue / total }
export function last_sale(sold_at) { return sold_at.max() }
`,
}

const projectOf = (folder: string) => ({ project: `${folder}/modeldriver.json` })

async function recorded(folder: string, name: string, rows: number): Promise<Expectation> {
  const run = await runProject({ ...projectOf(folder), allFeatures: true })
  const model = run.models.find(({ plan }) => plan.model === name)
  expect(model).toBeDefined()
  return recordExpectation('first', model as NonNullable<typeof model>, rows, projectOf(folder))
}

test('what is recorded is what a reader expects, and is met as long as nothing changes', async () => {
  const folder = folderWith(files)
  const sales = await recorded(folder, 'sales', 2)
  expect(sales).toEqual({
    name: 'first',
    model: 'sales',
    types: { code: 'string', sold_at: 'date' },
    rows: [
      { code: '007', sold_at: '2024-03-01', 'Unit Price': 10, amount: 2 },
      { code: '008', sold_at: '2024-03-02', 'Unit Price': 20, amount: null },
    ],
    expect: {
      rows: [
        { revenue: 20, day: '2024-03-01', kind: 'old' },
        { revenue: null, day: '2024-03-02', kind: 'old' },
      ],
    },
  })
  const shops = await recorded(folder, 'shops', 3)
  expect(shops.expect.groups).toEqual([
    { shop: 'a', day: '2024-03-01', total: 25, last_sale: '2024-03-01' },
    { shop: 'b', day: '2024-03-02', total: 0, last_sale: '2024-03-02' },
  ])
  for (const one of [sales, shops]) {
    expect(readExpectations('/x.expect.json', expectationsText([one]))).toEqual([one])
    expect(await checkExpectation(one, projectOf(folder))).toEqual({ name: 'first', differences: [], problems: [] })
  }
})

test.each<[string, object, Record<string, unknown>, unknown]>([
  ['numbers as text', { amount: { type: 'number', decimal: ',', thousands: '.' } }, { amount: '1.200,50' }, 2401],
  ['as all numbers of the model are written', { amount: 'number' }, { amount: '3,5' }, 7],
  ["the model's marks", {}, { amount: 'NA' }, null],
  ["the model's marks, of numbers", {}, { amount: -999 }, null],
  ["a column's own marks", { amount: { type: 'number', missing: ['-'] } }, { amount: '-' }, null],
  ["in place of the model's", { amount: { missing: ['-'] } }, { amount: -999 }, -1998],
  ['numbers', {}, { amount: 1.5 }, 3],
])('given rows are read as the data of the model: %s', async (_, columns, row, twice) => {
  const model = {
    model_name: 'm',
    features: 'm.features.ts',
    data: 'm.csv',
    columns,
    formats: { number: { decimal: ',' } },
    missing: ['NA', '-999'],
  }
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({ models: [model] }),
    'm.csv': 'amount\n1\n',
    'm.features.ts': 'export const twice = (amount) => amount * 2\n',
  })
  // A second row, so that the column has a number where the first one is missing.
  const rows = [row, { amount: 4 }] as Expectation['rows']
  const expectation = { name: 'one', model: 'm', rows, expect: { rows: [{ twice }, { twice: 8 }] } } as Expectation
  expect(await checkExpectation(expectation, projectOf(folder))).toEqual({ name: 'one', differences: [], problems: [] })
})

test('what an earlier model gives is no data file, and has no marks', async () => {
  const models = [
    { model_name: 'a', features: 'a.features.ts', data: 'a.csv' },
    { model_name: 'b', features: 'b.features.ts', input: 'a.rows', missing: ['NA'] },
  ]
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    'a.csv': 'n\n1\n',
    'a.features.ts': "export const kind = (n) => (n > 0 ? 'NA' : 'x')\n",
    'b.features.ts': 'export const long = (kind: string) => kind.length\n',
  })
  const b = await recorded(folder, 'b', 1)
  expect(b.expect.rows).toEqual([{ long: 2 }])
  expect(await checkExpectation(b, projectOf(folder))).toEqual({ name: 'first', differences: [], problems: [] })
})

test('another feature gives differences: of rows, of groups, of groups that are new or gone', async () => {
  const folder = folderWith(files)
  const shops = await recorded(folder, 'shops', 4)
  const text = files['shops.features.ts'].replace('revenue.sum()', 'revenue.sum() + 1')
  writeFileSync(`${folder}/shops.features.ts`, text)
  const { differences } = await checkExpectation(shops, projectOf(folder))
  expect(differences.filter(({ column }) => column === 'total')).toEqual([
    { table: 'groups', at: '"a", "2024-03-01"', column: 'total', expected: '25', actual: '26' },
    { table: 'groups', at: '"b", "2024-03-02"', column: 'total', expected: '1', actual: '2' },
  ])
  expect(differences.filter(({ column }) => column === 'share').map(({ at }) => at)).toEqual([
    'row 1',
    'row 3',
    'row 4',
  ])

  const [first, ...others] = shops.expect.groups ?? []
  const renamed = { ...shops, expect: { groups: [{ ...first, shop: 'c' }, ...others] } }
  const other = await checkExpectation(renamed, projectOf(folder))
  expect(other.differences).toContainEqual({
    table: 'groups',
    at: '"a", "2024-03-01"',
    column: '',
    expected: 'no such group',
    actual: 'a group',
  })
  expect(other.differences.some(({ actual }) => actual === 'no such group')).toBe(true)
})

test('a feature that fails is told as it is in a run', async () => {
  const folder = folderWith(files)
  const sales = await recorded(folder, 'sales', 1)
  writeFileSync(
    `${folder}/sales.features.ts`,
    `${files['sales.features.ts'].replace("code[0] === '0'", 'code.no.such')}`,
  )
  const { problems, differences } = await checkExpectation(sales, projectOf(folder))
  expect(problems[0]).toMatchObject({ feature: 'kind', line: 2 })
  expect(differences).toMatchObject([{ column: 'kind', actual: 'no such column' }])
  const unknown = await checkExpectation({ ...sales, model: 'sale' }, projectOf(folder))
  expect(unknown.problems[0]?.message).toContain("There is no model 'sale'")
})

test.each([
  ['[', 'is not valid JSON'],
  ['{}', 'has no list "expectations"'],
  ['{"expectations":[{"model":"m","rows":[],"expect":{"rows":[]}}]}', 'expectation 1 has no "name".'],
  ['{"expectations":[{"name":"a","model":"m","rows":[{"x":[1]}],"expect":{"rows":[]}}]}', 'has no "rows"'],
  ['{"expectations":[{"name":"a","model":"m","rows":[],"expect":{}}]}', 'expects nothing'],
  ['{"expectations":[{"name":"a","model":"m","rows":[{}],"expect":{"rows":[]}}]}', 'expects 0 rows of 1 input rows'],
  [
    '{"expectations":[{"name":"a","model":"m","types":{"x":"float"},"rows":[{}],"expect":{"groups":[]}}]}',
    "has a type 'float'",
  ],
])('%s is refused: %s', (text, words) => {
  expect(() => readExpectations('/orders.expect.json', text)).toThrow(words)
  expect(() => readExpectations('/orders.expect.json', text)).toThrow('orders.expect.json')
})

test('the run process adds an expectation to a file, in place of one of its name, and checks it', async () => {
  const folder = folderWith(files)
  const sent: RunnerMessage[] = []
  const respond = createResponder((message) => sent.push(message))
  const ask = async (request: object): Promise<RunnerMessage> => {
    await respond({ ...request, id: sent.length, overlay: {}, featureTimeoutMs: 5000 } as unknown as RunnerRequest)
    return sent.at(-1) as RunnerMessage
  }
  const ran = await ask({ kind: 'run', ...projectOf(folder), sampleRows: 100 })
  const run = ran.kind === 'ran' ? ran.summary.run : ''
  const path = `${folder}/sales.expect.json`
  const record = { kind: 'record', run, model: 'sales', name: 'two lines', path }
  expect(await ask({ ...record, rows: 2 })).toMatchObject({ kind: 'recorded', path })
  await ask({ ...record, rows: 1, name: 'one line' })
  await ask({ ...record, rows: 3 })
  const kept = readExpectations(path)
  expect(kept.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['one line', 1],
    ['two lines', 3],
  ])
  expect(await ask({ kind: 'expect', path, names: ['one line'] })).toMatchObject({
    kind: 'expected',
    results: [{ name: 'one line', differences: [], problems: [] }],
  })
  writeFileSync(path, readFileSync(path, 'utf8').replace('"revenue":20', '"revenue":21'))
  expect(await ask({ kind: 'expect', path })).toMatchObject({
    results: [{ differences: [{ column: 'revenue', expected: '21', actual: '20' }] }, {}],
  })
})

test('expectations are about the features beside them, whatever language these are in', async () => {
  const row = { name: 'one', model: 'shop', rows: [{ n: 2 }], expect: { rows: [{ double: 4 }] } } as const
  const text = expectationsText([row])
  const features = 'export const double = (n) => n * 2'
  const folder = folderWith({ 'shop.features.js': features, 'shop.expect.json': text, 'sub/other.expect.json': text })
  const sent: RunnerMessage[] = []
  const respond = createResponder((message) => sent.push(message))
  const asked = { kind: 'expect', id: 1, overlay: {}, featureTimeoutMs: 5000 } as const
  await respond({ ...asked, path: `${folder}/shop.expect.json` })
  expect(sent.at(-1)).toMatchObject({ kind: 'expected', results: [{ differences: [], problems: [] }] })
  await respond({ ...asked, path: `${folder}/sub/other.expect.json` })
  expect(sent.at(-1)).toMatchObject({ kind: 'failed' })
})
