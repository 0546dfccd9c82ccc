import { rowOf, type Table } from '@modeldriver/engine'
import { describe, expect, test } from 'vitest'
import { type ProjectRun, runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

const rowsOf = (table: Table | undefined) =>
  Array.from({ length: table?.length ?? 0 }, (_, row) => rowOf(table as Table, row))
const run = ({ models }: ProjectRun, name: string) => models.find(({ plan }) => plan.model === name)

const legacy = (code: string, frames: object, more: object = {}) => {
  const clean = {
    model_name: 'clean',
    seq: 1,
    features: ['clean.features.ts'],
    data: 'd.csv',
    legacy_mode: true,
    frames,
    ...more,
  }
  const next = { model_name: 'next', seq: 2, features: ['next.features.ts'], input: 'clean.rows' }
  return folderWith({
    'modeldriver.json': JSON.stringify({ models: [clean, next] }),
    'd.csv': 'pin,Unit Price,cost\na,10,4\nb,,5\na,30,6\n',
    'clean.features.ts': code,
    'next.features.ts': 'export const half = (profit) => profit / 2\n',
  })
}

const cleanFrames = { clean: { inputs: ['unit_price', 'cost'], outputs: ['profit', 'price_or_0'] } }

describe('table functions', () => {
  test('are given a table of what they read, with one missing value; later models read what they make', async () => {
    const code = `import { op, escape } from 'arquero'
const rate = 2
export function clean(table) {
  return table.derive({
    profit: (d) => d.unit_price - d.cost,
    price_or_0: (d) => d.unit_price ?? 0,
    price_or_none: (d) => (d.cost === 5 ? null : d.unit_price),
  }).derive({ twice: escape((d) => d.profit * rate) })
}
export function totals(table) { //#agg
  return table.groupby('pin').rollup({ total: (d) => op.sum(d.profit), present: (d) => op.valid(d.twice) })
}
export const share = (profit, total) => profit / total
`
    const frames = {
      clean: { inputs: ['unit_price', 'cost'], outputs: ['profit', 'price_or_0', 'price_or_none', 'twice'] },
      totals: { inputs: ['profit', 'twice'], outputs: ['total', 'present'] },
    }
    const root = legacy(code, frames, { group_by: 'pin' })
    const result = await runProject({ project: `${root}/modeldriver.json` })
    expect([...result.analysis.problems, ...result.problems]).toEqual([])
    expect(result.models.flatMap(({ failures }) => [...failures.values()])).toEqual([])
    const clean = run(result, 'clean')?.result
    expect(rowsOf(clean?.rows)).toEqual([
      { pin: 'a', unit_price: 10, cost: 4, profit: 6, price_or_0: 10, price_or_none: 10, twice: 12, share: 0.2 },
      {
        pin: 'b',
        unit_price: null,
        cost: 5,
        profit: null,
        price_or_0: 0,
        price_or_none: null,
        twice: null,
        share: null,
      },
      { pin: 'a', unit_price: 30, cost: 6, profit: 24, price_or_0: 30, price_or_none: 30, twice: 48, share: 0.8 },
    ])
    expect(rowsOf(clean?.groups)).toEqual([
      { pin: 'a', total: 30, present: 2 },
      { pin: 'b', total: null, present: 0 },
    ])
    expect(rowsOf(run(result, 'next')?.result.rows).map(({ half }) => half)).toEqual([3, null, 12])
  })

  test.each([
    [
      'what it returns is wrong: at its name',
      'export function clean(table) {\n  return table.filter((d) => d.cost > 4)\n}\n',
      `'clean' returned no column 'profit', which its "outputs" name; it made no new column.`,
      0,
      'MD027',
    ],
    [
      'it throws: at the line',
      'export function clean(table) {\n  return table.\n    deriv({ profit: 1 })\n}\n',
      "'clean' failed: table.deriv is not a function.",
      2,
      undefined,
    ],
    [
      'it never ends',
      'export function clean(table) {\n  for (;;);\n}\n',
      "'clean' was stopped after 2 s. Look for a loop that does not end, or allow more time.",
      0,
      undefined,
    ],
  ])('%s', async (_, code, message, line, problem) => {
    const result = await runProject({
      project: `${legacy(code, cleanFrames)}/modeldriver.json`,
      featureTimeoutMs: 2000,
    })
    const failures = run(result, 'clean')?.failures
    expect(failures?.get('profit')).toMatchObject({ message, line, ...(problem && { code: problem }) })
    expect(failures?.get('price_or_0')).toMatchObject({
      message: "'price_or_0' is not computed: the table function 'clean', which makes it, failed.",
      cause: 'profit',
    })
    expect(run(result, 'next')?.failures.get('half')?.message).toContain(message)
  })

  test('one that declares nothing is not computed, and what needs it says so', async () => {
    const code =
      'export const clean = (table) => table\nexport const half = (profit) => profit / 2\nexport const cheap = (cost) => cost < 5\n'
    const result = await runProject({ project: `${legacy(code, {})}/modeldriver.json` })
    expect(result.problems.map(({ message }) => message)).toEqual([
      "Model 'clean' needs 'profit', which d.csv does not have. A table function makes it? Then \"frames\" must say what 'clean' reads and makes.",
      expect.stringContaining("Model 'next' reads clean.rows, which was not made"),
    ])
  })
})
