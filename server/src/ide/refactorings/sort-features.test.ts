import { outlineOf, type Problem } from '@modeldriver/engine'
import { analyseFiles } from '@modeldriver/engine/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortFeatures } from './sort-features.ts'

const path = '/shop.features.ts'
const filesOf = (text: string) =>
  new Map([
    [path, text],
    ['/shop.csv', 'pin,revenue,cost\nA,10,4\n'],
  ])

/** The file after sorting, or the same text when nothing is offered. */
function sorted(text: string): string {
  const place = { analysis: analyseFiles(filesOf(text)), path, range: { start: 0, end: 0 }, text }
  const [edit] = sortFeatures(place)?.edits ?? []
  return edit ? text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end) : text
}

describe('sort features', () => {
  it('moves a declaration with its comments behind what it reads; the key and the headings stay', () => {
    expect(
      sorted(`// group_by: pin

// ---- Results ----

/** Share of all. */
// in percent
export function share(revenue, total) {
  return (revenue / total) * hundred
} //#row

const hundred = 100

// ---- Steps ----

export const total = (margin) => margin.sum() //#agg
export const margin = (revenue, cost) => revenue - cost
`),
    ).toBe(`// group_by: pin

// ---- Results ----

const hundred = 100

export const margin = (revenue, cost) => revenue - cost

// ---- Steps ----

export const total = (margin) => margin.sum() //#agg
/** Share of all. */
// in percent
export function share(revenue, total) {
  return (revenue / total) * hundred
} //#row
`)
  })

  it('keeps a helper before its first use, and functions with their overloads', () => {
    expect(
      sorted(`export const a = (b) => b
const limit = 3
export function b(revenue: number): number
export function b(revenue) { return Math.min(revenue, limit) }
`),
    ).toBe(`const limit = 3
export function b(revenue: number): number
export function b(revenue) { return Math.min(revenue, limit) }
export const a = (b) => b
`)
  })

  it('changes nothing where the order is right, in a cycle, or for a column of the same name', () => {
    for (const text of [
      'export const a = (revenue) => revenue\nexport const b = (a) => a\n',
      'export const a = (b) => b\nexport const b = (a) => a\n',
      'export const a = (cost) => cost\nexport const cost = (revenue) => revenue\n',
    ])
      expect(sorted(text)).toBe(text)
  })

  it('moves nothing when a comment would swallow what follows', () => {
    const text = 'export const a = (b) => b; export const b = (cost) => cost // per piece\n'
    expect(sorted(text)).toBe(text)
  })
})

/** A file of declarations in any order, with comments, helpers and layouts of all kinds. */
const file = fc
  .array(
    fc.record({
      form: fc.constantFrom('function', 'arrow', 'const', 'helper', 'export', 'overload'),
      reads: fc.array(fc.nat(7), { maxLength: 3 }),
      above: fc.constantFrom('', '// a note\n', '/** Doc. */\n', '//#row\n', '// ---- heading ----\n\n', '/* x */ '),
      after: fc.constantFrom('', ' // why', ' //#agg', ' /* b */', ';', '\n'),
      gap: fc.constantFrom('\n', '\n\n', ' ', '\r\n', '\n\n// between\n\n'),
    }),
    { maxLength: 8 },
  )
  .map((parts) =>
    parts
      .map(({ form, reads, above, after, gap }, at) => {
        const inputs = [...new Set(reads)].map((i) => `f${i}`)
        const sum = ['0', ...inputs, ...(at > 0 ? [`typeof h${at - 1}`] : [])].join(' + ')
        const code = {
          function: `export function f${at}(${inputs}) {\n  return ${sum}\n}`,
          arrow: `export const f${at} = ({ ${inputs} }) => ${sum}`,
          const: `const h${at} = ${at}`,
          helper: `function h${at}(x) { return x }`,
          export: `const f${at} = (${inputs}) => ${sum}\nexport { f${at} }`,
          overload: `export function f${at}(${inputs}): number\nexport function f${at}(${inputs}) { return ${sum} }`,
        }[form]
        return above + code + after + gap
      })
      .join(''),
  )

describe('sorting any file', () => {
  const partsOf = (text: string) => outlineOf(path, text).map(({ span }) => text.slice(span.start, span.end))
  const facts = (text: string) => {
    const { models, problems } = analyseFiles(filesOf(text))
    // In a loop the way shown and the levels depend on where one begins.
    const isLoop = problems.some(({ code }) => code === 'MD002')
    const said = ({ code, message, feature }: Problem) => `${code} ${feature} ${code === 'MD002' ? '' : message}`
    return {
      features: models.flatMap(({ features, levels }) =>
        [...features.values()].map(({ name, fingerprint, doc }) => ({
          name,
          fingerprint,
          doc,
          level: isLoop || levels.get(name),
        })),
      ),
      problems: problems.map(said),
    }
  }
  const inAnyOrder = (text: string) => {
    const { features, problems } = facts(text)
    return { features: features.sort((a, b) => (a.name < b.name ? -1 : 1)), problems: problems.sort() }
  }

  it('loses nothing and means the same', () => {
    fc.assert(
      fc.property(file, (text) => {
        const after = sorted(text)
        expect([...after].sort().join('')).toBe([...text].sort().join(''))
        expect(partsOf(after).sort()).toEqual(partsOf(text).sort())
        expect(inAnyOrder(after)).toEqual(inAnyOrder(text))
      }),
      { numRuns: 200 },
    )
  }, 60_000)

  it('once sorted, it stays', () => {
    fc.assert(
      fc.property(file, (text) => {
        const after = sorted(text)
        expect(sorted(after)).toBe(after)
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})
