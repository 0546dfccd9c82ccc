import { isDeepStrictEqual } from 'node:util'
import { analyse, openProject, replaceFile, typeScriptReader } from '@modeldriver/engine'
import { memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'

// Rules are asked again only of features that an edit can concern: over features with every kind of mistake they must say what a
// fresh start says.

type Random = (below: number) => number

/** A small generator with a fixed seed: the same edits at each run. */
function numbers(seed: number): Random {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const names = ['alpha', 'beta', 'gamma', 'delta', 'theta', 'twitter_ctr', 'youtube_ctr', 'mean_x', 'price_total']
const columns = ['revenue', 'cost', 'name', 'day', 'Unit_Price', 'twitter_clicks', 'youtube_clicks', 'twitter_views']
const inputs = [...columns, 'revenu', ...names]
const data = `day,${columns.filter((name) => name !== 'day' && name !== 'Unit_Price').join()},Unit Price
2024-01-02,1.5,2,de,4,5,6,3
2024-01-03,2.5,,fr,4,5,6,3
`
const bodies = [
  'A - B',
  'A.sum()',
  'A - A.mean()',
  'Math.random() * A',
  'helper(A) + B',
  'A + rate',
  "'x' + A",
  'N + A',
  'A[0]',
  'A.length',
  'unknown_thing + B',
  'console.log(A)',
  'new Date()',
  'null',
  "A === 'x' ? 1 : B",
  'used(A)',
]
const statements = [
  'export function N(A, B) {\n  return BODY\n}',
  'export function N(A: number, B?) { //#agg\n  return BODY\n}',
  'export function N(A, B = 1) { //#row\n  return BODY\n}',
  '/** Doc. @agg */\nexport const N = (A) => BODY',
  'export const N = (A) => BODY',
  'export function N(A: Column, B: string) {\n  if (A > 1) return BODY\n}',
  '// md-ignore MD008: it is meant\nexport const N = (A, B) => BODY',
  'export const N = ({ A, B }) => { let t = 0; for (const v of A) t += v; return t }',
  'function helper(A) { return BODY }',
  'const used = (A) => A * rate',
  'const rate = 2',
  'export { helper as delta }',
  'export async function N(A) { return A }',
]
const scraps = ['{', '}', '(', ')', '`', '/*', '\n', ' ', '.sum()', '//#agg', 'x', '1', 'revenue', 'alpha']

function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)] as T
}

function statement(random: Random): string {
  const [a, b, n] = [pick(inputs, random), pick(inputs, random), pick(names, random)]
  return pick(statements, random)
    .replace('BODY', pick(bodies, random))
    .replace(/\b[ABN]\b/g, (letter) => (letter === 'A' ? a : letter === 'B' ? b : n))
}

/** One edit: a statement more, less or in another's place, or a few characters of one. */
function edit(file: readonly string[], random: Random): readonly string[] {
  const at = random(file.length)
  const kind = random(8)
  if (kind < 3) return file.toSpliced(at, kind === 0 ? 0 : 1, statement(random))
  if (kind === 3 && file.length > 4) return file.toSpliced(at, 1)
  const text = file[at] as string
  const start = random(text.length + 1)
  return file.toSpliced(at, 1, text.slice(0, start) + pick(scraps, random) + text.slice(start + random(5)))
}

const manifest = JSON.stringify({
  models: [
    {
      model_name: 'a',
      seq: 1,
      features: ['a*.features.ts'],
      data: 'x.csv',
      group_by: 'day',
      kinds: { theta: 'group' },
    },
    { model_name: 'b', seq: 2, features: ['b.features.ts'], outputs: ['alpha', 'beta'], target: 'gamma' },
  ],
})

test.each([1, 2, 3])(
  'after any edits of wrong features the rules say what they say of a fresh start (seed %i)',
  (seed) => {
    const random = numbers(seed)
    const texts = new Map(
      ['/a1.features.ts', '/a2.features.ts', '/b.features.ts'].map((path): [string, readonly string[]] => [
        path,
        Array.from({ length: 8 }, () => statement(random)),
      ]),
    )
    const files = new Map([
      ['/modeldriver.json', manifest],
      ['/x.csv', data],
      ...[...texts].map(([path, parts]): [string, string] => [path, parts.join('\n\n')]),
    ])
    const read = () => analyse(openProject('/modeldriver.json', memoryFiles(files), typeScriptReader()))
    const reader = typeScriptReader()
    let analysis = analyse(openProject('/modeldriver.json', memoryFiles(files), reader))
    const codes = new Set<string>()
    for (let i = 0; i < 200; i++) {
      const path = pick([...texts.keys()], random)
      const parts = edit(texts.get(path) as readonly string[], random)
      const text = parts.join('\n\n')
      texts.set(path, parts)
      files.set(path, text)
      analysis = analyse(replaceFile(analysis.snapshot, path, text, reader), analysis)
      const fresh = read()
      for (const { code } of fresh.problems) codes.add(code)
      if (isDeepStrictEqual(analysis, fresh)) continue
      expect(analysis.problems, `edit ${i + 1}, of ${path}:\n${text}`).toEqual(fresh.problems)
      expect(analysis.models, `edit ${i + 1}, of ${path}:\n${text}`).toEqual(fresh.models)
    }
    expect(codes.size).toBeGreaterThan(12)
  },
  60_000,
)
