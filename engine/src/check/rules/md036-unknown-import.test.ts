import { unknownImport } from './md036-unknown-import.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(unknownImport, {
  fires: {
    "a name that 'modeldriver' does not have": `${sales}
import { rond, clip } from 'modeldriver'
//       ^^^^ MD036: 'modeldriver' has no 'rond'. Did you mean 'round'?
import { fetchRates as rates } from 'modeldriver'
//       ^^^^^^^^^^ MD036: 'modeldriver' has no 'fetchRates'. Correct the name.
export const f = (revenue) => rond(clip(revenue, 0, 1)) * rates(revenue)`,
    'a file that is not there': `${sales}
import { rate } from './rats'
//                    ^^^^^^ MD036: There is no file './rats', so sales.features.ts cannot be loaded. Did you mean './rates'?
export const f = (revenue) => revenue * rate
//- /rates.ts
export const rate = 0.2`,
    'a file that is loaded for what it does': `${sales}
import '../setup.js'
//      ^^^^^^^^^^^ MD036: There is no file '../setup.js'
export const f = (revenue) => revenue`,
    'a name that the other file does not have': `${sales}
import { rate, other } from './rates'
//       ^^^^ MD036: './rates' has no 'rate'. Did you mean 'rates'?
export const f = (revenue) => revenue * rate + other
//- /rates.ts
export const rates = 0.2, other = 1`,
    'a package that is not installed': `${sales}
import _ from 'lodash'
//             ^^^^^^ MD036: The package 'lodash' is not installed, so sales.features.ts cannot be loaded. Install it with npm, or write the function in this file.
import { mean } from '@stats/all/mean'
//                    ^^^^^^^^^^^^^^^ MD036
export const f = (revenue) => _.round(revenue) + mean(revenue)`,
  },
  silent: {
    'what is there, by each way to name it': `${sales}// group_by: pin
import { agg, Column, mean as average, round, variance } from 'modeldriver'
import * as md from 'modeldriver'
import { readFileSync } from 'node:fs'
import { rate } from './rates.js'
import table from './table.json'
import { half } from './other.features'
import lodash from 'lodash/fp'
import { parse } from '@scope/dates'
import { one } from './folder'
export const f = agg((revenue) => round(average(revenue), 1) * rate * table.x * one * lodash.x + md.clip(variance(revenue), 0, 1) + parse(readFileSync) + half(Column))
//- /rates.ts
export const rate = 1
//- /table.json
{ "x": 1 }
//- /other.features.ts
export function half(cost) { return cost / 2 }
//- /folder/index.js
export const one = 1
//- /node_modules/lodash/package.json
{}
//- /node_modules/@scope/dates/package.json
{}`,
    'types are not loaded': `${sales}
import type { Shape } from './types'
import { type Other } from './types'
import { Third } from './types'
export const f = (revenue: Third) => revenue`,
  },
  fixes: [
    {
      title: "Change to 'round'",
      before: `${sales}import { rond } from 'modeldriver'\nexport const f = (revenue) => rond(revenue)`,
      after: "import { round } from 'modeldriver'\nexport const f = (revenue) => round(revenue)",
    },
    {
      title: "Change to './rates'",
      before: `${sales}import { rate } from './rats'\nexport const f = (revenue) => revenue * rate\n//- /rates.ts\nexport const rate = 2`,
      after: "from './rates'",
    },
  ],
})
