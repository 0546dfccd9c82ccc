import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver, root, shop } from './support.ts'

test('--version is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(modeldriver(root, '--version').out).toBe(`${version}\n`)
})

test('features as JSON', () => {
  const { code, out } = modeldriver(folderWith(shop), 'features', '--json')
  expect(code).toBe(0)
  const features = JSON.parse(out)
  expect(features.map(({ name, level }: { name: string; level: string }) => `${name} ${level}`)).toEqual([
    'margin row',
    'total group',
    'share row',
    'best_share group',
    'score row',
  ])
  expect(features[1]).toEqual({
    name: 'total',
    model: 'sales',
    level: 'group',
    why: '#agg',
    inputs: ['revenue'],
    optional_inputs: [],
    doc: null,
    file: 'sales.features.ts',
    range: { start: { line: 6, character: 16 }, end: { line: 6, character: 21 } },
  })
})

test('features as a table', () => {
  expect(modeldriver(folderWith(shop), 'features', 'score.features.ts').out).toMatchInlineSnapshot(`
    "feature     model  level  why                  inputs             where
    ──────────  ─────  ─────  ───────────────────  ─────────────────  ────────────────────
    margin      sales  row    one value per row    revenue, cost      sales.features.ts:4
    total       sales  group  #agg                 revenue            sales.features.ts:7
    share       sales  row    one value per row    revenue, total     sales.features.ts:10
    best_share  sales  group  returns share.max()  share              sales.features.ts:13
    score       score  row    one value per row    total, best_share  score.features.ts:1
    "
  `)
})

test('plan: what the outputs need, in order', () => {
  const folder = folderWith(shop)
  expect(modeldriver(folder, 'plan', '--outputs', 'best_share').out).toMatchInlineSnapshot(`
    "Model sales, per pin
      required inputs: pin, revenue
      1. group: total
      2. row: share
      3. group: best_share
      outputs: pin, best_share
    "
  `)
  const { code, out } = modeldriver(folder, 'plan', '.', '--outputs', 'total', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject([
    {
      model: 'sales',
      required_inputs: ['pin', 'revenue'],
      order: ['total'],
      stages: [{ level: 'group', features: ['total'] }],
    },
  ])
})

test.each([
  ['whose file is not there', 'MD026', 'Cannot read shops.csv: file not found.', undefined],
  ['whose key is not there', 'MD005', "Join key 'shop' is not in shops.csv.", 'store,region\na,north\n'],
  ['whose column is not there', 'MD001', undefined, 'shop,area\na,north\n'],
])('plan: a join %s keeps it from being run', (_, code, message, shops) => {
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({
      models: [
        { model_name: 'm', features: 'm.features.ts', data: 'sales.csv', joins: [{ from: 'shops.csv', on: 'shop' }] },
        { model_name: 'other', features: 'other.features.ts', data: 'sales.csv' },
      ],
    }),
    'm.features.ts': 'export const where = (region) => "in " + region\n',
    'other.features.ts': 'export const twice = (price) => price * 2\n',
    'sales.csv': 'shop,price\na,1\n',
    ...(shops !== undefined && { 'shops.csv': shops }),
  })
  const { code: exit, out, note } = modeldriver(folder, 'plan')
  const json = modeldriver(folder, 'plan', '--json')
  const [{ problems, blocked }, other] = JSON.parse(json.out)
  expect([exit, json.code, other.problems, other.blocked]).toEqual([1, 1, [], []])
  if (message === undefined) {
    expect(out).toContain("cannot compute where: 'region' is neither a column nor a feature of model 'm'.")
    expect([blocked, problems, note]).toMatchObject([[{ feature: 'where', code }], [], ''])
  } else {
    expect(note).toMatch(new RegExp(`^modeldriver\\.json:1:\\d+ error ${code} `))
    expect(note.split('\n').slice(0, -1)).toEqual([
      expect.stringContaining(message),
      "1 error: 'run' would compute nothing.",
    ])
    expect(problems).toMatchObject([
      { code, message: expect.stringContaining(message), file: 'modeldriver.json', model: 'm' },
    ])
  }
  expect(modeldriver(folder, 'plan', '--model', 'other')).toMatchObject({ code: 0, note: '' })
})

test('graph as Mermaid and DOT', () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'a.features.ts': '// group_by: n\nexport const f = (n) => n\nexport const g = (f) => f.sum()\n',
  })
  expect(modeldriver(folder, 'graph').out).toMatchInlineSnapshot(`
    "flowchart LR
      subgraph m0["a · per n"]
        n0[("n (key)")]
        n1("ƒ f")
        n2[["Σ g"]]
      end
      n0 --> n1
      n1 --> n2
    "
  `)
  expect(modeldriver(folder, 'graph', '--format', 'dot').out).toMatchInlineSnapshot(`
    "digraph modeldriver {
      rankdir=LR
      subgraph cluster_0 {
        label="a · per n"
        "a/n" [label="n (key)", shape=cylinder]
        "a/f" [label="f", shape=box]
        "a/g" [label="g", shape=box3d]
      }
      "a/n" -> "a/f"
      "a/f" -> "a/g"
    }
    "
  `)
})

test('graph: a key that no feature reads is there, an optional input that is nowhere is not', () => {
  const folder = folderWith({
    'a.csv': 'pin,n\nx,1\n',
    'a.features.ts': '// group_by: pin\nexport const f = (n, rate = 2) => n * rate\nexport const g = (f) => f.sum()\n',
  })
  const { out } = modeldriver(folder, 'graph')
  expect(out).toContain('[("pin (key)")]')
  expect(out).not.toContain('rate')
  const { nodes } = JSON.parse(modeldriver(folder, 'graph', '--format', 'json').out)
  expect(nodes).toContainEqual({ id: 'a/pin', name: 'pin', model: 'a', kind: 'column', isKey: true })
})

test('graph as JSON: every node and edge, over the models', () => {
  const { code, out } = modeldriver(folderWith(shop), 'graph', '--format', 'json')
  expect(code).toBe(0)
  const { nodes, edges } = JSON.parse(out)
  expect(nodes).toContainEqual({ id: 'sales/total', name: 'total', model: 'sales', kind: 'group', isKey: false })
  expect(edges).toContainEqual({ from: 'sales/total', to: 'sales/share', inCycle: false })
  expect(edges).toContainEqual({ from: 'sales/total', to: 'score/total', inCycle: false })
})

test('a cycle is marked in the graph', () => {
  const folder = folderWith({ 'a.features.ts': 'export const f = (g) => g\nexport const g = (f) => f\n' })
  expect(modeldriver(folder, 'graph').out).toContain('stroke:red')
})

test('init writes down what is there, and what it wrote is right', () => {
  const folder = folderWith({
    'orders.csv': 'pin,revenue\na,1\n',
    'orders.features.ts': '// group_by: pin\nexport const total = (revenue) => revenue.sum()\n',
  })
  const { code, out } = modeldriver(folder, 'init')
  expect(code).toBe(0)
  expect(out).toContain('wrote modeldriver.json')
  const manifest = readFileSync(join(folder, 'modeldriver.json'), 'utf8')
  expect(JSON.parse(manifest)).toMatchObject({
    models: [{ model_name: 'orders', seq: 1, features: ['orders.features.ts'], data: 'orders.csv', group_by: 'pin' }],
  })
  expect(readFileSync(join(folder, 'tsconfig.json'), 'utf8')).toContain('"noImplicitAny": false')
  expect(modeldriver(folder, 'check')).toMatchObject({ code: 0, out: 'No problems in 1 feature of 1 model.\n' })

  const again = modeldriver(folder, 'init')
  expect(again.out).toBe(
    'kept modeldriver.json: it was there\nkept tsconfig.json: it was there\nkept modeldriver.d.ts: it was there\n',
  )
  expect(readFileSync(join(folder, 'modeldriver.json'), 'utf8')).toBe(manifest)
})

test('init in a folder with data only, and in an empty one', () => {
  const data = folderWith({ 'sales data/orders.csv': 'pin,revenue\na,1\n' })
  expect(modeldriver(data, 'init', 'sales data').code).toBe(0)
  expect(readFileSync(join(data, 'sales data/modeldriver.json'), 'utf8')).toMatchInlineSnapshot(`
    "{
      "client_name": "sales_data",
      "models": [
        {
          "model_name": "orders",
          "seq": 1,
          // "group_by": ["column"],  for features that aggregate: one result per value of this column
          "features": ["orders.features.ts"],
          "data": "orders.csv"
        }
      ]
    }
    "
  `)
  const empty = folderWith({})
  expect(modeldriver(empty, 'init', 'new/project').code).toBe(0)
  expect(modeldriver(empty, 'check', 'new/project')).toMatchObject({
    code: 0,
    out: 'No problems in 0 features of 0 models.\n',
  })
})

test('types: written once, the same for the editor, refused by --check when the columns are others', () => {
  const folder = folderWith(shop)
  expect(modeldriver(folder, 'types', '--check')).toEqual({
    code: 1,
    out: "modeldriver.d.ts is not there: 'modeldriver types' writes it.\n",
    note: '',
  })
  expect(modeldriver(folder, 'types').out).toBe('Wrote modeldriver.d.ts.\n')
  const text = readFileSync(join(folder, 'modeldriver.d.ts'), 'utf8')
  expect(text).toContain("Made<typeof import('./sales.features.js')>")
  const { mtimeMs } = statSync(join(folder, 'modeldriver.d.ts'))
  expect(modeldriver(folder, 'types')).toEqual({ code: 0, out: 'modeldriver.d.ts is up to date.\n', note: '' })
  expect(statSync(join(folder, 'modeldriver.d.ts')).mtimeMs).toBe(mtimeMs)
  expect(modeldriver(folder, 'types', '--check').code).toBe(0)

  const data = join(folder, 'data/orders.csv')
  writeFileSync(data, readFileSync(data, 'utf8').replace('day', 'date'))
  expect(modeldriver(folder, 'types', '--check').out).toContain('is out of date')
})
