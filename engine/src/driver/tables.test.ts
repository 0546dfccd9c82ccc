import { table as arqueroTable, type ColumnTable, escape as call } from 'arquero'
import { describe, expect, test } from 'vitest'
import { ModelDriver, type ModelError } from './modelDriver.ts'
import { executeModels } from './pipeline.ts'

const net = () => new ModelDriver({ model_name: 'm' }).registerFilter((price) => price, 'net')
const columns = (given: Record<string, unknown>) => arqueroTable(given as Record<string, unknown[]>)

function problemsOf(act: () => unknown): readonly string[] {
  try {
    act()
  } catch (error) {
    return (error as ModelError).problems
  }
  return []
}

const derive = (cells: string) => `table.derive({ price: escape((d) => (${cells})) }), with 'escape' of 'arquero'.`

const asText = 'Make all of it text, of which features can make what they need'

describe('a column that a feature reads and that is none is refused', () => {
  test.each<[string, unknown, string, readonly unknown[]]>([
    [
      'numbers and a few texts',
      [10, null, 'n/a', 4, 'n/a'],
      `Column 'price' holds numbers and texts (first text 'n/a' in row 3), but all cells of a column are of one type. Make all of it numbers: ${derive('d.price == null || ["n/a"].includes(d.price) ? null : Number(d.price)')}`,
      [10, null, null, 4, null],
    ],
    [
      'numbers, and texts that are numbers',
      [10, '20', 'NA', ' 2.5 ', '-1e3', ''],
      `Column 'price' holds texts and numbers (first number 10 in row 1), but all cells of a column are of one type. Make all of it numbers: ${derive('d.price == null || ["NA", ""].includes(d.price) ? null : Number(d.price)')}`,
      [10, 20, null, 2.5, -1000, null],
    ],
    [
      'numbers, and a word',
      [10, 'none "yet"', '20', 30, 5, true],
      `Column 'price' holds numbers, texts and true/false (first text 'none "yet"' in row 2), but all cells of a column are of one type. If 'none "yet"' stands for no value, make all of it numbers: ${derive('d.price == null || ["none \\"yet\\""].includes(d.price) ? null : Number(d.price)')}`,
      [10, null, 20, 30, 5, 1],
    ],
    [
      'numbers, and texts that are written otherwise',
      [10, '1,5', 30],
      `Column 'price' holds numbers and texts (first text '1,5' in row 2), but all cells of a column are of one type. ${asText}: ${derive('d.price == null ? null : String(d.price)')}`,
      ['10', '1,5', '30'],
    ],
    [
      'numbers, and a code',
      [10, 11, '007'],
      `Column 'price' holds numbers and texts (first text '007' in row 3), but all cells of a column are of one type. ${asText}: ${derive('d.price == null ? null : String(d.price)')}`,
      ['10', '11', '007'],
    ],
    [
      'texts and a few numbers',
      ['A1', 7, undefined, 'B2'],
      `Column 'price' holds texts and numbers (first number 7 in row 2), but all cells of a column are of one type. ${asText}: ${derive('d.price == null ? null : String(d.price)')}`,
      ['A1', '7', null, 'B2'],
    ],
    [
      'bigints and texts',
      [1n, 2n, ''],
      `Column 'price' holds bigints and texts (first text '' in row 3), but all cells of a column are of one type. Make all of it numbers: ${derive('d.price == null || [""].includes(d.price) ? null : Number(d.price)')}`,
      [1, 2, null],
    ],
    [
      'bigints beyond 2^53 and a mark',
      [2n ** 60n, 1n, '-'],
      `Column 'price' holds bigints and texts (first text '-' in row 3), but all cells of a column are of one type. Make those texts missing: ${derive('d.price == null || ["-"].includes(d.price) ? null : d.price')}`,
      ['1152921504606846976', '1', null],
    ],
    [
      'true/false and other words',
      [true, false, 'yes'],
      `Column 'price' holds true/false and texts (first text 'yes' in row 3), but all cells of a column are of one type. ${asText}: ${derive('d.price == null ? null : String(d.price)')}`,
      ['true', 'false', 'yes'],
    ],
    [
      'dates, and texts that are dates',
      [new Date(0), new Date(1), '2024-02-29', 'NA'],
      `Column 'price' holds dates and texts (first text '2024-02-29' in row 3), but all cells of a column are of one type. Make all of it dates: ${derive('d.price == null || ["NA"].includes(d.price) ? null : new Date(d.price)')}`,
      [new Date(0), new Date(1), new Date('2024-02-29'), null],
    ],
    [
      'dates among others',
      [new Date(0), new Date(1), true, 5, 6, new Date(2)],
      `Column 'price' holds dates, numbers and true/false (first true/false true in row 3), but all cells of a column are of one type. ${asText}: ${derive('d.price == null ? null : d.price instanceof Date ? d.price.toJSON() : String(d.price)')}`,
      ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z', 'true', '5', '6', '1970-01-01T00:00:00.002Z'],
    ],
    [
      'lists',
      [null, [1], [2]],
      `Column 'price' holds lists (first in row 2), but a cell is a number, a text, true or false, or a date. Give the table columns of what is needed of them, or make it text: ${derive('d.price == null ? null : JSON.stringify(d.price)')}`,
      [null, '[1]', '[2]'],
    ],
    [
      'bytes and objects among numbers',
      [1, new Uint8Array(2), {}, 2],
      `Column 'price' holds numbers, lists and objects (first list in row 2), but a cell is a number, a text, true or false, or a date. Give the table columns of what is needed of them, or make it text: ${derive('d.price == null ? null : JSON.stringify(d.price)')}`,
      ['1', '{"0":0,"1":0}', '{}', '2'],
    ],
  ])('%s', (_, price, message, cells) => {
    const given = columns({ price })
    expect(problemsOf(() => net().execute(given))).toEqual([message])
    expect(net().validateInputData(given)).toEqual([{ code: 'MD026', severity: 'error', message }])
    // What it says to do is enough, and keeps each value.
    const todo = /escape\((.*)\) }\), with/.exec(message)?.[1]
    const mended = given.derive({ price: call(new Function(`return ${todo}`)()) })
    expect(net().validateInputData(mended)).toEqual([])
    expect(net().execute(mended).output.array('net')).toEqual(cells)
  })

  test.each<[string, (given: ColumnTable) => unknown]>([
    [
      'a key',
      (given) =>
        new ModelDriver({ model_name: 'm', group_by: 'price' })
          .registerAttribute((n) => n.sum(), 'total')
          .execute(given),
    ],
    [
      'an output',
      (given) => new ModelDriver({ model_name: 'm' }).registerFilter((n) => n, 'one').execute(given, ['one', 'price']),
    ],
    [
      'an input that may be absent',
      (given) => new ModelDriver({ model_name: 'm' }).registerFilter((price = 0) => price, 'one').execute(given),
    ],
    ['a name that is written otherwise', (given) => net().execute(given.rename({ price: 'Price' }))],
    [
      'what a model before it gives',
      (given) =>
        executeModels(
          [
            new ModelDriver({ model_name: 'a' }).registerFilter((n) => n, 'one'),
            new ModelDriver({ model_name: 'b', seq: 2 }).registerFilter((price) => price, 'net'),
          ],
          given,
        ),
    ],
  ])('as %s', (_, act) => {
    expect(problemsOf(() => act(columns({ n: [1, 2], price: [1, 'n/a'] })))[0]).toMatch(
      /^Column '[pP]rice' holds numbers and texts \(first text 'n\/a' in row 2\)/,
    )
  })

  test('in a joined table, as key and as what it brings', () => {
    const shops = columns({ shop: [1, 'b'], 'Floor Area': [[1], [2]] })
    const model = new ModelDriver({ model_name: 'm', joins: [{ from: 'shops', on: 'shop' }] }).registerFilter(
      (floor_area) => floor_area,
      'area',
    )
    const given = columns({ shop: [1, 2] })
    const messages = problemsOf(() => model.execute(given, { tables: { shops } }))
    expect(messages).toHaveLength(2)
    expect(messages[0]).toMatch(/^Column 'shop' of 'shops' holds numbers and texts/)
    expect(messages[1]).toContain("table.derive({ 'Floor Area': escape((d) => (d['Floor Area'] == null ?")
    expect(model.validateInputData(given, { tables: { shops } }).map(({ message }) => message)).toEqual(messages)
  })
})

test('a column that nothing reads may hold anything, and comes back as it was', () => {
  const given = columns({ tags: [['x'], 'y', 3], price: [1, 2, 3] }).filter((d: { price: number }) => d.price > 1)
  expect(net().validateInputData(given)).toEqual([])
  const { preprocessed, filtered, output } = net().execute(given)
  expect(preprocessed.objects()).toEqual([
    { price: 2, tags: 'y' },
    { price: 3, tags: 3 },
  ])
  expect(filtered.array('tags')).toEqual(['y', 3])
  expect(output.columnNames()).toEqual(['net'])
})

describe('bigints are what files with whole numbers of 64 bits are', () => {
  const kinds: readonly [string, ArrayLike<unknown>, readonly unknown[]][] = [
    ['numbers', [1n, null, -3n], [1, null, -3]],
    ['numbers, of a typed array', BigInt64Array.of(5n, 2n ** 53n - 1n), [5, 2 ** 53 - 1]],
    ['numbers among numbers', [1n, 2.5, true], [1, 2.5, 1]],
    ['text beyond 2^53', [9007199254740993n, null, 1n], ['9007199254740993', null, '1']],
  ]
  test.each(kinds)('%s', (_, price, expected) => {
    expect(net().execute(columns({ price })).filtered.array('net')).toEqual(expected)
  })

  test('and are computed with', () => {
    const model = new ModelDriver({ model_name: 'm', group_by: 'id' })
      .registerFilter((price, qty) => price * qty, 'revenue')
      .registerAttribute((revenue) => revenue.sum(), 'total')
    const given = columns({ id: [7n, 8n, 7n], price: BigInt64Array.of(2n, 3n, 4n), qty: [1.5, 2, 1] })
    expect(model.execute(given).output.objects()).toEqual([
      { id: 7, total: 7 },
      { id: 8, total: 6 },
    ])
    expect(() => model.execute(given.assign(columns({ price: [2n ** 60n, 1n, 1n] })))).toThrow("'revenue'")
  })
})

test.each<[string, unknown, string]>([
  [
    'price * 2',
    ['1,5'],
    "'net' cannot be computed: 'price' is text, and it is taken for a number. In row 1 it is \"1,5\", which is no number. Give the table numbers.",
  ],
  [
    'price.getFullYear()',
    ['31.12.2024'],
    "'net' failed at row 1: price.getFullYear is not a function. 'price' is no date here. Give the table dates.",
  ],
])('what a table holds is not for a manifest to say: %s', (body, price, message) => {
  const call = new Function('price', `return ${body}`) as (price: unknown) => unknown
  const model = new ModelDriver({ model_name: 'm' }).registerFilter(call, 'net')
  expect(problemsOf(() => model.execute(columns({ price })))).toEqual([message])
})
