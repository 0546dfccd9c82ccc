import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ColumnSpec } from '../ir/model.ts'
import { rowOf } from './columns.ts'
import { readJson } from './json.ts'
import { headerNames, mayBeWanted, specsByHeader } from './reading.ts'

const names = ['a', 'b', 'a_2', 'b (source)', 'c']
const headers = fc.array(fc.constantFrom(...names, ' a', 'b ', 'a_3', '', 'column_1'), { maxLength: 6 })
const wanted = fc.record({
  columns: fc.dictionary(
    fc.constantFrom(...names),
    fc.record<ColumnSpec>({ from: fc.constantFrom('a', ' b', 'c'), required: fc.boolean() }, { requiredKeys: [] }),
  ),
  only: fc.array(fc.constantFrom(...names, 'column_2', 'a_3')),
})

test('of no header that is wanted in the end it is said before that it cannot be', () => {
  fc.assert(
    fc.property(headers, wanted, (cells, options) => {
      const isPossible = mayBeWanted(options)
      specsByHeader(headerNames(cells), options).forEach(({ isWanted }, at) => {
        if (isWanted) expect(isPossible(cells[at] as string)).toBe(true)
      })
    }),
  )
})

test('columns that are wanted are read as they are among the others, wherever rows have them', () => {
  const rows = fc.array(fc.dictionary(fc.constantFrom(...names, ' a', ''), fc.constantFrom(1, 2.5, null, 'x')), {
    minLength: 1,
  })
  fc.assert(
    fc.property(rows, wanted, (objects, options) => {
      const text = objects.map((row) => JSON.stringify(row)).join('\n')
      const { only, ...all } = options
      const own = readJson(text, options)
      const picked = [...own.table.columns.keys()]
      const whole = readJson(text, all).table
      expect(picked).toEqual([...whole.columns.keys()].filter((name) => picked.includes(name)))
      expect(own.table.length).toBe(whole.length)
      for (let row = 0; row < whole.length; row++) expect(rowOf(whole, row)).toMatchObject(rowOf(own.table, row))
    }),
  )
})
