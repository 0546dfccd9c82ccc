import { typeName } from '@modeldriver/protocol'
import { config } from '@vscode/l10n'
import { expect, test } from 'vitest'
import { formatCompact, formatCount, formatDate, formatDuration, formatNumber, formatShare } from './format.ts'

config({ contents: { 'en-US': 'es', '{0}k': '{0}k', '{0}b': '{0}mM', 'date and time': 'fecha y hora' } })

test.each([
  [formatNumber(1_234_567.891, 2), '1.234.567,89'],
  [formatNumber(-0.001, 2), '0,00'],
  [formatCount(21_623), '21.623'],
  [formatCompact(1400), '1,4k'],
  [formatCompact(2_500_000_000), '2,5mM'],
  [formatCompact(0.00001), '1,0e-5'],
  [formatDuration(8.27), '8,3 ms'],
  [formatShare(31, 1000), '3,1 %'],
  [formatShare(1, 100_000), '< 0,1 %'],
  // As data and conditions have it, in every language.
  [formatDate(1718668800000, 'date'), '2024-06-18'],
  [typeName('datetime'), 'fecha y hora'],
])('in Spanish it is %s', (written, expected) => {
  expect(written).toBe(expected)
})
