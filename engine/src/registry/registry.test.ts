import { describe, expect, test } from 'vitest'
import {
  addFeature,
  type CodeFile,
  type FeatureCode,
  featureCode,
  lostIn,
  movedFile,
  removeFeature,
  replaceFeature,
} from './index.ts'

const sales: CodeFile = {
  path: '/shop/sales.features.ts',
  text: `// group_by: pin
import { round, clip } from 'modeldriver'
import type { Money } from './money'
import { rate as vat, other } from '../taxes.ts'

/** Before tax. */
const net = (gross: number): Money => gross / (1 + vat)
const unused = 1

// Margin in percent:
// of what is left after tax.
export function margin(revenue, cost) {
  return round((net(revenue) - cost) / scale(net(revenue)), 1)
}

/** Per pin. */
export const total = (revenue) => revenue.sum() //#agg

function scale(x) { return clip(x, 1, 100) }
export const top = (total) => total > limit
const limit = 5
`,
}
const codeOf = (name: string, file = sales): FeatureCode => {
  const code = featureCode(file, name)
  if (!code) throw new Error(`no ${name}`)
  return code
}
const textOf = (changed: ReturnType<typeof addFeature>): string =>
  'text' in changed ? changed.text : `refused: ${changed.refused}`

test('the code of a feature has its comments, and what it needs through others', () => {
  expect(codeOf('margin')).toEqual({
    name: 'margin',
    path: '/shop/sales.features.ts',
    imports: [
      { local: 'round', name: 'round', from: 'modeldriver' },
      { local: 'clip', name: 'clip', from: 'modeldriver' },
      { local: 'Money', name: 'Money', from: './money', isType: true },
      { local: 'vat', name: 'rate', from: '../taxes.ts' },
    ],
    helpers: [
      {
        declares: ['net'],
        text: '/** Before tax. */\nconst net = (gross: number): Money => gross / (1 + vat)',
      },
      { declares: ['scale'], text: 'function scale(x) { return clip(x, 1, 100) }' },
    ],
    text: expect.stringMatching(/^\/\/ Margin in percent:\n[\s\S]*\}$/),
  })
  expect(codeOf('total')).toMatchObject({ imports: [], helpers: [], text: expect.stringMatching(/\/\/#agg$/) })
})

describe('added', () => {
  test('to an empty file in another folder: imports lead where they led', () =>
    expect(textOf(addFeature({ path: '/m.features.ts', text: '' }, codeOf('margin')))).toMatchInlineSnapshot(`
      "import { round, clip } from 'modeldriver'
      import type { Money } from './shop/money'
      import { rate as vat } from './taxes.ts'

      /** Before tax. */
      const net = (gross: number): Money => gross / (1 + vat)

      function scale(x) { return clip(x, 1, 100) }

      // Margin in percent:
      // of what is left after tax.
      export function margin(revenue, cost) {
        return round((net(revenue) - cost) / scale(net(revenue)), 1)
      }
      "
    `))
  test('to a file that has some of it already: nothing else is touched', () => {
    const text = `// group_by: pin
import { round } from 'modeldriver'

/** Before tax. */
const net = (gross: number): Money => gross / (1 + vat)
export const a = (b) =>  round( b )   // as it was
`
    expect(textOf(addFeature({ path: '/shop/m.features.ts', text }, codeOf('margin')))).toMatchInlineSnapshot(`
      "// group_by: pin
      import { round, clip } from 'modeldriver'
      import type { Money } from './money'
      import { rate as vat } from '../taxes.ts'

      /** Before tax. */
      const net = (gross: number): Money => gross / (1 + vat)
      export const a = (b) =>  round( b )   // as it was

      function scale(x) { return clip(x, 1, 100) }

      // Margin in percent:
      // of what is left after tax.
      export function margin(revenue, cost) {
        return round((net(revenue) - cost) / scale(net(revenue)), 1)
      }
      "
    `)
  })
  test.each([
    ['the name is taken', 'export const total = (x) => x\n', 'total', "/m.features.ts has a 'total' already."],
    [
      'a helper of another meaning',
      'const limit = 6\n',
      'top',
      "'top' needs 'limit', and /m.features.ts has another 'limit'.",
    ],
    [
      'an import of another meaning',
      "import { round } from './mine'\n",
      'margin',
      "'margin' needs 'round' of 'modeldriver', and /m.features.ts has another 'round'.",
    ],
    [
      'a broken file',
      'export const = \n',
      'total',
      '/m.features.ts cannot be read to its end; correct its syntax first.',
    ],
  ])('refused: %s', (_, text, name, refused) =>
    expect(addFeature({ path: '/m.features.ts', text }, codeOf(name))).toEqual({ refused }),
  )
})

test('replaced: only the declaration with its comments', () => {
  const other = {
    path: '/shop/b.features.ts',
    text: "import { clip } from 'modeldriver'\n// New.\nexport const total = (revenue) => clip(revenue.sum(), 0, 9)\n",
  }
  expect(textOf(replaceFeature(sales, codeOf('total', other)))).toBe(
    sales.text.replace(
      '/** Per pin. */\nexport const total = (revenue) => revenue.sum() //#agg',
      '// New.\nexport const total = (revenue) => clip(revenue.sum(), 0, 9)',
    ),
  )
  expect(replaceFeature(sales, { ...codeOf('total'), name: 'totl' })).toEqual({
    refused: "/shop/sales.features.ts has no 'totl'.",
  })
})

describe('removed', () => {
  test('with its comments and the gap', () =>
    expect(textOf(removeFeature(sales, 'total'))).toBe(
      sales.text.replace('/** Per pin. */\nexport const total = (revenue) => revenue.sum() //#agg\n\n', ''),
    ))
  test.each([
    [
      'somebody calls it',
      'export const a = (x) => x\nexport const b = (y) => a(y)\n',
      "'b' of /m.features.ts calls 'a'.",
    ],
    [
      'two in one statement',
      'export const a = (x) => x, b = (y) => y\n',
      "'a' is declared in one statement with 'b' in /m.features.ts; give each its own.",
    ],
    [
      'exported in a list',
      'const a = (x) => x\nexport { a }\n',
      "/m.features.ts exports 'a' in a list; write 'export' where it is declared.",
    ],
  ])('refused: %s', (_, text, refused) =>
    expect(removeFeature({ path: '/m.features.ts', text }, 'a')).toEqual({ refused }),
  )
})

test('a file at another path: its relative imports lead where they led', () => {
  expect(movedFile(sales, '/shop/old/sales.features.ts')).toBe(
    sales.text.replace("'./money'", "'../money'").replace("'../taxes.ts'", "'../../taxes.ts'"),
  )
  expect(movedFile(sales, '/shop/b.features.ts')).toBe(sales.text)
})

test.each([
  ['in a list', 'const q = (x) => x\nexport { q as a }\n', 'a'],
  ['of another file', "export { a } from './others.ts'\n", 'a'],
  ['as a whole file', "export * as a from './others.ts'\n", 'a'],
  ['by the name of a helper', 'const q = 1\nexport { q as rate }\n', 'rate'],
])('a name that the file exports for something else: %s', (_, text, name) => {
  const file = { path: '/a.features.ts', text }
  const code = codeOf('a', {
    path: '/b.features.ts',
    text: 'export const rate = 2\nexport const a = (x) => x * rate\n',
  })
  expect(addFeature(file, code)).toEqual({
    refused: `/a.features.ts exports something else as '${name}' already.`,
  })
})

test.each([
  ['// what it is\nexport const a = (x) => x\n', "the comment '// what it is'"],
  ['const rate = 2\nexport const a = (x) => x * rate\n', "'rate'"],
  ["import { round } from 'modeldriver'\nexport const a = (x) => round(x) //#agg\n", undefined],
  ["export const a = (x) => x + '// no comment'\n", undefined],
])('what another text in the place of a file would lose: %j', (text, lost) =>
  expect(lostIn({ path: '/a.features.ts', text }, 'export const a = (x) => x * 3\n')).toBe(lost),
)
