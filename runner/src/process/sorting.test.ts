import { expect, test } from 'vitest'
import { sortNumbers } from './sorting.ts'

const special = [0, -0, 1, -1, 5e-324, -5e-324, 1e308, -1e308, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
const random = (count: number, of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i))

test.each([
  ['fractions', random(5000, (i) => Math.sin(i) * 10 ** ((i % 40) - 20))],
  ['whole numbers', random(5000, (i) => ((i * 7919) % 1000) - 500)],
  ['extremes', random(2000, (i) => special[i % special.length] as number)],
  ['all equal', random(2000, () => 2.5)],
  ['few', Float64Array.from(special)],
  ['none', new Float64Array()],
])('numbers in their order: %s', (_, values) => {
  expect(sortNumbers(values.slice())).toStrictEqual(values.slice().sort())
})
