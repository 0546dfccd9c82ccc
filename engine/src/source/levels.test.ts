import { expect, test } from 'vitest'
import type { Level } from '../ir/level.ts'
import { type ColumnFacts, decideFeatures } from './decide.ts'
import { typeScriptReader } from './typescript/reader.ts'

interface Surroundings {
  readonly columns?: Readonly<Record<string, 'row' | 'group'>>
  readonly kinds?: Readonly<Record<string, Level>>
}

const columnOf = (level: 'row' | 'group' | undefined) => level && { level }

/** `name: level (rule) why` of every feature in a text. */
function levels(text: string, { columns = {}, kinds = {} }: Surroundings = {}): readonly string[] {
  const { features } = typeScriptReader().read('/p/a.features.ts', text)
  const decided = decideFeatures(features, (name) => columnOf(columns[name]), { kinds }).levels
  return [...decided].map(([name, { level, rule, why }]) => `${name}: ${level} (${rule}) ${why}`)
}

const perRow = 'row (result) one value per row'

test.each([
  ['(a) => a.sum()', 'row', 'row (manifest) modeldriver.json'],
  ['(a) => a // #row', 'group', 'group (manifest) modeldriver.json'],
  ['() => 1', 'row', 'row (manifest) modeldriver.json'],
] as const)('1 the manifest: %s as %s', (source, kind, expected) => {
  expect(levels(`export const f = ${source}`, { kinds: { f: kind } })).toEqual([`f: ${expected}`])
})

test.each([
  ['(a) => a + 1 // #agg', 'group (directive) #agg'],
  ['(a: number) => a + 1 // # agg', 'group (directive) # agg'],
  ['(a) => a.sum() // #row', 'row (directive) #row'],
  ['(a: Column) => a.sum() // #row', 'row (directive) #row'],
  ['() => 1 // #group', 'group (directive) #group'],
  ['agg((a) => a + 1)', 'group (directive) agg(…)'],
])('2 a marker: %s', (source, expected) => {
  expect(levels(`export const f = ${source}`)).toEqual([`f: ${expected}`])
})

test.each([
  ['(a: Column) => g(a)', 'group (type) Column parameter'],
  ['(a: ColumnOf<number>, b: number) => g(a, b)', 'group (type) ColumnOf<number> parameter'],
  ['(a: number[]) => g(a)', 'group (type) number[] parameter'],
  ['(a: readonly string[]) => g(a)', 'group (type) string[] parameter'],
  ['(a: Array<number>) => g(a)', 'group (type) Array<number> parameter'],
  ['({ a, b }: Group) => a + b', 'group (type) Group parameter'],
  ['({ a, b }: Row) => a.sum()', 'row (type) Row parameter'],
  ['(a: number) => g(a)', 'row (type) number parameter'],
  ['(count: Date | null) => g(count)', 'row (type) Date | null parameter'],
  ['(a: number) => a + 1', perRow],
  ['(a: number) => a.sum()', 'group (result) returns a.sum()'],
  ['(a: any) => a + 1', perRow],
])('3 types: %s', (source, expected) => {
  expect(levels(`import { g } from './g'\nexport const f = ${source}`)).toEqual([`f: ${expected}`])
  expect(levels(`import { g } from './g'\nexport const total_f = ${source}`)).toEqual([`total_f: ${expected}`])
})

test('3 a type of the whole function', () => {
  expect(levels('export const f: GroupFeature = (a) => a')).toEqual(['f: group (type) declared as GroupFeature'])
  expect(levels('export const f: RowFeature = (a) => a.sum()')).toEqual(['f: row (type) declared as RowFeature'])
})

test.each([
  ['a column', '(revenue, cost) => (revenue - cost) / revenue', perRow],
  ['a name that speaks of an aggregate', '(unit_cost, qty) => unit_cost * qty', perRow],
  ['an aggregate', '(revenue) => revenue.sum()', 'group (result) returns revenue.sum()'],
  ['two', '(a, b) => a.sum() / b.max() * 100', 'group (result) returns a.sum() / b.max() * 100'],
  [
    'a long result',
    '(revenue, cost) => (revenue.sum() - cost.sum()) / revenue.sum() * 100 + cost.median()',
    'group (result) calls revenue.sum()',
  ],
  ['a local', '(a) => { const t = a.sum(); return t * 2 }', 'group (result) calls a.sum()'],
  ['a value against its group', '(revenue) => revenue - revenue.mean()', perRow],
  ['a row feature', '(margin) => margin * 2', perRow],
  ['a row feature, aggregated', '(margin) => margin.mean()', 'group (result) returns margin.mean()'],
  ['a group feature', '(total) => total * 2', 'group (result) reads only group features'],
  ['two group features', '(total, count_all) => total / count_all', 'group (result) reads only group features'],
  ['a row and a group feature', '(margin, total) => margin / total', perRow],
  [
    'a column and a group feature, aggregated',
    '(cost, total) => cost.sum() / total',
    'group (result) returns cost.sum() / total',
  ],
  ['an aggregate of what is one value already', '(total) => total.sum()', 'group (result) reads only group features'],
  ['a look at the row before', '(cost) => cost.lag(1)', 'row (result) looks at other rows: cost.lag(1)'],
  ['rolling windows', '(cost) => cost.rolling(3).mean()', 'row (result) looks at other rows: cost.rolling(3).mean()'],
  [
    'a calculation with other rows',
    '(cost, revenue) => { const before = revenue.lag(1); return revenue / before - cost }',
    'row (result) looks at other rows: revenue.lag(1)',
  ],
  [
    'windows of windows',
    '(cost) => cost.map((x) => x * 2).diff().cumsum()',
    'row (result) looks at other rows: cost.map(x => x * 2).diff().cumsum()',
  ],
  ['the aggregate of windows', '(cost) => cost.cumsum().max()', 'group (result) returns cost.cumsum().max()'],
  [
    'an aggregate beside windows',
    '(cost) => cost.lag(1) / cost.sum()',
    'row (result) looks at other rows: cost.lag(1)',
  ],
  ['values whose rows are lost', '(cost) => cost.sort().cumsum()', 'group (result) returns cost.sort().cumsum()'],
  ['a typed column', '(cost: Column) => cost.cumsum()', 'row (result) looks at other rows: cost.cumsum()'],
  ['a look at other groups', '(total) => total.lag(1)', 'group (result) reads only group features'],
  ['a mask', '(margin, valid) => margin.filter(valid).count()', 'group (result) returns margin.filter(valid).count()'],
  ['a list of values', '(price) => price.unique()', 'group (result) returns price.unique()'],
  ['a test on a row', '(cost, total) => cost > 0 ? total : 0', perRow],
  ['a joined column of the group', '(rate) => rate * 2', 'group (result) reads only group features'],
  ['nothing', '() => 42', 'constant (result) reads no columns'],
  ['a constant feature', '(tax) => 1 + tax', 'constant (result) reads no columns'],
  ['a constant and a row', '(tax, cost) => cost * tax', perRow],
  ['an optional input that is not there', '(nowhere = 0.2) => nowhere * 2', 'constant (result) reads no columns'],
  ['an optional input that is there', '(cost = 0.2) => cost * 2', perRow],
  ['an unknown name', '(unknown) => unknown * 2', perRow],
  ['a scalar type of a group feature', '(total: number) => total / 2', 'group (result) reads only group features'],
])('4 the result: %s', (_, source, expected) => {
  const text = `export const total_cost = ${source}
export const margin = (revenue, cost) => revenue - cost
export const total = (revenue) => revenue.sum()
export const count_all = (revenue) => revenue.count()
export const tax = () => 0.2
`
  const columns = { revenue: 'row', cost: 'row', rate: 'group' } as const
  expect(levels(text, { columns })[0]).toBe(`total_cost: ${expected}`)
})

test.each([
  ['reduce', '(a) => a.reduce((x, y) => x + y)', 'group (method) calls a.reduce()'],
  ['an aggregate in a loop', '(a) => { let t = 0; while (t < a.max()) t++; return t }', 'group (method) calls a.max()'],
  ['a loop', '(a) => { let t = 0; for (const x of a) t += x; return t }', 'group (method) uses a loop over a'],
  ['a set', '(a) => new Set(a).size', 'group (method) calls new Set(a)'],
  ['a spread', '(a) => Math.max(...a)', 'group (method) uses ...a'],
  ['a plain list', '(a) => Math.max(...a.toArray())', 'group (method) calls a.toArray()'],
  ['the last ones', '(a) => a.slice(-3).mean()', 'group (method) calls a.slice().mean()'],
  ['… by a name', '(a) => { const s = a.slice(1); return s.max() }', 'group (method) calls s.max()'],
  ['a part of it', '(a) => [...a.slice(0, 3)].join()', 'row (default) one value per row'],
  ['letters of a text', '(a: string) => { for (const x of a) return x }', 'row (type) string parameter'],
  ['a regular expression', '(a) => /x/.test(a)', 'row (default) one value per row'],
  ['only group features', '(total) => /x/.test(total)', 'group (result) reads only group features'],
  ['no inputs', '() => /x/.source', 'constant (result) reads no columns'],
])('5 an opaque body with %s', (_, source, expected) => {
  expect(levels(`export const count_x = ${source}\nexport const total = (a) => a.sum()`)[0]).toBe(
    `count_x: ${expected}`,
  )
})

/** The level of `f` over the columns `number`, `date` and `text`, and one that is not known. */
function levelOver(source: string): string {
  const { features } = typeScriptReader().read('/p/a.features.ts', `export const f = ${source}`)
  const types = { number: 'integer', date: 'date', text: 'string', unknown: undefined } as const
  const columns = (name: string): ColumnFacts => {
    const type = types[name as keyof typeof types]
    return { level: 'row', ...(type && { type }) }
  }
  const decision = decideFeatures(features, columns, { kinds: {} }).levels.get('f')
  return `${decision?.level} ${decision?.why}`
}

test.each([
  ['(number) => number[0]', 'group uses number[…]'],
  ['(number) => { for (const n of number) return number[0] }', 'group uses a loop over number'],
  ['(number) => number[2] ?? null', 'group uses number[…]'],
  ['(number) => number.at(-1)', 'group calls number.at()'],
  ['(number) => { const [first] = number; return first }', 'group uses number[…]'],
  ['(date) => date[date.length - 1]', 'group uses date[…]'],
  ['(number) => Math.max(...number.slice(-3))', 'group uses ...number'],
  ['(number) => number.slice(-1)[0]', 'group uses number.slice()[…]'],
  ['(number) => last(number)', 'group uses column[…]'],
  ['(text) => text[0]', 'row one value per row'],
  ['(text) => text.at(-1)', 'row one value per row'],
  ['(text) => [...text.slice(0, 2)].join()', 'row one value per row'],
  ['(unknown) => unknown[0]', 'row one value per row'],
  ['(number: number) => number[0]', 'row number parameter'],
  ['(number) => number[0] //#row', 'row #row'],
  ['(number) => ["a", "b"][number]', 'row one value per row'],
])('an element of a column, or of a text: %s', (source, expected) => {
  expect(levelOver(`${source}\nconst last = (column) => column[column.length - 1]`)).toBe(expected)
})

test.each([
  ['count_days', 'group (name) by name "count_…"'],
  ['days_mean', 'group (name) by name "…_mean"'],
  ['total_days', 'group (name) by name "total_…"'],
  ['days', 'row (default) one value per row'],
  ['county', 'row (default) one value per row'],
  ['discount_code', 'row (default) one value per row'],
])('6 a name, when the body says nothing: %s', (name, expected) => {
  expect(levels(`import { score } from './score'\nexport const ${name} = (a, b) => score(a, b)`)).toEqual([
    `${name}: ${expected}`,
  ])
})

test('inputs are decided first, in whatever order they are written', () => {
  const chain = [
    'export const e = (d) => d + 1',
    'export const d = (c, row) => c + row',
    'export const c = (b) => b * 2',
    'export const b = (a) => a.sum()',
    'export const a = (x) => x + 1',
  ]
  const expected = { a: 'row', b: 'group', c: 'group', d: 'row', e: 'row' }
  for (const order of [chain, chain.toReversed(), [...chain.slice(2), ...chain.slice(0, 2)]]) {
    const { features } = typeScriptReader().read('/p/a.features.ts', order.join('\n'))
    const decided = decideFeatures(features, () => undefined, { kinds: {} }).levels
    expect(Object.fromEntries([...decided].map(([name, { level }]) => [name, level]))).toEqual(expected)
    expect([...decided.keys()]).toEqual(features.map(({ name }) => name))
  }
})

test('a cycle is row level, but for what aggregates it', () => {
  expect(levels('export const a = (b) => b + 1\nexport const b = (a) => a + 1')).toEqual([
    `a: ${perRow}`,
    `b: ${perRow}`,
  ])
  expect(levels('export const a = (a) => a.sum()')).toEqual(['a: group (result) returns a.sum()'])
})

test('a column hides a feature of its name', () => {
  const text = 'export const total = (a) => a.sum()\nexport const f = (total) => total'
  expect(levels(text, { columns: { total: 'row' } })[1]).toBe(`f: ${perRow}`)
})

test('a long chain needs no deep stack', () => {
  const text = Array.from({ length: 3000 }, (_, i) => `export const f${i} = (f${i + 1}) => f${i + 1}`).join('\n')
  expect(levels(text)).toHaveLength(3000)
})
