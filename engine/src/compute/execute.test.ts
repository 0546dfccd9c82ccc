import { describe, expect, test } from 'vitest'
import type { Expression } from '../ir/expression.ts'
import type { Column } from './column.ts'
import { plain, runTestModel, type TestModel } from './testing.ts'

const row = (inputs: readonly string[], call: (...args: never[]) => unknown) => ({
  level: 'row' as const,
  inputs,
  call,
})
const group = (inputs: readonly string[], call: (...args: never[]) => unknown) => ({
  level: 'group' as const,
  inputs,
  call,
})
const input = (name: string): Expression => ({ kind: 'input', name })

/** One row feature `y` of one column `x`. */
function check(
  values: readonly unknown[],
  accepts: boolean,
  call: (x: never) => unknown,
  expected: readonly unknown[],
) {
  const result = runTestModel({ columns: { x: values }, features: { y: row([accepts ? 'x?' : 'x'], call) } })
  expect(result.report.features[0]?.error).toBeUndefined()
  expect(plain(result.rows).y).toEqual(expected)
}

describe('missing values, by the rule of the product', () => {
  test.each([
    ['strict: not called', [1, null, 3], false, (x: number) => x * 2, [2, null, 6]],
    ['accepting: gets undefined', [1, null], true, (x?: number) => (x === undefined ? -1 : x), [1, -1]],
    ['accepting: counts as nothing, not as 0', [1, null], true, (x: number) => x * 2, [2, null]],
    ['accepting: is not at least 0', [1, null], true, (x: number) => x >= 0, [true, false]],
    ['NaN in is missing', [Number.NaN, 4], true, (x: number | null) => x ?? 0, [0, 4]],
    ['x / 0 is missing', [0, 2], false, (x: number) => 1 / x, [null, 0.5]],
    [
      'log 0 and overflow are missing',
      [0, 1],
      false,
      (x: number) => (x === 0 ? Math.log(x) : 1e308 * 10),
      [null, null],
    ],
    ['undefined and null are missing', [1, 2], false, (x: number) => (x === 1 ? undefined : null), [null, null]],
    ['strict text', ['a', null, 'b'], false, (x: string) => x.toUpperCase(), ['A', null, 'B']],
    ['accepting text', ['a', null], true, (x: string | null) => x ?? 'none', ['a', 'none']],
    ['strict boolean', [true, null, false], false, (x: boolean) => !x, [false, null, true]],
    ['accepting boolean', [true, null], true, (x: boolean | null) => x == null, [false, true]],
    ['booleans with numbers are numbers', [1, 2], false, (x: number) => (x === 1 ? true : 7), [1, 7]],
    ['numbers then booleans', [1, 2], false, (x: number) => (x === 2 ? false : 7), [7, 0]],
    ['invalid date is missing', ['x', 'y'], false, () => new Date('no'), [null, null]],
  ] as const)('%s', (_, values, accepts, call, expected) => check(values, accepts, call as never, expected))

  test('an absent optional input is undefined, so that the default applies', () => {
    const result = runTestModel({
      columns: { x: [1, null] },
      features: { y: row(['x', 'p='], (x: number, p = 10) => x + p) },
    })
    expect(plain(result.rows).y).toEqual([11, null])
  })

  test('an input that asks by isNaN gets NaN', () => {
    const asks = (x: number) => (Number.isNaN(x) ? -1 : x * 2)
    const model: TestModel = { columns: { x: [1, null] }, features: { y: row(['x?nan'], asks) } }
    expect(plain(runTestModel(model).rows).y).toEqual([2, -1])
  })

  test('an input that asks by === null gets null where functions have their own', () => {
    const asks = (x: number | null) => (x === null ? -1 : x * 2)
    const y = row(['x?null'], asks)
    const columns = { x: [1, null] }
    expect(plain(runTestModel({ columns, features: { y: { ...y, hasOwnNull: true } } }).rows).y).toEqual([2, -1])
    expect(plain(runTestModel({ columns, features: { y } }).rows).y).toEqual([2, null])
  })

  test('dates are handed as Date objects and come back as dates', () => {
    const days = [new Date(Date.UTC(2024, 0, 31)), null, new Date(Date.UTC(2024, 1, 1))]
    const result = runTestModel({
      columns: { d: days },
      features: {
        month: row(['d'], (d: Date) => d.getUTCMonth() + 1),
        same: row(['d'], (d: Date) => d),
        later: row(['d'], (d: Date) => new Date(d.getTime() + 1)),
      },
    })
    expect(plain(result.rows).month).toEqual([1, null, 2])
    expect(plain(result.rows).same).toEqual(plain(result.rows).d)
    expect(result.report.features.map(({ type }) => type)).toEqual(['integer', 'date', 'datetime'])
  })
})

describe('the four cases in one order', () => {
  // Worked by hand: groups a = rows 1, 3; b = row 2; the last row has no key.
  const model: TestModel = {
    columns: { pin: ['a', 'b', 'a', null], revenue: [10, 20, 30, 40], cost: [4, 10, null, 1] },
    groupBy: ['pin'],
    features: {
      margin: row(['revenue', 'cost'], (revenue: number, cost: number) => revenue - cost),
      total: group(['revenue'], (revenue: Column) => revenue.sum()),
      share: row(['revenue', 'total'], (revenue: number, total: number) => revenue / total),
      best: group(['share'], (share: Column) => share.max()),
      ratio: group(['best', 'total'], (best: number, total: number) => best * total),
      size: group(['revenue', 'total'], (revenue: Column, total: number) => `${revenue.length} of ${total}`),
      over: row(['margin?', 'ratio?'], (margin: number | null, ratio: number | null) => (margin ?? 0) + (ratio ?? 100)),
    },
  }
  test('row table', () => {
    expect(plain(runTestModel(model).rows)).toEqual({
      ...model.columns,
      margin: [6, 10, null, 39],
      share: [0.25, 1, 0.75, null],
      over: [36, 30, 30, 139],
    })
  })
  test('group table, in order of first appearance', () => {
    const { groups, groupOfRow, report } = runTestModel(model)
    expect(plain(groups)).toEqual({
      pin: ['a', 'b'],
      total: [40, 20],
      best: [0.75, 1],
      ratio: [30, 20],
      size: ['2 of 40', '1 of 20'],
    })
    expect([...(groupOfRow ?? [])]).toEqual([0, 1, 0, -1])
    expect(report).toMatchObject({ rows: 4, groups: 2, rowsWithoutKey: 1 })
  })
  test('outputs are group level when there is a key, renamed', () => {
    const outputs = [
      { name: 'pin', as: 'pin', level: 'group' as const },
      { name: 'total', as: 'total_revenue', level: 'group' as const },
      { name: 'share', as: 'share', level: 'row' as const },
    ]
    expect(plain(runTestModel({ ...model, outputs }).outputs)).toEqual({ pin: ['a', 'b'], total_revenue: [40, 20] })
  })
  test('recognised aggregates give what calls give', () => {
    const called = runTestModel(model)
    const expression: Expression = { kind: 'aggregate', name: 'sum', of: input('revenue'), args: [] }
    const total = { ...(model.features.total as TestModel['features'][string]), expression }
    const streamed = runTestModel({ ...model, features: { ...model.features, total } })
    expect(plain(streamed.groups)).toEqual(plain(called.groups))
    expect(streamed.report.features.map(({ how }) => how)).toContain('aggregate')
  })
})

test('a computed key, and the whole table as one group', () => {
  const features = {
    day: row(['t'], (t: Date) => new Date(Math.floor(t.getTime() / 86_400_000) * 86_400_000)),
    n: group(['t'], (t: Column<Date>) => t.length),
  }
  const columns = { t: [1, 5, 90_000_000].map((ms) => new Date(ms)) }
  expect(plain(runTestModel({ columns, features, groupBy: ['day'] }).groups)).toEqual({
    day: [0, 86_400_000],
    n: [2, 1],
  })
  expect(plain(runTestModel({ columns, features, groupBy: [] }).groups)).toEqual({ n: [3] })
})

test('without group_by there is no group table; constants are broadcast', () => {
  const result = runTestModel({
    columns: { x: [1, 2] },
    features: {
      rate: { level: 'constant', inputs: [], call: () => 0.5 },
      y: row(['x', 'rate'], (x: number, r: number) => x * r),
    },
  })
  expect(result.groups).toBeUndefined()
  expect(plain(result.outputs)).toEqual({ rate: [0.5, 0.5], y: [0.5, 1] })
})

test('a destructured feature gets an object without the absent inputs', () => {
  const call = ({ x, p = 3 }: { x: number; p?: number }) => x * p
  const result = runTestModel({
    columns: { x: [1, 2] },
    features: { y: { level: 'row', inputs: ['x', 'p='], call: call as never, form: 'destructured' } },
  })
  expect(plain(result.rows).y).toEqual([3, 6])
})

describe('failures are reported where they are; everything else runs', () => {
  const messages = (model: TestModel) =>
    Object.fromEntries(runTestModel(model).report.features.map(({ feature, error }) => [feature, error?.message]))

  test('throws, wrong results, and what depends on them', () => {
    const result = messages({
      columns: { pin: ['A1', 'A1', 'B2'], x: [1, 2, 3], name: ['n', 'm', null] },
      groupBy: ['pin'],
      features: {
        throws: row(['name?'], (name: string) => name.toUpperCase()),
        object: row(['x'], (x: number) => ({ x })),
        promise: row(['x'], async () => 1),
        fn: row(['x'], () => () => 1),
        mixes: row(['x'], (x: number) => (x < 3 ? x : 'three')),
        list: group(['x'], (x: Column) => x.map((v) => v * 2)),
        array: group(['x'], (x: Column) => [...x]),
        text: group(['name'], (name: Column<string>) => name.sum()),
        user: row(['throws'], (t: string) => t),
        users_user: row(['user', 'x'], (t: string) => t),
        method: row(['x'], (x: Column) => x.mean()),
        good: row(['x'], (x: number) => x),
      },
    })
    expect(result).toMatchInlineSnapshot(`
      {
        "array": "'array' returned 2 values for pin 'A1'; a group feature must return one.",
        "fn": "'fn' returned a function at row 1; return one number, text, true or false, date or null.",
        "good": undefined,
        "list": "'list' returned 2 values for pin 'A1'; a group feature must return one.",
        "method": "'method' failed at row 1: x.mean is not a function. In a row feature 'x' is one value: move 'x.mean()' into a feature of its own marked //#agg, and take that as input.",
        "mixes": "'mixes' returned text at row 3; before it gave numbers, and one column holds values of one kind.",
        "object": "'object' returned an object with x at row 1; return one number, text, true or false, date or null.",
        "promise": "'promise' returned a promise at row 1; features cannot be async; return one number, text, true or false, date or null.",
        "text": "'text' failed for pin 'A1': sum() needs numbers, but this column holds text.",
        "throws": "'throws' failed at row 3: Cannot read properties of undefined (reading 'toUpperCase').",
        "user": "'user' is not computed: it needs 'throws', which failed.",
        "users_user": "'users_user' is not computed: it needs 'user', which needs 'throws', which failed.",
      }
    `)
  })

  test('where and with which inputs', () => {
    const result = runTestModel({
      columns: { pin: ['A', 'B', 'B'], x: [1, 2, 3] },
      groupBy: ['pin'],
      features: {
        third: row(['x', 'pin'], (x: number, pin: string) => {
          if (x === 3) throw new Error(`no ${pin}`)
          return x
        }),
        wide: group(['x'], (x: Column) => (x.length > 1 ? [...x] : 1)),
      },
    })
    expect(result.report.features.map(({ error }) => error)).toMatchObject([
      { kind: 'threw', row: 2, inputs: { x: '3', pin: "'B'" } },
      { kind: 'wrong-result', group: 1, inputs: { x: '[2, 3]' } },
    ])
  })

  test('a feature that takes too long is stopped by the host', () => {
    const result = runTestModel({
      columns: { x: [1] },
      features: { slow: row(['x'], (x: number) => x), quick: row(['x'], (x: number) => x) },
      host: {
        guard: (feature, loop) => {
          if (feature === 'slow') throw Object.assign(new Error('stopped'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' })
          return loop()
        },
      },
    })
    expect(result.report.features.map(({ error }) => error?.kind)).toEqual(['time-out', undefined])
    expect(plain(result.rows)).toEqual({ x: [1], quick: [1] })
  })

  test('a key that fails takes the groups with it, not the rows', () => {
    const result = runTestModel({
      columns: { x: [1, 2] },
      groupBy: ['key'],
      features: {
        key: row(['x'], () => {
          throw new Error('no')
        }),
        total: group(['x'], (x: Column) => x.sum()),
        twice: row(['x'], (x: number) => 2 * x),
      },
    })
    expect(result.report.features.map(({ error }) => error?.kind)).toEqual(['threw', 'input-failed', undefined])
    expect(plain(result.rows).twice).toEqual([2, 4])
    expect(result.groups?.length).toBe(0)
  })
})

describe('a row feature that aggregates one of its inputs', () => {
  const centred: Expression = {
    kind: 'binary',
    op: '-',
    left: input('x'),
    right: { kind: 'aggregate', name: 'mean', of: input('x'), args: [] },
  }
  const features = { centred: { ...row(['x'], (x: Column) => x.mean()), expression: centred } }
  const columns = { pin: ['a', 'b', 'a', null], x: [1, 5, 3, 9] }

  test('its aggregate is computed once per group', () => {
    expect(plain(runTestModel({ columns, groupBy: ['pin'], features }).rows).centred).toEqual([-1, 0, 1, null])
  })
  test('without groups it says so', () => {
    expect(runTestModel({ columns, features }).report.features[0]?.error?.message).toMatchInlineSnapshot(
      `"'centred' cannot be computed: it takes an aggregate of its group, and the model has no group_by."`,
    )
  })
})

test('a text feature that is a known expression is called once per distinct text', () => {
  let calls = 0
  const call = (name: string) => {
    calls++
    return name.length
  }
  const expression: Expression = { kind: 'call', name: 'text.length', args: [input('name')] }
  const columns = { name: ['ab', 'c', 'ab', null, 'c', 'ab'] }
  const result = runTestModel({ columns, features: { n: { ...row(['name'], call), expression } } })
  expect(plain(result.rows).n).toEqual([2, 1, 2, null, 1, 2])
  expect(calls).toBe(2)
})

test('a feature of days or minutes that is a known expression is called once per different one', () => {
  let calls = 0
  const call = (at: Date | undefined) => {
    calls++
    return at === undefined ? 0 : at.getTime()
  }
  const expression: Expression = { kind: 'call', name: 'date.time', args: [input('at')] }
  const check = (name: string, one: string, other: string, expectedCalls: number) => {
    const [first, second] = [Date.parse(one), Date.parse(other)]
    const times = [first, second, first, null, first, second, first]
    const columns = { at: times.map((time) => time && new Date(time)) }
    calls = 0
    const { rows, report } = runTestModel({ columns, features: { t: { ...row([name], call), expression } } })
    expect(report.features[0]?.error).toBeUndefined()
    expect(plain(rows).t).toEqual(times.map((time) => time ?? (name === 'at?' ? 0 : null)))
    expect(calls).toBe(expectedCalls)
  }
  check('at', '2024-02-29', '2022-12-31', 2)
  check('at?', '2024-02-29', '2022-12-31', 3)
  check('at', '2024-02-29T10:00Z', '2024-02-29T23:59Z', 2)
  check('at?', '2024-02-29T10:00Z', '2024-02-29T23:59Z', 3)
  // Too far apart for a table of all days, and no whole minutes: each row is called.
  check('at', '2024-02-29', '1969-12-31', 6)
  check('at?', '2024-02-29T10:00:01Z', '2024-02-29T23:59Z', 7)
})

test('a failure in a text feature points at the first row with that text', () => {
  const expression: Expression = { kind: 'call', name: 'text.upper', args: [input('name')] }
  const call = (name: string) => {
    if (name === 'c') throw new Error('no c')
    return name.toUpperCase()
  }
  const columns = { name: ['a', 'a', null, 'c', 'c', 'a'] }
  const { report } = runTestModel({ columns, features: { up: { ...row(['name'], call), expression } } })
  expect(report.features[0]?.error).toMatchObject({
    row: 3,
    inputs: { name: "'c'" },
    message: "'up' failed at row 4: no c.",
  })
})

test('columns read under another name, and features that the plan could not place', () => {
  const call = (price: number) => price * 2
  const result = runTestModel({
    columns: { 'Unit Price': [1, 2] },
    aliases: [{ name: 'unit_price', column: 'Unit Price' }],
    blocked: [{ feature: 'lost', level: 'row', reason: "'lost' depends on itself." }],
    features: { twice: row(['unit_price'], call), user: row(['lost'], call), unknown: row(['nowhere'], call) },
  })
  expect(plain(result.rows)).toEqual({ 'Unit Price': [1, 2], twice: [2, 4] })
  expect(result.report.features.map(({ feature, error }) => [feature, error?.kind, error?.message])).toEqual([
    ['lost', 'input-failed', "'lost' depends on itself."],
    ['twice', undefined, undefined],
    ['user', 'input-failed', "'user' is not computed: it needs 'lost', which failed."],
    ['unknown', 'input-failed', "'unknown' is not computed: there is no column 'nowhere' in the data."],
  ])
})
