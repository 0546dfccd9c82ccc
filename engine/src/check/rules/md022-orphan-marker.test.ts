import { orphanMarker } from './md022-orphan-marker.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
// group_by: pin
`

testRule(orphanMarker, {
  fires: {
    'between features': `${sales}
export const net = (revenue, cost) => revenue - cost

//#agg
//^^^^ MD022: This #agg belongs to no feature; put it in the function or directly above it.

export function margin(revenue) { return revenue }`,
    'at a helper, and at the end': `${sales}
const helper = (x) => x //#row
//                        ^^^^ MD022: This #row
export const net = (revenue) => helper(revenue)

// @group
// ^^^^^^ MD022`,
    'nearly a marker': `${sales}
export function total(revenue) { //#aggregate
//                                 ^^^^^^^^^^ MD022: '#aggregate' is no marker, so it has no effect. Did you mean '#agg'?
  return revenue.sum()
}
// #rows
// ^^^^^ MD022: Did you mean '#row'?
export const margin = (revenue, cost) => revenue - cost
export const most = (cost) => cost.max() /* #GBY */
//                                          ^^^^ MD022: Did you mean '#agg'?
export const twice = (cost) => cost * 2 //#aggg
//                                        ^^^^^ MD022: '#aggg' is no marker, so it has no effect. Did you mean '#agg'?
export const same = (cost) => cost //#gruop
//                                   ^^^^^^ MD022: Did you mean '#agg'?`,
  },
  silent: {
    'where markers may stand': `${sales}
//#agg
export function a(revenue) { return revenue.sum() }
export const b = (revenue) => revenue.sum() // #agg
export function c(revenue) {
  // #group of all
  return revenue.sum()
}`,
    'words in sentences': `${sales}
// #aggregate everything before the fair
// # rows of the table
// issue #group-12, #row-level
export const a = (revenue) => revenue //#1
const helper = 1 // #rows`,
    'in texts': `${sales}
export const a = (revenue) => revenue + '//#agg' + \`
//#row
\``,
  },
  fixes: [
    {
      title: "Move it into 'margin'",
      before: `${sales}//#agg\n\n/** M. */\nexport function margin(revenue) { return revenue.sum() }`,
      after: '// group_by: pin\n\n/** M. */\nexport function margin(revenue) { /*#agg*/ return',
    },
    {
      title: 'Remove #row',
      before: `${sales}const helper = (x) => x //#row\nexport const net = (revenue) => helper(revenue) //#row`,
      after: 'const helper = (x) => x\n',
    },
    {
      title: 'Change to #agg',
      before: `${sales}export const total = (revenue) => revenue.sum() //#aggregate`,
      after: '//#agg\n',
    },
  ],
  offers: [
    {
      before: `${sales}//#agg\n\nexport const net = (revenue) => revenue //#row`,
      titles: ['Remove #agg'],
    },
  ],
})
