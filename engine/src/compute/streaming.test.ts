import fc from 'fast-check'
import { expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { plain, runTestModel } from './testing.ts'

const missable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const number = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map((n) => n / 2),
  fc.constantFrom(0, -0, 1e308, -1e308, 0.1),
)
const day = (n: number) => new Date(Date.UTC(2024, 1, n, n % 2))
const rows = fc.array(
  fc.record({
    k: missable(fc.integer({ min: 0, max: 3 })),
    v: missable(number),
    w: missable(number),
    b: missable(fc.boolean()),
    t: missable(fc.constantFrom('a', 'b', 'ä', '')),
    d: missable(fc.integer({ min: 0, max: 30 }).map(day)),
  }),
  { maxLength: 40 },
)

const ofOneColumn = ['sum', 'mean', 'count', 'std', 'var', 'min', 'max', 'first', 'last']
const bodies = [
  ...ofOneColumn.flatMap((name) => ['v', 'b'].map((column) => `${column}.${name}()`)),
  ...['min', 'max', 'first', 'last', 'count'].flatMap((name) => [`t.${name}()`, `d.${name}()`]),
  't.length',
  ...['cov', 'corr'].flatMap((name) => [`v.${name}(w)`, `v.${name}(b)`, `b.${name}(w)`]),
  ...[...ofOneColumn, 'length'].map((name) => `v.filter(b).${name}${name === 'length' ? '' : '()'}`),
  ...['first', 'count', 'length'].map((name) => `t.filter(b).${name}${name === 'length' ? '' : '()'}`),
  'v.filter(w).sum()',
  'v.filter(b).corr(w)',
  'v.filter((each) => each > 0).sum()',
  'v.filter(b).sum() / v.sum()',
  'v.max() - w.min()',
  'v.corr(w) ** 2',
  'v.cov(w) / v.var()',
  '1 / v.sum()',
  'v.mean() > 1',
  'v.sum() / v.count() + w.first()',
  'd.max() - d.min()',
  'd.min().getUTCDate()',
  't.first() === t.last()',
  't.first().toUpperCase()',
  'b.first() === b.last()',
  'b.first() ? v.sum() : w.sum()',
  'v.count() > 1 ? v.mean() : null',
  'v.max() - v.median()',
]

test.each(bodies)('%s: what a call for each group gives', (body) => {
  const { expression, call, inputs } = featureOf(body)
  fc.assert(
    fc.property(rows, (data) => {
      const columns = Object.fromEntries(['k', ...inputs].map((name) => [name, data.map((row) => row[name as 'v'])]))
      const compute = (meaning: typeof expression | undefined) =>
        runTestModel({
          columns,
          groupBy: ['k'],
          features: { f: { level: 'group', inputs, call, ...(meaning && { expression: meaning }) } },
        })
      const [loops, calls] = [compute(expression), compute(undefined)]
      expect(plain(loops.groups)).toEqual(plain(calls.groups))
      const [{ how: _, ...ours }, { how: called, ...theirs }] = [loops, calls].map(
        ({ report }) => report.features[0],
      ) as [Reported, Reported]
      expect(ours).toEqual(theirs)
      expect(called).toBe('calls')
    }),
  )
})

type Reported = ReturnType<typeof runTestModel>['report']['features'][number]

test.each([
  ['v.max() - w.min()', 'aggregate'],
  ['v.corr(w) ** 2', 'aggregate'],
  ['d.max() - d.min()', 'aggregate'],
  ['v.sum() / total', 'aggregate'],
  ['v.filter(b).mean()', 'aggregate'],
  ['v.filter(b).sum() / v.sum()', 'aggregate'],
  ['v.max() - v.median()', 'calls'],
  ['v.filter(w).sum()', 'calls'],
  ['v.sum() + t.first().length', 'calls'],
  ['t.cov(v)', 'calls'],
])('%s is computed by %s', (body, how) => {
  const { expression, call, inputs } = featureOf(body)
  const columns = {
    k: [1, 1, 2],
    v: [1, 2, 3],
    w: [1, 5, 7],
    b: [true, false, null],
    t: ['a', 'b', null],
    d: [day(1), day(2), day(3)],
  }
  const total = { level: 'group' as const, inputs: ['w'], call: () => 2 }
  const result = runTestModel({
    columns,
    groupBy: ['k'],
    features: { total, f: { level: 'group', inputs, call, expression } },
  })
  expect(result.report.features[1]?.how).toBe(how)
})

/** A feature as the reader gives it, and its function. */
function featureOf(body: string) {
  const names = ['v', 'w', 'b', 't', 'd', 'total'].filter((name) => new RegExp(`\\b${name}\\b`).test(body))
  const feature = typeScriptReader().read('/x.features.ts', `export function f(${names}) { return ${body} }`)
    .features[0]
  if (feature?.body.kind !== 'expression') throw new Error(`${body} is no expression`)
  const call = new Function(...names, `return ${body}`) as (...values: readonly unknown[]) => unknown
  return { expression: feature.body.expression, call, inputs: names }
}
