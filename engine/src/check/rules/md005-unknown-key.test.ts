import { unknownKey } from './md005-unknown-key.ts'
import { testRule } from './testRule.ts'

const orders = (groupBy: string) => `
//- /modeldriver.json
{ "models": [{
  "model_name": "m", "features": ["a.features.ts"], "data": "data/orders.csv",
${groupBy}
}] }
//- /data/orders.csv
pin,month,revenue
A,1,1
//- /a.features.ts
export function total(revenue) { return revenue.sum() }`

const pipeline = (join: string, key = '["day", "hour"]') => `
//- /modeldriver.json
{ "models": [
  { "model_name": "daily", "seq": 1, "features": ["daily.features.ts"], "data": "sales.csv", "group_by": "day" },
  { "model_name": "hourly", "seq": 2, "features": ["hourly.features.ts"], "data": "sales.csv", "group_by": ${key},
${join}
 } ] }
//- /sales.csv
day,hour,price
2025-01-01,8,1
//- /daily.features.ts
export const total = (price) => price.sum()
//- /hourly.features.ts
export const sum = (price) => price.sum()
export const clock = (hour) => hour + 1
`

const spelled = (on: string, here: string, there: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [{ "from": "shops.csv", "prefix": "shop_",
         ${on}
 }] }] }
//- /sales.csv
${here},price
${here.replace(/\w+/g, 'a')},1
//- /shops.csv
${there},region
${there.replace(/\w+/g, 'a')},north
//- /m.features.ts
export const k = (price) => price + 1`

testRule(unknownKey, {
  fires: {
    'in the manifest': orders(`  "group_by": "pim"
//             ^^^ MD005: group_by column 'pim' is not in data/orders.csv. Did you mean 'pin'?`),
    'one of several': orders(`  "group_by": ["pin", "mnth"]
//                     ^^^^ MD005: Did you mean 'month'?`),
    'in the first comment': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: pni
//           ^^^ MD005: Did you mean 'pin'?
export function total(revenue) { return revenue.sum() }`,
    'a key that needs groups': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: band
//           ^^^^ MD005: group_by 'band' needs the group feature 'total'
export function total(revenue) { return revenue.sum() } //#agg
export function band(revenue, total) { return revenue > total ? 'a' : 'b' }`,
    'a key that is a group feature': `
//- /sales.csv
pin,revenue
A,1
//- /sales.features.ts
// group_by: total
//           ^^^^^ MD005: group_by 'total' is a group feature, but the key must be known before there are groups.
export function total(revenue) { return revenue.sum() } //#agg`,
    'a key that looks at the rows of its group': `
//- /sales.csv
user,sold,price
a,2024-03-01,1
//- /sales.features.ts
// group_by: user, visit
//           ^^^^^^^^^^^ MD005: group_by 'visit' needs 'pause.rolling(3).sum()' of the rows of its group, but the key must be known before there are groups. Make it in a model before this one.
export const pause = (price) => price * 2
export const visit = (pause) => pause.rolling(3).sum() > 1
export function total(price) { return price.sum() }`,
    'a join key that the other table does not have':
      pipeline(`  "joins": [{ "from": "daily.groups", "prefix": "prior_", "on": ["dya"] }]
//                                                                ^^^ MD005: Join key 'dya' is not in daily.groups. Did you mean 'day'?`),
    'a join key that this model does not have':
      pipeline(`  "joins": [{ "from": "daily.groups", "prefix": "prior_",  "on": ["total"] }]
//                                                                 ^^^^^ MD005: Join key 'total' is neither a column nor a row feature of model 'hourly'.`),
    'a join key that the join brings': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv",
  "joins": [{ "from": "shops.csv", "on": ["shop"] }] }] }
//                                         ^^^^ MD005: Join key 'shop' needs 'region', which this join brings, but the key
//- /sales.csv
price
1
//- /shops.csv
shop,region
a,north
//- /m.features.ts
export const shop = (region) => region`,
    'a join key that could be two columns there': spelled(
      `"on": "pin"
//              ^^^ MD005: Join key 'pin' could be 'PIN' or 'Pin' in shops.csv. Write the one that is meant.`,
      'PIN,Pin',
      'PIN,Pin',
    ),
    'a join key that could be two columns here': spelled(
      `"on": "pin"
//              ^^^ MD005: Join key 'pin' could be 'PIN' or 'Pin' in model 'm'. Write the one that is meant.`,
      'PIN,Pin',
      'pin',
    ),
    'a join key that only a later join brings': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv",
  "joins": [{ "from": "taxes.csv", "on": ["region"] },
//                                         ^^^^^^ MD005: Join key 'region' needs 'region', which the join with shops.csv after it brings, but the key must be known before the join.
            { "from": "shops.csv", "on": ["shop"] }] }] }
//- /sales.csv
shop,price
a,1
//- /shops.csv
shop,region
a,north
//- /taxes.csv
region,tax
north,1
//- /m.features.ts
export const net = (price, tax) => price - tax`,
    'a misspelt join key, where the two tables write it otherwise': spelled(
      `"on": "pni"
//              ^^^ MD005: Join key 'pni' is not in shops.csv. Did you mean 'PIN'?`,
      'pin',
      'PIN,area',
    ),
    'a join key that the other table calls otherwise': spelled(
      `"on": "pin"
//              ^^^ MD005: Join key 'pin' is not in shops.csv. The columns of shops.csv are 'parcel', 'area' and 'region'. If 'pin' is 'parcel' in shops.csv, name it so: "columns": { "parcel": { "from": "pin" } }, and "parcel" in "on".`,
      'pin',
      'parcel,area',
    ),
    'a join key that this model calls otherwise': spelled(
      `"on": "parcel"
//              ^^^^^^ MD005: Join key 'parcel' is neither a column nor a row feature of model 'm'. The columns of sales.csv are 'pin' and 'price'. If 'pin' is 'parcel' in shops.csv, name it so: "columns": { "parcel": { "from": "pin" } }.`,
      'pin',
      'parcel,area',
    ),
    'a join key that the other table calls otherwise, and a feature reads': `${spelled(
      `"on": "pin"
//              ^^^ MD005: If 'pin' is 'Parcel No' in shops.csv, write a feature that says so: export const Parcel_No = (pin) => pin, and "Parcel_No" in "on".`,
      'pin',
      'Parcel No',
    )}
export const other = (pin) => pin + 1`,
    'a join key that is nearly a column there': spelled(
      `"on": "pin"
//              ^^^ MD005: If 'pin' is 'pid' in shops.csv, name it so: "columns": { "pid": { "from": "pin" } }, and "pid" in "on".`,
      'pin',
      'area,pid',
    ),
    'a join key of which both sides have two in each spelling': spelled(
      `"on": "pin"
//              ^^^ MD005: Join key 'pin' could be 'PIN' or 'Pin' in model 'm'. If 'PIN' is 'pin' in shops.csv, name it so: "columns": { "pin": { "from": "PIN" } }.`,
      'PIN,Pin',
      'pin,p_in',
    ),
    'an order by something that is no key': pipeline(`  "group_order": ["clok"]
//                 ^^^^ MD005: group_order names 'clok', which is no key and no group feature of model 'hourly'.`),
  },
  silent: {
    'a row feature can be the key': `
//- /sales.csv
at,revenue
2025-01-01,1
//- /sales.features.ts
// group_by: day
export function day(at) { return at.toISOString().slice(0, 10) }
export function total(revenue) { return revenue.sum() }`,
    'a joined column can be the key': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "group_by": "region",
  "joins": [{ "from": "shops.csv", "on": ["shop"] }], "group_order": ["region"] }] }
//- /sales.csv
shop,price
a,1
//- /shops.csv
shop,region
a,north
//- /m.features.ts
export const total = (price) => price.sum()`,
    'a join key of which both tables write another case': spelled('"on": ["p_in"]', 'Pin', 'PIN'),
    'a join key of which the other table has two, written as one of them': `${spelled('"on": "Pin"', 'pin', 'Pin,PIN')}
export const other = (shop_PIN) => shop_PIN + 1`,
    'nothing is known of the data': `
// group_by: pni
export function total(revenue) { return revenue.sum() }`,
  },
  fixes: [
    {
      title: "Read 'pin' as 'parcel'",
      before: spelled('"on": "pin"', 'pin', 'parcel,area'),
      after: '"on": "parcel"\n }], "columns": { "parcel": { "from": "pin" } }',
    },
    {
      title: "Change to 'month'",
      before: orders(`  "group_by": ["pin", "mnth"] // both`),
      after: '"group_by": ["pin", "month"] // both',
    },
    {
      title: "Change to 'pin'",
      before: `
//- /sales.csv
pin,month,revenue
A,1,1
//- /sales.features.ts
// group_by: pni, month
export function total(revenue) { return revenue.sum() }`,
      after: '// group_by: pin, month',
    },
    {
      title: "Change to 'day'",
      before: pipeline('  "joins": [{ "from": "daily.groups", "prefix": "prior_", "on": ["dya"] }]'),
      after: '"on": ["day"]',
    },
  ],
})
