import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AggregateName } from '../ir/expression.ts'
import { missingCount } from '../table/columns.ts'
import { Column } from './column.ts'
import { missingIn } from './sink.ts'
import { plain, runTestModel, type TestFeature } from './testing.ts'

const number = fc.option(fc.integer({ min: -50, max: 50 }), { nil: null })
const word = fc.option(fc.constantFrom('a', 'b', 'c', ''), { nil: null })
const rows = fc.array(
  fc.record({ k: word, n: fc.option(fc.constantFrom(1, 2, -0, 0), { nil: null }), x: number, y: number }),
  {
    maxLength: 80,
  },
)

/** The same model as plain loops over objects, missing values as `null`: what the engine must give, slowly. */
function slowly(data: readonly { k: string | null; n: number | null; x: number | null; y: number | null }[]) {
  const ratio = data.map(({ x, y }) => (x === null || y === null || y === 0 ? null : x / y))
  const groupOf: number[] = []
  const members: number[][] = []
  for (const [i, { k, n }] of data.entries()) {
    const first = data.findIndex((row) => row.k === k && row.n === n)
    if (k === null || n === null) groupOf.push(-1)
    else if (first < i) groupOf.push(groupOf[first] as number)
    else groupOf.push(members.push([]) - 1)
    members[groupOf[i] as number]?.push(i)
  }
  const values = members.map((group) => group.map((i) => data[i]?.x ?? null).filter((x) => x !== null))
  const total = values.map((group) => group.reduce((a, b) => a + b, 0))
  const top = members.map((group) => {
    const present = group.map((i) => ratio[i] ?? null).filter((x) => x !== null)
    return present.length === 0 ? null : Math.max(...present)
  })
  const share = data.map(({ x }, i) => {
    const sum = total[groupOf[i] as number]
    return x === null || sum === undefined || sum === 0 ? null : x / sum
  })
  const both = total.map((sum, g) => (top[g] === null ? null : sum + (top[g] as number)))
  return { ratio, share, total, top, both, groupOf }
}

test('the four cases mixed equal a plain slow reference', () => {
  const features: Record<string, TestFeature> = {
    ratio: { level: 'row', inputs: ['x', 'y'], call: (x: number, y: number) => x / y },
    total: { level: 'group', inputs: ['x'], call: (x: Column) => x.sum() },
    top: { level: 'group', inputs: ['ratio'], call: (ratio: Column) => ratio.max() },
    share: { level: 'row', inputs: ['x', 'total'], call: (x: number, total: number) => x / total },
    both: { level: 'group', inputs: ['total', 'top'], call: (total: number, top: number) => total + top },
  }
  fc.assert(
    fc.property(rows, (data) => {
      const columns = Object.fromEntries(
        (['k', 'n', 'x', 'y'] as const).map((name) => [name, data.map((row) => row[name])]),
      )
      const result = runTestModel({ columns, groupBy: ['k', 'n'], features })
      const expected = slowly(data)
      const rowTable = plain(result.rows)
      const groupTable = plain(result.groups)
      expect([...(result.groupOfRow ?? [])]).toEqual(expected.groupOf)
      expect({ ratio: rowTable.ratio, share: rowTable.share }).toEqual({ ratio: expected.ratio, share: expected.share })
      expect({ total: groupTable.total, top: groupTable.top, both: groupTable.both }).toEqual({
        total: expected.total,
        top: expected.top,
        both: expected.both,
      })
    }),
  )
})

const streamed: readonly AggregateName[] = [
  'sum',
  'mean',
  'min',
  'max',
  'count',
  'std',
  'var',
  'first',
  'last',
  'length',
]

test('a streamed aggregate equals the call to the last bit, types included', () => {
  const kinds = fc.oneof(
    fc.array(fc.option(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { nil: null }), {
      minLength: 1,
      maxLength: 50,
    }),
    fc.array(fc.option(fc.boolean(), { nil: null }), { minLength: 1, maxLength: 50 }),
    fc.array(fc.option(fc.constantFrom('a', 'b', ''), { nil: null }), { minLength: 1, maxLength: 50 }),
    fc.array(
      fc.option(
        fc.integer({ min: 0, max: 5 }).map((day) => new Date(day * 43_200_000)),
        { nil: null },
      ),
      {
        minLength: 1,
        maxLength: 50,
      },
    ),
  )
  fc.assert(
    fc.property(kinds, fc.constantFrom(...streamed), fc.integer({ min: 1, max: 9 }), (values, name, groups) => {
      // The last of eight groups and more are rows without a key.
      const columns = { k: values.map((_, i) => ((i * 7) % groups === 7 ? null : (i * 7) % groups)), x: values }
      const call = (x: Column) => (name === 'length' ? x.length : (x[name as 'sum'] as () => unknown)())
      const called: TestFeature = { level: 'group', inputs: ['x'], call }
      const of = { kind: 'input', name: 'x' } as const
      const known: TestFeature = { ...called, expression: { kind: 'aggregate', name, of, args: [] } }
      const a = runTestModel({ columns, groupBy: ['k'], features: { y: called } })
      const b = runTestModel({ columns, groupBy: ['k'], features: { y: known } })
      expect(plain(b.groups)).toEqual(plain(a.groups))
      const streamed = b.groups?.columns.get('y')
      if (streamed) expect(missingIn(streamed)).toBe(missingCount(streamed))
      expect(b.report.features[0]?.type).toBe(a.report.features[0]?.type)
      expect(b.report.features[0]?.error).toEqual(a.report.features[0]?.error)
    }),
    { numRuns: 300 },
  )
})

test('a column handed to one group is not changed by the next', () => {
  const kept: Column[] = []
  runTestModel({
    columns: { k: [1, 2, 1], x: [10, 20, 30] },
    groupBy: ['k'],
    features: { y: { level: 'group', inputs: ['x'], call: (x: Column) => kept.push(x.filter(() => true)) } },
  })
  expect(kept.map((column) => column.toArray())).toEqual([[10, 30], [20]])
  expect(kept.every((column) => column instanceof Column)).toBe(true)
})
