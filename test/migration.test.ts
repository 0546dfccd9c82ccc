import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Analysis,
  readDelimited,
  rowOf,
  shadowProject,
  type Table,
  tableToFeatures,
  unmarkedFeatures,
  type Value,
} from '@modeldriver/engine'
import { libraryTexts, makeTypeChecker } from '@modeldriver/engine/typecheck'
import { describe, expect, test } from 'vitest'
import { type ModelRun, runProject } from '../runner/src/run.ts'
import { folderWith } from '../runner/src/testFolder.ts'
import { pythonWith } from './bench/python.ts'
import { differences } from './samples/compare.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replaceAll('\\', '/')
const sample = `${root}samples/migration/`
const textOf = (file: string) => readFileSync(`${sample}${file}`, 'utf8')

/** What pandas 3.1.1 wrote. What is infinite there is missing here. */
function expected(file: string) {
  const { table } = readDelimited(textOf(file), {
    formats: { missing: ['inf'] },
    columns: { week: { type: 'string' } },
  })
  const rows = Array.from({ length: table.length }, (_, row) => rowOf(table, row))
  return new Map([...table.columns.keys()].map((name) => [name, rows.map((row): Value => row[name] ?? null)]))
}

/** Nobody has anything against it, TypeScript neither. */
function checkClean(analysis: Analysis, problems: readonly unknown[]): void {
  expect(analysis.problems.filter(({ severity }) => severity !== 'hint')).toEqual([])
  expect(problems).toEqual([])
  expect(types.check(shadowProject(analysis, (path) => readFileSync(path, 'utf8')))).toEqual([])
}

/** What a Python program of the sample writes is what is kept of it. */
function checkPython(program: string, kept: string): void {
  const target = mkdtempSync(join(tmpdir(), 'modeldriver-migration-'))
  try {
    execFileSync(python as string, ['-B', '-W', 'ignore', `${sample}${program}`, target])
    expect(readdirSync(target).length).toBeGreaterThan(1)
    for (const file of readdirSync(target))
      expect(readFileSync(join(target, file), 'utf8')).toBe(textOf(`${kept}${file}`))
  } finally {
    rmSync(target, { recursive: true })
  }
}

/** Of the version that wrote the tables: others may write last digits otherwise. */
const python = pythonWith('pandas', '3.1.1')
const types = makeTypeChecker(libraryTexts())

/** The text of a section of the guide. */
function guideOf(title: string): string {
  const guide = readFileSync(`${root}docs/migration.md`, 'utf8')
  const [, text] = guide.split(`\n## ${title}\n`)
  if (text === undefined) throw new Error(`docs/migration.md has no section '${title}'.`)
  return text.split('\n## ')[0] as string
}

describe('models of the original system', () => {
  const shop = 'shop/original/expected/'
  /** Tables of the models by what finds a row in them. */
  const keys = {
    'sales rows': 'sale_id',
    'sales groups': 'customer',
    'segments rows': 'customer',
    'segments groups': 'segment',
    'weekly groups': 'week',
  }

  test('give what they gave, cell by cell', async () => {
    const { analysis, models, problems } = await runProject({ project: `${sample}shop/modeldriver.json` })
    checkClean(analysis, problems)
    expect(unmarkedFeatures(analysis, (path) => readFileSync(path, 'utf8'))).toEqual([])
    const compared = models.flatMap(({ plan, analysed, result, failures }) => {
      expect([...failures.values()]).toEqual([])
      const tables = Object.entries(keys).filter(([name]) => name.startsWith(plan.model))
      const columns = tables.flatMap(([name, key]) => {
        const table = (name.endsWith('rows') ? result.rows : result.groups) as Table
        const theirs = expected(`${shop}${name.replace(' ', '_')}.csv`)
        expect(theirs.get(key)).toHaveLength(table.length)
        expect(differences(table, theirs, [key])).toEqual([])
        return [...theirs.keys()]
      })
      expect([...analysed.features.keys()].filter((name) => !columns.includes(name))).toEqual([])
      return plan.model
    })
    expect(compared).toEqual(['sales', 'segments', 'weekly'])
  })

  test('but for what divides by zero, which the guide names', () => {
    const cells = Object.keys(keys).flatMap((name) =>
      [...expected(`${shop}${name.replace(' ', '_')}.csv`).keys()].map((column) => `${name}.${column}`),
    )
    expect(cells.length).toBeGreaterThan(30)
    const infinite = Object.keys(keys).flatMap((name) => {
      const [header = '', ...lines] = textOf(`${shop}${name.replace(' ', '_')}.csv`).split('\n')
      return lines.flatMap((line) => {
        const at = line.split(',').findIndex((each) => /inf/.test(each))
        return at < 0 ? [] : [`${name}: ${header.split(',')[at]} of ${line.split(',')[0]}`]
      })
    })
    expect(infinite).toEqual(['sales groups: markup of Fay'])
    expect(guideOf('Models of the original system')).toContain('`markup` of Fay')
  })

  test('the guide shows their code', () => {
    const files = readdirSync(`${sample}shop`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(py|ts|json)$/.test(file))
      .map((file) => textOf(`shop/${file}`))
    const shown = [...guideOf('Models of the original system').matchAll(/```(?:py|ts|jsonc)\n([\s\S]*?)\n```/g)]
    expect(shown.length).toBeGreaterThan(10)
    for (const [, code = ''] of shown)
      for (const part of code.split(/\n+…\n+/)) expect(files.some((text) => text.includes(part)) ? '' : part).toBe('')
  })

  test.skipIf(python === undefined)('Python gives these numbers', () => {
    checkPython('shop/original/main.py', shop)
  })
})

/** Rows of the tables of idioms by the head of their first column. */
function idioms(head: string): readonly (readonly string[])[] {
  const [, table = ''] = guideOf('Idioms').split(`\n| ${head} |`)
  const [rows = ''] = table.split('\n\n')
  return rows
    .split('\n')
    .slice(2)
    .filter((line) => line !== '')
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
    .map((cells) =>
      cells.map((each) =>
        each
          .trim()
          .replace(/^`(.*)`$/, '$1')
          .replaceAll('\\|', '|'),
      ),
    )
}

describe('idioms', () => {
  const folder = `${root}test/migration/`
  const recorded: Readonly<Record<string, Readonly<Record<string, unknown>>>> = JSON.parse(
    readFileSync(`${folder}idioms.json`, 'utf8'),
  )

  /** What the TypeScript side of a table gives: a feature `f0`, `f1`, … for each row. */
  async function computed(
    codes: readonly string[],
    level: 'row' | 'group',
    key?: string | readonly [],
  ): Promise<Table> {
    const features = codes.map((code, i) => `export const f${i} = ${code}${level === 'group' ? ' //#agg' : ''}\n`)
    const words = 'Column, clip, daysBetween, isoWeek, month, round, weekday, year'
    const model = { model_name: 'idioms', features: ['idioms.features.ts'], data: 'idioms.csv', group_by: key }
    const target = folderWith({
      'idioms.features.ts': `import { ${words} } from 'modeldriver'\n${features.join('')}`,
      'modeldriver.json': JSON.stringify({ models: [model] }),
      'idioms.csv': readFileSync(`${folder}idioms.csv`),
    })
    const { analysis, models, problems } = await runProject({ project: `${target}/modeldriver.json` })
    checkClean(analysis, problems)
    const [{ result, failures }] = models as [ModelRun]
    expect([...failures.values()]).toEqual([])
    return (level === 'row' ? result.rows : result.groups) as Table
  }

  /** An answer of Python's as a cell has it. */
  const cellOf = (answer: Value): Value =>
    typeof answer === 'string' && /T\d\d:\d\d:\d\dZ$/.test(answer) ? Date.parse(answer) : answer

  test.each([
    { head: 'Python, a value at a time', level: 'row', atLeast: 15 },
    { head: 'pandas, whole columns', level: 'row', atLeast: 25, key: [] },
    { head: 'pandas, within groups', level: 'row', atLeast: 8, key: 'shop' },
    { head: 'Python, per group', level: 'group', atLeast: 20, key: 'shop' },
  ] as const)('$head', async ({ head, level, atLeast, ...rest }) => {
    const found = idioms(head)
    expect(found.length).toBeGreaterThan(atLeast)
    const theirs = new Map(Object.entries(recorded[head] ?? {}))
    expect([...theirs.keys()]).toEqual(found.map(([python]) => python))
    const answers = found.map(([python = '']) => Object.entries(theirs.get(python) as Record<string, Value>))
    const places = (answers[0] ?? []).map(([place]) => (level === 'row' ? Number(place) + 1 : place))
    const expected = new Map([
      [level === 'row' ? 'line' : 'shop', places],
      ...answers.map((each, i) => [`f${i}`, each.map(([, value]) => cellOf(value))] as const),
    ])
    const codes = found.map(([, code = '']) => code)
    const table = await computed(codes, level, 'key' in rest ? rest.key : undefined)
    expect(table.length).toBe(places.length)
    const wrong = differences(table, expected, [level === 'row' ? 'line' : 'shop'])
    expect(wrong.map((each) => each.replace(/^f(\d+)/, (_, i) => `${codes[i]}`))).toEqual([])
  })

  test.skipIf(python === undefined)('Python gives these values', () => {
    const program = ['-B', '-W', 'ignore', `${folder}idioms.py`, `${root}docs/migration.md`]
    expect(JSON.parse(execFileSync(python as string, program, { encoding: 'utf8' }))).toEqual(recorded)
  })
})

describe('the worked example of docs/migration.md', () => {
  test('table functions and features give what pandas gives, cell by cell', async () => {
    const { analysis, models, problems } = await runProject({ project: `${sample}modeldriver.json` })
    checkClean(analysis, problems)
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

  test.skipIf(python === undefined)('pandas gives these numbers', () => {
    checkPython('orders.py', '')
  })
})
