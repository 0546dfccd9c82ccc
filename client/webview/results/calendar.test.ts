import { expect, test } from 'vitest'
import { calendarTicks } from './calendar.ts'

test.each([
  ['2024-01-01', '2024-12-31', ['2024-01', '2024-04', '2024-07', '2024-10']],
  ['2021-03-01', '2024-12-31', ['2022', '2023', '2024']],
  ['1890-01-01', '2024-12-31', ['1900', '1950', '2000']],
  ['2024-02-27', '2024-03-01', ['2024-02-27', '2024-02-28', '2024-02-29', '2024-03-01']],
  ['2024-02-27', '2024-03-13', ['2024-03-04', '2024-03-11']],
  ['2024-02-27T08:20', '2024-02-27T09:50', ['08:30', '09:00', '09:30']],
  ['2024-02-27T08:20', '2024-02-29T09:50', ['12:00', '2024-02-28', '12:00', '2024-02-29']],
  ['0001-01-01', '9999-12-31', ['2000', '4000', '6000', '8000']],
])('marks of the calendar from %s to %s', (from, to, texts) => {
  const [start = 0, end = 0] = [from, to].map((text) => Date.parse(text.includes('T') ? `${text}Z` : text))
  const ticks = calendarTicks(start, end, 4)
  expect(ticks.map(({ text }) => text)).toEqual(texts)
  expect(ticks.every(({ at }) => at >= start && at <= end)).toBe(true)
})

test('there are none where nothing lies between', () => {
  expect(calendarTicks(0, 0, 4).length).toBeLessThanOrEqual(4)
})
