import { describe, expect, it } from 'vitest'
import { fixtureDifferences } from '../../testing/check.ts'
import { applyEdits, fixesIn, fixFaults } from '../../testing/fix.ts'
import { parseFixture } from '../../testing/fixture.ts'
import { analyseFixture } from '../../testing/index.ts'
import type { Rule } from '../rule.ts'

export interface RuleExamples {
  /** Fixtures in which the rule speaks, with its marks: at least three. Every repair it offers there is tried. */
  readonly fires: Readonly<Record<string, string>>
  /** Fixtures that look alike but are right: at least two. */
  readonly silent: Readonly<Record<string, string>>
  /** Repairs by title: the fixture before, and a piece of text that only stands in it afterwards. */
  readonly fixes?: readonly { readonly title: string; readonly before: string; readonly after: string }[]
  /** The titles offered for the first problem of the rule in a fixture, in their order. */
  readonly offers?: readonly { readonly before: string; readonly titles: readonly string[] }[]
}

/** The tests every rule has, as data. */
export function testRule(rule: Rule, { fires, silent, fixes = [], offers = [] }: RuleExamples): void {
  describe(`${rule.code} ${rule.name}`, () => {
    it('has examples enough', () => {
      expect(Object.keys(fires).length).toBeGreaterThanOrEqual(3)
      expect(Object.keys(silent).length).toBeGreaterThanOrEqual(2)
    })
    for (const [name, text] of Object.entries(fires)) {
      it(`fires: ${name}`, () => {
        expect(codesExpected(text)).toContain(rule.code)
        expect(fixtureDifferences(text, unasked(rule))).toEqual([])
      })
      if (rule.fixes) it(`every repair is good: ${name}`, () => expect(faultsOfFixes(rule, text)).toEqual([]))
    }
    for (const [name, text] of Object.entries(silent)) {
      it(`silent: ${name}`, () => {
        expect(codesExpected(text)).not.toContain(rule.code)
        expect(fixtureDifferences(text, unasked(rule))).toEqual([])
      })
    }
    for (const { title, before, after } of fixes) {
      it(`repair: ${title}`, () => {
        const { files, offered } = problemsOf(rule, before)
        const fix = offered.flatMap((each) => each.fixes).find((each) => each.title === title)
        expect(fix?.title ?? offered.flatMap((each) => each.fixes.map((other) => other.title))).toBe(title)
        const text = [...applyEdits(files, fix?.edits ?? []).values()].join('\n')
        expect(text).toContain(after)
        expect([...files.values()].join('\n')).not.toContain(after)
      })
    }
    for (const { before, titles } of offers) {
      it(`offers: ${titles.join(', ') || 'nothing'}`, () => {
        const [first] = problemsOf(rule, before).offered
        expect(first?.fixes.map(({ title }) => title)).toEqual(titles)
      })
    }
  })
}

/** How a body is computed is no question of right and wrong, and examples leave files aside: only the rules' own examples are asked. */
const unasked = ({ code }: Rule): ReadonlySet<string> => new Set(['MD025', 'MD040'].filter((other) => other !== code))

const codesExpected = (text: string) => parseFixture(text).expected.map(({ code }) => code)

function problemsOf(rule: Rule, text: string) {
  const { fixture, analysis } = analyseFixture(text)
  const own = analysis.problems.filter(({ code }) => code === rule.code)
  return {
    files: fixture.files,
    offered: own.map((problem) => ({ problem, fixes: fixesIn(fixture.files, analysis, problem) })),
  }
}

function faultsOfFixes(rule: Rule, text: string): readonly string[] {
  const { files, offered } = problemsOf(rule, text)
  return offered.flatMap(({ problem, fixes }) => fixes.flatMap((fix) => fixFaults(files, problem, fix)))
}
