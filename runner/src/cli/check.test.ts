import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, it } from 'vitest'
import { reportProblems } from './check.ts'
import { styleFor } from './style.ts'

it('hints are for the editor: the text leaves them out, JSON has them', () => {
  const { analysis } = analyseFixture('export const is_odd = (x) => x & 1')
  const text = consoleInMemory()
  expect(reportProblems([analysis], { format: 'text' }, text.console)).toBe(0)
  expect(text.out.join('')).toBe('No problems in 1 feature of 1 model.\n')
  const json = consoleInMemory()
  expect(reportProblems([analysis], { format: 'json' }, json.console)).toBe(0)
  expect(JSON.parse(json.out.join(''))).toMatchObject([{ code: 'MD025', severity: 'hint' }])
})

it('a rule that failed is told on stderr, and the exit code says that not everything was checked', () => {
  const { analysis } = analyseFixture('export const a = (x) => x')
  const { out, note, console } = consoleInMemory()
  const report = (failures: typeof analysis.failures) =>
    reportProblems([{ ...analysis, failures }], { format: 'text' }, console)
  expect(report([])).toBe(0)
  expect(report([{ code: 'MD008', message: 'it broke', stack: 'Error: it broke\n    at check' }])).toBe(2)
  expect(note.join('')).toBe(
    'MD008 could not be checked, because ModelDriver itself failed: it broke. Everything else was.\n',
  )
  expect(out.join('')).toContain('No problems in 1 feature of 1 model.\n')
})

function consoleInMemory() {
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
  return { out, note, console }
}
