import { analyse } from '../check/analyse.ts'
import type { Analysis } from '../ir/analysis.ts'
import { isFeatureFile, isManifest } from '../model/featureFiles.ts'
import { findProject, openProject } from '../model/project.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { type Fixture, memoryFiles, parseFixture } from './fixture.ts'

/** The analysis of a fixture's project: the one of its manifest, else of its first feature file. */
export function analyseFixture(text: string): { readonly fixture: Fixture; readonly analysis: Analysis } {
  const fixture = parseFixture(text)
  return { fixture, analysis: analyseFiles(fixture.files) }
}

export function analyseFiles(files: ReadonlyMap<string, string>): Analysis {
  const paths = [...files.keys()]
  const fs = memoryFiles(files)
  const start = paths.find(isManifest) ?? paths.find(isFeatureFile) ?? '/'
  return analyse(openProject(findProject(start, fs), fs, typeScriptReader()))
}

/**
 * Compares the problems of a fixture with its marks: every mark must be met, and no problem may be unmarked, but for those of
 * `unasked` codes. Returns the differences as lines; none means equal.
 */
export function fixtureDifferences(text: string, unasked: ReadonlySet<string> = new Set()): readonly string[] {
  const { fixture, analysis } = analyseFixture(text)
  const place = (path: string, start: number, end: number, code: string) =>
    `${code} at ${path}:${start}-${end} '${fixture.files.get(path)?.slice(start, end)}'`
  const open = analysis.problems.filter(({ code }) => !unasked.has(code))
  const missing = fixture.expected.flatMap((expected) => {
    const at = open.findIndex(
      ({ code, path, span, message }) =>
        code === expected.code &&
        path === expected.path &&
        span.start === expected.start &&
        span.end === expected.end &&
        message.includes(expected.words),
    )
    if (at >= 0) open.splice(at, 1)
    return at >= 0
      ? []
      : [`expected ${place(expected.path, expected.start, expected.end, expected.code)} ${expected.words}`.trim()]
  })
  return [
    ...missing,
    ...open.map((p) => `not expected: ${place(p.path, p.span.start, p.span.end, p.code)} ${p.message}`),
  ]
}
