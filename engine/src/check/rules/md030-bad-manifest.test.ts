import { badManifest } from './md030-bad-manifest.ts'
import { testRule } from './testRule.ts'

/** One model with more lines in its entry. */
const model = (lines: string, top = '') => `
//- /modeldriver.json
{ ${top}"models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "d.csv",
${lines}
}] }
//- /d.csv
price,sold
1,2025-01-01
//- /a.features.ts
export function double(price) { return price * 2 }`

const pipeline = (lines: string) => `
//- /modeldriver.json
{ "models": [
  { "model_name": "daily", "seq": 1, "features": ["daily.features.ts"], "data": "sales.csv", "group_by": "day" },
  { "model_name": "hourly", "seq": 2, "features": ["hourly.features.ts"], "group_by": "day",
${lines}
 } ] }
//- /sales.csv
day,hour,price
2025-01-01,8,1
//- /daily.features.ts
export const total = (price) => price.sum()
//- /hourly.features.ts
export const lines = (day) => day.count()`

/** A join by these keys, of data with these headers. */
const joinedBy = (here: string, there: string, on: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "sales.csv", "joins": [{ "from": "shops.csv",
         ${on}
 }] }] }
//- /sales.csv
${here},price
${here.replace(/\w+/g, 'a')},1
//- /shops.csv
${there},region
${there.replace(/\w+/g, 'a')},north
//- /m.features.ts
export const where = (region) => region + '!'`

testRule(badManifest, {
  fires: {
    'a key of a join that stands twice in two spellings': joinedBy(
      'pin',
      'Pin',
      `"on": ["pin", "PIN"]
//                      ^^^ MD030: Join key 'PIN' stands twice: it and 'pin' are 'Pin' in shops.csv. Leave one of them out.`,
    ),
    'two keys of a join that are one column here': joinedBy(
      'Shop',
      'shop,SHOP',
      `"on": ["shop", "SHOP"]
//                       ^^^^ MD030: Join key 'SHOP' stands twice: it and 'shop' are 'Shop' in model 'm'.`,
    ),
    'a misspelt word': model(`   "grup_by": "price"
//  ^^^^^^^ MD030: A model has no property "grup_by". Did you mean "group_by"?`),
    'text in single quotes': model(`   "group_by": 'price'
//             ^^^^^^^ MD030: Text stands in double quotes here: "price".`),
    'a name in single quotes, and one without': model(`   'group_by': "price"
// ^^^^^^^^^^ MD030: Text stands in double quotes here: "group_by".`),
    'a name without quotes': model(`   group_by: "price"
// ^^^^^^^^ MD030: Names and text stand in double quotes: "group_by".`),
    'a word of Python': model(`   "legacy_mode": True
//                ^^^^ MD030: 'True' is written true here.`),
    'a folder of Windows': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"],
   "data": "data\\orders.csv"
//         ^^^^^^^^^^^^^^^^^ MD030: A backslash cannot stand alone here. Write / between folders: "data/orders.csv".
}] }
//- /a.features.ts
export function double(price) { return price * 2 }
//- /data/orders.csv
price
1`,
    'a comma is missing': model(`   "group_by": "price" "seq": 2
//                     ^^^^^ MD030: This is not valid JSON: a ',' is missing before this.`),
    'a misspelt word is read as what is meant': `
//- /modeldriver.json
{ "models": [{ "model_nam": "m", "feature": ["m.features.ts"], "data": "d.csv", "groupby": "pin" }] }
//              ^^^^^^^^^ MD030: Did you mean "model_name"?
//                                ^^^^^^^ MD030: Did you mean "features"?
//                                                                               ^^^^^^^ MD030: Did you mean "group_by"?
//- /d.csv
pin,price
A,1
//- /m.features.ts
export function total(price) { return price.sum() }`,
    'a word that nothing is like': model(`   "colour": "red"
//  ^^^^^^ MD030: A model has no property "colour".`),
    'a word that stands twice': model(`   "kinds": {},
   "kinds": {}
//  ^^^^^ MD030: "kinds" stands here twice, and only the last one counts.`),
    'a name that stands twice in a list': model(`   "group_by": ["sold", "sold"]
//                       ^^^^ MD030: "sold" stands twice in "group_by".`),
    'values of the wrong form': model(`   "legacy_mode": "yes", "seq": 1e999, "joins": {}
//                 ^^^ MD030: "legacy_mode" must be true or false.
//                              ^^^^^ MD030: "seq" must be a whole number.
//                                              ^^ MD030: "joins" must be a list [ … ].`),
    'no such file': `
//- /modeldriver.json
{ "models": [{ "model_name": "m",
  "features": ["b.features.ts"] }] }
//              ^^^^^^^^^^^^^ MD030: No feature file matches "b.features.ts". Did you mean "a.features.ts"?
//- /a.features.ts
export function y(x) { return x }`,
    'files outside of the project': `
//- /p/modeldriver.json
{ "models": [{ "model_name": "m",
  "features": ["../a.features.ts"] }] }
//              ^^^^^^^^^^^^^^^^ MD030: "../a.features.ts" is outside of this folder
//- /a.features.ts
export function y(x) { return x }`,
    'a model without features': `
//- /modeldriver.json
{ "models": [{
  "model_name": "m" }] }
//               ^ MD030: Model 'm' has no "features".`,
    'columns and kinds that do not exist':
      model(`   "columns": { "pric": { "required": true }, "date": { "from": "sld", "type": "date" } },
//               ^^^^ MD030: "columns" names 'pric', which is not in d.csv. Did you mean 'price'?
//                                                               ^^^ MD030: "columns" names 'sld', which is not in d.csv. Did you mean 'sold'?
   "kinds": { "dubble": "row" }
//             ^^^^^^ MD030: "kinds" names 'dubble', which is not a feature of model 'm'. Did you mean 'double'?`),
    'columns of an earlier model': pipeline(`   "input": "daily.groups", "columns": { "toal": "number" }
//                                        ^^^^ MD030: "columns" names 'toal', which is not in daily.groups. Did you mean 'total'?`)
      .replace('["day", "hour"]', '"day"')
      .replace('(hour) => hour.count()', '(total) => total.count()'),
    'a level and a severity that are none': model(
      `   "kinds": { "double": "rows" }
//                       ^^^^ MD030: "rows" is not a level; choose one of row, group.`,
      `
"rules": { "MD020": "of" },
//                   ^^ MD030: "of" is not a severity; choose one of off,
   `,
    ),
    'codes that do not exist or do not change': model(
      '   "seq": 1',
      `
"rules": { "MD03O": "off", "MD027": "off", "MD030": "off", "MD002": "warning" },
//          ^^^^^ MD030: There is no problem with the code "MD03O". Did you mean
//                          ^^^^^ MD030: The severity of MD027 cannot be changed: it is found while a model runs.
//                                          ^^^^^ MD030: The severity of MD030 cannot be changed
   `,
    ),
    'date patterns of other tools': model(`   "formats": { "date": "YYYY-MM-DD", "datetime": "%d.%m.%Y %H:%M" },
//                       ^^^^^^^^^^ MD030: No date can be read as "YYYY-MM-DD": it has 'YYYY', which is no part of a date here. Did you mean "yyyy-MM-dd"?
//                                                 ^^^^^^^^^^^^^^ MD030: Did you mean "dd.MM.yyyy HH:mm"?
   "columns": { "sold": { "type": "date", "format": "yyyy-mm-dd" } }
//                                                   ^^^^^^^^^^ MD030: it has minutes (mm) without hours (HH); months are MM. Did you mean "yyyy-MM-dd"?`),
    'date patterns that read nothing': model(`   "formats": { "date": "dd.MM", "datetime": "dd.MM.dd HH:mm yy" }
//                       ^^^^^ MD030: No date can be read as "dd.MM": it has no year (yyyy).
//                                            ^^^^^^^^^^^^^^^^^ MD030: it has 'd' twice`),
    'a pattern for a number': model(`   "columns": { "price": { "type": "number", "format": "0.00" } }
//                                                      ^^^^ MD030: 'price' is read as number, but "format" is for dates.`),
    'words for true and false':
      model(`   "columns": { "price": { "type": "string", "true": "ja" }, "sold": { "true": ["2025-01-01", "J"], "false": "j" } }
//                                                    ^^ MD030: 'price' is read as string, but "true" says how booleans are written.
//                                                                                                            ^ MD030: "j" cannot mean both true and false.`),
    'marks of a missing value': model(`   "missing": ["NA", " "], "columns": { "price": { "missing": -1 } }
//            ^^^^^^^^^^^ MD030: A blank cell is missing anyway; "missing" lists what else is.
//                                                            ^^ MD030: "missing" must be a text in quotes.`),
    'marks of a missing value that are words for false':
      model(`   "columns": { "sold": { "true": "2025-01-01", "false": "NA", "missing": ["na", 7] } }
//                                                                        ^^^^^^^^^ MD030: "na" cannot mean both a missing value and true or false.
//                                                                               ^ MD030: Each entry of "missing" must be a text in quotes.`),
    'the row of a header that there is not':
      pipeline(`   "header_row": 2, "joins": [{ "from": "sales.csv", "on": "day", "header_row": 0 }]
//               ^ MD030: "header_row" counts only for CSV, TSV and Excel files.
//                                                                              ^ MD030: "header_row" must be the number of a row, from 1.`),
    'one sign for two things': model(`   "formats": { "number": { "thousands": "." } }
//                                        ^ MD030: "." cannot be both the decimal sign and the sign between thousands.`),
    'one sign for two things in a column': model(`   "columns": { "price": { "decimal": ".", "thousands": "." } }
//                                                       ^ MD030: "." cannot be both the decimal sign and the sign between thousands.`),
    'a decimal sign for dates': model(`   "columns": { "sold": { "type": "date", "decimal": "," } }
//                                                    ^ MD030: 'sold' is read as date, but "decimal" is for numbers.`),
    'more than one sign': model(`   "formats": { "number": { "decimal": ",,", "thousands": "." } }
//                                      ^^ MD030: "decimal" must be one sign, such as "," or ".".`),
    'data and input': model(`   "input": "e.csv"
//           ^^^^^ MD030: "data" and "input" both say what the model reads, and only "data" counts.`),
    'a model in place of its table': pipeline(`   "input": "daily"
//           ^^^^^ MD030: "daily" is no table. Model 'daily' has daily.rows, daily.groups and daily.outputs.`),
    'a table that no model has': pipeline(`   "input": "daily.group"
//           ^^^^^^^^^^^ MD030: "daily.group" is no table`),
    'frames without legacy_mode, and functions that are none': model(`   "frames": { "dubble": { "inputs": [] } }
//  ^^^^^^ MD030: "frames" counts only with "legacy_mode": true.
//              ^^^^^^ MD030: 'dubble' does not say its "inputs": list the columns.
//              ^^^^^^ MD030: 'dubble' does not say its "outputs": list the columns.`),
    'frames that name no function':
      model(`   "legacy_mode": true, "frames": { "dubble": { "inputs": ["price"], "outputs": ["twice"] } }
//                                   ^^^^^^ MD030: "frames" names 'dubble', which is not a function of model 'm'. Did you mean 'double'?`),
    'an order of groups that are not there': model(`   "group_order": ["sold"]
//  ^^^^^^^^^^^ MD030: "group_order" orders groups, but model 'm' has no "group_by".`),
    'joins without their words': model(`   "joins": [{ "from": "d.csv", "wher": 1 }, 2]
//           ^ MD030: This join has no "on".
//                               ^^^^ MD030: A join has no property "wher".
//                                           ^ MD030: A join must be an object { … }.`)
      .replace('"d.csv", "wher"', '"e.csv", "wher"')
      .replace('//- /a.features', '//- /e.csv\nx\n1\n//- /a.features'),
    'a column that the joined table does not have':
      pipeline(`   "input": "daily.rows", "joins": [{ "from": "daily.groups", "on": ["day"], "columns": ["totla"] }]
//                                                                                        ^^^^^ MD030: 'totla' is not in daily.groups. Did you mean 'total'?`),
    'a column that could be two of the joined table':
      model(`   "joins": [{ "from": "e.csv", "on": ["sold"], "columns": ["AREA"] }]
//                                                           ^^^^ MD030: 'AREA' could be 'Area' or 'area' in e.csv. Write the one that is meant.`).replace(
        '//- /a.features',
        '//- /e.csv\nsold,Area,area\n2025-01-01,1,2\n//- /a.features',
      ),
    'a column that is there already': model(`   "joins": [{ "from": "e.csv", "on": ["sold"] }]
//                      ^^^^^ MD030: The join with e.csv brings 'price', which is already a column of d.csv. Give it another "prefix"`).replace(
      '//- /a.features',
      '//- /e.csv\nsold,price\n2025-01-01,1\n//- /a.features',
    ),
  },
  silent: {
    'two keys of a join that are two columns in both files': joinedBy('pin,PIN', 'PIN,pin', '"on": ["pin", "PIN"]'),
    'severities can be changed': `
//- /modeldriver.json
{ "rules": { "MD003": "off" },
  "models": [{ "model_name": "m", "features": ["a.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export function y(x) { return x }
export function y(x) { return x + 1 }`,
    'patterns with words of their own': model(
      '"formats": { "date": "d. M. yy", "datetime": "dd.MM.yyyy HH:mm Uhr" }, "columns": { "sold": { "format": "yyyy-MM-dd" } }',
    ),
    'every word there is': `
//- /modeldriver.json
{ "client_name": "c", "output_base": "out", "rules": { "MD020": "hint" }, "models": [{
  "model_name": "m", "seq": 1, "features": "a.features.ts", "data": "d.csv", "group_by": ["pin"], "group_order": "pin",
  "joins": [{ "from": "e.csv", "on": "pin", "prefix": "e_", "columns": "price" }], "outputs": { "most": "top" },
  "target": "price", "columns": { "sold": { "from": "Sold at", "type": "date", "format": "dd.MM.yyyy", "required": true } },
  "formats": { "date": "dd.MM.yyyy", "datetime": "dd.MM.yyyy HH:mm", "number": { "decimal": ",", "thousands": "." } },
  "kinds": { "top": "group" } }] }
//- /d.csv
pin;price;Sold at
a;1,5;01.01.2025
//- /e.csv
pin,price
a,1
//- /a.features.ts
export function top(e_price, sold) { return sold.max() * e_price }`,
  },
  fixes: [
    { title: "Change to 'group_by'", before: model('"grup_by": "sold"'), after: '"group_by": "sold"' },
    {
      title: 'Remove "colour"',
      before: model('"seq": 1, "colour": "red", // why'),
      after: '"seq": 1, // why',
    },
    { title: 'Remove the second "sold"', before: model('"group_by": ["sold", "sold"]'), after: '"group_by": ["sold"]' },
    {
      title: 'Remove "columns"',
      before: model('"columns": {}, "seq": 1, "columns": { "price": "number" }'),
      after: '"columns": {}, "seq": 1\n',
    },
    {
      title: "Change to 'price'",
      before: model('"columns": { "pric": { "required": true } }'),
      after: '{ "price": { "required": true } }',
    },
    { title: 'Remove "pric"', before: model('"columns": { "pric": { "required": true } }'), after: '"columns": {}' },
    {
      title: "Change to 'yyyy-MM-dd'",
      before: model('"formats": { "date": "YYYY-MM-DD" }'),
      after: '"date": "yyyy-MM-dd"',
    },
    {
      title: "Change to ','",
      before: model('"formats": { "number": { "thousands": "." } }'),
      after: '"thousands": ","',
    },
    {
      title: 'Give the join the prefix "e_"',
      before: model('"joins": [{ "from": "e.csv", "on": ["sold"] }]').replace(
        '//- /a.features',
        '//- /e.csv\nsold,price\n2025-01-01,1\n//- /a.features',
      ),
      after: '"prefix": "e_"',
    },
    {
      title: "Change to 'daily.groups'",
      before: pipeline('"input": "daily.grups"'),
      after: '"daily.groups"',
    },
  ],
})
