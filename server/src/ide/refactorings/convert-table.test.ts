import { analyseFixture, applyEdits } from '@modeldriver/engine/testing'
import { describe, expect, test } from 'vitest'
import { codeActionsAt } from '../code-actions.ts'
import { hoverAt } from '../hover.ts'
import { lensesOf } from '../lenses.ts'

const manifest = (frames: string, more = '"group_by": "shop"') => `
//- /modeldriver.json
{
  "models": [
    {
      "model_name": "shops", "features": ["shops.features.ts"], "data": "shops.csv", ${more},
      "legacy_mode": true, // as before
      "frames": ${frames}
    }
  ]
}
//- /shops.csv
shop,revenue,cost,name
a,10,4,x
b,20,5,y
`

const both = `${manifest('{ "clean": { "inputs": ["revenue", "cost"], "outputs": ["profit", "is_big"] }, "totals": { "inputs": ["profit"], "outputs": ["total"] } }')}
//- /shops.features.ts
import { op } from 'arquero'

/** Per sale. */
export function clean(table) {
  return table.derive({ profit: (d) => d.revenue - d.cost }).derive({ is_big: (d) => d.profit > 10 || d.revenue > 15 })
}

export function totals(table) { //#agg
  return table.groupby('shop').rollup({ total: (d) => op.sum(d.profit) })
}

export const share = (profit, total) => profit / total
`

/** What is offered at a word of the feature file, and the files afterwards. */
function offered(text: string, word: string) {
  const { fixture, analysis } = analyseFixture(text)
  const path = '/shops.features.ts'
  const at = (fixture.files.get(path) ?? '').indexOf(word)
  const [action, ...others] = codeActionsAt({
    analysis,
    path,
    range: { start: at, end: at },
    files: { text: (each) => fixture.files.get(each), list: () => [] },
    wants: (kind) => kind === 'refactor.rewrite.modeldriver.features',
    failed: (_, error) => {
      throw error
    },
  })
  expect(others).toEqual([])
  return { fixture, analysis, action, after: applyEdits(fixture.files, action?.edits ?? []) }
}

const wrong = (files: ReadonlyMap<string, string>) =>
  analyseFixture([...files].map(([path, text]) => `//- ${path}\n${text}`).join('\n'))
    .analysis.problems.filter(({ severity }) => severity !== 'hint')
    .map(({ code, message }) => `${code} ${message}`)

describe('a table function becomes features', () => {
  test('one of two: the manifest keeps the other', () => {
    const { action, after } = offered(both, 'derive')
    expect(action?.title).toBe('Convert to features')
    expect(after.get('/shops.features.ts')).toMatchInlineSnapshot(`
      "import { op } from 'arquero'

      /** Per sale. */
      export const profit = (revenue, cost) => revenue - cost
      export const is_big = (profit: number | null, revenue: number | null) => profit! > 10 || revenue! > 15

      export function totals(table) { //#agg
        return table.groupby('shop').rollup({ total: (d) => op.sum(d.profit) })
      }

      export const share = (profit, total) => profit / total
      "
    `)
    expect(after.get('/modeldriver.json')).toContain(
      '"frames": { "totals": { "inputs": ["profit"], "outputs": ["total"] } }',
    )
    expect(wrong(after)).toEqual([])
  })

  test('the last one: nothing is left of it', () => {
    const first = offered(both, 'derive').after
    const text = [...first].map(([path, each]) => `//- ${path}\n${each}`).join('\n')
    const { after } = offered(text, 'totals')
    expect(after.get('/shops.features.ts')).toMatchInlineSnapshot(`
      "/** Per sale. */
      export const profit = (revenue, cost) => revenue - cost
      export const is_big = (profit: number | null, revenue: number | null) => profit! > 10 || revenue! > 15

      export const total = (profit) => profit.sum() //#agg

      export const share = (profit, total) => profit / total
      "
    `)
    expect(after.get('/modeldriver.json')).toMatchInlineSnapshot(`
      "{
        "models": [
          {
            "model_name": "shops", "features": ["shops.features.ts"], "data": "shops.csv", "group_by": "shop"
          }
        ]
      }

      "
    `)
    expect(wrong(after)).toEqual([])
  })

  test('one that is not declared', () => {
    const { after } = offered(
      `${manifest('{}')}//- /shops.features.ts\nexport const clean = (df) => df.derive({ profit: (d) => d.revenue - d.cost })\n`,
      'clean',
    )
    expect(after.get('/shops.features.ts')).toBe('export const profit = (revenue, cost) => revenue - cost\n')
    expect(wrong(after)).toEqual([])
  })

  test('refused with the reason', () => {
    const at = (code: string) =>
      offered(`${manifest('{}')}//- /shops.features.ts\n${code}\nexport const half = (cost) => cost / 2\n`, 'df').action
    expect(at('export const clean = (df) => df.filter((d) => d.cost > 1)')).toMatchObject({
      edits: [],
      refused: "'clean' calls .filter(), which leaves rows out.",
    })
    expect(at('export const clean = (df) => df.derive({ half: () => 1 })')?.refused).toBe(
      "'clean' makes 'half', and the model has another 'half'.",
    )
  })

  test('nothing at a feature', () => {
    expect(offered(both, 'share').action).toBeUndefined()
  })
})

describe('table functions elsewhere in the editor', () => {
  const { fixture, analysis } = analyseFixture(both)
  const path = '/shops.features.ts'
  const text = fixture.files.get(path) ?? ''

  test('a line for each column above the function', () =>
    expect(lensesOf(analysis, path).map(({ feature, title }) => `${feature}: ${title}`)).toEqual([
      'profit: ▶ Run',
      'profit: row · table function clean',
      'profit: 2 inputs: revenue, cost',
      'profit: used by 2',
      'is_big: ▶ Run',
      'is_big: row · table function clean',
      'is_big: 2 inputs: revenue, cost',
      'total: ▶ Run',
      'total: per shop · table function totals, #agg',
      'total: 1 input: profit',
      'total: used by 1',
      'share: ▶ Run',
      'share: row · one value per row',
      'share: 2 inputs: profit, total',
    ]))

  test('what one is told of a column that it makes', () =>
    expect(hoverAt(analysis, path, text.indexOf('total)'), (each) => fixture.files.get(each))?.text).toBe(
      '**total** · per shop · table function totals, \\#agg · model shops\n\nmade by the table function totals\n\nread by share',
    ))
})
