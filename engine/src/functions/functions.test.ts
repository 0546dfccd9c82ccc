import { expect, test } from 'vitest'
import * as f from './index.ts'

const date = (text: string) => new Date(text)

/** Weeks by the ISO 8601 calendar; months and roundings worked by hand. */
test.each<[string, unknown, unknown]>([
  ['round half up', f.round(2.5), 3],
  ['round negative half towards plus infinity', f.round(-2.5), -2],
  ['round to cents', f.round(1.005, 2), 1.01],
  ['round to tens', f.round(1234, -2), 1200],
  ['round tiny', f.round(1e-10, 2), 0],
  ['round huge', f.round(1e300, 2), 1e300],
  ['round what has as many digits as a number holds', f.round(9007199254740991, 1), 9007199254740991],
  ['round the same, with a point', f.round(123456789012345.67, 2), 123456789012345.67],
  ['round a whole one to tens', f.round(9007199254740991, -1), 9007199254740990],
  ['round missing', f.round(null), undefined],
  ['isMissing NaN', f.isMissing(Number.NaN), true],
  ['isMissing 0', f.isMissing(0), false],
  ['isMissing empty text', f.isMissing(''), false],
  ['what is missing is nothing in a calculation', Number(f.round(null)) * 100, Number.NaN],
  ['coalesce', f.coalesce(null, Number.NaN, 0, 5), 0],
  ['coalesce of nothing', f.coalesce(null, undefined), undefined],
  [
    'clip',
    [f.clip(5, 0, 3), f.clip(-1, 0, 3), f.clip(2, 0, 3), f.clip(9, 0, null), f.clip(null, 0, 1)],
    [3, 0, 2, 9, undefined],
  ],
  ['year', f.year(date('2024-12-31T23:59:59Z')), 2024],
  ['month', f.month(date('2024-12-31T23:59:59Z')), 12],
  ['day', f.day(date('2024-12-31T23:59:59Z')), 31],
  ['hour', f.hour(date('2024-12-31T23:59:59Z')), 23],
  ['quarter', f.quarter(date('2024-10-01')), 4],
  ['weekday of a Sunday', f.weekday(date('2024-09-01')), 7],
  ['weekday of a Monday', f.weekday(date('2024-09-02')), 1],
  ['isWeekend', [f.isWeekend(date('2024-08-31')), f.isWeekend(date('2024-09-02'))], [true, false]],
  ['isoWeek 1 begins in December', f.isoWeek(date('2024-12-30')), 1],
  ['isoWeek 53', f.isoWeek(date('2021-01-03')), 53],
  ['isoWeek 52', f.isoWeek(date('2023-01-01')), 52],
  ['isoWeek before 1970', f.isoWeek(date('1969-12-29T12:00:00Z')), 1],
  ['daysBetween', f.daysBetween(date('2024-02-28'), date('2024-03-01T12:00:00Z')), 2.5],
  ['monthsBetween', f.monthsBetween(date('2024-01-31'), date('2024-02-29')), 0],
  ['monthsBetween over the year', f.monthsBetween(date('2023-11-15'), date('2024-02-15')), 3],
  ['monthsBetween backwards', f.monthsBetween(date('2024-02-15'), date('2023-11-16')), -2],
  [
    'date functions of missing',
    [f.year(null), f.isoWeek(date('no')), f.daysBetween(null, date('2024-01-01'))],
    [undefined, undefined, undefined],
  ],
  ['sum', f.sum(f.Column.from([1, null, 2])), 3],
  ['max of a column, and of numbers', [f.max(f.Column.from([1, 7])), f.max(3, 9), f.max(3, null)], [7, 9, undefined]],
])('%s', (_, got, expected) => expect(got).toEqual(expected))

test.each<[string, () => unknown]>([
  ["the text '01.02.2024'", () => f.month('01.02.2024' as never)],
  ["the text '01.02.2024'", () => f.daysBetween(date('2024-01-01'), '01.02.2024' as never)],
  ["the text ''", () => f.isWeekend('' as never)],
  ['20240201', () => f.year(20240201 as never)],
])('%s is not a date', (what, called) => {
  expect(called).toThrow(`a date is needed, not ${what}. Give the table dates`)
})
test('nothing is a missing date', () => {
  expect([null, undefined, Number.NaN, date('x')].map((missing) => f.month(missing as never))).toEqual(
    Array(4).fill(undefined),
  )
})
