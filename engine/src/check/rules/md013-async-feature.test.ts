import { asyncFeature } from './md013-async-feature.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(asyncFeature, {
  fires: {
    'an async function': `${sales}
export async function later(revenue) { return revenue }
//                    ^^^^^ MD013: Features cannot be async: they run once per row, in order. Remove 'async' and what waits.`,
    'an async arrow': `${sales}
export const later = async (revenue) => revenue
//           ^^^^^ MD013: Features cannot be async`,
    'a generator': `${sales}
export function* many(revenue) { yield revenue }
//               ^^^^ MD013: Features cannot be generators: they run once per row, in order. Remove '*' and return one value.
export const more = function* (cost) { return cost }
//           ^^^^ MD013`,
    'an async generator': `${sales}
export async function* many(revenue) { return revenue }
//                     ^^^^ MD013: Features cannot be async`,
  },
  silent: {
    'a helper may wait': `${sales}
async function load() { return 1 }
export const margin = (revenue, cost) => revenue - cost`,
    'a name that says so': `${sales}
export function async_share(revenue, cost) { return cost / revenue } // async`,
  },
  fixes: [
    {
      title: "Remove 'async'",
      before: `${sales}\n/** async by mistake */\nexport async function later(revenue) { return revenue }`,
      after: 'export function later(revenue)',
    },
    {
      title: "Remove 'async'",
      before: `${sales}\nexport const later = async (revenue) => revenue`,
      after: 'export const later = (revenue)',
    },
    {
      title: "Remove 'async' and '*'",
      before: `${sales}\nexport async function* many(revenue) { return revenue }`,
      after: 'export function many(revenue)',
    },
    {
      title: "Remove '*'",
      before: `${sales}\nexport const more = function* (cost) { return cost }`,
      after: 'export const more = function (cost)',
    },
    {
      title: "Remove '*'",
      before: `${sales}\nexport function*more(cost) { return cost }`,
      after: 'export function more(cost)',
    },
  ],
  offers: [
    { before: `${sales}\nexport async function later(revenue) { return await revenue }`, titles: [] },
    { before: `${sales}\nexport function* later(revenue) { yield revenue }`, titles: [] },
  ],
})
