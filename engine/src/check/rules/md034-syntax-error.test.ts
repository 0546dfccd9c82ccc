import { syntaxError } from './md034-syntax-error.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost
A,10,4
//- /sales.features.ts
`

testRule(syntaxError, {
  fires: {
    'an expression that is not finished': `${sales}
export function profit(revenue) { return revenue + }
//                                                 ^ MD034: This cannot be read: Expression expected.`,
    'only the first place of a file': `${sales}
export const a = (revenue) => revenue )
//                                    ^ MD034: This cannot be read:
export const b = (cost) => cost )`,
    'each file for itself': `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts", "*.features.js"], "columns": { "x": "number" } }] }
//- /a.features.ts
export const a = (x) => x * * 2
//                          ^ MD034
//- /b.features.js
export const b = (x) => [x
  export const c = (x) => x
//^^^^^^ MD034`,
  },
  silent: {
    'what TypeScript itself would say of types': `${sales}
export const a = (revenue: number): string => revenue`,
    'all that the language has': `${sales}
export const a = ({ revenue = 1 }) => revenue?.toFixed?.(2) ?? \`\${revenue ** 2}\`
export const b = (cost) => (cost satisfies number as number)!`,
  },
})
