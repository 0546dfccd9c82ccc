import { dataUnreadable } from './md026-data-unreadable.ts'
import { testRule } from './testRule.ts'

const project = (line: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"],
${line}
}] }
//- /a.features.ts
export function y(x) { return x }
//- /data/orders.csv
k,x
1,1
//- /data/old/orders.csv
k,x
1,1
//- /books/book.xlsx
[Sales]
k,x
1,1
[Shops]
k,city
1,1
//- /tsconfig.json
{}`

testRule(dataUnreadable, {
  fires: {
    'file not found': project(`  "data": "data/order.csv"
//         ^^^^^^^^^^^^^^ MD026: Cannot read data/order.csv: file not found.`),
    'in another folder': project(`  "input": "orders.csv"
//          ^^^^^^^^^^ MD026: Cannot read orders.csv: file not found.`),
    'an address': project(`  "data": "https://example.org/orders.csv"
//         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD026: Cannot read https://example.org/orders.csv: only files are read. Save it beside the manifest, and write the path of the file here.`),
    'a path of Windows': project(`  "data": "data\\\\orders.csv"
//         ^^^^^^^^^^^^^^^^ MD026: Cannot read data\\orders.csv: file not found. Folders are separated by / here: data/orders.csv.`),
    'the file of a join':
      project(`  "data": "data/old/orders.csv", "joins": [{ "from": "data/order.csv", "on": ["k"], "prefix": "o_", "columns": ["x"] }]
//                                                    ^^^^^^^^^^^^^^ MD026: Cannot read data/order.csv: file not found.`),
    'a sheet that is not there': project(`  "data": "books/book.xlsx", "sheet": "Sale"
//                                     ^^^^ MD026: Cannot read books/book.xlsx: it has no sheet 'Sale'.`),
    'a sheet of a join':
      project(`  "data": "books/book.xlsx", "joins": [{ "from": "books/book.xlsx", "sheet": "Shop", "on": ["k"], "prefix": "s_" }]
//                                                                            ^^^^ MD026: Cannot read books/book.xlsx: it has no sheet 'Shop'.`),
  },
  silent: {
    'a sheet that is there': project('  "data": "books/book.xlsx", "sheet": "Sales"'),
    'two sheets of one file': project(
      '  "data": "books/book.xlsx", "joins": [{ "from": "books/book.xlsx", "sheet": "Shops", "on": ["k"], "prefix": "s_" }]',
    ),
    'a file that is there': project('  "data": "data/orders.csv"'),
    'no file is named': project('  "columns": { "x": "number" }'),
  },
  fixes: [
    { title: 'Write data/orders.csv', before: project('  "data": "data\\\\orders.csv"'), after: '"data/orders.csv"' },
    { title: 'Choose data/orders.csv', before: project('  "data": "data/order.csv"'), after: '"data/orders.csv"' },
    {
      title: "Change to 'Sales'",
      before: project('  "data": "books/book.xlsx", "sheet": "Sale"'),
      after: '"sheet": "Sales"',
    },
    { title: 'Choose data/old/orders.csv', before: project('  "data": "orders.csv"'), after: '"data/old/orders.csv"' },
  ],
  offers: [
    {
      before: project('  "data": "books/book.xlsx", "sheet": "1"'),
      titles: ["Change to 'Sales'", "Change to 'Shops'"],
    },
    { before: project('  "data": "data/customers.csv"'), titles: ['Choose data/orders.csv'] },
    {
      before: project('  "data": "x.csv"'),
      titles: ['Choose books/book.xlsx', 'Choose data/old/orders.csv', 'Choose data/orders.csv'],
    },
  ],
})
