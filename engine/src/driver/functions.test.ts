import { table } from 'arquero'
import { expect, test } from 'vitest'
import type { FeatureFunction } from '../compute/host.ts'
import { ModelDriver } from './modelDriver.ts'

type Call = FeatureFunction
const written = (text: string) => new Function(`return ${text}`)() as Call

const rows = table({ pin: ['a', 'a', 'b'], revenue: [10, 20, 7], cost: [4, null, 5], city: ['x', 'yy', null] })
const model = () => new ModelDriver({ model_name: 'm', group_by: 'pin' })
const perRow = (call: Call, inputs?: string[]) =>
  model()
    .registerFilter(call, { name: 'z', ...(inputs && { inputs }) })
    .execute(rows)
    .filtered.array('z')
const perGroup = (call: Call, inputs?: string[]) =>
  model()
    .registerAttribute(call, { name: 'z', ...(inputs && { inputs }) })
    .execute(rows)
    .output.array('z')

test.each<[string, Call, Call, string[]]>([
  ['a default', (revenue, cost = 3) => revenue - cost, (a, b = 3) => a - b, ['revenue', 'cost']],
  ['a test', (revenue, cost) => (cost == null ? revenue : 0), (a, b) => (b == null ? a : 0), ['revenue', 'cost']],
  ['a test for null', (cost) => (cost === null ? 1 : 0), (b) => (b === null ? 1 : 0), ['cost']],
  ['??', (cost) => cost ?? 9, (b) => b ?? 9, ['cost']],
  ['NaN', (cost) => (Number.isNaN(cost) ? 1 : 0), (b) => (Number.isNaN(b) ? 1 : 0), ['cost']],
  ['an aggregate', (revenue) => revenue - revenue.mean(), (a) => a - a.mean(), ['revenue']],
  ['a row before', (revenue) => revenue - revenue.lag(1), (a) => a - a.lag(1), ['revenue']],
  ['an absent column', (revenue, vat = 2) => revenue * vat, (a, b = 2) => a * b, ['revenue', 'vat']],
  ['its own names', (revenue, cost = 3) => revenue - cost, (revenue, cost = 3) => revenue - cost, ['revenue', 'cost']],
  ['exchanged names', (revenue, cost) => revenue - cost, (cost, revenue) => cost - revenue, ['revenue', 'cost']],
  [
    'a function',
    (revenue, cost = 3) => revenue - cost,
    written('function (a, b = 3) { return a - b }'),
    ['revenue', 'cost'],
  ],
])('%s', (_, own, said, inputs) => {
  expect(perRow(said, inputs)).toEqual(perRow(own))
})

test.each<[string, Call, readonly unknown[]]>([
  ['rows are counted', (revenue) => revenue.length, [2, 1]],
  ['rows of texts', (city) => city.length, [2, 1]],
  ['an absent default', (revenue, q = 2) => revenue.sum() * q, [60, 14]],
])('attributes: %s', (_, call, values) => {
  expect(perGroup(call)).toEqual(values)
  expect(
    perGroup(
      call,
      ['revenue', 'city', 'q'].filter((name) => call.toString().includes(name)),
    ),
  ).toEqual(values)
})

test('and saved so', () => {
  const { registry } = model().registerFilter((a, b = 3) => a - b, { name: 'z', inputs: ['Net Price', 'b'] })
  expect(registry.saveCode('/a.features.js')).toBe(`export const z = ({ 'Net Price': a, b = 3 }) => a - b\n`)
})

test('names that are no columns are told with the feature; only where all are unknown they may be a bundler’s', () => {
  const failing = (call: Call) => () => model().registerFilter(call, 'z').execute(rows)
  expect(failing((revenu) => revenu + 1)).toThrow(
    "'z': No column or feature is named 'revenu'. Did you mean 'revenue'?",
  )
  const short = written('(pin,f)=>f*pin')
  expect(failing(short)).not.toThrow('bundler')
})
