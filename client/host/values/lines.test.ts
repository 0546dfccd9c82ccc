import { expect, test } from 'vitest'
import { movedBy, movedLine } from './lines.ts'

const change = (start: number, end: number, text: string) => ({
  range: { start: { line: start, character: 4 }, end: { line: end, character: 4 } },
  text,
})

test.each([
  ['typing in it', 5, change(5, 5, 'x'), 5],
  ['an edit below', 5, change(7, 9, ''), 5],
  ['a line more above', 5, change(2, 2, '\n'), 6],
  ['lines less above', 5, change(1, 3, ''), 3],
  ['lines put in the place of others', 5, change(1, 3, 'a\nb\nc\nd'), 6],
  ['a line joined to the one before', 5, change(4, 5, ''), 4],
  ['its own line and more deleted', 5, change(3, 8, ''), undefined],
  ['what follows it deleted', 5, change(5, 8, ''), 5],
])('%s', (_, line, edit, expected) => {
  expect(movedLine(line, edit)).toBe(expected)
})

test('lines put before the whole of a line move it', () => {
  const start = { line: 5, character: 0 }
  expect(movedLine(5, { range: { start, end: start }, text: '\n\n' })).toBe(7)
})

const lines = (line: number, endLine: number) => ({ line, endLine })

test('changes follow one another; what one deletes does not come back', () => {
  expect(movedBy(lines(5, 5), [change(2, 2, '\n'), change(6, 6, 'x'), change(1, 3, '')])).toEqual(lines(4, 4))
  expect(movedBy(lines(5, 7), [change(3, 8, ''), change(1, 1, '\n')])).toBeUndefined()
})

test('the last line moves with what is put into a feature, and is its first when it is gone', () => {
  expect(movedBy(lines(5, 7), [change(6, 6, '\n\n')])).toEqual(lines(5, 9))
  expect(movedBy(lines(5, 7), [change(6, 9, '')])).toEqual(lines(5, 5))
})
