import { expect, test } from 'vitest'
import { guarded, isTimeout } from './guard.ts'

test('gives what the work gives, and throws what it throws', () => {
  expect(guarded(1000, () => [1, 2])).toEqual([1, 2])
  expect(guarded(1000, () => undefined)).toBeUndefined()
  expect(() =>
    guarded(1000, () => {
      throw new RangeError('too far')
    }),
  ).toThrow(new RangeError('too far'))
})

const endless: Record<string, () => unknown> = {
  'a loop': () => {
    for (;;);
  },
  'a loop that catches everything': () => {
    for (;;) {
      try {
        for (;;);
      } catch {
        // the author swallows errors; the time limit is none
      }
    }
  },
  'a regular expression that never comes back': () => /^(a+)+$/.test(`${'a'.repeat(40)}b`),
}

test.each(Object.keys(endless))('ends %s, and the next call works', (name) => {
  const error = (() => {
    try {
      return guarded(50, endless[name] as () => unknown)
    } catch (caught) {
      return caught
    }
  })()
  expect(isTimeout(error)).toBe(true)
  expect(guarded(1000, () => 'on')).toBe('on')
})

test('work cannot end the process, and afterwards the process can be ended again', () => {
  const before = process.exit
  expect(() => guarded(1000, () => process.exit(0))).toThrow('it called process.exit(); a feature gives a value')
  expect(process.exit).toBe(before)
})
