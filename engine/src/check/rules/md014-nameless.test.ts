import { nameless } from './md014-nameless.ts'
import { testRule } from './testRule.ts'

const file = (name: string) => `
//- /${name}.csv
pin,revenue,cost
A,10,4
//- /${name}.features.ts
`

testRule(nameless, {
  fires: {
    'an arrow': `${file('sales')}
  export default (revenue, cost) => revenue - cost
//^^^^^^^^^^^^^^ MD014: The default export needs a name: the name is the output column.`,
    'a function': `${file('sales')}
  export default function (revenue, cost) {
//^^^^^^^^^^^^^^ MD014
  return revenue - cost
}`,
    'in a wrapper': `${file('sales')}// group_by: pin
  export default agg((revenue) => revenue.sum())
//^^^^^^^^^^^^^^ MD014`,
    'async too': `${file('sales')}
  export default async (revenue) => revenue
//^^^^^^^^^^^^^^ MD014`,
  },
  silent: {
    'with a name': `${file('sales')}
export default function margin(revenue, cost) { return revenue - cost }`,
    'by its name': `${file('sales')}
const margin = (revenue, cost) => revenue - cost
export default margin`,
    'no function': `${file('sales')}
export default { title: 'Sales' }
export const margin = (revenue, cost) => revenue - cost`,
  },
  fixes: [
    {
      title: "Name it 'net_sales'",
      before: `${file('net-sales')}\nexport default (revenue, cost) => revenue - cost`,
      after: 'export const net_sales = (revenue, cost) =>',
    },
    {
      title: "Name it 'sales'",
      before: `${file('sales')}\nexport default function(revenue) { return revenue }`,
      after: 'export default function sales(revenue)',
    },
    {
      title: "Name it 'cost_2'",
      before: `${file('cost')}\nexport default function (revenue) { return revenue }`,
      after: 'export default function cost_2(revenue)',
    },
  ],
  offers: [{ before: `${file('sales')}\nexport default async (revenue) => revenue`, titles: [] }],
})
