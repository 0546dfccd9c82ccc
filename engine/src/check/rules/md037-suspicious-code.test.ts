import { suspiciousCode } from './md037-suspicious-code.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,region,paid,shipped
A,10,4,north,yes,2024-01-05
B,20,7,south,no,2024-02-05
//- /sales.features.ts
`

const grouped = `${sales}// group_by: pin
`

/** Texts that are numbers but for a mark or a word, dates of one format, and true text. */
const trips = (columns = '') => `
//- /modeldriver.json
{ "models": [{ "model_name": "trips", "features": ["trips.features.ts"], "data": "trips.csv", "group_by": "pin"${columns} }] }
//- /trips.csv
pin,price,km,miles,start,end,am,us,zip,name,size,iso,grade
a,100,10,9,01.02.2024,05.03.2024,2024-02-01,05/13/2024,01067,Ann,S,2024-01-02,1
a,50,9,10,03.02.2024,12.02.2024,2024-02-02,12/02/2024,20095,10,38,2024-01-03,2
a,7,-,100,11.12.2023,31.12.2023,NA,01/07/2024,10115,Bob,M,2024-01-04,none
b,200,100,n/a,unknown,07.01.2024,2024-03-01,02/07/2024,80331,Cy,40,2024-01-05,3
//- /trips.features.ts
`
const besides =
  'Besides numbers it holds "-". If that is no value, give its model "missing": ["-"] in modeldriver.json. If it is meant as text, "columns": { "km": "string" } says so.'

testRule(suspiciousCode, {
  fires: {
    'text that looks like numbers': `${trips()}
export const a = (km) => km.max()
//                       ^^^^^^^^ MD037: 'km.max()' orders texts letter by letter, not as numbers: 'km' is text in trips.csv (e.g. "10"). ${besides}
export const b = (price, km) => price.sum() + km.max()
//                                            ^^^^^^^^ MD037: ${besides}
export const c = (price, km) => price + km
//                              ^^^^^^^^^^ MD037: 'price + km' joins texts and adds nothing: 'km' is text
export const d = (km, miles) => km > miles
//                              ^^^^^^^^^^ MD037: 'km > miles' compares texts letter by letter, not as numbers: 'km'
export const e = (km) => km.filter((k) => k >= '15').length
//                                        ^^^^^^^^^ MD037
export const f = (km) => km.filter((k) => k !== '-').sort().join(' ')
//                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD037: orders texts letter by letter
export const g = (price, km) => price[km.argmax()]
//                                    ^^^^^^^^^^^ MD037
export const h = (km, miles) => km + miles + 1
//                              ^^^^^^^^^^ MD037
export const i = (grade) => grade.max()
//                          ^^^^^^^^^^^ MD037: Besides numbers it holds "none". If that is no value, give its model "columns": { "grade": "number" } in modeldriver.json. If
export const j = (km) => km.rank() //#row
//                       ^^^^^^^^^ MD037
`,
    'text that looks like dates': `${trips()}
import { max } from 'modeldriver'
export const a = (end) => end.max()
//                        ^^^^^^^^^ MD037: 'end.max()' orders texts letter by letter, not as dates: 'end' is text in trips.csv (e.g. "05.03.2024"). If it holds dates, give it "type": "date", "format": "dd.MM.yyyy" under "columns" in modeldriver.json. If it is meant as text,
export const b = (end) => max(end)
//                        ^^^^^^^^ MD037
export const c = (start, end) => end > start
//                               ^^^^^^^^^^^ MD037
export const d = (end) => end > '15.02.2024'
//                        ^^^^^^^^^^^^^^^^^^ MD037
export const e = (end) => new Date(end)
//                        ^^^^^^^^^^^^^ MD037: 'new Date(end)' takes the first number for the month: 'end'
export const f = (am) => am.max()
//                       ^^^^^^^^ MD037: Besides dates it holds "NA". If that is no value, give its model "missing": ["NA"]
export const g = (start) => start.min()
//                          ^^^^^^^^^^^ MD037: If it holds dates, give it "missing": ["unknown"], "type": "date", "format": "dd.MM.yyyy"
export const h = (us) => us.first() < us.last()
//                       ^^^^^^^^^^^^^^^^^^^^^^ MD037`,
    'text of a joined file, whose columns have no entries': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "a.csv", "joins": [{ "from": "b.csv", "on": ["land"] }] }] }
//- /a.csv
land,price
DE,10
FR,20
//- /b.csv
land,tax,since
DE,0.19,01.02.2020
FR,NA,13.01.2022
//- /a.features.ts
export const a = ({ price, tax }) => price + tax
//                                   ^^^^^^^^^^^ MD037: give its model "missing": ["NA"] in modeldriver.json. If it is meant as text, say so above it: // md-ignore MD037: because …
export const b = (since) => since > '05.05.2020'
//                          ^^^^^^^^^^^^^^^^^^^^ MD037: If it holds dates, give its model "formats": { "date": "dd.MM.yyyy" } in modeldriver.json.`,
    'beside the words of a column that has its own': `${trips(', "columns": { "miles": { "missing": ["9"] } }')}
export const a = (miles) => miles.max()
//                          ^^^^^^^^^^^ MD037: "columns": { "miles": { "missing": ["9", "n/a"] } } in modeldriver.json.`,
    'an assignment where something is compared': `${sales}
export function a(revenue) {
  if (revenue = 10) return 1
//    ^^^^^^^^^^^^ MD037: '=' sets 'revenue' to 10 and compares nothing. To compare, write revenue === 10.
  return 2
}
export const b = (region) => region = "north"
//                           ^^^^^^^^^^^^^^^^ MD037: To compare, write region === "north".
export const c = (region, cost) => (cost > 5 && (region = 'north') ? 1 : 0)
//                                               ^^^^^^^^^^^^^^^^ MD037
export function d(region, cost) {
  return cost = region
//       ^^^^^^^^^^^^^ MD037: write cost === region.
}
export const e = (region) => ['north'].filter((each) => each = region).length
//                                                      ^^^^^^^^^^^^^ MD037`,
    'a block that returns nothing': `${grouped}
export const a = (revenue) => revenue.filter(r => { r > 5 }).sum()
//                                           ^^^^^^^^^^^^^^ MD037: 'r => { r > 5 }' gives nothing for each value: in braces a value needs 'return'. Write r => r > 5.
export const b = (revenue) => revenue.map(function (r) { const x = r; x * 2 }).sum()
//                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD037
export const c = (revenue) => revenue.map((r) => {}).sum()
//                                        ^^^^^^^^^ MD037: gives nothing for each value`,
    'a value on the line after its return': `${sales}
export function a(revenue, cost) {
  return
//^^^^^^ MD037: 'return' ends at its line, so 'revenue - cost' is never calculated and nothing is returned. Write it on the line of 'return'.
    revenue - cost
}`,
    'calculations that nobody takes': `${sales}
export function a(revenue, cost) {
  let out = 1
  out == 5
//^^^^^^^^ MD037: 'out == 5' compares, and nobody takes the answer. To set the value, write out = 5.
  if (cost > 3) revenue - cost;
//              ^^^^^^^^^^^^^^ MD037: Nobody takes the value of 'revenue - cost'. Return it, give it a name with const, or take it out.
  const half = (x) => { x / 2 }
//                      ^^^^^ MD037
  return half(out)
}`,
    'an if that decides nothing': `${sales}
export function a(revenue, cost) {
  if (cost > 5);
//             ^ MD037: The ';' ends this 'if', so what follows is done whether 'cost > 5' or not. Take out the ';'.
  { return 1 }
  return revenue
}`,
    'a power': `${sales}
export const a = (revenue) => revenue ^ 2
//                            ^^^^^^^^^^^ MD037: '^' combines the bits of two numbers; a power is '**'. Write revenue ** 2.
export const b = (revenue, cost) => 3 * revenue ^ 2 + cost
//                                  ^^^^^^^^^^^^^^^^^^^^^^ MD037
export const c = (revenue) => -revenue ^ 0.5
//                            ^^^^^^^^^^^^^^ MD037`,
    'the largest of one': `${grouped}
export const a = (revenue) => Math.max(revenue)
//                            ^^^^^^^^^^^^^^^^^ MD037: Math.max of one value is that value. For the largest of a group's rows, write revenue.max() in a group feature; otherwise give it a second value.
export const b = (revenue) => Math.min(revenue) //#agg
//                            ^^^^^^^^^^^^^^^^^ MD037: Math.min takes single values, and 'revenue' is a column. Write revenue.min().`,
    'chains of comparisons': `${sales}
export const a = (revenue) => 0 < revenue < 10
//                            ^^^^^^^^^^^^^^^^ MD037: '0 < revenue' is true or false, and that is compared in '< 10'. Write 0 < revenue && revenue < 10.
export const b = (revenue, cost) => (revenue === cost === 4 || cost > 5 ? 1 : 0)
//                                   ^^^^^^^^^^^^^^^^^^^^^^ MD037`,
    'a value after or': `${sales}
export const a = (revenue) => (revenue == 1 || 2 ? 1 : 0)
//                             ^^^^^^^^^^^^^^^^^ MD037: '|| 2' does not compare 2 with 'revenue'. Write revenue == 1 || revenue == 2.
export const b = (region, cost) => (cost > 3 || region === 'x' || 'y' || 'z' ? 1 : 0)
//                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD037: '|| 'y'' does not compare 'y' with 'region'.
export function c(revenue) {
  switch (revenue) {
    case 1 || 2: return 1
//       ^^^^^^ MD037: '|| 2' does not compare 2 with 'revenue'. Write 1: case 2.
    default: return 0
  }
}`,
    'in over values': `${sales}
export const a = (region) => region in ["north", "south"]
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD037: 'in' asks for positions (0, 1, …), not for values. Write ["north", "south"].includes(region).
export const b = (region) => (!region in ['north'] ? 1 : 0)
//                            ^^^^^^^^^^^^^^^^^^^^ MD037`,
    'equal to NaN': `${sales}
export const a = (revenue) => (revenue === NaN ? 0 : revenue)
//                             ^^^^^^^^^^^^^^^ MD037: Nothing equals NaN, so this is always false. Write Number.isNaN(revenue).
export const b = (revenue) => (Number.NaN != revenue ? 0 : revenue)
//                             ^^^^^^^^^^^^^^^^^^^^^ MD037: always true. Write !Number.isNaN(revenue).`,
    'a text that says no': `${sales}
export const a = (paid, revenue) => (paid ? revenue : 0)
//                                   ^^^^ MD037: 'paid' is text in sales.csv (e.g. "no"), and any text counts as true. Compare it: paid === 'yes'.
export function b(paid, cost) {
  if (!paid && cost > 2) return 1
//    ^^^^^ MD037: Compare it: paid !== 'yes'.
  return 2
}`,
    'a text that says no in another language': `
//- /orders.csv
paid,cost
tak,1
nie,2
//- /orders.features.ts
export const a = (paid, cost) => (paid ? cost : 0)
//                                ^^^^ MD037: 'paid' is text in orders.csv (e.g. "nie"), and any text counts as true. Compare it: paid === 'tak'. If it holds true and false, give its model "columns": { "paid": { "true": ["tak"], "false": ["nie"] } } in modeldriver.json.`,
    'a text of more than two words': `
//- /orders.csv
sure,cost
yes,1
no,2
maybe,3
//- /orders.features.ts
export const a = (sure, cost) => (!sure ? cost : 0)
//                                ^^^^^ MD037: 'sure' is text in orders.csv (e.g. "no"), and any text counts as true. Compare it: sure !== 'yes'. Besides "yes" and "no" it holds "maybe". To say what is true and what is false, give its model "columns": { "sure": { "true": ["yes"], "false": ["no", "maybe"] } } in modeldriver.json.`,
    'a filter by such a text': `${grouped}
export const a = (revenue, paid) => revenue.filter(paid).sum()
//                                                 ^^^^ MD037: 'paid' is text in sales.csv (e.g. "no"), and any text counts as true.`,
    'an expression that remembers a place': `${sales}
const RE = /o/gi
export const a = (region) => (RE.test(region) ? 1 : 0)
//                            ^^ MD037: 'RE' remembers where it found something, because of its flag 'g', and goes on from there in the next row. Remove the g.`,
  },
  silent: {
    'assignments that are meant': `${grouped}
export const a = (revenue) => {
  let total = 0
  let last = null
  let each
  const list = [...revenue]
  while ((each = list.pop())) last = each
  revenue.forEach((r) => (total = total + r))
  revenue.forEach((r) => (last = r))
  const running = list.map((r) => (total = total + r))
  return total + last + running.length
}`,
    'variables that are set in passing': `${sales}
export function a(revenue, cost, region) {
  let net
  let found
  if (!(net = revenue - cost)) return 0
  if (found = region.match(/o/)) return found.index
  for (const each of [revenue, cost]) if (net = each) break
  return net
}`,
    'blocks that return, or are there for what they do': `${grouped}
export const a = (revenue) => {
  const seen = []
  revenue.map((r) => { seen.push(r) })
  revenue.forEach((r) => { seen.push(r) })
  return revenue.filter((r) => { if (r > 5) return true; return false }).sum() + seen.length
}
export const b = (revenue) => revenue.map(() => { throw new Error('never') }).sum()`,
    'returns, statements and ifs': `${sales}
export function a(revenue, cost) {
  'use strict'
  let x = 1
  x++
  ;[x] = [cost]
  if (cost > 5) {
    return
  }
  cost > 3 && (x = 4)
  revenue > 3 ? (x = 2) : (x = 3)
  if (cost > 7); else x = 2
  return x
}`,
    'the last statement is told already': `${sales}
export const margin = (revenue, cost) => { revenue - cost }
//           ^^^^^^ MD029`,
    'operators that are right': `${sales}
export const a = (revenue, cost) => (revenue ^ 1) + (revenue ^ 0xff) + (revenue ^ cost) + Math.max(revenue, 0)
export const b = (revenue, cost) => 0 < revenue && revenue < 10 && (revenue > 3) === (cost > 3) && cost > 2 === true
export const c = (revenue, region) => (revenue === 1 || revenue === 2 ? region || 'none' : Number.isNaN(revenue))
export const d = (region) => (['north'].includes(region) && 'length' in [region].at(0) ? 1 : Math.max(...[1, 2]))`,
    'texts and dates that may be missing': `${sales}
export const a = (region, shipped) => (region && shipped ? region.length : 0)
export const b = (paid) => paid || 'no answer'
export const c = (region) => ['a'].filter((paid) => (paid ? region : null)).length
export const d = (paid) => (paid === 'yes' ? 1 : 0)`,
    'texts that are declared as something else': `${sales}
export const a = (paid: boolean, revenue) => (paid ? revenue : 0)
//                      ^^^^^^^ MD019`,
    'expressions without a place, and loops over all of them': `${sales}
const RE = /o/i
const ALL = /o/g
export const a = (region) => (RE.test(region) ? region.replace(ALL, '') : region)
export function b(region) {
  let count = 0
  while (ALL.exec(region)) count++
  return count + [/o/g].filter((ALL) => ALL.test(region)).length
}`,
    'text that is text': `${trips()}
export const a = (zip) => zip.max() + zip.sort().join(' ')
export const b = (name, price) => name + price
export const c = (name, size) => (name > size ? name : size)
export const d = (iso) => iso.max()
export const e = (iso) => iso > new Date('2024-01-03')
export const f = (us) => new Date(us)
export const g = (km) => 'Q' + km
export const h = (km, miles) => km + ' / ' + miles
export const i = (km) => km.nunique() + km.mode().length
export const j = (km) => km.map((k) => Number(k)).max()
export const k = (km) => km === '10'
export const l = (price, iso) => price.max() + iso.rank().sum()
export const m = (km) => { const own = (km) => km.max(); return own([Number(km)]) }`,
    'text that the author says is text': `${trips(', "columns": { "km": "string", "miles": { "missing": [] }, "end": { "type": "string" } }')}
export const a = (km) => km.max()
export const b = (miles) => miles.max()
export const c = (end) => end.max()`,
    'text that is read as what it looks like': `${trips(', "missing": ["-", "n/a"], "columns": { "end": { "type": "date", "format": "dd.MM.yyyy" } }')}
export const a = (km, miles, price) => (km > miles ? km + price : miles)
export const b = (end) => end.max()`,
    'code that is being written': `${sales}
export function a(revenue, cost) {
  if (revenue = 10
  return cost
//^^^^^^ MD034
}`,
  },
  fixes: [
    {
      title: `Read 'km' as numbers: "-" as missing`,
      before: `${trips()}export const a = (km) => km.max()`,
      after: '"km":',
    },
    {
      title: "Read 'end' as dates: dd.MM.yyyy",
      before: `${trips()}export const a = (end) => end.max()`,
      after: '"format":',
    },
    {
      title: 'Write revenue === 10 ? 1 : 0',
      before: `${sales}export const a = (revenue) => (revenue = 10 ? 1 : 0)`,
      after: '(revenue === 10 ? 1 : 0)',
    },
    {
      title: 'Write r => r > 5',
      before: `${grouped}export const a = (revenue) => revenue.filter(r => { r > 5 }).sum()`,
      after: 'revenue.filter(r => r > 5).sum()',
    },
    {
      title: 'Write function (r) { const x = r; return x * 2 }',
      before: `${grouped}export const a = (revenue) => revenue.map(function (r) { const x = r; x * 2 }).sum()`,
      after: 'return x * 2',
    },
    {
      title: "Put the value behind 'return'",
      before: `${sales}export function a(revenue, cost) {\n  return\n    revenue - cost\n}`,
      after: '{\n  return revenue - cost\n}',
    },
    {
      title: "Take out the ';'",
      before: `${sales}export function a(revenue) {\n  if (revenue > 5); { return 1 }\n  return 2\n}`,
      after: 'if (revenue > 5) { return 1 }',
    },
    {
      title: 'Write /o/i',
      before: `${sales}const RE = /o/gi\nexport const a = (region) => (RE.test(region) ? 1 : 0)`,
      after: 'const RE = /o/i\n',
    },
    {
      title: "Write paid !== 'yes'",
      before: `${sales}export const a = (paid) => (!paid ? 1 : 0)`,
      after: "(paid !== 'yes' ? 1 : 0)",
    },
  ],
  offers: [
    { before: `${sales}export const a = (revenue) => -revenue ^ 2`, titles: [] },
    {
      before: `${sales}export function a(revenue) {\n  if (revenue > 5);\n  return 2\n}`,
      titles: [],
    },
  ],
})
