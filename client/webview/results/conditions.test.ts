import { expect, test } from 'vitest'
import { binCondition, both, missingCondition, valueCondition } from './conditions.ts'
import { column } from './summary.fixture.ts'

const amounts = column('revenue', { histogram: { from: 0, to: 40, counts: [3, 0, 2, 1] } })
const days = column('sold_at', { type: 'date', histogram: { from: 0, to: 172_800_000, counts: [1, 1] } })
const words = column('Region', { type: 'string', called: 'Region_' })

test.each([
  [binCondition(amounts, 0), 'revenue < 10'],
  [binCondition(amounts, 1), undefined],
  [binCondition(amounts, 2), 'revenue >= 20 && revenue < 30'],
  [binCondition(amounts, 3), 'revenue >= 30'],
  [binCondition(column('x', { histogram: { from: 1, to: 1, counts: [4] } }), 0), 'x != null'],
  [binCondition(days, 0), "sold_at < '1970-01-02T00:00:00.000'"],
  [valueCondition(words, "O'Neill"), "Region_ == 'O\\'Neill'"],
  [valueCondition(words, 'Once upon a time…'), "Region_.startsWith('Once upon a time')"],
  [valueCondition(column('open', { type: 'boolean' }), 'false'), '!open'],
  [missingCondition(amounts), 'revenue == null'],
  [both(undefined, 'a > 1'), 'a > 1'],
  [both('b > 2', 'a > 1'), 'b > 2 && a > 1'],
  [both('b > 2 || c', 'a > 1'), '(b > 2 || c) && a > 1'],
  [both('c ? b > 2 : d', 'a > 1'), '(c ? b > 2 : d) && a > 1'],
  [valueCondition(words, 'two\r\nlines'), "Region_ == 'two\\r\\nlines'"],
])('%s', (condition, expected) => {
  expect(condition).toBe(expected)
})
