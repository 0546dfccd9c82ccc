import { table } from 'arquero'
import { expect, test } from 'vitest'
import { ModelDriver } from './library.ts'

const sales = table({ pin: ['a', 'b'], n: [1, 2], sold: [new Date(0), null], none: [null, null] })
type Function = (...inputs: never[]) => unknown

test.each<[string, Function, 'row' | 'group', string | undefined]>([
  ['a formula', (pin) => pin - 1, 'row', `'pin' is text in table (e.g. "a"), so nothing can be subtracted from it.`],
  [
    'a comparison',
    (pin) => pin > 3,
    'row',
    `'pin' is text in table (e.g. "a"), so it cannot be compared with a number.`,
  ],
  [
    'an aggregate',
    (pin: { sum(): number }) => pin.sum(),
    'group',
    `'pin' is text in table (e.g. "a"), but 'sum' needs numbers.`,
  ],
  ['a method', (n: string) => n.toUpperCase(), 'row', "'n' is a number in table (e.g. 1), which has no 'toUpperCase'."],
  ['values of the right type', (n, sold) => n * 2 + (sold as Date).getMonth(), 'row', undefined],
  ['nothing is known of a column without values', (none) => none * 2, 'row', undefined],
])('data of another type than features need: %s', (_, call, level, message) => {
  const model = new ModelDriver({ model_name: 'm', group_by: [] })
  if (level === 'row') model.registerFilter(call, 'made')
  else model.registerAttribute(call, 'made')
  const found = model.validateInputData(sales).map(({ code, feature, message }) => ({ code, feature, message }))
  expect(found).toEqual(message === undefined ? [] : [{ code: 'MD019', feature: 'made', message }])
  if (message !== undefined) expect(() => model.execute(sales)).toThrow("'made'")
})

test('only what the outputs need is asked of the data, and features of features and joins too', () => {
  const model = new ModelDriver({ model_name: 'm', joins: [{ from: 'shops', on: 'pin' }] })
    .registerFilter((pin) => pin, 'label')
    .registerFilter((label) => label * 2, 'twice')
    .registerFilter((n) => n + 1, 'more')
  const check = (outputs: string, pin: unknown[]) =>
    model
      .validateInputData(sales, { outputs, tables: { shops: table({ pin, area: [1] }) } })
      .map(({ message }) => message)
  expect(check('more', ['a'])).toEqual([])
  expect(check('twice', ['a'])).toEqual(["'label' is text, so it cannot be multiplied."])
  expect(check('more', [1])).toEqual([
    `Join key 'pin' is text in table (e.g. "a") and a number in shops, so no row would match. Make them alike.`,
  ])
})
