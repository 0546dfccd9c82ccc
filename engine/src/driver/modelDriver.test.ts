import { from, table } from 'arquero'
import { expect, test } from 'vitest'
import { ModelDriver, ModelError } from './modelDriver.ts'

const sales = table({ pin: ['a', 'b', 'a'], revenue: [100, 200, 50], cost: [60, 150, null] })
const percent = 100

function driver() {
  return new ModelDriver({ model_name: 'sales', group_by: 'pin' })
    .registerFilter(function margin(revenue, cost) {
      return ((revenue - cost) / revenue) * percent
    })
    .registerAttribute((revenue) => revenue.sum(), 'total')
    .registerFiltersBatch({
      share(revenue, total) {
        return revenue / total
      },
    })
}

test('rows, groups and outputs of functions in code, with what they close over', () => {
  const { preprocessed, filtered, attributes, output } = driver().execute(sales)
  expect(preprocessed.columnNames()).toEqual(['pin', 'revenue', 'cost'])
  // by hand: (100-60)/100, (200-150)/200, missing cost; 100/150, 200/200, 50/150
  expect(filtered.objects()).toEqual([
    { pin: 'a', revenue: 100, cost: 60, margin: 40, share: 100 / 150 },
    { pin: 'b', revenue: 200, cost: 150, margin: 25, share: 1 },
    { pin: 'a', revenue: 50, cost: null, margin: null, share: 50 / 150 },
  ])
  const groups = [
    { pin: 'a', total: 150 },
    { pin: 'b', total: 200 },
  ]
  expect(attributes?.objects()).toEqual(groups)
  expect(output.objects()).toEqual(groups)
})

test('only what the outputs need is required, planned and computed', () => {
  expect(driver().getRequiredInputs()).toEqual(['pin', 'revenue', 'cost'])
  expect(driver().getRequiredInputs(['total'])).toEqual(['pin', 'revenue'])
  expect(driver().printExecutionPlan(['share'])).toMatchInlineSnapshot(`
    "Model sales, per pin
      required inputs: pin, revenue
      1. group: total
      2. row: share
      outputs: pin
      in the rows: share"
  `)
  const { filtered } = driver().execute(sales.select('pin', 'revenue'), ['share'])
  expect(filtered.columnNames()).toEqual(['pin', 'revenue', 'share'])
})

test('levels as in a feature file when they are not said; a filtered Arquero table; no key', () => {
  const model = new ModelDriver({ model_name: 'm', group_by: [] }).registerFeatures([
    function high(n) {
      return n > 1
    },
    function sum(n) {
      return n.sum()
    },
  ])
  const input = from([{ n: 1 }, { n: 2 }, { n: 3 }]).filter((row: { n: number }) => row.n < 3)
  const { attributes, filtered } = model.execute(input)
  expect(attributes?.objects()).toEqual([{ sum: 3 }])
  expect(filtered.objects()).toEqual([
    { n: 1, high: false },
    { n: 2, high: true },
  ])
  const enrichment = new ModelDriver({ model_name: 'e' }).registerFilter(({ n }) => n * 2, 'twice')
  expect(enrichment.execute(input).attributes).toBeUndefined()
  expect(enrichment.execute(input).output.objects()).toEqual([{ twice: 2 }, { twice: 4 }])
})

test.each([
  ['async', () => driver().registerFilter(async (a) => a, 'x'), "'x' cannot be a feature: it is async"],
  [
    'rest',
    () => driver().registerFilter((...all) => all.length, 'x'),
    "'x' cannot be a feature: each input must be named",
  ],
  ['nameless', () => driver().registerFilter((a) => a), 'A feature needs a name'],
  ['native', () => driver().registerFilter(Math.abs), "'abs' has no text to read its inputs from"],
  ['twice', () => driver().registerFilter((a) => a, 'total'), "There are two features 'total'."],
  ['a missing column', () => driver().execute(sales.select('pin', 'cost')), "'revenue'"],
  ['an unknown output', () => driver().execute(sales, ['profit']), "Output 'profit' is not a feature or column"],
  [
    'a function that throws',
    () => new ModelDriver({ model_name: 'm' }).registerFilter(() => JSON.parse('{'), 'x').execute(sales),
    "'x' failed",
  ],
])('%s is refused with the reason', (_, act, message) => {
  expect(act).toThrow(message)
})

test('a module as it is imported: constants and helpers are no features', () => {
  const module = { rate: 2, _helper: (x: number) => x, twice: (n: number) => n * 2 }
  const model = new ModelDriver({ model_name: 'm' }).registerFeatures(module)
  expect(model.getExecutionPlan().steps.map(({ feature }) => feature)).toEqual(['twice'])
})

test('every reason is listed', () => {
  const model = driver().registerFilter(({ region }) => region, 'area')
  const error = (() => {
    try {
      model.execute(table({ pin: ['a'] }))
    } catch (caught) {
      return caught
    }
  })()
  expect(error).toBeInstanceOf(ModelError)
  expect((error as ModelError).problems).toHaveLength(3)
})

test('the words of the registry: what is wrong, what data lacks, who needs whom', () => {
  const model = driver().setOutputAttributes(['share'])
  expect(model.getRequiredInputs()).toEqual(['pin', 'revenue'])
  expect(model.validateRegistry().filter(({ severity }) => severity === 'error')).toEqual([])
  const [problem, ...others] = model.validateInputData(table({ pin: ['a'], revenu: [1] }))
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    code: 'MD001',
    message: expect.stringContaining("Did you mean 'revenu'?"),
  })
  expect(model.validateInputData(sales)).toEqual([])
  expect(model.visualizeDependencies()).toContain('flowchart LR')
  expect(model.visualizeDependencies('dot')).toContain('"sales/total" -> "sales/share"')
  const cyclic = new ModelDriver({ model_name: 'm' }).registerFiltersBatch({ a: (b) => b, b: (a) => a })
  expect(cyclic.validateRegistry().map(({ code }) => code)).toContain('MD002')
  expect(cyclic.findCycles()).toEqual([['a', 'b']])
})

test('inputs, output and kind that are said beside the function', () => {
  const model = new ModelDriver({ model_name: 'm', group_by: 'pin' })
    .registerFilter((e: number, t: number) => e - t, { inputs: ['revenue', 'cost'], outputs: ['profit'] })
    .registerAttribute(Math.max.bind(null, 0), { name: 'floor', inputs: ['best'] })
    .registerAttribute((revenue) => revenue.max(), { name: 'best', isAggregation: true })
  expect(model.execute(sales, ['floor']).attributes?.objects()).toEqual([
    { pin: 'a', best: 100, floor: 100 },
    { pin: 'b', best: 200, floor: 200 },
  ])
  expect(model.execute(sales).filtered.array('profit')).toEqual([40, 50, null])
  model.registerAttribute((best) => best * 2, { name: 'twice', isAggregation: true })
  expect(model.validateRegistry().map(({ message }) => message)).toContain(
    "'twice' is registered as an aggregation, but reads nothing that has one value per row.",
  )
  expect(() => model.execute(sales)).toThrow("'twice' is registered as an aggregation")
  expect(() => model.registerFilter((a) => a, { name: 'x', outputs: ['a', 'b'] })).toThrow("'x' must name one output")
})

test('a function that a bundler made shorter is refused where its names are no columns', () => {
  const minified = new Function('return (e,t)=>{const n=e-t;return n/e}')() as (e: number, t: number) => number
  const model = new ModelDriver({ model_name: 'm' }).registerFilter(minified, 'margin')
  expect(() => model.execute(sales)).toThrow(
    "'margin' reads 'e', 't', which are no columns. If a bundler made the names",
  )
  const near = new ModelDriver({ model_name: 'm' }).registerFilter(
    new Function('return aa=>aa*2')() as (aa: number) => number,
    'b',
  )
  expect(() => near.execute(table({ a: [1] }))).toThrow(
    "'b' reads 'aa', which is no column. Did you mean 'a'? If a bundler made the names",
  )
  expect(model.execute(table({ e: [4], t: [1] })).output.array('margin')).toEqual([0.75])
  const said = new ModelDriver({ model_name: 'm' }).registerFilter(minified, {
    name: 'margin',
    inputs: ['revenue', 'cost'],
  })
  expect(said.getRequiredInputs()).toEqual(['revenue', 'cost'])
})

test('rows and groups look at those before them', () => {
  const visits = table({ week: [1, 1, 2, 2, 2], id: ['a', 'b', 'b', 'c', 'a'], paid: [3, 4, 5, null, 1] })
  const model = new ModelDriver({ model_name: 'm', group_by: 'week', group_order: 'week' })
    .registerFilter((paid) => paid.cumsum(), 'so_far')
    .registerFilter((paid) => paid.rolling(2).mean(), 'smooth')
    .registerAttribute(function kept(id) {
      const before = id.previous()
      return id.unique().filter((each: string) => before.includes(each)).length
    })
  const { filtered, attributes } = model.execute(visits)
  expect(filtered.array('so_far')).toEqual([3, 7, 5, null, 6])
  expect(filtered.array('smooth')).toEqual([3, 3.5, 5, 5, 1])
  expect(attributes?.array('kept')).toEqual([0, 2])
})

test('groups in an order', () => {
  const weeks = table({ week: [2, 1, 3, 1], revenue: [30, 5, 10, 5] })
  const model = new ModelDriver({ model_name: 'm', group_by: 'week', group_order: 'week' })
    .registerAttribute((revenue) => revenue.sum(), 'total')
    .registerAttribute((total) => total / total.lag(1) - 1, 'growth')
  // by hand: week 1 is 10, week 2 is 30, week 3 is 10
  expect(model.execute(weeks).attributes?.array('growth')).toEqual([2, null, 10 / 30 - 1])
  const unordered = new ModelDriver({ model_name: 'm', group_by: 'week' }, { registry: model.registry })
  expect(() => unordered.execute(weeks)).toThrow("'.lag()' looks at other groups")
})
