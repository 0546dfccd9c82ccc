import { expect, test } from 'vitest'
import { analyseFiles } from '../testing/index.ts'
import { unmarkedFeatures } from './migration.ts'

const manifest = (kinds = '{}') =>
  `{ "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv", "group_by": "pin", "kinds": ${kinds} }] }`

/** `feature: then → now (reason), keep | accept` of each feature that should be marked. */
function check(text: string, expected: readonly string[], kinds?: string) {
  const files = new Map([
    ['/modeldriver.json', manifest(kinds)],
    ['/m.csv', 'pin,revenue,cost\n1,2,3\n'],
    ['/a.features.ts', text],
  ])
  const found = unmarkedFeatures(analyseFiles(files), (path) => files.get(path))
  expect(
    found.map(
      ({ feature, originally, word, now, keep, accept }) =>
        `${feature.name}: ${originally}${word === undefined ? '' : ` by ${word}`} → ${now.level} by ${now.rule}, ${keep} | ${accept}`,
    ),
  ).toEqual(expected)
}

test('a word of the original system in a function that is per row now', () => {
  check(
    `
    export const centered = (revenue) => revenue - revenue.mean()
    export const share = (revenue) => { return revenue / revenue.sum() }
    export function late(revenue) {
      // was: np.where(revenue > 10, 1, 0)
      return revenue > 10
    }
    export const zipped = (revenue) => \`zip(\${revenue})\`
    export function old(revenue) { /* #gby */ return revenue * 2 }
    export const flag1 = (revenue) => revenue > 1
    `,
    [
      'centered: group by .mean( → row by result, #agg | #row',
      'share: group by .sum( → row by result, #agg | #row',
      'late: group by np.where( → row by result, #agg | #row',
      'zipped: group by zip( → row by result, #agg | #row',
      'old: group by #gby → row by result, #agg | #row',
      'flag1: group by flag1 → row by result, #agg | #row',
    ],
  )
})

test('per group now without a word that the original system knew', () => {
  check(
    `
    export const spread = (revenue) => revenue.std()
    export const number = (revenue) => revenue.count()
    export const all = (revenue) => { let sum = 0; for (const each of revenue) sum += each; return sum }
    export const total = (revenue) => revenue.sum()
    export const twice = (total) => total * 2
    `,
    [
      'spread: row → group by result, #row | #agg',
      'number: row → group by result, #row | #agg',
      'all: row → group by method, #row | #agg',
      'twice: row → group by result, #row | #agg',
    ],
  )
})

test('a guess from the name is listed, whatever it was', () => {
  check(
    `
    import { unknown } from './helpers.ts'
    export const count_days = (revenue) => unknown(revenue)
    export const cost_mean = (cost) => { /* agg_out */ return unknown(cost) }
    `,
    ['count_days: row → group by name, #row | #agg', 'cost_mean: group by agg_out → group by name, #agg | #agg'],
  )
})

test('what the author has said is not listed: a marker, the manifest, a type', () => {
  check(
    `
    export const centered = (revenue) => revenue - revenue.mean() //#row
    export const spread = (revenue) => revenue.std() //#agg
    export const one = (revenue) => revenue - revenue.max()
    export const two = (revenue: Column) => revenue.std()
    export const plain = (revenue, cost) => revenue - cost
    export const total = (revenue) => revenue.sum()
    `,
    [],
    '{ "one": "row" }',
  )
})

test('a word beside a function is not in it', () => {
  check(
    `
    /** Replaces revenue.sum( of before. */
    export const a = (revenue) => revenue * 2
    const helper = (revenue) => revenue.sum()
    `,
    [],
  )
})
