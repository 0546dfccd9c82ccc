import { expect, test } from 'vitest'
import { analyseFixture } from '../../testing/check.ts'
import { oddHeader } from './md038-odd-header.ts'
import { testRule } from './testRule.ts'

const model = (data: string, csv: string, joins = '') => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"]${joins},
${data}
}] }
//- /sales.csv
${csv}
//- /m.features.ts
export const one = () => 1
`
const title = 'Sales of the north\npin,revenue\na,1\nb,2'

testRule(oddHeader, {
  fires: {
    'a name that stands twice': model(
      `"data": "sales.csv"
//       ^^^^^^^^^ MD038: sales.csv: 'revenue' stands 2 times in the header; from left to right it is read as 'revenue', 'revenue_2'.`,
      'pin,revenue,revenue\na,1,2',
    ),
    'a title': model(
      `"data": "sales.csv"
//       ^^^^^^^^^ MD038: sales.csv: The first line ("Sales of the north") fills fewer cells than most others: it looks like a title, not like the header. Say which line is the header, for example "header_row": 2 in the manifest.`,
      title,
    ),
    'a column without a value of its type': model(
      `"columns": { "revenue": "number" }, "data": "sales.csv"
//                                           ^^^^^^^^^ MD038: sales.csv: No cell of column 'revenue' can be read as a number. The first is "1,5" in line 2. Say in the manifest`,
      'pin,revenue\na,"1,5"',
    ),
    'of a file that is joined': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv",
  "joins": [{ "from": "shops.csv", "on": ["shop"] }] }] }
//                     ^^^^^^^^^ MD038: shops.csv: 'size' stands 2 times
//- /sales.csv
shop
a
//- /shops.csv
shop,size,size
a,1,2
//- /m.features.ts
export const one = () => 1
`,
  },
  silent: {
    'the row of the header is said': model('"data": "sales.csv", "header_row": 2', title),
    'a declared number in a file with decimal commas': model(
      '"columns": { "revenue": "number" }, "data": "sales.csv"',
      'pin;revenue\na;1,5',
    ),
    'some rows have more cells': model('"data": "sales.csv"', 'pin,revenue\na,1,5\nb,2'),
  },
})

test('in a file beside its features', () => {
  const { analysis } = analyseFixture('//- /o.csv\na,a\n1,2\n//- /o.features.ts\nexport const one = () => 1\n')
  expect(analysis.problems.map(({ code, path }) => [code, path])).toEqual([['MD038', '/o.features.ts']])
})
