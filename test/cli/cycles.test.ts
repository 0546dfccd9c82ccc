import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

/** A model over these feature files and a `price` column, grouped by `pin`. */
function checked(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({
      models: [{ model_name: 'm', seq: 1, features: ['*.features.ts'], data: 'm.csv', group_by: 'pin' }],
    }),
    'm.csv': 'pin,price\n1,1\n',
    ...files,
  })
  const { code, out } = modeldriver(folder, 'check', ...args)
  expect(code).toBe(1)
  return out
}

test('a cycle of two', () => {
  const out = checked({
    'a.features.ts': `export const net = (gross, price) => gross + price
export const gross = (net) => net * 1.19
export const free = (price) => price
`,
  })
  expect(out).toMatchInlineSnapshot(`
    "a.features.ts:1:21 error MD002 'net' depends on itself: net → gross → net. Remove one of these inputs, or read a column of the data instead.
      a.features.ts:2:23 'gross' needs 'net'
    1 error in 3 features of 1 model.
    "
  `)
})

const five = {
  'a.features.ts': `export const a = (b, price) => b + price
export const d = (e) => e
`,
  'b.features.ts': `export const b = (c) => c
export const e = (a) => a
`,
  'c.features.ts': `export const outside = (d) => d
export const c = (price, d) => d * price
`,
}

test('a cycle of five through three files is one error with its chain, in order', () => {
  expect(checked(five)).toMatchInlineSnapshot(`
    "a.features.ts:1:19 error MD002 'a' depends on itself: a → b → c → d → e → a. Remove one of these inputs, or read a column of the data instead.
      b.features.ts:1:19 'b' needs 'c'
      c.features.ts:2:26 'c' needs 'd'
      a.features.ts:2:19 'd' needs 'e'
      b.features.ts:2:19 'e' needs 'a'
    1 error in 6 features of 1 model.
    "
  `)
})

test('the same as JSON and as SARIF: one result', () => {
  const records = JSON.parse(checked(five, '--format', 'json'))
  expect(records).toHaveLength(1)
  expect(records[0]).toMatchObject({ code: 'MD002', file: 'a.features.ts', feature: 'a' })
  expect(records[0].related.map(({ file, message }: Record<string, string>) => `${file} ${message}`)).toEqual([
    "b.features.ts 'b' needs 'c'",
    "c.features.ts 'c' needs 'd'",
    "a.features.ts 'd' needs 'e'",
    "b.features.ts 'e' needs 'a'",
  ])
  const [{ results }] = JSON.parse(checked(five, '--format', 'sarif')).runs
  expect(results).toHaveLength(1)
  expect(results[0].relatedLocations).toHaveLength(4)
})

test('a cycle between the levels: a row feature and a group feature', () => {
  const out = checked({
    'a.features.ts': `export const total = (share) => share.sum() //#agg
export function share(price, total) {
  return price / total
}
`,
  })
  expect(out).toMatchInlineSnapshot(`
    "a.features.ts:1:23 error MD002 'total' depends on itself: total → share → total. Remove one of these inputs, or read a column of the data instead.
      a.features.ts:2:30 'share' needs 'total'
    1 error in 2 features of 1 model.
    "
  `)
})

test('two cycles that share an edge: both, in order', () => {
  const out = checked({
    'a.features.ts': `export const a = (b) => b
export const b = (c, d) => c + d
export const c = (a) => a
export const d = (e) => e
export const e = (a) => a
`,
  })
  expect(out).toMatchInlineSnapshot(`
    "a.features.ts:1:19 error MD002 'a' depends on itself: a → b → c → a. Remove one of these inputs, or read a column of the data instead.
      a.features.ts:2:19 'b' needs 'c'
      a.features.ts:3:19 'c' needs 'a'
    a.features.ts:2:22 error MD002 'b' depends on itself: b → d → e → a → b. Remove one of these inputs, or read a column of the data instead.
      a.features.ts:4:19 'd' needs 'e'
      a.features.ts:5:19 'e' needs 'a'
      a.features.ts:1:19 'a' needs 'b'
    2 errors in 5 features of 1 model.
    "
  `)
})

test('two cycles over the same features are two', () => {
  const out = checked({
    'a.features.ts': `export const a = (b, c) => b + c
export const b = (c, a) => c + a
export const c = (a, b) => a + b
`,
  })
  const cycles = out.split('\n').filter((line) => line.includes('MD002'))
  expect(cycles.map((line) => line.replace(/^.*itself: (.*?)\..*/, '$1'))).toEqual([
    'a → b → a',
    'a → c → a',
    'b → c → b',
  ])
})

test('cycles stand among the others, in the order of the files', () => {
  const folder = folderWith({
    'b.features.ts': `export const a = (b) => b
export const b = (c) => c
export const c = (a) => a
`,
    'c.features.ts': 'export const a = (a) => a\n',
    'd.features.ts': 'export async function f() { return 1 }\n',
  })
  const { out } = modeldriver(folder, 'check')
  expect(out.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
    expect.stringMatching(/^b\.features\.ts:1:19 error MD002 .* itself: a → b → c → a\. /),
    expect.stringMatching(/^c\.features\.ts:1:19 error MD002 .* itself: a → a\. /),
    expect.stringMatching(/^d\.features\.ts:1:\d+ error MD013 /),
    '3 errors in 4 features of 3 models.',
    '',
  ])
})

test('of a tangle the 25 shortest cycles are told, and how many features are in others', () => {
  const spokes = Array.from({ length: 30 }, (_, i) => `s${i}`)
  const out = checked({
    'a.features.ts': [
      `export const hub = (${spokes}) => 1`,
      ...spokes.map((name) => `export const ${name} = (hub) => hub`),
    ].join('\n'),
  })
  const cycles = out.split('\n').filter((line) => line.includes('MD002'))
  expect(cycles).toHaveLength(25)
  expect(cycles.at(-1)).toMatch(/itself: hub → s24 → hub, … and 5 more features are in this loop\. /)
  expect(cycles.filter((line) => line.includes('more features'))).toHaveLength(1)
})

test('a long cycle is told whole', () => {
  const names = Array.from({ length: 60 }, (_, i) => `f${i}`)
  const features = names.map((name, i) => `export const ${name} = (f${(i + 1) % 60}) => f${(i + 1) % 60}\n`)
  const out = checked({ 'a.features.ts': features.join('') })
  expect(out).toContain([...names, 'f0'].join(' → '))
  expect(out.match(/needs/g)).toHaveLength(59)
  expect(out).toContain('1 error in 60 features of 1 model.')
})
