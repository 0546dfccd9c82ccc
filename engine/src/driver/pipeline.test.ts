import { table } from 'arquero'
import { describe, expect, test } from 'vitest'
import type { ModelDriverConfig } from './config.ts'
import { ModelDriver } from './modelDriver.ts'
import { checkedModels, executeModels } from './pipeline.ts'

const sales = table({ shop: ['a', 'b', 'a', null], revenue: [10, 20, 5, 1] })
const shops = table({ shop: ['b', 'a'], area: [4, 5], city: ['Bern', 'Aarau'] })

test('with a key, a renamed row feature stands in the rows, for later models too', () => {
  const first = new ModelDriver({
    model_name: 'first',
    group_by: 'shop',
    outputs: { SHARE: 'share', TOTAL: 'total', Umsatz: 'revenue' },
  })
    .registerFilter((revenue, total) => revenue / total, 'share')
    .registerAttribute((revenue) => revenue.sum(), 'total')
  expect(first.printExecutionPlan()).toContain(
    'outputs: shop, TOTAL (from total)\n  in the rows: SHARE (from share), Umsatz (from revenue)',
  )
  const { filtered, output } = first.execute(sales)
  expect(output.columnNames()).toEqual(['shop', 'TOTAL'])
  expect(filtered.columnNames()).toEqual(['shop', 'revenue', 'share', 'SHARE', 'Umsatz'])
  // by hand: shop a has 15 in all
  expect(filtered.array('SHARE')).toEqual([10 / 15, 1, 5 / 15, null])
  const then = new ModelDriver({ model_name: 'then', seq: 2, input: 'first.rows' }).registerFilter(
    (SHARE, Umsatz, share) => SHARE + Umsatz - share,
    'same',
  )
  expect(executeModels([first, then], sales).then?.filtered.array('same')).toEqual([10, 20, 5, null])
})

describe('joins', () => {
  const joining = (join: object = {}, config: object = {}) =>
    new ModelDriver({
      model_name: 'm',
      group_by: 'shop',
      joins: [{ from: 'shops', on: 'shop', prefix: 'shop_', ...join }],
      ...config,
    } as ModelDriverConfig)
      .registerFilter((revenue, shop_area) => revenue / shop_area, 'per_area')
      .registerAttribute((revenue, shop_area) => revenue.sum() / shop_area, 'total_per_area')

  test.each<[string, ModelDriver, object]>([
    ['of a table by its name', joining(), { tables: { shops } }],
    ['of the table itself', joining({ from: shops }), {}],
    ['of some columns', joining({ columns: 'area' }), { tables: { shops } }],
  ])('%s', (_, model, options) => {
    const { filtered, attributes } = model.execute(sales, options)
    // by hand: a has 5, b has 4
    expect(filtered.array('per_area')).toEqual([2, 5, 1, null])
    expect(attributes?.array('total_per_area')).toEqual([3, 5])
  })

  test('the key and the columns are found as parameters find them', () => {
    const upper = table({ SHOP: ['a', 'b'], Area: [5, 4] })
    for (const [model, tables] of [
      [joining({ on: 'Shop' }), { shops: upper }],
      [joining({ from: upper }), {}],
      [joining({ columns: 'AREA' }), { shops: upper }],
    ] as const) {
      const { filtered, attributes } = model.execute(sales, { tables })
      expect(filtered.array('per_area')).toEqual([2, 5, 1, null])
      expect(attributes?.array('total_per_area')).toEqual([3, 5])
    }
    const known = joining({ from: upper, on: 'Shop' })
    expect(known.getRequiredInputs()).toEqual(['shop', 'revenue'])
    expect(known.printExecutionPlan()).toContain('joined from joined table 1 by shop (there SHOP): shop_area')
    expect(() => known.execute(table({ shop: ['a'], revenue: [1] }), {})).not.toThrow()
    expect(() => joining({ from: table({ SHOP: ['a', 'a'], area: [1, 2] }) }).execute(sales)).toThrow(
      'which has SHOP "a" in rows 1 and 2',
    )
  })

  test('a key that a feature makes is no input', () => {
    const model = new ModelDriver({ model_name: 'm', joins: [{ from: table({ CODE: ['A'], area: [1] }), on: 'code' }] })
      .registerFilter((shop) => shop.toUpperCase(), 'code')
      .registerFilter((area) => area * 2, 'twice')
    expect(model.getRequiredInputs()).toEqual(['shop'])
    expect(model.execute(sales).filtered.array('twice')).toEqual([2, null, 2, null])
  })

  test('the plan knows what is joined where the table or its columns are known', () => {
    for (const model of [joining({ from: shops }), joining({ columns: ['area'] })]) {
      expect(model.getRequiredInputs()).toEqual(['shop', 'revenue'])
      expect(model.printExecutionPlan()).toMatch(/joined from .* by shop: shop_area/)
    }
  })

  test.each<[string, () => unknown]>([
    [
      "It joins 'shops', which it was not given: execute(table, { tables: { shops: … } }).",
      () => joining().execute(sales),
    ],
    [
      "'aera' is not in shops. Did you mean 'area'?",
      () => joining({ columns: 'aera' }).execute(sales, { tables: { shops } }),
    ],
    [
      "Join key 'shp' is not in shops. Did you mean 'shop'?",
      () => joining({ on: 'shp' }).execute(sales, { tables: { shops } }),
    ],
    [
      `It needs one row per key of 'shops', which has shop "a" in rows 1 and 2.`,
      () => joining().execute(sales, { tables: { shops: table({ shop: ['a', 'a'], area: [1, 2] }) } }),
    ],
    [
      "'shop' is text here and a number in the joined table",
      () => joining().execute(sales, { tables: { shops: table({ shop: [1], area: [2] }) } }),
    ],
    ['A join needs an Arquero table, not 5.', () => joining().execute(sales, { tables: { shops: 5 as never } })],
  ])('%s', (message, act) => {
    expect(act).toThrow(message)
  })
})

describe('models in code, one after the other', () => {
  const totals = new ModelDriver({ model_name: 'totals', group_by: 'shop' })
    .registerFilter((revenue) => revenue / 2, 'half')
    .registerAttribute((half) => half.sum() * 2, 'total')
  const next = (config: Partial<ModelDriverConfig>, call: (...inputs: never[]) => unknown) =>
    new ModelDriver({ model_name: 'next', seq: 2, ...config }).registerFilter(call as never, 'made')

  test.each<[string, ModelDriver, object, unknown[]]>([
    ['what the one before gives', next({}, (total: number) => total + 1), {}, [16, 21]],
    ['its rows', next({ input: 'totals.rows' }, (half: number) => half * 10), {}, [50, 100, 25, 5]],
    ['another table', next({ input: 'shops' }, (area: number) => area), { shops }, [4, 5]],
    [
      'a table that is joined with the groups before',
      next(
        { input: 'shops', joins: [{ from: 'totals.groups', on: 'shop' }] },
        (area: number, total: number) => total / area,
      ),
      { shops },
      [5, 3],
    ],
    [
      'a table that writes the key in another way',
      next(
        { input: 'totals.groups', joins: [{ from: 'shops', on: 'shop', prefix: 'shop_' }] },
        (shop_area: number, total: number) => total / shop_area,
      ),
      { shops: table({ Shop: ['a', 'b'], AREA: [3, 10] }) },
      [5, 2],
    ],
  ])('%s', (_, model, tables, made) => {
    const results = executeModels([model, totals], sales, tables as never)
    expect(Object.keys(results)).toEqual(['totals', 'next'])
    expect(results.next?.output.array('made')).toEqual(made)
  })

  test.each<[string, () => unknown]>([
    [
      "It needs 'half', which totals.outputs does not have (it has shop, total).",
      () => executeModels([totals, next({}, (half: number) => half)], sales),
    ],
    [
      "No table before it is named 'totals.row'. Did you mean 'totals.rows'?",
      () => executeModels([totals, next({ input: 'totals.row' }, (half: number) => half)], sales),
    ],
    [
      "No table before it is named 'x'. There are 'totals.rows'",
      () => executeModels([totals, next({ joins: [{ from: 'x', on: 'shop' }] }, (total: number) => total)], sales),
    ],
    ['Two models of the pipeline have this name.', () => checkedModels([totals, totals])],
    [
      'A pipeline needs a list of models, new ModelPipeline([sales, score]), not nothing.',
      () => checkedModels(undefined as never),
    ],
    ['not an empty list.', () => checkedModels([])],
    [
      'A pipeline is made of ModelDrivers, new ModelPipeline([sales, score]), not of 5.',
      () => checkedModels([5 as never]),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(message)
  })

  test('nothing is computed when a later model lacks a column', () => {
    let calls = 0
    const counting = new ModelDriver({ model_name: 'first' }).registerFilter((revenue) => {
      calls++
      return revenue
    }, 'same')
    expect(() => executeModels([counting, next({}, (nowhere: number) => nowhere)], sales)).toThrow("'nowhere'")
    expect(calls).toBe(0)
  })
})
