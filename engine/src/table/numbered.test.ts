import { expect, test } from 'vitest'
import { misordered } from './numbered.ts'

test.each<[readonly string[], readonly [string, string] | undefined]>([
  [
    ['W1', 'W2', 'W10'],
    ['W10', 'W2'],
  ],
  [
    ['W10', 'W9'],
    ['W10', 'W9'],
  ],
  [['W01', 'W02', 'W10'], undefined],
  [['W1', 'W2', 'W3'], undefined],
  [
    ['10', '9'],
    ['10', '9'],
  ],
  [
    ['2024-W9', '2023-W52', '2024-W10'],
    ['2024-W10', '2024-W9'],
  ],
  [['2024-09', '2024-10'], undefined],
  [['W1', 'W10', 'week 2'], undefined],
  [['north', 'south'], undefined],
  [[], undefined],
])('%j', (texts, pair) => expect(misordered(texts)).toEqual(pair))
