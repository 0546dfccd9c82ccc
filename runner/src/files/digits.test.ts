import fc from 'fast-check'
import { expect, test } from 'vitest'
import { putNumber } from './digits.ts'

const bytes = new Uint8Array(40)
const written = (value: number): string => Buffer.from(bytes.subarray(0, putNumber(bytes, 0, value))).toString('latin1')
const expected = (value: number): string =>
  Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value)

const bits = new BigInt64Array(1)
const doubles = new Float64Array(bits.buffer)
/** The number that is so many steps from another. */
function near(value: number, steps: number): number {
  doubles[0] = value
  bits[0] = (bits[0] as bigint) + BigInt(steps)
  return doubles[0] as number
}

function wrong(values: Iterable<number>): readonly string[] {
  const found: string[] = []
  for (const value of values)
    for (const signed of [value, -value])
      if (written(signed) !== expected(signed)) found.push(`${expected(signed)}: ${written(signed)}`)
  return found.slice(0, 10)
}

test('numbers of every size have the digits of String(value)', () => {
  const sizes = [fc.double({ min: 0, noNaN: true }), fc.double({ min: 1e-7, max: 2 ** 54 })]
  fc.assert(
    fc.property(fc.oneof(...sizes), (value) => {
      expect(wrong([value])).toEqual([])
    }),
    { numRuns: 20_000 },
  )
})

test('also beside each power of two, where the numbers next to it are not equally far', () => {
  function* values() {
    for (let power = -1073; power < 1024; power++)
      for (let steps = -9; steps <= 9; steps++) yield near(2 ** power, steps)
  }
  expect(wrong(values())).toEqual([])
})

test('also with few digits and beside such, where a nearer one may have fewer', () => {
  function* values() {
    for (let power = -12; power < 20; power++)
      for (let digits = 1; digits < 400; digits++)
        for (let steps = -5; steps <= 5; steps++) yield near(Number(`${digits}e${power}`), steps)
  }
  expect(wrong(values())).toEqual([])
})

test('also halfway between decimals, which JavaScript itself decides', () => {
  function* values() {
    for (let power = 40; power < 54; power++)
      for (let part = 1; part < 4096; part++) yield 2 ** power + part / 2 ** (52 - power + (part % 3))
  }
  expect(wrong(values())).toEqual([])
})

test('also with what sums and quotients of cents leave', () => {
  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100)
  fc.assert(
    fc.property(cents, cents, cents, (a, b, c) => {
      expect(wrong([a - b, a + b + c, a * b, (a / (c || 1)) * 100])).toEqual([])
    }),
    { numRuns: 5000 },
  )
})

test('limits', () => {
  const limits = [0, 1e-6, 9.99e-7, 5e-324, 2 ** 53 - 1, 2 ** 53, 1e21, Number.MAX_VALUE, 1e8, 1e8 - 1, 1e16 / 3]
  expect(wrong(limits)).toEqual([])
  expect([-0, 2 ** 53, -0.5, 100_000_000.5].map(written)).toEqual(['0', '9.007199254740992e+15', '-0.5', '100000000.5'])
})
