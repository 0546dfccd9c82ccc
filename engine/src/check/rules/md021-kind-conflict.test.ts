import { kindConflict } from './md021-kind-conflict.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
// group_by: pin
`
const manifest = (kinds: string) => `
//- /modeldriver.json
{
  "models": [
    { "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" }, "group_by": [], "kinds": ${kinds} }
  ]
}
//- /a.features.ts
`

testRule(kindConflict, {
  fires: {
    'two markers': `${sales}
//#row
export function margin(revenue) { //#agg
//                                  ^^^^ MD021: 'margin' is marked both #row and #agg. Remove one of the two.
  return revenue.sum()
}`,
    'in a doc comment and behind the expression': `${sales}
/**
 * The margin.
 * @row
 */
export const margin = (revenue) => revenue.sum() /*#agg*/
//                                                 ^^^^ MD021`,
    'a wrapper and a comment': `${sales}
import { agg } from 'modeldriver'
export const margin = agg((revenue) => revenue.sum()) //#row
//                    ^^^ MD021: 'margin' is marked both #row and agg(…).`,
    'the manifest and a comment': `${manifest('{ "margin": "row" }')}
export const margin = (x) => x.sum() //#agg
//                                     ^^^^ MD021: modeldriver.json says 'margin' is a row feature, but the comment says #agg. Remove one of the two.`,
  },
  silent: {
    'twice the same': `${sales}
//#agg
export const margin = (revenue) => revenue.sum() //#agg`,
    'the manifest says the same': `${manifest('{ "margin": "group" }')}
export const margin = (x) => x.sum() //#agg`,
    'a marker against the body is what markers are for': `${sales}
export const margin = (revenue) => revenue * 2 //#agg`,
  },
  fixes: [
    {
      title: 'Remove #row',
      before: `${sales}//#row\nexport function margin(revenue) { //#agg\n  return revenue.sum()\n}`,
      after: '// group_by: pin\nexport function margin(revenue) { //#agg',
    },
    {
      title: 'Remove #agg',
      before: `${sales}//#row\nexport function margin(revenue) { //#agg\n  return revenue\n}`,
      after: '//#row\nexport function margin(revenue) {\n',
    },
    {
      title: 'Remove @row',
      before: `${sales}/**\n * The margin.\n * @row\n */\nexport const margin = (revenue) => revenue.sum() //#agg`,
      after: ' * The margin.\n */\n',
    },
    {
      title: 'Remove #agg',
      before: `${sales}//#row\nexport const margin = (revenue) => revenue // #agg because of tax`,
      after: '=> revenue // because of tax',
    },
    {
      title: `Remove 'margin' from "kinds"`,
      before: `${manifest('{ "margin": "row" }')}export const margin = (x) => x.sum() //#agg`,
      after: '"kinds": {}',
    },
  ],
  offers: [
    {
      before: `${sales}import { agg } from 'modeldriver'\nexport const margin = agg((revenue) => revenue.sum()) //#row`,
      titles: ['Remove #row'],
    },
  ],
})
