import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

const shop = {
  'modeldriver.json': `{ "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "orders.csv", "group_by": "pin" },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"] }
  ] }`,
  'orders.csv': 'pin,revenue,cost,day\na,100,60,2024-01-02\nb,200,150,2024-01-03\n',
  'sales.features.ts': `import { days } from './calendar.ts'

export const margin = (revenue, cost) => revenue - cost
export const centered = (revenue) => revenue - revenue.mean()
export function late(day) {
  // np.where(day > limit, 1, 0)
  return day > '2024-01-02'
}
export const total = (revenue) => revenue.sum()
export const best = (revenue) => revenue.max() //#agg
export const spread = (revenue) => revenue.std()
export const share = (revenue, total) => revenue / total
export const count_days = (day) => days(day)
export function old(cost) {
  // #gby
  return cost * 2
}
export const ranked = (revenue) => revenue - revenue.min() //#row
`,
  'calendar.ts': 'export const days = (day: string) => day.length\n',
  'score.features.ts': `export const level = (total, spread) => total / spread
export const top = (level) => level > 1
`,
}

test('the features to mark, with what they were and are, and the markers: exit code 1', () => {
  const { code, out, note } = modeldriver(folderWith(shop), 'check', '--migration')
  expect(note).toBe('')
  expect(code).toBe(1)
  expect(out).toMatchInlineSnapshot(`
    "sales.features.ts:4:14 'centered' is per row; by the original's words it is per group, because of ".mean(".
      Add //#agg if the Python function was per group, or //#row to say that it is meant so.
    sales.features.ts:5:17 'late' is per row; by the original's words it is per group, because of "np.where(".
      Add //#agg if the Python function was per group, or //#row to say that it is meant so.
    sales.features.ts:11:14 'spread' is per group (returns revenue.std()); by the original's words it is per row.
      Add //#row if the Python function was per row, or //#agg to say that it is meant so.
    sales.features.ts:13:14 'count_days' is per group (by name "count_…"); by the original's words it is per row.
      It is a guess from the name: add //#agg if it is right, or //#row if it is not.
    sales.features.ts:14:17 'old' is per row; by the original's words it is per group, because of "#gby".
      Add //#agg if the Python function was per group, or //#row to say that it is meant so.
    5 of 12 features need a marker.
    "
  `)
})

test('as JSON', () => {
  const { code, out } = modeldriver(folderWith(shop), 'check', '--migration', '--format', 'json')
  expect(code).toBe(1)
  const records = JSON.parse(out) as Record<string, unknown>[]
  expect(records.map(({ feature }) => feature)).toEqual(['centered', 'late', 'spread', 'count_days', 'old'])
  expect(records[0]).toEqual({
    feature: 'centered',
    model: 'sales',
    file: 'sales.features.ts',
    range: { start: { line: 3, character: 13 }, end: { line: 3, character: 21 } },
    original_level: 'group',
    original_word: '.mean(',
    level: 'row',
    why: 'one value per row',
    is_guess: false,
    marker_for_original: '#agg',
    marker_for_now: '#row',
  })
  expect(records[3]).toMatchObject({ is_guess: true, original_level: 'row', level: 'group', original_word: null })
})

test('with the markers nothing is left to do: exit code 0', () => {
  const marked = Object.entries(shop).map(([name, text]) => [
    name,
    text
      .replace('revenue.mean()', 'revenue.mean() //#row')
      .replace('// np.where(day', '// #row np.where(day')
      .replace('revenue.std()', 'revenue.std() //#agg')
      .replace('days(day)', 'days(day) //#agg')
      .replace('// #gby', '// #agg'),
  ])
  const { code, out } = modeldriver(folderWith(Object.fromEntries(marked)), 'check', '--migration')
  expect({ code, out }).toEqual({ code: 0, out: 'No feature needs a marker.\n' })
})

test('it is no SARIF', () => {
  const { code, out, note } = modeldriver(folderWith(shop), 'check', '--migration', '--format', 'sarif')
  expect({ code, out, note }).toEqual({ code: 2, out: '', note: '--migration is printed as text or json.\n' })
})
