import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { inlayHintsOf } from './inlay-hints.ts'

const data = `
//- /main.csv
pin,region,revenue,sold,paid
A,de,10.5,2024-03-01,true
//- /main.features`

/** The text with its hints in `«»`; those that can be written with a `+`. */
function hinted(source: string, { extension = 'ts', head = '// group_by: pin\n', range = [0, 9999] } = {}): string {
  const { fixture, analysis } = analyseFixture(`${data}.${extension}\n${head}${source}`)
  const path = `/main.features.${extension}`
  const text = fixture.files.get(path) ?? ''
  const [start = 0, end = 0] = range
  const hints = inlayHintsOf(analysis, path, text, { start, end })
  const shown = [...hints]
    .reverse()
    .reduce(
      (all, { offset, label, canWrite }) =>
        `${all.slice(0, offset)}«${label}${canWrite ? '+' : ''}»${all.slice(offset)}`,
      text,
    )
  return shown.slice(head.length).trimEnd()
}

test.each([
  [
    'row features: types only',
    'export function f(region, revenue) { return region + revenue }',
    'export function f(region«: string+», revenue«: number+») { return region + revenue }',
  ],
  [
    'group features: columns, and the level',
    'export function f(region, sold) { return region.first() + sold.max() }',
    'export function f(region«: Column<string>», sold«: Column<Date>»)« → group» { return region.first() + sold.max() }',
  ],
  [
    'annotated parameters need none',
    'export const f = (region: string, paid): boolean => paid',
    'export const f = (region: string, paid«: boolean+»): boolean => paid',
  ],
  [
    'without parentheses',
    'export const f = paid => paid.any()',
    'export const f = paid«: Column<boolean>»« → group» => paid.any()',
  ],
  [
    'a pattern, with a type that has parentheses of its own',
    'export const f = ({ revenue, paid }: Pick<Group, (string)>) => revenue.filter(paid).sum()',
    'export const f = ({ revenue, paid }: Pick<Group, (string)>)« → group» => revenue.filter(paid).sum()',
  ],
  [
    'features as inputs',
    'export const total = (revenue) => revenue.sum()\nexport const share = (revenue, total) => revenue / total',
    'export const total = (revenue«: Column<number>»)« → group» => revenue.sum()\nexport const share = (revenue«: number+», total«: number+») => revenue / total',
  ],
  [
    'defaults, and what is not known',
    'export const f = (revenue = 1, paid?, nowhere = 2, unknown) => { let x = revenue; return x }',
    'export const f = (revenue«: number+» = 1, paid?«: boolean+», nowhere = 2, unknown) => { let x = revenue; return x }',
  ],
  [
    'helpers are no features',
    'function half(revenue) { return revenue / 2 }',
    'function half(revenue) { return revenue / 2 }',
  ],
])('%s', (_, source, expected) => expect(hinted(source)).toBe(expected))

test('what fits into the letters that VS Code shows of a line', () => {
  expect(hinted('export const f = (region, sold, paid) => region.first() + sold.max() + paid.any()')).toBe(
    'export const f = (region«: Column», sold«: Column», paid«: Column»)« → group» => region.first() + sold.max() + paid.any()',
  )
  const many = ['revenue', 'paid', 'sold', 'region', 'pin'].map((name) => `${name}.count()`).join(' + ')
  expect(hinted(`export const f = (revenue, paid, sold, region, pin) => ${many}`)).toBe(
    `export const f = (revenue«: Column», paid«: Column», sold«: Column», region«: Column», pin)« → group» => ${many}`,
  )
})

test('in JavaScript a type cannot be written', () => {
  expect(hinted('export const f = (paid) => !paid', { extension: 'js' })).toBe(
    'export const f = (paid«: boolean») => !paid',
  )
})

test('what one value belongs to is said to those who want to know', () => {
  const { analysis, fixture } = analyseFixture(`${data}.ts\n// group_by: pin\nexport const f = (paid) => paid.any()`)
  const text = fixture.files.get('/main.features.ts') ?? ''
  const hints = inlayHintsOf(analysis, '/main.features.ts', text, { start: 0, end: text.length })
  expect(hints.find(({ kind }) => kind === 'level')?.tooltip).toBe('per pin · returns paid.any()')
})

test('without a key', () => {
  expect(hinted('export const f = (paid) => paid.any()', { head: '' })).toBe(
    'export const f = (paid«: Column<boolean>»)« → group» => paid.any()',
  )
})

test('only in the part that is shown', () => {
  const source = 'export const a = (paid) => paid\nexport const b = (paid) => paid\nexport const c = (paid) => paid'
  const at = '// group_by: pin\nexport const a = (paid) => paid\nexport'.length
  expect(hinted(source, { range: [at, at + 5] })).toBe(
    'export const a = (paid) => paid\nexport const b = (paid«: boolean+») => paid\nexport const c = (paid) => paid',
  )
})
