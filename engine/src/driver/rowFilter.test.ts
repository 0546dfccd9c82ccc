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
  [
    'revenue >',
    "This is no condition. Write one over the columns, such as revenue >= 10 && region == 'North'. The column 'Unit Price' is written Unit_Price.",
  ],
  ['', 'This is no condition.'],
  ['true); console.log(1', 'This is no condition.'],
  ["sold_at > 'yesterday'", "'yesterday' is no date. Write it as '2024-03-31' or '2024-03-31 14:30'."],
  ["sold_at == '2024-02-30'", "'2024-02-30' is no date."],
  ["sold_at == '2024-3-2'", "'2024-3-2' is no date."],
  ['sold_at > 2024', "'sold_at' is a date. Write the other side in quotes, such as '2024-03-31'."],
  ['sold_at > 2024 - 12', "'sold_at' is a date."],
  ['Math.random() > 0.5', 'A filter is one formula over the columns'],
  ['globalThis.process.exit()', 'A filter is one formula over the columns'],
  ['region.startsWith(/N/)', 'A filter is one formula over the columns'],
  ['lower(region) == 1', "There is no function 'lower'."],
  ['lower(revenue) = 2', "There is no function 'lower'."],
  ["region.str.contains('N|S')", 'A filter is one formula'],
  ['region.toLowerCase() == 5', "One side is text. Write the other side in quotes: '5'."],
  ["year(sold_at) == '2024'", 'One side is a number. Write the other side without quotes: 2024.'],
  ["region.startsWith('N') == 'yes'", "One side is true or false, and never 'yes'."],
  ["'Unit Price' > 2", "'Unit Price' in quotes is a text. The column is written Unit_Price."],
  ['region == 5', "'region' is text. Write the other side in quotes: '5'."],
  ["revenue == '20'", "'revenue' is a number. Write the other side without quotes: 20."],
  ["'abc' < revenue", "'revenue' is a number. It is never 'abc'."],
  [
    "isOpen == 'ja'",
    "'isOpen' is true or false. Write isOpen for those that are true, !isOpen for those that are false.",
  ],
  ['(revenue > 10) > 5', 'Two comparisons in a row'],
])('%s is refused: %s', (condition, message) => {
  expect(() => rowsWhere(table, condition)).toThrow(FilterError)
  expect(() => rowsWhere(table, condition)).toThrow(message)
})

test.each([
  ["region = 'a = b'", "region == 'a = b'"],
  ["region = 'O\\'B = and' or region <> 'x'", "region == 'O\\'B = and' || region != 'x'"],
  ['revenue = 20 AND NOT region = "North"', 'revenue == 20 && !(region == "North")'],
  ['not revenue > 15', '!(revenue > 15)'],
  ['!revenue > 15', '!(revenue > 15)'],
  ['not (revenue > 15)', '!(revenue > 15)'],
  ['not isOpen', '!isOpen'],
  ['revenue ! = 10', 'revenue != 10'],
  ['revenue IS NOT NULL', 'revenue != null'],
  ['region is null or revenue is not None', 'region == null || revenue != null'],
  ["region in ('North', 'South')", "['North', 'South'].includes(region)"],
  ["region not in ('North')", "!['North'].includes(region)"],
  ["not region in ('North')", "!['North'].includes(region)"],
  ["region.isin(['North'])", "['North'].includes(region)"],
  ["region like 'N%' and region not like '%th'", "region.startsWith('N') && !region.endsWith('th')"],
  ["region like '%or%'", "region.includes('or')"],
  ['revenue between 10 and 40', 'revenue >= 10 && revenue <= 40'],
  ["sold_at between '2024-03-01' and '2024-03-03'", "sold_at >= '2024-03-01' && sold_at <= '2024-03-03'"],
  ['10 < revenue <= 40', '10 < revenue && revenue <= 40'],
  ['revenue =< 20', 'revenue <= 20'],
  ['revenue => 20', 'revenue >= 20'],
  ['=revenue > 15', 'revenue > 15'],
  ['revenue > 15;', 'revenue > 15'],
  ['sold_at = 2024-03-02', "sold_at == '2024-03-02'"],
  ['isOpen = TRUE', 'isOpen == true'],
  ['revenue == NaN', 'revenue == null'],
  ['(revenue > 15) & (unit_price < 4) | ~isOpen', '(revenue > 15) && (unit_price < 4) || !isOpen'],
  ["lower(region) = 'north'", "region.toLowerCase() == 'north'"],
  ["UPPER(TRIM(region)) like 'N%'", "region.trim().toUpperCase().startsWith('N')"],
  ["lower(region) in ('north', 'south')", "['north', 'south'].includes(region.toLowerCase())"],
  ['LEN(region) > 4 and not ISBLANK(revenue)', 'region.length > 4 && !(revenue == null)'],
  ["region.str.contains('or')", "region.includes('or')"],
  ["~region.str.contains('OR', case=False, na=False)", "!region.toLowerCase().includes('or')"],
  ["region.str.contains('N.', regex=False)", "region.includes('N.')"],
  ["region.str.lower().str.startswith('n')", "region.toLowerCase().startsWith('n')"],
  ['region.str.strip().str.len() > 4', 'region.trim().length > 4'],
  ["region ilike '%OR%'", "region.toLowerCase().includes('or')"],
  ["df['region'].isin(['North']) & ~df.revenue.isna()", "['North'].includes(region) && !(revenue == null)"],
  ["df['Unit Price'] > 2", 'Unit_Price > 2'],
  ["region.isin(('North', 'South'))", "['North', 'South'].includes(region)"],
  ['revenue.between(10, 40)', '(revenue >= 10 && revenue <= 40)'],
  ['~revenue.between(10, 40)', '!(revenue >= 10 && revenue <= 40)'],
  ['revenue not between 10 and 40', '!(revenue >= 10 && revenue <= 40)'],
  ['not revenue between 10 and 40', '!(revenue >= 10 && revenue <= 40)'],
  ["sold_at >= date '2024-03-02'", "sold_at >= '2024-03-02'"],
  ['region == “North”', 'region == "North"'],
])('%s is meant as %s', (condition, meant) => {
  expect(() => rowsWhere(table, condition)).toThrow(new FilterError(`This is no condition. Write it as ${meant}`))
  expect(() => rowsWhere(table, meant)).not.toThrow()
})
