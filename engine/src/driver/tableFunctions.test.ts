import { type ColumnTable, desc, op, table } from 'arquero'
import { describe, expect, test } from 'vitest'
import { ModelDriver } from './modelDriver.ts'
import { FeatureRegistry } from './registry.ts'
import { DependencyResolver } from './resolver.ts'

/** Seven sales: a missing amount, a missing key, a shop with one. */
const sales = () =>
  table({
    shop: ['a', 'b', 'a', 'c', null, 'b', 'a'],
    revenue: [10, 20, 30, 40, 50, null, 70],
    cost: [4, 5, 6, 7, 8, 9, 10],
    day: ['2024-01-03', '2024-01-01', '2024-01-02', '2024-01-01', '2024-01-01', '2024-01-05', '2024-01-04'].map(
      (text) => new Date(text),
    ),
  })

type Clean = (sales: ColumnTable) => unknown

/** What a model with one table function gives, or the sentence that it ends with. */
function ask(level: 'row' | 'group', call: Clean, inputs: readonly string[], outputs: readonly string[]) {
  const driver = new ModelDriver({ model_name: 'shops', group_by: 'shop' })
  const options = { name: 'made', legacyMode: true, inputs, outputs }
  if (level === 'row') driver.registerFilter(call, options)
  else driver.registerAttribute(call, options)
  try {
    const { filtered, attributes } = driver.execute(sales())
    const made = (level === 'row' ? filtered : attributes) as ColumnTable
    return Object.fromEntries(outputs.map((name) => [name, [...(made.array(name) as unknown[])]]))
  } catch (error) {
    return (error as Error).message.replace("Model 'shops' could not be computed. ", '')
  }
}

describe('per row', () => {
  test.each<[string, Clean, readonly string[], Record<string, readonly unknown[]>]>([
    [
      'columns of what it reads; what is missing stays missing',
      (t) => t.derive({ profit: (d: { revenue: number; cost: number }) => d.revenue - d.cost }),
      ['revenue', 'cost'],
      { profit: [6, 15, 24, 33, 42, null, 60] },
    ],
    [
      'several at once, of which one reads another',
      (t) =>
        t
          .derive({ profit: (d: { revenue: number; cost: number }) => d.revenue - d.cost })
          .derive({ is_good: (d: { profit: number }) => d.profit > 20 }),
      ['revenue', 'cost'],
      { is_good: [false, false, true, true, true, false, true], profit: [6, 15, 24, 33, 42, null, 60] },
    ],
    [
      'grouped by itself: rows without a key are a group of Arquero',
      (t) => t.groupby('shop').derive({ share: (d: { cost: number }) => d.cost / op.sum(d.cost) }),
      ['shop', 'cost'],
      { share: [4 / 20, 5 / 14, 6 / 20, 1, 1, 9 / 14, 10 / 20] },
    ],
    [
      'an order that was only asked for moves nothing',
      (t) => t.orderby(desc('day')).derive({ place: () => op.rank() }),
      ['day'],
      { place: [3, 5, 4, 5, 5, 1, 2] },
    ],
    [
      'dates and text',
      (t) => t.derive({ again: (d: { day: Date }) => d.day }),
      ['day'],
      { again: sales().array('day') as Date[] },
    ],
  ])('%s', (_, call, inputs, expected) => expect(ask('row', call, inputs, Object.keys(expected))).toEqual(expected))

  test('it is given only what it says it reads', () => {
    let given: readonly string[] = []
    ask(
      'row',
      (t) => {
        given = t.columnNames()
        return t.derive({ one: () => 1 })
      },
      ['cost', 'day'],
      ['one'],
    )
    expect(given).toEqual(['cost', 'day'])
  })

  test.each<[string, Clean, string]>([
    [
      'nothing',
      (_) => undefined,
      "'made' returned nothing; a table function must return a table: table.derive({ … }).",
    ],
    [
      'a list',
      (_) => [1, 2],
      "'made' returned a list of 2; a table function must return a table: table.derive({ … }).",
    ],
    [
      'a promise',
      (_) => Promise.resolve(1),
      "'made' returned a promise; a table function must return a table: table.derive({ … }).",
    ],
    [
      'other columns',
      (t) => t.derive({ profits: () => 1 }),
      `'made' returned no column 'profit', which its "outputs" name; it made 'profits'.`,
    ],
    [
      'the table as it was',
      (t) => t,
      `'made' returned no column 'profit', which its "outputs" name; it made no new column.`,
    ],
    [
      'fewer rows',
      (t) => t.derive({ profit: () => 1 }).filter((d: { cost: number }) => d.cost > 5),
      "'made' returned 5 rows for 7; a table function per row must keep every row, in order. To leave rows out, make a column that says which of them count.",
    ],
    [
      'more rows',
      (t) => t.derive({ profit: () => 1 }).concat(t),
      "'made' returned 14 rows for 7; a table function per row must keep every row, in order. To leave rows out, make a column that says which of them count.",
    ],
    [
      'one row per group',
      (t) => t.rollup({ profit: () => op.count() }).concat(table({ profit: [1, 2] })),
      "'made' returned 3 rows for 7; a table function per row must keep every row, in order. If it gives one row per shop, write #agg in it.",
    ],
    [
      'rows in another order',
      (t) =>
        t
          .orderby('revenue')
          .derive({ profit: () => 1 })
          .reify(),
      "'made' returned 'revenue' with other values (row 1 had 10 and has missing). Keep the rows in their order, and give a column that is changed a name of its own.",
    ],
    [
      'a changed column',
      (t) => t.derive({ profit: () => 1, cost: (d: { cost: number }) => d.cost + 1 }),
      "'made' returned 'cost' with other values (row 1 had 4 and has 5). Keep the rows in their order, and give a column that is changed a name of its own.",
    ],
    [
      'objects',
      (t) => t.derive({ profit: (d: { cost: number }) => ({ cost: d.cost }) }),
      "'made' returned an object with cost in column 'profit' at row 1; return one number, text, true or false, date or null.",
    ],
    [
      'two kinds of values',
      (t) => t.derive({ profit: (d: { cost: number }) => (d.cost > 5 ? 'much' : d.cost) }),
      "'made' returned text in column 'profit' at row 3; before it gave numbers, and one column holds values of one kind.",
    ],
    [
      'an error of its own',
      (_) => {
        throw new Error('no luck')
      },
      "'made' failed: no luck.",
    ],
    [
      'a method that tables do not have',
      (t) => (t as unknown as { sum: () => unknown }).sum(),
      "'made' failed: t.sum is not a function.",
    ],
    [
      'a column that it was not given',
      (t) => t.derive({ profit: (d: { price: number }) => d.price }),
      `'made' failed: Invalid column reference: "d.price".`,
    ],
  ])('refused: %s', (_, call, sentence) => expect(ask('row', call, ['revenue', 'cost'], ['profit'])).toBe(sentence))
})

describe('per group', () => {
  const total = (d: { revenue: number }) => op.sum(d.revenue)
  test.each<[string, Clean, readonly string[], Record<string, readonly unknown[]>]>([
    [
      'rows without a key are not there; the key is, though nobody said it',
      (t) => t.groupby('shop').rollup({ total, lines: () => op.count() }),
      ['revenue'],
      { total: [110, 20, 40], lines: [3, 2, 1] },
    ],
    [
      'the rows that it returns may stand in any order',
      (t) =>
        t
          .groupby('shop')
          .rollup({ total })
          .orderby(desc('total'))
          .reify()
          .orderby('shop')
          .reify()
          .orderby('total')
          .reify(),
      ['revenue'],
      { total: [110, 20, 40] },
    ],
  ])('%s', (_, call, inputs, expected) => expect(ask('group', call, inputs, Object.keys(expected))).toEqual(expected))

  test.each<[string, Clean, string]>([
    [
      'without the key',
      (t) => t.rollup({ total }),
      "'made' returned no column 'shop'; a table function per shop must return the key too: table.groupby('shop').rollup({ … }).",
    ],
    [
      'one row per row',
      (t) => t.groupby('shop').derive({ total }),
      "'made' returned more than one row for shop 'a'; it must return one row per shop.",
    ],
    [
      'a group is missing',
      (t) =>
        t
          .filter((d: { revenue: number }) => d.revenue > 20)
          .groupby('shop')
          .rollup({ total }),
      "'made' returned no row for shop 'b'; it must return one row per shop.",
    ],
    [
      'no row at all',
      (t) =>
        t
          .filter(() => false)
          .groupby('shop')
          .rollup({ total }),
      "'made' returned no row for shop 'a'; it must return one row per shop.",
    ],
    [
      'a group too many',
      (t) =>
        t
          .groupby('shop')
          .rollup({ total })
          .concat(table({ shop: ['z'], total: [1] })),
      "'made' returned a row for shop 'z', which no row of the data has; it must return one row per shop.",
    ],
    [
      'a key of another type',
      (_) => table({ shop: [1, 2, 3], total: [1, 2, 3] }),
      "'made' returned a key of another kind: 'shop' is text here and a number in what it returned, so no row would match.",
    ],
    [
      'lists',
      (t) => t.groupby('shop').rollup({ total: (d: { revenue: number }) => op.array_agg(d.revenue) }),
      "'made' returned 3 values in column 'total' for shop 'a'; return one number, text, true or false, date or null.",
    ],
  ])('refused: %s', (_, call, sentence) => expect(ask('group', call, ['revenue'], ['total'])).toBe(sentence))
})

describe('among features', () => {
  const mixed = () =>
    new ModelDriver({ model_name: 'shops', group_by: 'shop' })
      .registerFilter((best: number, profit: number) => profit / best, 'share_of_best')
      .registerAttribute(
        (t: ColumnTable) => t.groupby('shop').rollup({ best: (d: { profit: number }) => op.max(d.profit) }),
        {
          name: 'summary',
          legacyMode: true,
          inputs: ['profit'],
          outputs: ['best'],
        },
      )
      .registerFilter(
        (t: ColumnTable) =>
          t.derive({
            profit: (d: { net: number; cost: number }) => d.net - d.cost,
            rate: (d: { net: number; mean_cost: number }) => d.net / d.mean_cost,
          }),
        { name: 'clean', legacyMode: true, inputs: ['net', 'cost', 'mean_cost'], outputs: ['profit', 'rate'] },
      )
      .registerAttribute((cost: { mean: () => number }) => cost.mean(), 'mean_cost')
      .registerFilter((revenue: number) => revenue / 2, 'net')
      .registerAttribute(
        (t: ColumnTable) => t.derive({ best_more: (d: { best: number; mean_cost: number }) => d.best + d.mean_cost }),
        { name: 'composed', legacyMode: true, inputs: ['best', 'mean_cost'], outputs: ['best_more'] },
      )

  test('they are computed in the order of what they read and make', () => {
    const driver = mixed()
    expect(driver.validateRegistry()).toEqual([])
    expect(driver.getRequiredInputs()).toEqual(['shop', 'revenue', 'cost'])
    const { attributes, filtered, report } = driver.execute(sales())
    // Costs a 4 + 6 + 10, b 5 + 9, c 7; profits a 1, 9, 25, b 5 and missing, c 13.
    expect(attributes?.select('shop', 'mean_cost', 'best', 'best_more').objects()).toEqual([
      { shop: 'a', mean_cost: 20 / 3, best: 25, best_more: 25 + 20 / 3 },
      { shop: 'b', mean_cost: 7, best: 5, best_more: 12 },
      { shop: 'c', mean_cost: 7, best: 13, best_more: 20 },
    ])
    expect(filtered.array('share_of_best')).toEqual([1 / 25, 1, 9 / 25, 1, null, null, 1])
    expect(filtered.array('rate')).toEqual([5 / (20 / 3), 10 / 7, 15 / (20 / 3), 20 / 7, null, null, 35 / (20 / 3)])
    expect(report.features.map(({ feature }) => feature)).toEqual([
      'mean_cost',
      'net',
      'profit',
      'rate',
      'best',
      'best_more',
      'share_of_best',
    ])
  })

  test('the whole table as one group', () => {
    const all = (call: Clean, data = sales()) =>
      new ModelDriver({ model_name: 'all', group_by: [] })
        .registerAttribute(call, { name: 'totals', legacyMode: true, inputs: ['cost'], outputs: ['total'] })
        .execute(data).attributes
    const total = (t: ColumnTable) => t.rollup({ total: (d: { cost: number }) => op.sum(d.cost) })
    expect(all(total)?.array('total')).toEqual([49])
    expect(all((t) => t.rollup({ total: () => op.count() }), table({ cost: [] }))?.array('total')).toEqual([0])
    expect(() => all((t) => t.derive({ total: () => 1 }))).toThrow(
      "'totals' returned 7 rows; it must return one row for the whole table.",
    )
  })

  test('only what the outputs need is computed, and a function once', () => {
    let calls = 0
    const driver = new ModelDriver({ model_name: 'shops' })
      .registerFilter(
        (t: ColumnTable) => {
          calls++
          return t.derive({ one: () => 1, two: () => 2 })
        },
        {
          name: 'both',
          legacyMode: true,
          inputs: ['cost'],
          outputs: ['one', 'two'],
        },
      )
      .registerFilter((revenue: number) => revenue * 2, 'twice')
    expect(driver.execute(sales(), ['twice']).output.columnNames()).toEqual(['twice'])
    expect(calls).toBe(0)
    expect(driver.execute(sales()).output.columnNames()).toEqual(['twice', 'one', 'two'])
    expect(calls).toBe(1)
  })

  test('when one fails, its other columns and what reads them say so', () => {
    const driver = new ModelDriver({ model_name: 'shops' })
      .registerFilter((t: ColumnTable) => t.derive({ one: () => 1 }), {
        name: 'both',
        legacyMode: true,
        inputs: ['cost'],
        outputs: ['one', 'two'],
      })
      .registerFilter((two: number) => two * 2, 'four')
    expect(() => driver.execute(sales())).toThrow(
      `Model 'shops' could not be computed. 'both' returned no column 'two', which its "outputs" name; it made 'one'.`,
    )
  })

  test('mistakes are told before anything runs', () => {
    const driver = (
      level: 'registerFilter' | 'registerAttribute',
      inputs: string[],
      outputs: string[],
      group_by?: string,
    ) =>
      new ModelDriver({ model_name: 'shops', ...(group_by && { group_by }) })
        [level]((t: ColumnTable) => t, { name: 'clean', legacyMode: true, inputs, outputs })
        .registerFilter((profit: number) => profit / 2, 'half')
    const told = (one: ModelDriver) =>
      [...one.validateRegistry(), ...one.validateInputData(sales())].map(({ code, message }) => `${code} ${message}`)
    expect(told(driver('registerFilter', ['cost'], ['profit']))).toEqual([])
    expect(told(driver('registerFilter', ['half'], ['profit']))).toEqual([
      "MD002 'half' depends on itself: half → profit → half. Remove one of these inputs, or read a column of the data instead.",
      "MD002 'profit' depends on itself: profit → half → profit. Remove one of these inputs, or read a column of the data instead.",
    ])
    expect(told(driver('registerFilter', ['coast'], ['profit']))).toEqual([
      "MD001 'clean' reads 'coast', which is neither a column of table (4 columns) nor a feature of model 'shops'. Did you mean 'cost'?",
    ])
    expect(told(driver('registerFilter', ['cost'], ['profit', 'half']))).toEqual([
      "MD003 'half' is made twice in model 'shops': by a feature and by the table function 'clean'. Rename or delete one of the two.",
      "MD003 'half' is made twice in model 'shops': by a feature and by the table function 'clean'. Rename or delete one of the two.",
    ])
    expect(told(driver('registerFilter', ['cost'], ['profit', 'revenue']))).toEqual([
      `MD015 The table function 'clean' makes 'revenue', which has the same name as a column of table, so 'revenue' would be ambiguous. It cannot replace a column: let it make 'revenue_clean', declare that in its "outputs", and read it in place of 'revenue'; or replace the column for later models with "outputs": { "revenue": "revenue_clean" } of this model.`,
    ])
    expect(told(driver('registerAttribute', ['cost'], ['profit']))[0]).toContain(
      "MD004 'profit' is a group feature, but model 'shops' has no group_by.",
    )
  })

  test('what must be said of one', () => {
    const clean = (t: ColumnTable) => t
    const registry = new FeatureRegistry()
    expect(() => registry.registerFilter(clean, { legacyMode: true, inputs: ['a'] })).toThrow(
      "'clean' takes a table, so say which columns it reads and makes: { legacyMode: true, inputs: ['price'], outputs: ['margin'] }.",
    )
    registry.registerFilter(clean, { legacyMode: true, inputs: ['a'], outputs: ['b', 'c'] })
    const resolver = new DependencyResolver(registry)
    expect(resolver.getDependencies('c')).toEqual(['a'])
    expect(resolver.getDependents('a')).toEqual(['b', 'c'])
    expect(resolver.resolve()).toEqual(['b', 'c'])
    expect(() => registry.saveCode('/x.features.ts')).toThrow("'clean' cannot be saved: it takes a table")
  })
})
