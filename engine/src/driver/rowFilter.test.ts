import { expect, test } from 'vitest'
import { columnOf } from '../table/build.ts'
import { makeTable } from '../table/columns.ts'
import { FilterError, rowsWhere } from './rowFilter.ts'

const day = (text: string) => new Date(text)
const table = makeTable([
  ['revenue', columnOf([10, 20, null, 40, 50])],
  ['region', columnOf(['North', 'South', 'North', null, 'Øst'])],
  ['Unit Price', columnOf([1, 2, 3, 4, 5])],
  ['isOpen', columnOf([true, false, null, true, true])],
  ['sold_at', columnOf(['2024-03-01', '2024-03-02', '2024-03-03', '2024-03-04', null].map((d) => d && day(d)))],
])

test.each([
  ['revenue > 15', [1, 3, 4]],
  ["region == 'North'", [0, 2]],
  ["revenue > 15 && region != 'South'", [4]],
  ['revenue > revenue.mean()', [3, 4]],
  ['revenue >= 20 && revenue < 50', [1, 3]],
  ['unit_price > 3', [3, 4]],
  ['isOpen', [0, 3, 4]],
  ['!isOpen', [1]],
  ['isMissing(revenue)', [2]],
  ['revenue == null', [2]],
  ["region.toLowerCase().includes('th')", [0, 1, 2]],
  ["sold_at >= '2024-03-03'", [2, 3]],
  ["'2024-03-02' == sold_at", [1]],
  ["sold_at < new Date('2024-03-02')", [0]],
  ["sold_at <= '2024-03-02 00:00' && weekday(sold_at) == 5", [0]],
  ['sold_at == null', [4]],
  ['Math.abs(revenue - 30) <= 10', [1, 3]],
  ["region == 'North' || revenue > 30", [0, 2, 3, 4]],
  ["(region == 'North' || revenue > 30) && unit_price < 5", [0, 2, 3]],
  ["unit_price < 5 && (revenue > 30 || isOpen || region == 'North')", [0, 2, 3]],
  ["(revenue > 30 || region == 'North') && (isOpen || unit_price == 3)", [0, 2, 3, 4]],
  ["unit_price > 1 && (unit_price > 4 || region == 'North' && (revenue == null || isOpen))", [2, 4]],
  ["!(revenue < 30 && region == 'North')", [1, 3, 4]],
  ["!(revenue > 30 || region == 'South')", [0]],
  ['revenue && unit_price > 1', [1, 3, 4]],
  ['true', [0, 1, 2, 3, 4]],
])('%s', (condition, rows) => {
  expect([...rowsWhere(table, condition)]).toEqual(rows)
})

test.each([
  ['revnue > 1', "There is no column 'revnue'. Did you mean 'revenue'?"],
  ['region == Paris', "There is no column 'Paris'. To look for a text, write it in quotes: 'Paris'."],
  ['revenue', 'A filter is true or false for each row, and this one gives a number.'],
  ['region', 'A filter is true or false for each row, and this one gives text.'],
  ['revenue >', "This is no condition. Write one over the columns, such as revenue >= 10 && region == 'North'."],
  ["region = 'a = b'", "A single = does not compare. Write it as region == 'a = b'"],
  ["revenue > 1 and not region <> 'or'", "This is no condition. Write it as revenue > 1 && !region != 'or'"],
  ['', 'This is no condition.'],
  ['true); console.log(1', 'This is no condition.'],
  ["sold_at > 'yesterday'", "'yesterday' is no date. Write it as '2024-03-31' or '2024-03-31 14:30'."],
  ['Math.random() > 0.5', 'A filter is one formula over the columns'],
  ['globalThis.process.exit()', 'A filter is one formula over the columns'],
  ['region.startsWith(/N/)', 'A filter is one formula over the columns'],
])('%s is refused: %s', (condition, message) => {
  expect(() => rowsWhere(table, condition)).toThrow(FilterError)
  expect(() => rowsWhere(table, condition)).toThrow(message)
})
