import { describe, expect, test } from 'vitest'
import { type CodeFile, type TableModel, tableToFeatures } from './index.ts'

const model: TableModel = {
  keys: ['shop'],
  inputs: ['revenue', 'cost', 'shop', 'name', 'sold', 'Unit Price'],
  isTaken: (name) => name === 'taken',
  typeOf: (name) => ({ revenue: 'number', cost: 'number', name: 'string' })[name],
}

function converted(text: string, own: Partial<TableModel> = {}, path = '/shops.features.ts'): string {
  const file: CodeFile = { path, text }
  const made = tableToFeatures(file, 'clean', { ...model, ...own })
  if ('refused' in made) return made.refused
  let result = text
  for (const { span, text: part } of [...made.edits].sort((a, b) => b.span.start - a.span.start))
    result = result.slice(0, span.start) + part + result.slice(span.end)
  return result
}

/** One column, `y`, of a function that calculates it. */
const derived = (expression: string, path?: string) =>
  converted(`export const clean = (t) => t.derive({ y: ${expression} })\n`, {}, path)
    .replace('export const y = ', '')
    .trim()
const grouped = (expression: string) =>
  converted(`export const clean = (t) => t.groupby('shop').rollup({ y: ${expression} })\n`)
    .replace('export const y = ', '')
    .trim()

describe('a whole function', () => {
  test('its columns, in their order, with comments and what stands around it', () =>
    expect(
      converted(`// group_by: shop
import { op, escape } from 'arquero'
import { round } from 'modeldriver'

const rate = 1.19

/** What shops earn. */
// #agg
export function clean(table) {
  // Per row:
  const sales = table.derive({
    // Before tax.
    profit: (d) => d.revenue - d.cost, // in euros
    /** Of what is sold. */
    margin: escape((d) => {
      const net = d.revenue / rate
      return round(net / d.revenue, 2)
    }),
  })
  return sales.groupby('shop').rollup({
    total: (d) => op.sum(d.profit),
    lines: op.count(),
    'mean_of_costs': op.mean('cost'),
    weighted: (d) => op.sum(d.profit * d.margin) / op.sum(d.margin),
  }).derive({ per_line: (d) => d.total / d.lines })
} // to be read by the board

export const kept = (revenue) => revenue * 2
`),
    ).toMatchInlineSnapshot(`
      "// group_by: shop
      import { round } from 'modeldriver'

      const rate = 1.19

      /** What shops earn. */
      // Per row:
      // to be read by the board
      // Before tax.
      // in euros
      export const profit = (revenue, cost) => revenue - cost

      /** Of what is sold. */
      export const margin = (revenue) => {
        const net = revenue / rate
        return round(net / revenue, 2)
      }

      export const total = (profit) => profit.sum() //#agg

      export const lines = (shop) => shop.length //#agg

      export const mean_of_costs = (cost) => cost.mean() //#agg

      export const weighted_each = (profit, margin) => profit * margin

      export const weighted = (weighted_each, margin) => weighted_each.sum() / margin.sum() //#agg

      export const per_line = (total, lines) => total / lines

      export const kept = (revenue) => revenue * 2
      "
    `))

  test('step by step', () =>
    expect(
      converted(`export const clean = function (df) {
  df = df.derive({ profit: (d) => d.revenue - d.cost });
  const more = df.groupby('shop').derive({ share: (d) => d.profit / op.sum(d.profit), total: (d) => op.sum(d.profit) }).ungroup();
  return more.derive({ percent: ({ share }) => share * 100 }).select('percent', 'total', 'share', 'profit');
};
`),
    ).toMatchInlineSnapshot(`
      "export const profit = (revenue, cost) => revenue - cost;
      export const share = (profit) => profit / profit.sum(); //#row
      export const total = (profit) => profit.sum(); //#row
      export const percent = (share) => share * 100;
      "
    `))
})

describe('expressions', () => {
  test.each([
    ['(d) => d.revenue - d.cost', '(revenue, cost) => revenue - cost'],
    ['({ revenue, cost: paid }) => revenue - paid', '(revenue, cost) => revenue - cost'],
    ['function (d) { return d.revenue }', '(revenue) => { return revenue }'],
    ["(d) => d['revenue'] * 2", '(revenue) => revenue * 2'],
    ["(d) => d['Unit Price'] * d.cost", "({ 'Unit Price': Unit_Price, cost }) => Unit_Price * cost"],
    ['(d) => op.round(d.revenue) + Math.abs(d.cost)', '(revenue, cost) => Math.round(revenue) + Math.abs(cost)'],
    ['(d) => aq.op.upper(d.name)', '(name) => name.toUpperCase()'],
    ['(d) => op.month(d.sold)', '(sold) => sold.getUTCMonth()'],
    ['(d) => op.lower(d.name + d.shop)', '(name, shop) => (name + shop).toLowerCase()'],
    ['(d) => d.revenue ?? 0', '(revenue) => revenue ?? 0'],
    ['(d) => (d.cost == null ? 1 : 2)', '(cost) => (cost == null ? 1 : 2)'],
    ['() => 1', '() => 1'],
    // What Arquero says of a missing value, the feature says too.
    ["(d) => (d.revenue > 5 ? 'big' : 'small')", "(revenue: number | null) => (revenue! > 5 ? 'big' : 'small')"],
    ["(d) => d.name === 'x' || d.sold > 1", "(name: string | null, sold: any | null) => name === 'x' || sold! > 1"],
  ])('%s', (expression, feature) => expect(derived(expression)).toBe(feature))

  test('in JavaScript there are no types', () =>
    expect(derived('(d) => d.revenue > 5', '/shops.features.js')).toBe('(revenue = null) => revenue > 5'))

  test.each([
    ['(d) => op.sum(d.revenue)', '(revenue) => revenue.sum() //#agg'],
    ["op.quantile('revenue', 0.9)", '(revenue) => revenue.quantile(0.9) //#agg'],
    ['(d) => op.valid(d.revenue) / op.count()', '(revenue, shop) => revenue.count() / shop.length //#agg'],
    [
      '(d) => { const total = op.sum(d.revenue); return total }',
      '(revenue) => { const total = revenue.sum(); return total } //#agg',
    ],
  ])('per group: %s', (expression, feature) => expect(grouped(expression)).toBe(feature))
})

describe('refused', () => {
  test.each([
    ['t.filter((d) => d.cost > 1).derive({ y: (d) => d.cost })', "'clean' calls .filter(), which leaves rows out."],
    ['t.orderby("cost").derive({ y: (d) => d.cost })', "'clean' calls .orderby(), which orders the rows."],
    ['t.fold(["cost"])', "'clean' calls .fold(), which is no step of single columns."],
    ['t', "'clean' makes no column."],
    [
      't.groupby("name").rollup({ y: (d) => op.sum(d.cost) })',
      `'clean' groups by "name", and the group_by of the model is shop.`,
    ],
    ['t.groupby("shop").rollup({ y: () => op.sum(1) })', "In 'clean' 'y' aggregates what is the same in every row."],
    ['t.derive({ y: (d) => op.sum(d.cost) })', "In 'clean' 'y' aggregates the whole table, which has no groups there."],
    ['t.rollup({ y: (d) => op.sum(d.cost) })', "'clean' sums up the whole table, which has no groups there."],
    ['t.derive({ cost: (d) => d.cost + 1 })', "'clean' changes 'cost': give what it makes of it another name first."],
    ['t.derive({ y: () => 1 }).derive({ y: () => 2 })', "'clean' makes 'y' twice; a feature is made once."],
    ['t.derive({ taken: () => 1 })', "'clean' makes 'taken', and the model has another 'taken'."],
    ['t.derive({ "a b": () => 1 })', "'clean' makes 'a b', and no function can have this name."],
    ['t.derive({ y: "d => d.cost" })', `In 'clean' 'y' is no function of a row: "d => d.cost".`],
    ['t.derive({ ...others })', "'clean' names a column in another way: ...others."],
    ['t.derive({ y: (d) => f(d) })', "In 'clean' 'y' hands the whole row on."],
    [
      't.derive({ y: (d) => op.lag(d.cost) })',
      "In 'clean' 'y' calls op.lag, which looks at the rows around it: write it with cumsum(), lag() or rank() of a column.",
    ],
    ['t.derive({ y: (d, $) => d.cost * $.rate })', "In 'clean' 'y' takes parameters of the table ($)."],
    [
      't.derive({ y: (d) => { const cost = d.cost; return cost } })',
      "In 'clean' 'y' has a variable 'cost' of its own.",
    ],
    ['t.groupby("shop").rollup({ y: (d) => d.cost })', "In 'clean' 'y' reads single values of a group."],
    [
      '{ for (const x of []) t.derive({}); return t }',
      "'clean' does more than steps of a table: for (const x of []) t.derive({});.",
    ],
  ])('%s', (body, sentence) => expect(converted(`export const clean = (t) => ${body}\n`)).toBe(sentence))

  test('what others use, what is not there, and what it does not make', () => {
    const clean = 'export const clean = (t) => t.derive({ y: (d) => d.cost })\n'
    expect(converted(`${clean}export const more = (cost) => clean(cost)\n`)).toBe("'clean' is used by 'more'.")
    expect(converted('export const other = 1\n')).toBe("'clean' is not declared in a statement of its own.")
    expect(converted(clean, { outputs: ['y', 'z'] })).toBe("'clean' says that it makes 'z', and its code does not.")
    expect(converted(`${clean}export const = \n`)).toBe("'clean' is not declared in a statement of its own.")
  })
})
