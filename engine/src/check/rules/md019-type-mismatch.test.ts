import { typeMismatch } from './md019-type-mismatch.ts'
import { testRule } from './testRule.ts'

const orders = `
//- /orders.csv
pin,region,revenue,qty,sold,paid,empty
A,de,10.5,4,2024-03-01,true,
B,fr,20,5,2024-03-02,false,
//- /orders.features.ts
`

testRule(typeMismatch, {
  fires: {
    'text declared as a number': `${orders}
export function net(region: number) { return region * 2 }
//                          ^^^^^^ MD019: 'region' is text in orders.csv (e.g. "de"), but is declared as number.`,
    'a number declared as text': `${orders}
export const label = (qty: string | null, revenue: number) => qty + revenue
//                         ^^^^^^^^^^^^^ MD019: 'qty' is a number in orders.csv (e.g. 4), but is declared as string | null.`,
    'dates and truth values': `${orders}
export function late(sold: string, paid: number) { return paid ? sold : null }
//                         ^^^^^^ MD019: 'sold' is a date in orders.csv (e.g. 2024-03-01), but is declared as string.
//                                       ^^^^^^ MD019: 'paid' is true or false in orders.csv (e.g. true)`,
    'numbers and texts that may mean true and false': `
//- /o.csv
flag,sure,answer
1,yes,ja
0,no,vielleicht
1,maybe,nie
//- /o.features.ts
export const a = (flag: boolean) => (flag ? 1 : 2)
//                      ^^^^^^^ MD019: 'flag' is a number in o.csv (e.g. 1), but is declared as boolean. If 1 and 0 mean true and false, give its model "columns": { "flag": "boolean" } in modeldriver.json; or write flag === 1.
export const b = (sure: boolean) => (sure ? 1 : 2)
//                      ^^^^^^^ MD019: Besides "yes" and "no" it holds "maybe". To say what is true and what is false, give its model "columns": { "sure": { "true": ["yes"], "false": ["no", "maybe"] } } in modeldriver.json.
export const c = (answer: boolean) => (answer ? 1 : 2)
//                        ^^^^^^^ MD019: 'answer' is text in o.csv (e.g. "ja"), but is declared as boolean.`,
    'whole columns': `${orders}
// group_by: pin
export function first_region(region: Column<number>, sold: number[]) { return region.first() + sold.length }
//                                   ^^^^^^^^^^^^^^ MD019: declared as Column<number>.
//                                                         ^^^^^^^^ MD019: 'sold' is a date`,
    'a pattern with a type': `${orders}
export function net({ region, qty }: { region: number; qty: number }) { return region * qty }
//                                             ^^^^^^ MD019: 'region' is text`,
    'a list of texts': `${orders}
export function band(revenue: 'low' | 'high') { return revenue }
//                            ^^^^^^^^^^^^^^ MD019: declared as 'low' | 'high'.`,
    'a feature of the same model': `${orders}
export function band(revenue) { return revenue > 3 ? 'high' : 'low' }
export function twice(band: number) { return band * 2 }
//                          ^^^^^^ MD019: 'band' is text, but is declared as number.`,
    'a feature of an earlier model': `
//- /modeldriver.json
{ "models": [
  { "model_name": "rows", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "next", "seq": 2, "features": ["b.features.ts"], "input": "rows.rows" } ] }
//- /d.csv
price
1
//- /a.features.ts
export function label(price) { return 'at ' + price }
//- /b.features.ts
export function twice(label: number) { return label * 2 }
//                           ^^^^^^ MD019: 'label' is text in model 'rows', but is declared as number.`,
    'a column of the manifest': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "columns": { "code": "string" } }] }
//- /a.features.ts
export function twice(code: number) { return code * 2 }
//                          ^^^^^^ MD019: 'code' is text in modeldriver.json, but is declared as number.`,
    'columns of a joined file, which have no entries, also where a column of the model has one of the same name': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [
  { "from": "shops.csv", "on": ["shop"], "prefix": "shop_" } ],
  "missing": ["?"], "columns": { "code": "string", "fee": { "missing": ["0"] }, "paid": { "true": ["wahr"] } } }] }
//- /sales.csv
shop,code,fee,paid
a,1,2,wahr
//- /shops.csv
shop,code,fee,size,paid,open,big
a,007,5,"1,5",ja,ja,1
b,008,none,many,nein,geht so,0
c,009,6,"2,5",n/a,nein,1
//- /m.features.ts
export const a = (shop_code: number) => shop_code
//                           ^^^^^^ MD019: 007 has a leading zero, as codes have, so it stays text. If it is a number, a feature can make it one: export const shop_code_number = (shop_code) => Number(shop_code)
export const b = (shop_fee: number) => shop_fee
//                          ^^^^^^ MD019: Besides numbers it holds "none". A feature can make numbers of the others, and a missing value of that: export const shop_fee_number = (shop_fee) => Number(shop_fee)
export const c = (shop_size: number) => shop_size
//                           ^^^^^^ MD019: export const shop_size_number = (shop_size) => Number(shop_size.replaceAll('.', '').replaceAll(',', '.'))
export const d = (shop_paid: boolean) => shop_paid
//                           ^^^^^^^ MD019: If it holds true and false, give its model "missing": ["?", "n/a"] in modeldriver.json, and make them in a feature: export const shop_paid_true = (shop_paid) => shop_paid.toLowerCase() === 'ja'
export const e = (shop_open: boolean) => shop_open
//                           ^^^^^^^ MD019
export const f = (shop_big: boolean) => shop_big
//                          ^^^^^^^ MD019: If 1 and 0 mean true and false, make them in a feature: export const shop_big_true = (shop_big) => shop_big === 1`,
    'a key of a join': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [
  { "from": "shops.csv", "on": ["shop", "day", "new"] } ] }] }
//                               ^^^^ MD019: Join key 'shop' is a number in sales.csv (e.g. 1) and text in shops.csv, so no row would match. Make them alike, for example with "columns": { "shop": "string" }.
//                                              ^^^ MD019: Join key 'new' is true or false in sales.csv (e.g. true) and a date in shops.csv
//- /sales.csv
shop,day,new,price
1,1,true,2
//- /shops.csv
shop,day,new,region
a,1.5,2024-01-01,north
//- /m.features.ts
export const where = (region) => region + '!'
`,
    'a key of a join that the tables write in another way': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [
  { "from": "shops.csv", "on": ["shop_id"] } ] }] }
//                               ^^^^^^^ MD019: Join key 'shop_id' is a number in sales.csv (e.g. 1) and text in shops.csv, so no row would match. Make them alike, for example with "columns": { "Shop Id": "string" }.
//- /sales.csv
Shop Id,price
1,2
//- /shops.csv
SHOP_ID,region
a,north
//- /m.features.ts
export const where = (region) => region + '!'
`,
    'a share in percent': `${orders}
// group_by: pin
import { quantile } from 'modeldriver'
export const top = (revenue) => revenue.quantile(90)
//                              ^^^^^^^^^^^^^^^^^^^^ MD019: 'quantile' takes a share from 0 to 1, not 90. For 90 % write 0.9.
export const low = (revenue, qty) => quantile(revenue, 10) + qty.quantile(0.1) + qty.quantile(1)
//                                   ^^^^^^^^^^^^^^^^^^^^^ MD019`,
    'what an aggregate does not take': `${orders}
// group_by: pin
import { mean, sum as total } from 'modeldriver'
export const a = (revenue) => revenue.mean((x) => x * 2)
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'mean' takes nothing between its parentheses, so (x) => x * 2 would be ignored. Write revenue.map((x) => x * 2).mean().
export const b = (revenue) => revenue.filter((x) => x > 1).count((x) => x > 2) + revenue.sum('qty')
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'count' takes nothing between its parentheses, so (x) => x > 2 would be ignored. Write revenue.filter((x) => x > 2).count().
//                                                                               ^^^^^^^^^^^^^^^^^^ MD019: 'sum' takes nothing between its parentheses, so 'qty' would be ignored.
export const c = (revenue, qty) => mean(revenue, qty) + revenue.corr(qty) + total(qty.map((x) => Math.max(x, 1)))
//                                 ^^^^^^^^^^^^^^^^^^ MD019: 'mean' takes nothing between its parentheses, so qty would be ignored.
export const d = (revenue) => revenue - revenue.lag('day') + revenue.rolling(3).mean(2)
//                                      ^^^^^^^^^^^^^^^^^^ MD019: 'lag' takes a whole number of places, not 'day'.
//                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'mean' takes nothing between its parentheses, so 2 would be ignored.`,
    'windows of no rows': `${orders}
// group_by: pin
export const smooth = (revenue) => revenue.rolling(0).mean()
//                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'rolling' takes a whole number of rows, at least 1, not 0.
export const half = (revenue) => revenue.lag(1).rolling(2.5, 1).max() + revenue.rolling(3).min()
//                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'rolling' takes a whole number of rows, at least 1, not 2.5.
export const between = (revenue) => revenue - revenue.lag(0.5) + revenue.lag(-1) + revenue.diff(2)
//                                            ^^^^^^^^^^^^^^^^ MD019: 'lag' takes a whole number of places, not 0.5.`,
    'windows that are never full': `${orders}
// group_by: pin
export const smooth = (revenue) => revenue - revenue.rolling(2, 3).mean()
//                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'rolling(2, 3)' wants at least 3 values, but its windows have 2, so it would never give one. Write rolling(2, 2) for full windows only, or rolling(3, 3).
export const half = (revenue) => revenue.rolling(4, 4).max() + revenue.rolling(4, 0.5).min()
//                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD019: 'rolling' takes as second how many values a window must have, a whole number from 0 to 4, not 0.5.`,
  },
  silent: {
    'keys that may be equal, or that no value was seen of': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "columns": { "code": "string" },
  "joins": [{ "from": "shops.csv", "on": ["shop", "code", "empty"] } ] }] }
//- /sales.csv
shop,code,empty
1,7,1
//- /shops.csv
shop,code,empty,region
1.5,a,,north
//- /m.features.ts
export const where = (region) => region + '!'
`,
    'the right types': `${orders}
export function a(region: string, qty: number, sold: Date, paid: boolean, revenue: number | null) { return [region, qty, sold, paid, revenue].length }
export function b(region: 'de' | 'fr', qty: 4 | 5, paid: true | false) { return [region, qty, paid].length }`,
    'types that may be anything': `${orders}
// group_by: pin
type Code = string
export function a(region: Code, qty: any, sold: unknown, revenue: string | number, paid: Flag<number>) { return [region, qty, sold, revenue, paid].length }
export function b({ region }: Row) { return region }
export function c(region: Column) { return region.first() }`,
    'nothing is known of the values': `${orders}
export function a(empty: boolean) { return empty }
export function b(region) { let x = region; return x }
export function c(b: number) { return b }`,
  },
  fixes: [
    {
      title: "Read 'sold' as dates: dd.MM.yyyy",
      before: `
//- /o.csv
pin,sold
a,31.12.2024
//- /o.features.ts
// group_by: pin
export function last(sold: Column<Date>) { return sold.max() }`,
      after: '"sold": {\n          "type": "date",\n          "format": "dd.MM.yyyy"\n        }',
    },
    {
      title: "Read 'when' as dates: dd/MM/yyyy",
      before: `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["o.features.ts"], "data": "o.csv" }] }
//- /o.csv
When
01/02/2024
//- /o.features.ts
export function same(when: Date) { return when }`,
      after: '"columns": { "When": { "type": "date", "format": "dd/MM/yyyy" } }',
    },
    {
      title: "Read 'price' as numbers: 1.234,5",
      before: `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["o.features.ts"], "data": "o.csv", "columns": { "pin": "string" } }] }
//- /o.csv
pin,price
1,"1.234,50"
3,"2,00"
//- /o.features.ts
export function twice(price: number) { return price * 2 }`,
      after: '"price": { "type": "number", "decimal": ",", "thousands": "." }',
    },
    {
      title: 'Change annotation to string | null',
      before: `${orders}
export function net(region: number | null) { return region }`,
      after: 'net(region: string | null)',
    },
    {
      title: 'Change annotation to Column<string>',
      before: `${orders}
// group_by: pin
export function net(region: Column< number >) { return region.first() }`,
      after: 'net(region: Column<string>)',
    },
    {
      title: 'Change annotation to readonly (Date | null)[]',
      before: `${orders}
// group_by: pin
export function net(sold: readonly (number | null)[]) { return sold.length }`,
      after: 'net(sold: readonly (Date | null)[])',
    },
    {
      title: 'Change annotation to string',
      before: `${orders}
export function net({ region: r }: { readonly region?: number }) { return r }`,
      after: '{ readonly region?: string }',
    },
  ],
})
