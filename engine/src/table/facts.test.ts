import { expect, test } from 'vitest'
import { readDelimited } from './csv.ts'
import { factsOf } from './facts.ts'

/** The facts about the only column of a text. */
function facts(...cells: readonly string[]) {
  const [column] = readDelimited(['x', ...cells].join('\n')).table.columns.values()
  return column && factsOf(column)
}

test.each([
  [
    ['3', '1', '"?"', '2', '1'],
    { rows: 5, missing: 0, distinct: 4, marks: ['?'], likeness: { kind: 'number', words: [] } },
  ],
  [['3', '1', '""', '2', '1'], { rows: 5, missing: 1, distinct: 3, min: 1, max: 3 }],
  [['-0.5', '1e3', '-0.5'], { rows: 3, missing: 0, distinct: 2, min: -0.5, max: 1000 }],
  [
    ['2024-03-09', '2023-12-31'],
    { rows: 2, missing: 0, distinct: 2, min: Date.UTC(2023, 11, 31), max: Date.UTC(2024, 2, 9) },
  ],
  [['DE', 'NA', '"NA "', '-', 'null'], { rows: 5, missing: 0, distinct: 5, marks: ['NA', '-'] }],
  [
    ['01.02.2024', 'open', '13.03.2024'],
    { rows: 3, missing: 0, distinct: 3, likeness: { kind: 'Date', words: ['open'] } },
  ],
  [['2024-03-09', '-'], { rows: 2, missing: 0, distinct: 2, marks: ['-'], likeness: { kind: 'Date', words: [] } }],
  [['01.02.2024', '2024-03-13', '02/14/2024'], { rows: 3, missing: 0, distinct: 3 }],
  [['01067', '20095', '-'], { rows: 3, missing: 0, distinct: 3, marks: ['-'] }],
  [['1', '2', '3', 'A4'], { rows: 4, missing: 0, distinct: 4 }],
  [['1', 'S', 'M'], { rows: 3, missing: 0, distinct: 3 }],
  [['true', '""', 'false', 'true'], { rows: 4, missing: 1, distinct: 2 }],
  [['""', '""'], { rows: 2, missing: 2, distinct: 0 }],
])('%j', (cells, expected) => {
  expect(facts(...cells)).toEqual(expected)
})
