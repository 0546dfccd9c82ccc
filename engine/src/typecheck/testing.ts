import { analyseFixture } from '../testing/check.ts'
import { fixesIn } from '../testing/fix.ts'
import { makeTypeChecker } from './checker.ts'
import { libraryTexts } from './libraries.ts'
import { shadowProject } from './shadowProject.ts'
import { typeProblems } from './typeProblems.ts'

export const checker = makeTypeChecker(libraryTexts())

/** What is said of a fixture's types: the text at each place with the sentence. */
export function found(text: string, isAlone = false): readonly string[] {
  const { fixture, analysis } = analyseFixture(text)
  const files = shadowProject(analysis, (path) => fixture.files.get(path))
  return typeProblems(analysis, checker.check(files, { isAlone })).map(
    ({ path, span, message }) => `${fixture.files.get(path)?.slice(span.start, span.end)} ~ ${message}`,
  )
}

/** The repairs of what is said of a fixture's types, each with the texts that it writes. */
export function repairs(text: string): readonly (readonly [title: string, ...texts: string[]])[] {
  const { fixture, analysis } = analyseFixture(text)
  const files = shadowProject(analysis, (path) => fixture.files.get(path))
  return typeProblems(analysis, checker.check(files, { isAlone: false })).flatMap((problem) =>
    fixesIn(fixture.files, analysis, problem).map(
      ({ title, edits }) => [title, ...edits.map((edit) => edit.text)] as const,
    ),
  )
}
