import { badIgnore } from './md035-bad-ignore.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(badIgnore, {
  fires: {
    'without a reason the problem is still said': `${sales}
export function a(revenu) { return revenu } // md-ignore MD001
//                ^^^^^^ MD001
//                                             ^^^^^^^^^^^^^^^ MD035: gives no reason`,
    'the reason that is offered is none yet': `${sales}
// md-ignore MD001: because …
// ^^^^^^^^^^^^^^^^^^^^^^^^^^ MD035: Write why the problem is meant to be there
export function a(revenu) { return revenu }
//                ^^^^^^ MD001`,
    'a code that does not exist': `${sales}
export function a(revenu) { return revenu } // md-ignore MD009, MD101: made later
//                ^^^^^^ MD001
//                                                       ^^^^^ MD035: There is no MD009 here to ignore.
//                                                              ^^^^^ MD035: There is no problem 'MD101', so nothing is ignored. Did you mean 'MD001'?`,
    'nothing to hide, or not there': `${sales}
// md-ignore MD001: a column of next year
//           ^^^^^ MD035: Remove it, or put the comment on the line of the problem or directly above it.

export function a(revenue) {
  return revenue
}

export function b(revenu) {
//                ^^^^^^ MD001
  return revenu
}`,
    'no code at all': `${sales}
// md-ignore: it is fine
// ^^^^^^^^^^^^^^^^^^^^^ MD035: does not say what it ignores
export function a(revenue) { return revenue }`,
    'what cannot be ignored': `${sales}
// md-ignore MD027: returns a list on purpose
//           ^^^^^ MD035: MD027 cannot be ignored: it is found while a model runs.
export function a(revenue) { return revenue }`,
    'in the manifest': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"],
  "data": "d.csv" // md-ignore MD026: the file comes at night
//                             ^^^^^ MD035: There is no MD026 here to ignore.
}] }
//- /d.csv
x
1
//- /a.features.ts
export function y(x) { return x }`,
  },
  silent: {
    'on the line of the problem': `${sales}
export function a(revenu, csot) { return revenu } // md-ignore MD001: columns of next year`,
    'above the feature, for all of it; several codes': `${sales}
// md-ignore MD001, MD002: the loop is cut when next year's columns come
/** A sum. */
export function again(
  again,
  revenu,
) {
  return again
}`,
    'above a line': `${sales}
export function a(
  // md-ignore MD001: a column of next year
  revenu,
  cost,
) {
  return revenu + cost
}`,
    'as a comment of another form': `${sales}
/**
 * Half of it.
 * md-ignore MD001: a column of next year
 */
export function a(revenu /* md-ignore MD001: on its line */) { return revenu }
export const b = /* md-ignore MD001: before it */ (revenu) => revenu`,
    'in a text it is text': `${sales}
export function a(revenue) { return revenue + '// md-ignore MD001' + \`
// md-ignore MD001\` }`,
    'in the manifest, above a value and beside it': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"],
  // md-ignore MD026: the file comes at night
  "data": "d.csv"
}, { "model_name": "n", "features": ["*.features.ts"],
  "data": "e.csv" /* md-ignore MD026: this one too */ }] }
//- /a.features.ts
export function y(x) { return x }`,
    'a code that is switched off': `
//- /modeldriver.json
{ "rules": { "MD003": "off" },
  "models": [{ "model_name": "m", "features": ["*.features.ts"], "columns": { "x": "number" } }] }
//- /a.features.ts
export function y(x) { return x }
export function y(x) { return x } // md-ignore MD003: the later one is for tests`,
  },
  fixes: [
    {
      title: 'Change to MD001',
      before: `${sales}\nexport function a(revenu) { return revenu } // md-ignore MD01: of next year`,
      after: '// md-ignore MD001: of next year',
    },
    {
      title: 'Remove the comment',
      before: `${sales}\nexport function a(revenue) { return revenue } // md-ignore MD001: of next year`,
      after: 'return revenue }\n',
    },
    {
      title: 'Remove the comment',
      before: `${sales}const x = 1\n  // md-ignore MD001: of next year\nexport function a(revenue) { return revenue }`,
      after: 'const x = 1\nexport function a(revenue)',
    },
    {
      title: 'Remove MD002 from the comment',
      before: `${sales}\nexport function a(revenu) { return revenu } // md-ignore MD001, MD002: of next year`,
      after: '// md-ignore MD001: of next year',
    },
  ],
})
