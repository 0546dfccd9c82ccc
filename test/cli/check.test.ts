import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver, shop } from './support.ts'

const misspelt = { ...shop, 'sales.features.ts': shop['sales.features.ts'].replace('cost: number', 'csot: number') }

test.each(['.', 'modeldriver.json', 'sales.features.ts'])('a good project, named by %s: exit code 0', (path) => {
  const folder = folderWith(shop)
  expect(modeldriver(folder, 'check', path)).toEqual({
    code: 0,
    out: 'No problems in 5 features of 2 models.\n',
    note: '',
  })
})

test('a folder: every project in it and below it, not those of dependencies and results', () => {
  const below = Object.fromEntries(Object.entries(shop).map(([name, text]) => [`teams/shop/${name}`, text]))
  const folder = folderWith({
    ...below,
    'teams/orders.features.ts': 'export const twice = (amount) => amount * 2\n',
    'teams/orders.csv': 'amount\n1\n',
    'teams/shop/drafts/idea.features.ts': 'export const half = (amont) => amont / 2\n',
    'teams/shop/drafts/idea.csv': 'amount\n1\n',
    'node_modules/other/other.features.ts': 'export const = (\n',
    'out/old.features.ts': 'export const = (\n',
  })
  const { code, out } = modeldriver(folder, 'check')
  expect(out.split('\n')[0]).toMatch(/^teams\/shop\/drafts\/idea\.features\.ts:1:\d+ error MD001 .*'amont'/)
  expect(out).toContain('1 error in 7 features of 4 models.')
  expect(code).toBe(1)
  expect(modeldriver(folder, 'check', 'teams/shop').out).toContain('1 error in 6 features of 3 models.')
  expect(modeldriver(folder, 'run', '.')).toMatchObject({
    code: 2,
    note: "'.' is no project itself. Name one below it: teams, teams/shop, teams/shop/drafts.\n",
  })
})

test('a file that exports nothing has no features, and that is said', () => {
  const folder = folderWith({ 'o.features.ts': 'const twice = (x) => x * 2\n', 'o.csv': 'x\n1\n' })
  expect(modeldriver(folder, 'check')).toMatchObject({
    code: 0,
    note: 'Nothing was checked: a feature is an exported function, export const margin = (price, cost) => price - cost.\n',
  })
})

test('a feature file alone: how to make a manifest is said once, in the check and in the run', () => {
  const folder = folderWith({
    'sales.features.ts': 'export const a = (sold) => sold.getTime()\nexport const b = (price) => price * 2\n',
    'sales.csv': 'sold,price\n31.12.2024,"1,50"\n',
  })
  for (const command of ['check', 'run']) {
    const { code, out, note } = modeldriver(folder, command)
    const lines = `${out}${note}`.split('\n').filter((line) => line.includes('modeldriver init'))
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^There is no modeldriver\.json here yet: /)]])
    expect(`${out}${note}`).toContain(
      'give it "type": "date", "format": "dd.MM.yyyy" under "columns" in modeldriver.json.',
    )
  }
})

test('a misspelt parameter: exit code 1, and the column meant is named', () => {
  const { code, out } = modeldriver(folderWith(misspelt), 'check')
  expect(code).toBe(1)
  expect(out).toMatchInlineSnapshot(`
    "sales.features.ts:4:41 error MD001 No column or feature is named 'csot'. Did you mean 'cost'?
      data/orders.csv:1:1 the columns of orders.csv (5 columns)
    1 error in 5 features of 2 models.
    "
  `)
})

test('a joined file that writes the key in capitals: no problem, and the run finds its rows', () => {
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({
      models: [
        { model_name: 'm', features: 'm.features.ts', data: 'sales.csv', joins: [{ from: 'shops.csv', on: 'pin' }] },
      ],
    }),
    'm.features.ts': 'export const where = (region) => "in " + region\n',
    'sales.csv': 'pin,price\na,1\nb,2\n',
    'shops.csv': 'PIN,Region\nb,south\na,north\n',
  })
  expect(modeldriver(folder, 'check')).toEqual({ code: 0, out: 'No problems in 1 feature of 1 model.\n', note: '' })
  expect(modeldriver(folder, 'run', '--out', 'out').code).toBe(0)
  expect(readFileSync(join(folder, 'out/m.outputs.csv'), 'utf8')).toBe('where\nin north\nin south\n')
})

test('problems as JSON', () => {
  const { code, out } = modeldriver(folderWith(misspelt), 'check', '.', '--format', 'json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toEqual([
    {
      code: 'MD001',
      severity: 'error',
      message: expect.stringContaining("Did you mean 'cost'?"),
      file: 'sales.features.ts',
      range: { start: { line: 3, character: 40 }, end: { line: 3, character: 44 } },
      model: 'sales',
      feature: 'margin',
      related: [
        {
          message: expect.any(String),
          file: 'data/orders.csv',
          range: { start: { line: 0, character: 0 }, end: expect.anything() },
        },
      ],
    },
  ])
})

test('problems as SARIF 2.1.0: 1-based places, a rule for every result', () => {
  const { code, out } = modeldriver(folderWith(misspelt), 'check', '.', '--format', 'sarif')
  expect(code).toBe(1)
  const { version, runs } = JSON.parse(out)
  expect(version).toBe('2.1.0')
  const [{ tool, results }] = runs
  expect(results).toHaveLength(1)
  expect(results[0]).toMatchObject({
    ruleId: 'MD001',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'sales.features.ts' },
          region: { startLine: 4, startColumn: 41, endLine: 4, endColumn: 45 },
        },
      },
    ],
  })
  const helps = tool.driver.rules.map(({ id, helpUri }: { id: string; helpUri: string }) => ({
    id,
    page: new URL(helpUri),
  }))
  for (const { id, page } of helps) {
    const headings = readFileSync(new URL(page.pathname, page), 'utf8').match(/^## .+$/gm)
    expect(headings).toContain(`## ${page.hash.slice(1).toUpperCase()}`)
    expect(page.hash).toBe(`#${id.toLowerCase()}`)
  }
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('MD001')
})

test('a cycle is printed once, with its whole path', () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'a.features.ts': `export const share = (total) => total
export const total = (margin) => margin
export const margin = (share, n) => share + n
`,
  })
  const { code, out } = modeldriver(folder, 'check', 'a.features.ts')
  expect(code).toBe(1)
  expect(out).toMatchInlineSnapshot(`
    "a.features.ts:1:23 error MD002 'share' depends on itself: share → total → margin → share. Remove one of these inputs, or read a column of the data instead.
      a.features.ts:2:23 'total' needs 'margin'
      a.features.ts:3:24 'margin' needs 'share'
    1 error in 3 features of 1 model.
    "
  `)
})

test('several feature files without a manifest are checked each for itself', () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'b.csv': 'm\n1\n',
    'a.features.ts': 'export const f = (n) => n\n',
    'b.features.ts': 'export const f = (n) => n\n',
  })
  const { code, out } = modeldriver(folder, 'check')
  expect(code).toBe(1)
  expect(out).toContain('b.features.ts:1:19 error MD001')
  expect(out).not.toContain('a.features.ts:1')
})

test('data that is not there is a problem of the manifest', () => {
  const manifest = shop['modeldriver.json'].replace('orders.csv', 'gone.csv')
  const { code, out } = modeldriver(folderWith({ ...shop, 'modeldriver.json': manifest }), 'check')
  expect(code).toBe(1)
  const column = (manifest.split('\n')[4] as string).indexOf('data/gone.csv') + 1
  expect(out).toContain(`modeldriver.json:5:${column} error MD026 Cannot read data/gone.csv: file not found.`)
})

test.each([
  [['check', 'nowhere'], "There is no 'nowhere'."],
  [['check', 'data/orders.csv'], "'data/orders.csv' is no modeldriver.json, no folder, and no feature file"],
  [['check', '--format', 'xml'], 'Allowed choices are text, json, sarif.'],
  [['check', '--frmat', 'json'], "unknown option '--frmat'"],
  [['chekc'], "unknown command 'chekc'"],
  [['run', '--timeout', 'soon'], 'It must be a number above 0.'],
  [['run', '--model', 'nobody'], "There is no model 'nobody'. Models: sales, score."],
  [['run', '--input', 'gone.csv'], 'Cannot read gone.csv: file not found.'],
  [['run', '--input', 'sales.features.ts'], 'Cannot read sales.features.ts: only .csv, .tsv, .json'],
  [['plan', '--outputs', 'nothing'], "There is no feature or column 'nothing'."],
])('wrong usage %j: exit code 2, nothing on stdout', (args, message) => {
  const { code, out, note } = modeldriver(folderWith(shop), ...args)
  expect(note).toContain(message)
  expect({ code, out }).toEqual({ code: 2, out: '' })
})

test.each([[[]], [['check']], [['run']], [['features']], [['plan']], [['graph']], [['init']]])(
  'help of %j: exit code 0',
  (command) => {
    const { code, out } = modeldriver(folderWith({}), ...command, '--help')
    expect(code).toBe(0)
    expect(out).toContain(`Usage: modeldriver ${command.join(' ')}`)
  },
)

test('a folder without features: exit code 2, and how to make a start', () => {
  const { code, out, note } = modeldriver(folderWith({ 'data/orders.csv': 'n\n1\n' }), 'check', 'data')
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(note).toBe("'data' holds no modeldriver.json and no feature file. 'modeldriver init data' makes a start.\n")
})

const untyped = {
  'orders.csv': 'pin,region,revenue\nA,de,10.5\nB,fr,20\n',
  'orders.features.ts': `// group_by: pin
export const twice = (region) => region * 2
export const total = (revenue) => revenue.max() + revenue.summ()
`,
}

test('a body that does what values cannot do, without any annotation', () => {
  const folder = folderWith(untyped)
  const { code, out } = modeldriver(folder, 'check')
  expect(code).toBe(1)
  expect(out).toMatchInlineSnapshot(`
    "orders.features.ts:2:34 error MD019 'region' is text in orders.csv (e.g. "de"), so it cannot be multiplied.
      orders.csv:1:5 column 'region'
    orders.features.ts:3:59 error MD019 'revenue' is a whole column here, all rows of a pin, which has no 'summ'. Did you mean 'sum'?
      orders.csv:1:12 column 'revenue'
    2 errors in 2 features of 1 model.
    "
  `)
  expect(modeldriver(folder, 'check', '--no-types')).toEqual({
    code: 0,
    out: 'No problems in 2 features of 1 model.\n',
    note: '',
  })
})
