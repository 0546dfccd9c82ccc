import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distinctIn, modeIn, quantileIn } from './selection.ts'
import { quantileOf, ranksOf } from './spans.ts'

const value = fc.oneof(
  fc.constantFrom(0, -0, 1, 2, 2.5, Number.NaN),
  fc.double({ noDefaultInfinity: true }),
  fc.integer(),
)
const values = fc.array(value, { maxLength: 300 }).map((all) => Float64Array.from(all))

/** The present values of a part in ascending order. */
const ascending = (all: Float64Array, from: number, to: number): readonly number[] =>
  [...all.subarray(from, to)].filter((each) => !Number.isNaN(each)).sort((a, b) => a - b)

test('quantiles, different values, the most frequent one and ranks are those of the sorted values', () => {
  fc.assert(
    fc.property(values, fc.nat(20), fc.nat(20), fc.constantFrom(0, 0.1, 0.5, 0.9, 1), (all, skip, leave, p) => {
      const [from, to] = [Math.min(skip, all.length), Math.max(Math.min(skip, all.length), all.length - leave)]
      const before = all.slice()
      const sorted = ascending(all, from, to)
      expect(quantileIn(all, from, to, p) + 0).toBe(quantileOf(Float64Array.from(sorted), p) + 0)
      expect(distinctIn(all, from, to)).toBe(new Set(sorted.map((each) => each + 0)).size)
      const often = (each: number) => sorted.filter((other) => other === each).length
      const most = Math.max(...sorted.map(often))
      expect(modeIn(all, from, to) + 0).toBe((sorted.find((each) => often(each) === most) ?? Number.NaN) + 0)
      const ranks = [...all].map((each) => {
        const [below, same] = [(other: number) => other < each, (other: number) => other === each]
        return Number.isNaN(each) ? each : all.filter(below).length + (1 + all.filter(same).length) / 2
      })
      expect([...ranksOf(all)]).toEqual(ranks)
      expect(all).toEqual(before)
    }),
    { numRuns: 300 },
  )
})

test.each<[string, (i: number) => number]>([
  ['rising', (i) => i],
  ['falling', (i) => -i],
  ['equal', () => 7],
  ['rising and falling', (i) => Math.min(i, 20_000 - i)],
  ['like saw teeth', (i) => i % 7],
])('the median of many values that are %s', (_, of) => {
  const all = Float64Array.from({ length: 20_001 }, (_, i) => of(i))
  expect(quantileIn(all, 0, all.length, 0.5)).toBe(ascending(all, 0, all.length)[10_000])
})
