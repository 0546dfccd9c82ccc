import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readDelimited, rowOf, type Table, tableToFeatures, type Value } from '@modeldriver/engine'
import { describe, expect, test } from 'vitest'
import { runProject } from '../runner/src/run.ts'
import { pythonWith } from './bench/python.ts'
import { differences } from './samples/compare.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/')
const sample = `${root}samples/migration/`
const textOf = (file: string) => readFileSync(`${sample}${file}`, 'utf8')

/** What orders.py wrote with pandas 3.1.1. */
function expected(file: string) {
  const { table } = readDelimited(textOf(file), { formats: {}, columns: {} })
  const rows = Array.from({ length: table.length }, (_, row) => rowOf(table, row))
  return new Map([...table.columns.keys()].map((name) => [name, rows.map((row): Value => row[name] ?? null)]))
}

describe('the worked example of docs/migration.md', () => {
  test('table functions and features give what pandas gives, cell by cell', async () => {
    const { analysis, models, problems } = await runProject({ project: `${sample}modeldriver.json` })
    expect(analysis.problems.filter(({ severity }) => severity !== 'hint')).toEqual([])
    expect(problems).toEqual([])
    expect(models.map(({ plan }) => plan.model)).toEqual(['tables', 'features'])
    for (const { result, failures } of models) {
      expect([...failures.values()]).toEqual([])
      expect(differences(result.rows, expected('expected_orders.csv'), ['order_id'])).toEqual([])
      expect(differences(result.groups as Table, expected('expected_customers.csv'), ['customer'])).toEqual([])
    }
  })

  test('the features are what "Convert to features" makes of the table functions', () => {
    const path = `${sample}tables/orders.features.ts`
    let text = readFileSync(path, 'utf8')
    for (const name of ['price_orders', 'summarise', 'add_share']) {
      const model = { keys: ['customer'], isTaken: () => false, typeOf: () => undefined }
      const made = tableToFeatures({ path, text }, name, model)
      if ('refused' in made) throw new Error(made.refused)
      for (const { span, text: part } of [...made.edits].sort((a, b) => b.span.start - a.span.start))
        text = text.slice(0, span.start) + part + text.slice(span.end)
    }
    expect(text).toBe(textOf('features/orders.features.ts'))
  })

  test('the guide shows these very files', () => {
    const guide = readFileSync(`${root}docs/migration.md`, 'utf8')
    const [, functions = ''] = /\n(def price_orders[\s\S]*?)\n\n\nif __name__/.exec(textOf('orders.py')) ?? []
    const [, frames = ''] = /(\n {6}"legacy_mode"[\s\S]*?\n {6}\})\n/.exec(textOf('modeldriver.json')) ?? []
    for (const code of [
      functions,
      frames.replaceAll('\n      ', '\n').trim(),
      textOf('tables/orders.features.ts').trim(),
      textOf('features/orders.features.ts').trim(),
    ]) {
      expect(code.length).toBeGreaterThan(100)
      expect(guide).toContain(`\n${code}\n\`\`\``)
    }
  })

  const python = pythonWith('pandas')
  test.skipIf(python === undefined)('pandas gives these numbers', () => {
    const target = mkdtempSync(join(tmpdir(), 'modeldriver-migration-'))
    try {
      execFileSync(python as string, [`${sample}orders.py`, target])
      for (const file of ['expected_orders.csv', 'expected_customers.csv'])
        expect(readFileSync(join(target, file), 'utf8')).toBe(textOf(file))
    } finally {
      rmSync(target, { recursive: true })
    }
  })
})
