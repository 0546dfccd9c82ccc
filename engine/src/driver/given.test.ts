import { table } from 'arquero'
import { describe, expect, test } from 'vitest'
import type { ModelDriverConfig } from './config.ts'
import { ModelDriver } from './modelDriver.ts'
import { FeatureRegistry } from './registry.ts'
import { DependencyResolver } from './resolver.ts'

/** What people of JavaScript, whom no compiler helps, write by mistake. */
const wrong = <T>(value: unknown): T => value as T
const sales = table({ pin: ['a', 'b', 'a'], revenue: [10, 20, 5], cost: [4, 5, null] })
const model = (config: unknown = {}) =>
  new ModelDriver({ model_name: 'm', group_by: 'pin', ...(config as Partial<ModelDriverConfig>) })
const doubled = (config?: unknown) => model(config).registerFilter((revenue) => revenue * 2, 'x')

describe('a mistake is told with what to write', () => {
  test.each<[string, () => unknown]>([
    [
      "A model must be an object such as { model_name: 'sales', group_by: 'pin' }, not nothing.",
      () => new ModelDriver(wrong(undefined)),
    ],
    ['not "sales".', () => new ModelDriver(wrong('sales'))],
    ["A model needs a text as 'model_name'", () => new ModelDriver(wrong({}))],
    ["A model cannot have 'groupby'. Did you mean 'group_by'?", () => model({ groupby: 'pin' })],
    ["Did you mean 'group_by'?", () => model({ groupBy: 'pin' })],
    ["A model in code cannot have 'data', which is for modeldriver.json", () => model({ data: 'sales.csv' })],
    ["A model cannot have 'zzz'. It may have model_name, client_name", () => model({ zzz: 1 })],
    ["'group_by' must be a name or a list of names, ['price'], not 5.", () => model({ group_by: 5 })],
    ["'group_by' must be a name or a list of names, ['price'], not null.", () => model({ group_by: ['pin', null] })],
    ["'outputs' must be a name or a list of names", () => model({ outputs: 5 })],
    ['\'seq\' must be a number, the place of the model in its pipeline, not "one".', () => model({ seq: 'one' })],
    ["'joins' must be a list such as [{ from: 'shops'", () => model({ joins: { from: 'a', on: 'pin' } })],
    ["A join cannot have 'form'. Did you mean 'from'?", () => model({ joins: [{ form: 'a', on: 'pin' }] })],
    ["A join needs 'on', the columns that both tables have", () => model({ joins: [{ from: 'a' }] })],
    [
      'registerFilter(…) needs a function, (price, cost) => price - cost, and its name or options behind it, not nothing.',
      () => model().registerFilter(wrong(undefined)),
    ],
    [
      "'_h' cannot be a feature: names that begin with _ are those of helpers.",
      () => model().registerFilter((revenue) => revenue, '_h'),
    ],
    [
      'and its name or options behind it, not "x".',
      () =>
        model().registerFilter(
          wrong('x'),
          wrong((revenue: number) => revenue),
        ),
    ],
    ["'Sales' is a class: give one of its methods", () => model().registerFilter(class Sales {} as never)],
    [
      "A feature must be an object such as { name: 'margin' }, not 5.",
      () => model().registerFilter((revenue) => revenue, wrong(5)),
    ],
    [
      "A feature cannot have 'input'. Did you mean 'inputs'?",
      () => model().registerFilter((a) => a, wrong({ name: 'x', input: ['revenue'] })),
    ],
    ["'name' of a feature must be a text, not 5.", () => model().registerFilter((a) => a, wrong({ name: 5 }))],
    [
      "'x' has 2 parameters, but 1 name as its 'inputs': revenue.",
      () => model().registerFilter((a, b) => a - b, { name: 'x', inputs: ['revenue'] }),
    ],
    [
      "'x' has 1 parameter, but 2 names as its 'inputs': revenue, cost.",
      () => model().registerFilter((a) => a, { name: 'x', inputs: ['revenue', 'cost'] }),
    ],
    [
      "'x' takes one object, so its inputs stand in its pattern: ({ price: p }) => p * 2. Leave 'inputs' out.",
      () => model().registerFilter(({ a }) => a, { name: 'x', inputs: 'revenue' }),
    ],
    [
      "'x' must name one output: one function makes one column.",
      () => model().registerFilter((revenue) => revenue, { name: 'x', outputs: [] }),
    ],
    [
      "'isAggregation' of 'x' is true or false, and only attributes have it.",
      () => model().registerFilter((revenue) => revenue, { name: 'x', isAggregation: true }),
    ],
    [
      "'isAggregation' of 'x' is true or false",
      () => model().registerAttribute((revenue) => revenue.sum(), wrong({ name: 'x', isAggregation: 'yes' })),
    ],
    [
      'registerFiltersBatch() needs functions by name, { margin: (price, cost) => price - cost }, not "x".',
      () => model().registerFiltersBatch(wrong('x')),
    ],
    ['registerFeatures() found no function: give it functions by name', () => model().registerFeatures({ rate: 2 })],
    ['A feature needs a name', () => model().registerFilter((revenue) => revenue)],
    ["'outputs' must be a name or a list of names", () => doubled().setOutputAttributes(wrong(undefined))],
    ['execute needs an Arquero table, not nothing.', () => doubled().execute(wrong(undefined))],
    [
      "execute needs an Arquero table, not a list. In 'arquero' table({ price: [1, 2] }) makes one of columns, from([{ price: 1 }]) of rows.",
      () => doubled().execute(wrong([{ pin: 'a', revenue: 1 }])),
    ],
    ['execute needs an Arquero table, not "sales.csv".', () => doubled().execute(wrong('sales.csv'))],
    [
      "execute(table, …) cannot have 'output'. Did you mean 'outputs'?",
      () => doubled().execute(sales, wrong({ output: ['x'] })),
    ],
    [
      "execute(table, …) must be an object such as { outputs: ['margin'] }, not null.",
      () => doubled().execute(sales, wrong(null)),
    ],
    ['validateInputData needs an Arquero table', () => doubled().validateInputData(wrong(undefined))],
    [
      "visualizeDependencies() gives 'mermaid' or 'dot', not \"png\".",
      () => doubled().visualizeDependencies(wrong('png')),
    ],
    [
      "'x' is registered as an attribute, but gives one value per row: ask 'revenue' for one value, such as revenue.sum() or revenue.nunique(), or use registerFilter().",
      () =>
        model()
          .registerAttribute((revenue) => revenue * 2, 'x')
          .execute(sales),
    ],
    [
      "'revenue' is the value of one row here (registered as a filter)",
      () =>
        model()
          .registerFilter((revenue) => {
            let sum = 0
            while (sum < 1) sum += revenue.sum()
            return sum
          }, 'x')
          .execute(sales),
    ],
    ['It has no features: registerFilter() and registerAttribute() give it some.', () => model().execute(sales)],
    [
      "Say what makes the groups in its config ({ group_by: 'pin' }), or make the whole table one group (group_by: []).",
      () => new ModelDriver({ model_name: 'm' }).registerAttribute((revenue) => revenue.sum(), 'x').execute(sales),
    ],
    [
      "add group_order: 'pin' to the config of the model.",
      () =>
        model()
          .registerAttribute((revenue) => revenue.sum(), 'x')
          .registerAttribute((x) => x.lag(1), 'y')
          .execute(sales),
    ],
    [
      "A DependencyResolver needs a FeatureRegistry (a model has one as its 'registry'), not nothing.",
      () => new DependencyResolver(wrong(undefined)),
    ],
    [
      "There is no feature 'y'.",
      () => new DependencyResolver(new FeatureRegistry().registerFilter((a) => a, 'x')).resolve(['y']),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(message)
  })
})

describe('a batch with a mistake is not registered at all', () => {
  const fine = { _helper: 1, first: (revenue: number) => revenue }
  class Sales {}
  test.each<[string, (registry: FeatureRegistry) => unknown]>([
    [
      "Nothing was registered: member 3 of the batch, 'x', is no function, but 5.",
      (registry) => registry.registerAttributesBatch(wrong({ ...fine, x: 5 })),
    ],
    [
      'Nothing was registered: member 2 of the batch is no function, but nothing.',
      (registry) => registry.registerFiltersBatch(wrong([fine.first, undefined])),
    ],
    [
      'Nothing was registered: member 2 of the batch has no name. Give the functions by name, { margin: (price, cost) => price - cost }.',
      (registry) => registry.registerFiltersBatch([fine.first, (revenue) => revenue]),
    ],
    ["'Sales' is a class", (registry) => registry.registerFiltersBatch(wrong({ ...fine, Sales }))],
    [
      "'late' cannot be a feature: it is async",
      (registry) => registry.registerFeatures({ ...fine, late: async () => 1 }),
    ],
    [
      "There are two features 'first'. Give one of them another name.",
      (registry) => registry.registerFiltersBatch([fine.first, fine.first]),
    ],
    [
      "There are two features 'there'.",
      (registry) => registry.registerAttributesBatch({ ...wrong<object>(fine), there: (cost) => cost.sum() }),
    ],
    [
      "'second' of /a.features.ts is not a function when the file is loaded.",
      (registry) =>
        registry.loadCode(
          { path: '/a.features.ts', text: 'export const first = (a) => a\nexport const second = (a) => a' },
          fine,
        ),
    ],
  ])('%s', (message, register) => {
    const registry = new FeatureRegistry().registerFilter((cost) => cost, 'there')
    expect(() => register(registry)).toThrow(message)
    expect([...registry.features.keys()]).toEqual(['there'])
  })
})

test('a filter that says otherwise in its text is told of its registration', () => {
  const marked = model().registerFilter(new Function('revenue', 'return revenue //#agg') as never, 'x')
  expect(marked.validateRegistry().map(({ message }) => message)).toContain(
    "'x' is registered as a filter, but the comment says #agg. Remove one of the two.",
  )
})

test('one name does for a list, and outputs may be renamed', () => {
  const all = doubled({ group_by: ['pin'] }).registerAttribute((revenue) => revenue.sum(), {
    name: 'total',
    inputs: 'revenue',
  })
  expect(all.setOutputAttributes('total').getRequiredInputs()).toEqual(['pin', 'revenue'])
  expect(all.execute(sales, 'total').output.columnNames()).toEqual(['pin', 'total'])
  all.setOutputAttributes({ sum_of_revenue: 'total' })
  expect(all.execute(sales).output.objects()).toEqual([
    { pin: 'a', sum_of_revenue: 15 },
    { pin: 'b', sum_of_revenue: 20 },
  ])
})

test('methods of objects and classes, by whatever name', () => {
  class Sales {
    static margin(revenue: number, cost: number) {
      return revenue - cost
    }
    #hidden(revenue: number) {
      return revenue + 1
    }
    get hidden() {
      return this.#hidden
    }
  }
  const batch = {
    'Unit Price'(revenue: number) {
      return revenue
    },
    get(revenue: number) {
      return -revenue
    },
    [`computed ${1 + 1}`](cost = 0) {
      return cost
    },
  }
  const made = model()
    .registerFilter(Sales.margin)
    .registerFilter(new Sales().hidden, 'hidden')
    .registerFiltersBatch(batch)
  expect(made.execute(sales).filtered.select('margin', 'hidden', 'Unit Price', 'get', 'computed 2').objects()).toEqual([
    { margin: 6, hidden: 11, 'Unit Price': 10, get: -10, 'computed 2': 4 },
    { margin: 15, hidden: 21, 'Unit Price': 20, get: -20, 'computed 2': 5 },
    { margin: null, hidden: 6, 'Unit Price': 5, get: -5, 'computed 2': 0 },
  ])
})
