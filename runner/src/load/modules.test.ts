import { expect, test } from 'vitest'
import { createLoader, LoadError, type LoaderOptions } from './modules.ts'

const library = { round: (x: number) => Math.round(x) }

function loaderOver(files: Record<string, string>, timeoutMs = 2000) {
  const loader = createLoader()
  const options: LoaderOptions = { readText: (path) => files[path], library, timeoutMs }
  return { files, placeOf: loader.placeOf, load: (path: string) => loader.load(path, options).exports }
}

function failure(load: () => unknown): LoadError {
  try {
    load()
  } catch (error) {
    if (error instanceof LoadError) return error
  }
  throw new Error('expected a LoadError')
}

type Exports = Record<string, (...inputs: unknown[]) => unknown>

test('loads functions, helpers, constants, and what they import', () => {
  const { load } = loaderOver({
    '/p/a.features.ts': `
      import { round } from 'modeldriver'
      import { rate } from './rates.js'
      import table from './table.json'
      export const share = (a: number, b: number): number => round(a / b * rate * table.factor)`,
    '/p/rates.ts': 'export const rate: number = 100',
    '/p/table.json': '{ "factor": 2 }',
  })
  expect((load('/p/a.features.ts') as Exports).share?.(1, 3)).toBe(67)
})

test('two files that import each other', () => {
  const { load } = loaderOver({
    '/p/a.ts': `import { b } from './b'; export const a = () => 'a' + b(); export const tail = () => '!'`,
    '/p/b.ts': `import { tail } from './a'; export const b = () => 'b' + tail()`,
  })
  expect((load('/p/a.ts') as Exports).a?.()).toBe('ab!')
})

test('evaluates again only when the text of the file or of an import changed', () => {
  const { load, files } = loaderOver({
    '/p/a.ts': `import { n } from './b'; export const made = {}; export const twice = () => n * 2`,
    '/p/b.ts': 'export const n = 1',
  })
  const first = load('/p/a.ts')
  expect(load('/p/a.ts')).toBe(first)
  files['/p/b.ts'] = 'export const n = 4'
  expect((load('/p/a.ts') as Exports).twice?.()).toBe(8)
})

test.each([
  [
    'a syntax error',
    'export function f(a) {\n  return a +\n}',
    'a.ts cannot be loaded, line 3: Expression expected.',
    2,
    0,
  ],
  [
    'a throw while loading',
    'const x: number = 1\nexport const y = x.toFixed(200)',
    'a.ts cannot be loaded: toFixed() digits argument must be between 0 and 100',
    1,
    19,
  ],
  [
    'a missing import',
    "\nimport { b } from './b'\nexport const f = () => b",
    "a.ts cannot be loaded: Cannot find './b', imported by a.ts.",
    1,
    0,
  ],
  [
    'a helper that is not there',
    "import type { Column } from 'modeldriver'\nimport { Column as C, rownd as r } from 'modeldriver'\nexport const f = (a: C) => r(a)",
    "modeldriver has no function 'rownd'. Did you mean 'round'?",
    1,
    22,
  ],
  ['an endless loop at the top', 'for (;;);', 'a.ts did not finish loading within 2 s.', 0, 0],
])('%s is a problem at its line', (_, text, message, line, character) => {
  const { load } = loaderOver({ '/p/a.ts': text })
  const error = failure(() => load('/p/a.ts'))
  expect(error.message).toBe(message)
  expect(error.place).toEqual({ path: '/p/a.ts', line, character })
})

test('a stack leads back to the line and character the author wrote', () => {
  const { load, placeOf } = loaderOver({
    '/p (x)/a b.ts': `
interface Unused { readonly a: number }

export function broken(price: number, text: string): number {
  const wide: Unused = { a: price }
  return wide.a + (text as unknown as { x: { y: number } }).x.y
}`,
  })
  const { broken } = load('/p (x)/a b.ts') as Exports
  try {
    broken?.(1, 'x')
    expect.unreachable()
  } catch (error) {
    expect(placeOf((error as Error).stack ?? '')).toEqual({ path: '/p (x)/a b.ts', line: 5, character: 62 })
  }
})
