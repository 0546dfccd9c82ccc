import { aggregateOfScalar } from './md006-aggregate-of-scalar.ts'
import { testRule } from './testRule.ts'

const weekly = (order: string) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "m.csv", "group_by": ["shop", "week"]${order} }] }
//- /m.csv
shop,week,price
a,1,2
//- /m.features.ts
export const total = (price) => price.sum()
`

const sales = `
//- /sales.csv
pin,month,revenue,cost,name
A,1,10,4,x
//- /sales.features.ts
// group_by: pin, month
import { mean, sum } from 'modeldriver'
export function total(revenue) { return revenue.sum() }
export function rate() { return 0.2 }
`

testRule(aggregateOfScalar, {
  fires: {
    'groups that stand in no order': `${weekly('')}
export const growth = (total) => total / total.lag(1)
//                                       ^^^^^^^^^^^^ MD006: 'total' is one value per shop and week. '.lag()' looks at other groups, and nothing says in which order they stand: add "group_order": "week" to the model in modeldriver.json.
export const so_far = (price) => price.sum().cumsum()
//                               ^^^^^^^^^^^ MD006: 'price.sum()' is one value per shop and week. '.cumsum()' looks at other groups`,
    'groups that stand in no order, of a file that stands alone': `
//- /sales.csv
week,price
1,2
//- /sales.features.ts
// group_by: week
export const total = (price) => price.sum()
export const growth = (total) => total / total.lag(1)
//                                       ^^^^^^^^^^^^ MD006: add "group_order": "week" to the model in modeldriver.json. There is no modeldriver.json here yet: the command`,
    'an order, but a loop': `${weekly(', "group_order": "week"')}
export const odd = (total) => { for (;;) return total.lag(1) }
//                                              ^^^^^^^^^^^^ MD006: '.lag()' of it is computed for all groups at once. That needs a body that is one formula, without loops.`,
    'a group feature': `${sales}
export function twice(total) { return total.sum() * 2 }
//                                    ^^^^^^^^^^^ MD006: 'total' is already one value per pin and month, so '.sum()' has nothing to aggregate. Use 'total' as it is.`,
    'in a row feature': `${sales}
export function share(revenue, total) { return revenue / total.max() }
//                                                       ^^^^^^^^^^^ MD006`,
    'a constant': `${sales}
export const taxed = (total, rate) => total * rate.first()
//                                            ^^^^^^^^^^^^ MD006: 'rate' is already one value in all`,
    'a column made of it first': `${sales}
export const f = (total) => total.filter((x) => x > 1).mean() + 1
//                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD006: so '.filter()' has nothing`,
    'by the library, by another name, in parentheses': `${sales}
export const f = (total) => sum(total) + 1
//                          ^^^^^^^^^^ MD006: so 'sum()' has nothing
export const h = (total) => sum(total.unique()) + 1
//                          ^^^^^^^^^^^^^^^^^^^ MD006: so '.unique()' has nothing
export function g(total) {
  const t = total
  return t.mean() + (total as any).max()
//       ^^^^^^^^ MD006: so '.mean()' has nothing to aggregate. Use 'total' as it is.
//                  ^^^^^^^^^^^^^^^^^^^^ MD006
}`,
    'in a loop': `${sales}
export function f(total) {
  let all = 0
  for (let i = 0; i < 3; i++) all += total.mean()
//                                   ^^^^^^^^^^^^ MD006
  return all
}`,
    'of the whole table': `
//- /sales.csv
revenue
1
//- /days.ts
export const days = 1
//- /sales.features.ts
// group_by: []
export function total(revenue) { return revenue.sum() }
export function twice(total) { return total.sum() * 2 }
//                                    ^^^^^^^^^^^ MD006: 'total' is already one value for the whole table`,
    'the rows around it, in a loop': `${sales}
export function f(revenue) { //#row
  for (;;) return revenue.lag(1)
//                ^^^^^^^^^^^^^^ MD006: 'revenue.lag(1)' looks at other rows, and is computed for all rows of a group at once. That needs a body that is one formula, without loops.
}`,
    'the group before, where groups stand in no order': `${weekly('')}
export const kept = (price) => price.unique().filter((p) => price.previous().includes(p)).length
//                                                          ^^^^^^^^^^^^^^^^ MD006: 'price.previous()' looks at the group before, and nothing says in which order they stand: add "group_order": "week" to the model in modeldriver.json.
export const before = (price) => price.previous().max()
//                               ^^^^^^^^^^^^^^^^^^^^^^ MD006: 'price.previous().max()' looks at the group before`,
    'the group before of one value per group': `${weekly(', "group_order": "week"')}
export const before = (total) => total.previous()
//                               ^^^^^^^^^^^^^^^^ MD006: 'total' is already one value per shop and week, so '.previous()' has no column to give. Write total.lag(1) for that of the group before.`,
    'the windows of groups that stand in no order': `${weekly('')}
export const smooth = (total) => total.rolling(3).mean()
//                               ^^^^^^^^^^^^^^^^^^^^^^^ MD006: 'total' is one value per shop and week. '.rolling()' looks at other groups, and nothing says in which order they stand`,
    'the values of one row': `${sales}
export function f(revenue) { //#row
  let all = 0
  all += revenue.mean()
//       ^^^^^^^^^^^^^^ MD006: 'revenue' is the value of one row here (#row), so '.mean()' has nothing
  return all
}`,
    'the result of a calculation': `${sales}
export const profit = (revenue, cost) => (revenue - cost).sum()
//                                       ^^^^^^^^^^^^^^^^^^^^^^ MD006: 'revenue - cost' is one value, so '.sum()' has nothing to aggregate: only columns have it. Give 'revenue - cost' a feature of its own, and take .sum() of that.
export function named(revenue, cost) { //#agg
  const profit = revenue - cost
  return profit.sum()
//       ^^^^^^^^^^^^ MD006: 'profit' is one value, so '.sum()' has nothing to aggregate: only columns have it. Give 'profit' a feature of its own
}
export function margin({ revenue, cost }) { //#agg
  return mean(revenue / cost * 100)
//       ^^^^^^^^^^^^^^^^^^^^^^^^^^ MD006: 'revenue / cost * 100' is one value
}`,
  },
  silent: {
    'groups that stand in an order': `${weekly(', "group_order": "week"')}
export const growth = (total) => total / total.lag(1) - 1
export const so_far = (price) => price.sum().cumsum()
export const share = (price, total) => price / (total.lag(1) ?? total)
export const place = (total) => total.rank()
export const smooth = (total, price) => total.rolling(3).mean() / price.mean().rolling(2).max()`,
    'the values of the group before': `${weekly(', "group_order": "week"')}\nexport const kept = (price) => price.unique().filter((p) => price.previous().includes(p)).length\nexport const change = (price) => price.mean() - price.previous().mean()`,
    'the rows around each': `${sales}
export const growth = (revenue) => revenue / revenue.lag(1)
export const smooth = (revenue) => revenue.rolling(3).mean()`,
    columns: `${sales}
export function best(revenue, cost) { return revenue.filter((x) => x > 1).max() + sum(cost) }
export function profit(revenue, cost) { return revenue - cost }
export function top(profit) { return profit.max() }`,
    'what one value can be asked': `${sales}
export function label(name) { return name.first() } //#agg
export function short(label, total) { return label.slice(0, 3).length + label.includes('x') + total.toFixed(2) }`,
    'the values of an inner function are others': `${sales}
export const f = (revenue, total) => revenue.map((total) => total.x).max() + total`,
    'in a cycle': `${sales}
export function a(b) { return b.sum() }
//                ^ MD002
export function b(a) { return a.sum() }
//                ^ MD002`,
    'a model that nothing is known of': `
export function f(revenue, rate = 1) { return revenue.sum() + rate.sum() }
//              ^ MD004`,
  },
  fixes: [
    {
      title: "Set group_order to 'week'",
      before: `${weekly('')}
export const before = (price) => price.previous().max()`,
      after: '"group_order": "week"',
    },
    {
      title: "Change to 'total.lag(1)'",
      before: `${weekly(', "group_order": "week"')}
export const before = (total) => total.previous()`,
      after: '=> total.lag(1)',
    },
    {
      title: "Set group_order to 'week'",
      before: `${weekly('')}
export const growth = (total) => total / total.lag(1)`,
      after: '"group_order": "week"',
    },
    {
      title: "Remove '.sum()'",
      before: `${sales}
export function twice(total) { return total.sum() * 2 }`,
      after: 'return total * 2',
    },
    {
      title: "Remove '.filter()'",
      before: `${sales}
export const f = (total) => total.filter((x) => x > 1).mean() + 1`,
      after: '=> total + 1',
    },
    {
      title: "Remove 'sum()'",
      before: `${sales}
export const f = (total) => sum(total) + 1`,
      after: '=> total + 1',
    },
    {
      title: "Extract 'revenue - cost' into row feature 'profit_per_row'",
      before: `${sales}
export const profit = (revenue, cost) => (revenue - cost).sum() / cost.count()`,
      after: `export function profit_per_row(revenue, cost) {
  return revenue - cost
}

export const profit = (cost, profit_per_row) => profit_per_row.sum() / cost.count()`,
    },
    {
      title: "Extract 'revenue / cost' into row feature 'margin_per_row'",
      before: `${sales}
export function margin({ revenue, cost }) { return mean(revenue / cost) }`,
      after: `export function margin_per_row({ revenue, cost }) {
  return revenue / cost
}

export function margin({ margin_per_row }) { return mean(margin_per_row) }`,
    },
    {
      title: "Mark 'count_days' as #row",
      before: `${sales}
import { days } from './days'
export function count_days(revenue) { return days(revenue) }
//              ^^^^^^^^^^ MD020
export function all_days(count_days) { return count_days.sum() }`,
      after: 'count_days(revenue) { /*#row*/ return',
    },
  ],
})
