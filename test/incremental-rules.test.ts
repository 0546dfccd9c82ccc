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

const columns = ['revenue', 'cost', 'name', 'day', 'twitter_clicks', 'twitter_views', 'youtube_clicks', 'youtube_views']
const data = `${columns.join()}
1.5,2,de,2024-01-02,4,5,6,3
2.5,,fr,2024-01-03,4,5,6,3
`
/** Most are right: of them nothing is said, until an edit elsewhere makes them wrong. */
const bodies = ['A - B', 'A + B * rate', 'helper(A) - B', 'A > 1 ? B : A', 'A / B']
const wrongBodies = [
  'A.sum()',
  'A - A.mean()',
  'Math.random() * A',
  "'x' + A",
  'OTHER + A',
  'A[0]',
  'unknown_thing + B',
  'console.log(A)',
  'null',
  'A.trim()',
]
const statements = ['export function N(A, B) {\n  return BODY\n}', 'export const N = (A, B) => BODY']
const wrongStatements = [
  'export function N(A: number, B?) { //#agg\n  return BODY\n}',
  'export function N(A, B) { //#row\n  return BODY\n}',
  '/** Doc. @agg */\nexport const N = (A) => BODY',
  'export function N(A: string, B) {\n  if (A > 1) return BODY\n}',
  '// md-ignore MD008: it is meant\nexport const N = (A, B) => BODY',
  'export const N = ({ A, B }) => { let t = 0; for (const v of A) t += v; return t }',
  'export const OTHER = (A) => A',
  'export async function N(A) { return A }',
]
const helpers = [
  'const helper = (x) => x * 2',
  'const helper = (x) => x + Math.random()',
  'function helper(x) { return x + revenue }',
]
const rates = ['const rate = 2', "const rate = 'two'", 'let rate = 1', 'const rate = unknown_thing']
const scraps = ['{', '}', '(', ')', '`', '/*', '\n', ' ', '.sum()', '//#agg', 'x', '1', 'revenue', 'f2']

function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)] as T
}

/** The feature in a place of a file; one in four is wrong somehow. It reads columns and features before it. */
function statement(place: number, random: Random): string {
  if (place < 2)
    return random(3) > 0 ? ((place === 0 ? helpers : rates)[0] as string) : pick(place === 0 ? helpers : rates, random)
  const before = Array.from({ length: place - 2 }, (_, i) => `f${i + 2}`)
  const input = () =>
    pick(random(20) === 0 ? ['revenu', 'f11'] : random(2) === 0 ? before.concat('revenue') : columns, random)
  const [first, second] = [input(), input()]
  return pick(random(4) === 0 ? wrongStatements : statements, random)
    .replace('BODY', pick(random(4) === 0 ? wrongBodies : bodies, random))
    .replaceAll('OTHER', `f${2 + random(10)}`)
    .replace(/\b[ABN]\b/g, (letter) =>
      letter === 'N' ? `f${place}` : letter === 'A' ? first : second === first ? 'cost' : second,
    )
}

/** One edit: another statement, or a few characters of one that are put right again by a later edit. */
function edit(file: readonly string[], random: Random): readonly string[] {
  const at = random(file.length)
  const text = file[at] as string
  const start = random(text.length + 1)
  const isTypo = random(5) === 0
  return file.with(
    at,
    isTypo ? text.slice(0, start) + pick(scraps, random) + text.slice(start + random(5)) : statement(at, random),
  )
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
      ['/a.features.ts', '/b.features.ts'].map((path): [string, readonly string[]] => [
        path,
        Array.from({ length: 12 }, (_, place) => statement(place, random)),
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
    for (let i = 0; i < 150; i++) {
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
