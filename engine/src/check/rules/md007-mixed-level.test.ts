import { describe, expect, it } from 'vitest'
import type { FeatureFunction } from '../../compute/host.ts'
import { ModelDriver } from '../../driver/modelDriver.ts'
import { columnOf } from '../../table/build.ts'
import { makeTable } from '../../table/columns.ts'
import { applyEdits, fixesIn } from '../../testing/fix.ts'
import { analyseFixture } from '../../testing/index.ts'
import { mixedLevel } from './md007-mixed-level.ts'
import { testRule } from './testRule.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,Unit Price,ok
A,10,4,1,true
//- /sales.features.ts
// group_by: pin
`

testRule(mixedLevel, {
  fires: {
    'a value less its mean': `${sales}
export function centered(revenue) { return revenue - revenue.mean() }
//                                                   ^^^^^^^^^^^^^^ MD007: 'centered' mixes a per-row value with an aggregate. It is calculated per row, and 'revenue.mean()' once per pin. Give the aggregate a feature of its own, or mark this one //#row.`,
    'several aggregates are one problem': `${sales}
export const scaled = (revenue) => (revenue - revenue.min()) / (revenue.max() - revenue.min())
//                                            ^^^^^^^^^^^^^ MD007: and 'revenue.min()' and 'revenue.max()' once per pin`,
    'another column': `${sales}
export const f = (revenue, cost) => cost > 0 ? revenue / cost.filter((x) => x > 1).sum() : null
//                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD007`,
    'in a constant of the body': `${sales}
export function f(revenue, cost) {
  const whole = cost.sum()
//              ^^^^^^^^^^ MD007
  if (whole > 0) return revenue / whole
  return revenue
}`,
    'by the library': `${sales}
import { sum } from 'modeldriver'
export const f = ({ revenue, 'Unit Price': price }) => revenue / sum(price)
//                                                               ^^^^^^^^^^ MD007`,
    'in a helper': `${sales}
const mean = (column) => column.mean()
export const f = (revenue) => revenue - mean(revenue)
//           ^ MD007: and 'revenue.mean()' once per pin`,
    'of a feature, by the number of rows': `${sales}
export const profit = (revenue, cost) => revenue - cost
export const f = (profit) => profit - profit.sum() / profit.length
//                                    ^^^^^^^^^^^^ MD007: and 'profit.sum()' and 'profit.length' once per pin`,
    'what needs a variable of the body': `${sales}
export function f(revenue) {
  const low = revenue / 2
  return revenue - revenue.filter((x) => x > low).mean()
//                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD007
}`,
  },
  silent: {
    'one level': `${sales}
export function total(revenue) { return revenue.sum() / revenue.count() }
export function share(revenue, total) { return revenue / total }
export function ratio(total, cost) { return cost.sum() / total }`,
    'said outright': `${sales}
export function centered(revenue) { //#row
  return revenue - revenue.mean()
}`,
    'no groups': `
//- /sales.csv
revenue
1
//- /sales.features.ts
export function centered(revenue) { return revenue - revenue.mean() }
//                                                   ^^^^^^^^^^^^^^ MD004`,
  },
  fixes: [
    {
      title: "Extract 'revenue.mean()' into group feature 'mean_revenue'",
      before: `${sales}
/** Distance. */
export function centered(revenue) { return revenue - revenue.mean() }`,
      after: `export function mean_revenue(revenue) { //#agg
  return revenue.mean()
}

/** Distance. */
export function centered(revenue, mean_revenue) { return revenue - mean_revenue }`,
    },
    {
      title: "Extract 'revenue.min()' and 'revenue.max()' into group features 'min_revenue_2' and 'max_revenue'",
      before: `${sales}
const min_revenue = 1
export const scaled = revenue => (revenue - revenue.min()) / (revenue.max() - revenue. min())`,
      after:
        'scaled = (revenue, min_revenue_2, max_revenue) => (revenue - min_revenue_2) / (max_revenue - min_revenue_2)',
    },
    {
      title: "Extract 'sum(price)' into group feature 'sum_price'",
      before: `${sales}
import { sum } from 'modeldriver'
export const f = ({ revenue, 'Unit Price': price }: Row) => revenue / sum(price)`,
      after: `export function sum_price({ 'Unit Price': price }: Group) { //#agg
  return sum(price)
}

export const f = ({ revenue, sum_price }: Row) => revenue / sum_price`,
    },
    {
      title: 'Mark as #row',
      before: `${sales}
export function centered(revenue) { return revenue - revenue.mean() }`,
      after: 'centered(revenue) { /*#row*/ return',
    },
  ],
  offers: [
    {
      before: `${sales}
const mean = (column) => column.mean()
export const f = (revenue) => revenue - mean(revenue)`,
      titles: ['Mark as #row'],
    },
    {
      before: `${sales}
export function f(revenue) {
  const low = revenue / 2
  return revenue - revenue.filter((x) => x > low).mean()
}`,
      titles: ['Mark as #row'],
    },
  ],
})

/** The rows of a feature file's features, computed for two groups, one of them with missing values. */
function rowsOf(text: string) {
  const body = text.replaceAll(/^(\/\/ group_by.*|import .*)$/gm, '').replaceAll('export ', '')
  const names = [...body.matchAll(/^(?:function|const) (\w+)/gm)].map((match) => match[1])
  const make = new Function(`${body}\nreturn { ${names.join(', ')} }`) as () => Record<string, FeatureFunction>
  const table = makeTable([
    ['pin', columnOf(['a', 'b', 'a', 'a', 'b', 'c'])],
    ['revenue', columnOf([1, 5, 3, 8, null, null])],
    ['cost', columnOf([2, 4, null, 1, 0, 3])],
  ])
  const { filtered } = new ModelDriver({ model_name: 'm', group_by: 'pin' }).registerFeatures(make()).execute(table)
  return filtered.array('f') as readonly unknown[]
}

describe('the extracted feature gives the same values', () => {
  it.each([
    'revenue - revenue.mean()',
    '(revenue - revenue.min()) / (revenue.max() - revenue.min())',
    'cost > 1 ? revenue / cost.filter((x) => x > 1).sum() : -1',
    'revenue.count() > 1 ? cost - revenue.median() * 2 : cost',
    'revenue - revenue.sum() / revenue.length + cost',
  ])('%s', (body) => {
    const inputs = ['revenue', 'cost'].filter((name) => body.includes(name)).join(', ')
    const { fixture, analysis } = analyseFixture(`${sales}export const f = (${inputs}) => ${body}\n`)
    const problem = analysis.problems.find(({ code }) => code === 'MD007')
    const [fix] = problem ? fixesIn(fixture.files, analysis, problem) : []
    const before = fixture.files.get('/sales.features.ts') ?? ''
    const after = applyEdits(fixture.files, fix?.edits ?? []).get('/sales.features.ts') ?? ''
    expect(after).not.toBe(before)
    expect(rowsOf(after)).toEqual(rowsOf(before))
    expect(rowsOf(before).filter((value) => typeof value === 'number').length).toBeGreaterThan(2)
  })
})
