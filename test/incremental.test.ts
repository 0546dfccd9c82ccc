import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  type Analysis,
  analyse,
  type FeatureFile,
  type FeatureReader,
  openProject,
  replaceFile,
  typeScriptReader,
} from '@modeldriver/engine'
import { memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { numbers } from './support/numbers.ts'

// What the server knows after any edits is what a server that has just started knows (invariant of a keystroke).

const root = join(import.meta.dirname, '..')
/** A sample's file; of data its head. */
function textOf(path: string): string {
  const text = readFileSync(join(root, path), 'utf8')
  return path.endsWith('.csv') ? text.split('\n').slice(0, 12).join('\n') : text
}

interface Sample {
  readonly project: string
  readonly files: readonly string[]
}

const samples: readonly Sample[] = [
  {
    project: 'samples/retail/modeldriver.json',
    files: [
      'samples/retail/modeldriver.json',
      'samples/retail/transactions.features.ts',
      'samples/retail/daily.features.ts',
      'samples/retail/customer_profile.features.ts',
      'samples/retail/data/transactions.csv',
    ],
  },
  {
    project: 'samples/property/property.features.ts',
    files: ['samples/property/property.features.ts', 'samples/property/property.csv'],
  },
]

/** Pieces that change what a text means, beside those that break it. */
const scraps = [
  '',
  '',
  ' ',
  '\n',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '`',
  '"',
  "'",
  ',',
  ':',
  '//',
  '/*',
  '*/',
  '=>',
  '#agg',
  '//#row\n',
  'export ',
  'const ',
  'async ',
  'return ',
  'price',
  'total',
  '_',
  'é',
  '0',
  '.sum()',
  ' = 1',
  '?',
  ': number',
  '// group_by: pin\n',
  ' ?? 0',
  'Math.random()',
  'export const extra = (total, price) => total + price\n',
  '"group_by": "pin",',
  '"seq": 1,',
  '"outputs": ["total"],',
  'null',
]

/** One edit of a text: a scrap in place of a few characters, a line twice or not at all, or the text as it was at first. */
function edited(text: string, original: string, random: (below: number) => number): string {
  const kind = random(20)
  if (kind === 0) return original
  if (kind < 3) {
    const lines = text.split('\n')
    const at = random(lines.length)
    lines.splice(at, kind - 1, ...(kind === 1 ? [lines[random(lines.length)] ?? ''] : []))
    return lines.join('\n')
  }
  const start = random(text.length + 1)
  return text.slice(0, start) + (scraps[random(scraps.length)] ?? '') + text.slice(start + random(5))
}

/** Reads every text that it has not just read by a reader of its own, which remembers nothing. */
function freshReader(): FeatureReader {
  const last = new Map<string, { readonly text: string; readonly file: FeatureFile }>()
  return {
    read: (path, text) => {
      const known = last.get(path)
      if (known?.text === text) return known.file
      const file = typeScriptReader().read(path, text)
      last.set(path, { text, file })
      return file
    },
    forget: () => {},
  }
}

/** The analysis after one file changed, as the server makes it. */
function after(before: Analysis, path: string, files: ReadonlyMap<string, string>, reader: FeatureReader): Analysis {
  const { snapshot } = before
  const next = snapshot.files.has(path)
    ? replaceFile(snapshot, path, files.get(path) ?? '', reader, memoryFiles(files))
    : openProject(snapshot.project.path, memoryFiles(files), reader)
  return analyse(next, before)
}

const edits = 5000

test.each(samples)(
  '$project after thousands of edits: the same as read afresh',
  ({ project, files: paths }) => {
    const originals = new Map(paths.map((path) => [`/${path}`, textOf(path)]))
    const files = new Map(originals)
    const reader = typeScriptReader()
    const random = numbers(20_240)
    const anew = freshReader()
    const fresh = () => analyse(openProject(`/${project}`, memoryFiles(files), anew))
    let analysis = fresh()
    let compared = 0
    let waiting = 0
    for (let i = 0; i < edits / samples.length; i++) {
      const path = [...files.keys()][random(files.size)] as string
      files.set(path, edited(files.get(path) as string, originals.get(path) as string, random))
      analysis = after(analysis, path, files, reader)
      // Reading everything afresh is what takes the time: once after up to four edits.
      waiting = waiting > 0 ? waiting - 1 : random(4)
      if (waiting > 0) continue
      const expected = fresh()
      compared++
      if (isDeepStrictEqual(analysis, expected)) continue
      expect(analysis, `edit ${i + 1}, of ${path}:\n${files.get(path)}`).toEqual(expected)
    }
    expect(compared).toBeGreaterThan(edits / samples.length / 4)
  },
  120_000,
)
