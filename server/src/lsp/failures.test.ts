import { expect, it } from 'vitest'
import { failureLog } from './failures.ts'

it('a failure is logged once, with where it happened; another one too', () => {
  const lines: string[] = []
  const tell = failureLog((doing, error) => lines.push(`${doing}: ${error}`))
  const first = { code: 'MD008', message: 'it broke', stack: 'Error: it broke\n    at check' } as const
  tell([first])
  tell([first, { code: 'MD001', message: 'no stack' }])
  expect(lines).toEqual(['the rule MD008: Error: it broke\n    at check', 'the rule MD001: no stack'])
})
