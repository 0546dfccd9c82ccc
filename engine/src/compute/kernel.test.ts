import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnOf } from '../table/build.ts'
import { cellObject, columnLength, missingCount } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { groupIndex } from './groups.ts'
import { type Argument, type LoopFailure, runKernel } from './kernel.ts'
import { allMissing, missingIn } from './sink.ts'

const cells = (column: ColumnData): readonly unknown[] =>
  Array.from({ length: columnLength(column) }, (_, i) => cellObject(column, i))

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 })
const columnsOfOneKind = (length: number): fc.Arbitrary<readonly unknown[]> =>
  fc.oneof(
    ...(
      [
        fc.constantFrom(0, -0, 1, 2.5, 1e300),
        fc.boolean(),
        fc.constantFrom('', 'a', 'b'),
        fc.integer({ min: 0, max: 3 }).map((hour) => new Date(hour * 3_600_000)),
      ] as fc.Arbitrary<unknown>[]
    ).flatMap((item) => [
      fc.array(item, { minLength: length, maxLength: length }),
      fc.array(orNull(item), { minLength: length, maxLength: length }),
    ]),
  )

/** What a function makes of its inputs: of each kind of result, and what is missing as a result. */
const functions = [
  (a: unknown, b: unknown) => Number(a) - Number(b),
  (a: unknown, b: unknown) => Number(a) > Number(b),
  (a: unknown, b: unknown) => (Number(a) > Number(b) ? true : null),
  (a: unknown, b: unknown) => (Number(a) === 0 ? Number(b) > 1 : Number(b)),
  (a: unknown, b: unknown) => `${String(a)} ${typeof b}`,
  (a: unknown, b: unknown) => (a === b ? undefined : Number.POSITIVE_INFINITY),
  (a: unknown, b: unknown) => (a === undefined ? new Date(86_400_000) : b instanceof Date ? new Date(b) : null),
]

test('a loop gives what calling the function item by item gives, whatever the kinds of cells', () => {
  const items = fc.integer({ min: 0, max: 23 }).chain((length) =>
    fc.record({
      a: columnsOfOneKind(length),
      b: columnsOfOneKind(length),
      keys: fc.array(fc.constantFrom(...[0, 1, 2, null]), { minLength: length, maxLength: length }),
    }),
  )
  const strict = fc.tuple(fc.boolean(), fc.boolean())
  const way = fc.record({ of: fc.constantFrom(...functions), strict, grouped: fc.boolean(), fixed: fc.boolean() })
  fc.assert(
    fc.property(items, way, ({ a, b, keys }, { of, strict, grouped, fixed }) => {
      const length = a.length
      const groups = groupIndex([columnOf(keys)], length)
      // The second input is one value per group: that of its first row.
      const perGroup = columnOf(Array.from(groups.firstRows, (row) => b[row]))
      const seconds = grouped ? Array.from(groups.codes, (code) => (code < 0 ? null : cells(perGroup)[code])) : b
      const passed = (accepts: boolean) => (accepts ? { missing: { value: undefined } } : {})
      const own: Argument[] = [
        { kind: 'cells', column: columnOf(a), ...passed(!strict[0]) },
        grouped
          ? { kind: 'cells', column: perGroup, groups, ...passed(!strict[1]) }
          : { kind: 'cells', column: columnOf(b), ...passed(!strict[1]) },
      ]
      // A function of its own each time, so that no loop has seen other cells.
      const call = (x: unknown, y: unknown, z: unknown) => of(x, z === 'fixed' ? y : z)
      if (fixed) own.push({ kind: 'fixed', value: 'fixed' })
      const kernel = { feature: 'f', call: fixed ? call : (x: unknown, y: unknown) => of(x, y), arguments: own }
      const expected = cells(columnOf(a)).map((x, i) => {
        const y = seconds[i] as unknown
        if ((strict[0] && x === null) || (strict[1] && y === null)) return null
        return of(x ?? undefined, y ?? undefined)
      })
      const kinds = new Set(
        expected.filter((value) => value !== null && value !== undefined).map((value) => typeof value),
      )
      fc.pre(!kinds.has('string') || kinds.size === 1)
      for (let run = 0; run < 2; run++) {
        const made = runKernel({ ...kernel, length, buffers: undefined })
        const wanted = columnOf(expected)
        expect({ ...made, type: wanted.type }).toEqual(wanted)
        // Loops over this column leave out the tests that it does not need.
        expect(missingIn(made)).toBe(missingCount(made))
      }
    }),
    { numRuns: 500 },
  )
})

test('the item at which a function throws, or gives no value, is told', () => {
  const column = columnOf(Array.from({ length: 11 }, (_, i) => i))
  for (const wrong of [() => ({}), () => [1], () => Promise.resolve(1)]) {
    for (const at of column.type === 'string' ? [] : column.values) {
      const throws = (x: number) => {
        if (x === at) throw new Error(`at ${x}`)
        return x
      }
      const gives = (x: number) => (x === at ? wrong() : x > 5)
      for (const call of [throws, gives]) {
        const run = () =>
          runKernel({ feature: 'f', call, arguments: [{ kind: 'cells', column }], length: 11, buffers: undefined })
        expect(run).toThrow(expect.objectContaining({ index: at }) as LoopFailure)
      }
    }
  }
})

test('a missing value for every item, which the function does not accept, calls nothing', () => {
  const run = { feature: 'f', call: () => expect.unreachable(), length: 2, buffers: undefined }
  expect(runKernel({ ...run, arguments: [{ kind: 'skip' }] })).toEqual(allMissing(2))
})
