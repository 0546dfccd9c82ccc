import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'
import { createMemory } from './memory.ts'
import { createSession } from './session.ts'

const files: Readonly<Record<string, string>> = {
  'modeldriver.json': JSON.stringify({
    models: [
      {
        model_name: 'sales',
        features: ['sales.features.ts'],
        data: 'orders.csv',
        group_by: 'day',
        group_order: 'day',
        joins: [{ from: 'shops.csv', on: 'shop' }],
      },
    ],
  }),
  'orders.csv': 'day,shop,qty,price\n1,a,1,2\n1,b,2,2\n2,a,3,5\n',
  'shops.csv': 'shop,rent\na,7\nb,9\n',
  'sales.features.ts': `import { rounded } from './rounding'
import rates from './rates.json'
const limit = 3
const names = { a: 'Ann', b: 'Ben' }
function twice(x) { return x * 2 }
export function revenue(qty, price) { return qty * price }
export function doubled(revenue) { return twice(revenue) }
export function taxed(revenue) { return rounded(revenue * (1 + rates.vat)) }
export function is_large(revenue) { return revenue > limit }
export function owner(shop) { return names[shop] }
export function total(revenue) { return revenue.sum() }
export function share(revenue, total) { return revenue / total }
export function growth(total) { return total / total.lag(1) - 1 }
export function net(revenue, rent) { return revenue - rent }
export function noisy(qty) { return Math.random() * qty }
`,
  'rounding.ts': 'export const rounded = (x) => Math.round(x * 100) / 100\n',
  'rates.json': '{ "vat": 0.19 }',
}

const features = 'sales.features.ts'
const all = 'revenue doubled taxed is_large owner total share growth net noisy'.split(' ')

function project(own: Readonly<Record<string, string>> = {}) {
  const root = folderWith({ ...files, ...own })
  const session = createSession(createMemory())
  const run = async (more: object = {}) => {
    const { models, problems } = await runProject({ project: `${root}/modeldriver.json`, session, ...more })
    const [model] = models
    const steps = model?.result.report.features ?? []
    return {
      problems: problems.map(({ message }) => message),
      failures: [...(model?.failures.keys() ?? [])],
      computed: steps.filter(({ isKept }) => !isKept).map(({ feature }) => feature),
      unsteady: Object.fromEntries(model?.unsteady ?? []),
    }
  }
  return { root, run, write: (name: string, text: string) => writeFileSync(`${root}/${name}`, text) }
}

/** What is computed again after an edit of one file. */
async function afterEdit(name: string, from: string | RegExp, to: string, own?: Readonly<Record<string, string>>) {
  const { run, write } = project(own)
  const first = await run()
  expect(first.problems).toEqual([])
  const text = own?.[name] ?? files[name] ?? ''
  const edited = text.replace(from, to)
  expect(edited).not.toBe(text)
  write(name, edited)
  return (await run()).computed.filter((feature) => feature !== 'noisy')
}

test('a second run computes only what is another value each time, and says why', async () => {
  const { run } = project()
  expect(await run()).toEqual({
    problems: [],
    failures: [],
    computed: expect.arrayContaining(all),
    unsteady: { noisy: 'uses Math.random()' },
  })
  expect((await run()).computed).toEqual(['noisy'])
})

test.each([
  ['a comment', features, 'return qty', '/* money */ return qty', []],
  ['layout', features, 'return qty * price', '\n    return (qty\n * price);', []],
  ['a doc comment', features, 'export function net', '/** What is left. */\nexport function net', []],
  ['a comment in a module', 'rounding.ts', 'export', '// Cents.\nexport', []],
  ['a helper that nobody uses', features, 'function twice', 'function thrice(x) { return x * 3 }\nfunction twice', []],
  ['a body', features, 'revenue - rent', 'revenue - 2 * rent', ['net']],
  ['a body, with the same results', features, 'qty * price', 'price * qty', ['revenue']],
  ['a helper', features, 'x * 2', 'x * 3', ['doubled']],
  ['a constant', features, 'limit = 3', 'limit = 4', ['is_large']],
  ['a table', features, "a: 'Ann'", "a: 'Amy'", ['owner']],
  ['an imported module', 'rounding.ts', '/ 100', '/ 10', ['taxed']],
  ['imported data', 'rates.json', '0.19', '0.2', ['taxed']],
  [
    'one column of the data',
    'orders.csv',
    'a,1,2',
    'a,1,4',
    all.filter((name) => name !== 'owner' && name !== 'noisy'),
  ],
  ['a column that nobody reads', 'orders.csv', /$/gm, ',', []],
  ['the key', 'modeldriver.json', '"group_by":"day"', '"group_by":"shop"', ['total', 'share', 'growth', 'net']],
  ['the order of groups', 'modeldriver.json', '"group_order":"day"', '"group_order":"total"', ['growth']],
  ['a joined file', 'shops.csv', 'a,7', 'a,8', ['net']],
  ['its order', 'shops.csv', 'a,7\nb,9', 'b,9\na,7', []],
  [
    'what a missing value is',
    'modeldriver.json',
    '"data"',
    '"columns":{"qty":{"missing":"1"}},"data"',
    all.filter((name) => name !== 'owner' && name !== 'noisy'),
  ],
  ['marks that no cell has', 'modeldriver.json', '"data"', '"missing":["NA","n/a"],"data"', []],
  ['a level', 'modeldriver.json', '"group_by"', '"kinds":{"doubled":"row"},"group_by"', []],
  ['outputs', 'modeldriver.json', '"group_by"', '"outputs":["total","share"],"group_by"', []],
])('what is computed again after a change of %s', async (_, name, from, to, computed) => {
  expect((await afterEdit(name, from, to)).sort()).toEqual([...computed].sort())
})

test('what is kept is known from its cells, also when a file hides that it changed', async () => {
  const { root, run, write } = project()
  await run()
  const path = `${root}/orders.csv`
  const { atime, mtime } = statSync(path)
  write('orders.csv', (files['orders.csv'] as string).replace('2,a,3,5', '2,a,3,6'))
  utimesSync(path, atime, mtime)
  expect((await run()).computed).toContain('revenue')
})

test('formats and types of the manifest count by what they make of the cells', async () => {
  const text = (files['modeldriver.json'] as string).replace('"data"', '"columns":{"qty":"integer"},"data"')
  expect(await afterEdit('modeldriver.json', /.*/s, text)).toEqual([])
  const asText = text.replace('"qty":"integer"', '"shop":"string","qty":"string"')
  expect(await afterEdit('modeldriver.json', /.*/s, asText)).toContain('revenue')
})

test('an unsaved text is what runs, and going back to what was there is known', async () => {
  const { root, run } = project()
  await run()
  const text = files[features] as string
  const overlay = { [`${root}/${features}`]: text.replace('revenue > limit', 'revenue >= limit') }
  expect((await run({ overlay })).computed).toEqual(['is_large', 'noisy'])
  expect((await run()).computed).toEqual(['noisy'])
})

test('a file that cannot be loaded any more has no results, though its features are as they were', async () => {
  const { run, write } = project()
  await run()
  write(features, `${files[features]}\nexport const now = JSON.parse('{')\n`)
  expect(new Set((await run()).failures)).toEqual(new Set(all))
})

test.each([
  ['a clock', 'const made = Date.now()\nexport function f(qty) { return qty - made }', 'uses Date.now()'],
  ['a counter', 'let count = 0\nexport function f(qty) { return qty + count++ }', 'uses count'],
  [
    'a variable that another feature sets',
    'let last = 0\nexport function g(qty) { last = qty; return qty }\nexport function f(qty) { return last + 0 * qty }',
    "uses 'last', which is changed",
  ],
  [
    'a list that another feature fills through another name',
    'const seen = []\nexport function g(qty) { const all = seen; all.push(qty); return qty }\nexport function f(qty) { return seen.length + 0 * qty }',
    "uses 'seen', which other code may change",
  ],
  [
    'a list that a helper changes',
    'const seen = [2, 1]\nfunction sorted(list) { return list.sort() }\nexport function g(qty) { return sorted(seen)[0] + qty }\nexport function f(qty) { return seen[0] + qty }',
    "uses 'seen', which other code may change",
  ],
  [
    'a list that a feature of another file changes',
    "import { grown } from './more.features'\nconst seen = [1]\nexport function g(qty) { return grown(seen) + qty }\nexport function f(qty) { return seen.length + 0 * qty }",
    "uses 'seen', which other code may change",
  ],
  [
    'a function that remembers',
    "import { counter } from './shuffled'\nconst next = counter()\nexport function f(qty) { return next() + 0 * qty }",
    "uses 'counter', which remembers something from call to call",
  ],
  [
    'a list under another name',
    'const seen = [1]\nconst all = { seen }\nexport function g(qty) { all.seen[0] = qty; return qty }\nexport function f(qty) { return seen[0] + 0 * qty }',
    "uses 'seen', which is changed",
  ],
  [
    'a package',
    "import { basename } from 'node:path'\nexport function f(shop) { return basename(shop) }",
    "uses 'basename' of 'node:path'",
  ],
  [
    'work while the file is loaded',
    'const seen = []\nseen.push(1)\nexport function f(qty) { return qty + seen.length }',
    'stands in a file that does something while it is loaded',
  ],
  [
    'a row that is looked for in another order each time',
    "import { shuffled } from './shuffled'\nexport function f(qty) { return shuffled(qty) }",
    'uses Math.random()',
  ],
])('never kept: %s', async (_, text, reason) => {
  const { run } = project({
    [features]: text,
    'shuffled.ts':
      'export const shuffled = (x) => x + Math.random()\nexport function counter() { let n = 0; return () => n++ }\n',
    'more.features.ts': 'export function grown(list) { return list.push(1) }\n',
  })
  const [first, second] = [await run(), await run()]
  expect(first.failures).toEqual([])
  expect(second.computed).toContain('f')
  expect(second.unsteady.f).toBe(reason)
})

test('a feature that failed is computed again', async () => {
  const { run } = project({ [features]: 'export function f(qty) { if (qty > 2) throw new Error("no"); return qty }' })
  expect([await run(), await run()].map(({ failures }) => failures)).toEqual([['f'], ['f']])
})

test('a table function is called in every run', async () => {
  const { run, write } = project({
    [features]: 'export function f(table) { return table.derive({ g: (d) => d.qty + 1 }) }',
  })
  const frames = '"legacy_mode":true,"frames":{"f":{"inputs":["qty"],"outputs":["g"]}},"group_by"'
  write('modeldriver.json', (files['modeldriver.json'] as string).replace('"group_by"', frames))
  await run()
  expect(await run()).toMatchObject({ failures: [], computed: ['g'], unsteady: { g: 'is made by a table function' } })
})

test('no data file of a project is read again, however many there are', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `m${i}`)
  const models = names.map((name) => ({ model_name: name, features: [`${name}.features.ts`], data: `${name}.csv` }))
  const root = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    ...Object.fromEntries(names.map((name) => [`${name}.csv`, 'n\n1\n'])),
    ...Object.fromEntries(names.map((name) => [`${name}.features.ts`, 'export const f = (n) => n + 1\n'])),
  })
  const session = createSession(createMemory())
  const tables = async () =>
    (await runProject({ project: `${root}/modeldriver.json`, session })).models.map(({ input }) => input.table)
  const [first, second] = [await tables(), await tables()]
  expect(first).toHaveLength(names.length)
  expect(second.every((table, i) => table === first[i])).toBe(true)
})

const around = {
  'sales.features.ts': `export const total = (qty) => qty.sum()
export const kept = (shop) => shop.unique().filter((each) => shop.previous().includes(each)).length
export const before = (shop) => { for (;;) return shop.previous().count() }
export const so_far = (qty) => qty.cumsum()
export const doubled = (qty) => qty * 2
`,
}

test.each([
  ['another order of the groups', '"group_order":"day"', '"group_order":"total"', ['kept', 'before', 'so_far']],
  ['another key', '"group_by":"day"', '"group_by":["shop","day"]', ['total', 'kept', 'before', 'so_far']],
])('what looks at other groups and rows is computed again for %s', async (_, from, to, expected) => {
  const { run, write } = project(around)
  expect((await run()).failures).toEqual([])
  write('modeldriver.json', (files['modeldriver.json'] as string).replace(from, to))
  expect((await run()).computed.sort()).toEqual([...expected].sort())
})
