import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, it } from 'vitest'
import { reportProblems } from './check.ts'
import { styleFor } from './style.ts'

it('a rule that failed is told on stderr, and the exit code says that not everything was checked', () => {
  const { analysis } = analyseFixture('export const a = (x) => x')
  const out: string[] = []
  const note: string[] = []
  const plain = styleFor({ isTTY: false }, {})
  const console = {
    out: (text: string) => void out.push(text),
    note: (text: string) => void note.push(text),
    progress: () => undefined,
    width: 80,
    style: plain,
    noteStyle: plain,
    cwd: '/',
  }
  const report = (failures: typeof analysis.failures) =>
    reportProblems([{ ...analysis, failures }], { format: 'text' }, console)
  expect(report([])).toBe(0)
  expect(report([{ code: 'MD008', message: 'it broke', stack: 'Error: it broke\n    at check' }])).toBe(2)
  expect(note.join('')).toBe(
    'MD008 could not be checked, because ModelDriver itself failed: it broke. Everything else was.\n',
  )
  expect(out.join('')).toContain('No problems in 1 feature of 1 model.\n')
})
