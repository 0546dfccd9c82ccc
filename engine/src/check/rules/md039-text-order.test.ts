import { textOrder } from './md039-text-order.ts'
import { testRule } from './testRule.ts'

const model = (order: string, weeks: readonly string[], others = '') => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "d.csv", "group_by": ["shop", "week"],${others}
${order}
}] }
//- /d.csv
shop,week,sold
${weeks.map((week) => `a,${week},1`).join('\n')}
//- /m.features.ts
export const total = (sold) => sold.sum()
export const growth = (total) => total - total.lag(1)
`
const weeks = ['W1', 'W2', 'W10']

testRule(textOrder, {
  fires: {
    weeks: model(
      `"group_order": "week"
//              ^^^^ MD039: 'week' is text, in whose order 'W10' stands before 'W2', so the group before is another one than its number says. Order by a number that a feature makes of it, or write as many digits everywhere.`,
      weeks,
    ),
    'beside another': model(
      `"group_order": ["shop", "week"]
//                       ^^^^ MD039`,
      weeks,
    ),
    'years before the weeks': model(
      `"group_order": "week"
//              ^^^^ MD039: '2024-W10' stands before '2024-W9'`,
      ['2024-W9', '2024-W10'],
    ),
  },
  silent: {
    'as many digits everywhere': model('"group_order": "week"', ['W01', 'W02', 'W10']),
    numbers: model('"group_order": "week"', ['1', '2', '10']),
    words: model('"group_order": "week"', ['first', 'second', 'last']),
  },
})
