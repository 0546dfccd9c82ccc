import { fixesOf } from '../check/fixes.ts'
import type { Analysis } from '../ir/analysis.ts'
import type { Fix, TextEdit } from '../ir/edit.ts'
import type { Problem } from '../ir/problem.ts'
import { analyseFiles } from './check.ts'
import { memoryFiles } from './fixture.ts'

/** The repairs of a problem in a project that is held in memory. */
export function fixesIn(files: ReadonlyMap<string, string>, analysis: Analysis, problem: Problem): readonly Fix[] {
  return fixesOf(analysis, problem, { text: (path) => files.get(path), list: memoryFiles(files).list })
}

/** The files after edits; a file that was not there is made. */
export function applyEdits(
  files: ReadonlyMap<string, string>,
  edits: readonly TextEdit[],
): ReadonlyMap<string, string> {
  const changed = new Map(files)
  for (const { path, span, text } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const before = changed.get(path) ?? ''
    changed.set(path, before.slice(0, span.start) + text + before.slice(span.end))
  }
  return changed
}

/**
 * What is wrong with a repair: the problem must be gone (one less of its code in the project) and no error may have come.
 * Returns sentences; none means that the repair is good.
 */
export function fixFaults(files: ReadonlyMap<string, string>, problem: Problem, fix: Fix): readonly string[] {
  const count = (analysis: Analysis, code: string) => analysis.problems.filter((each) => each.code === code).length
  const before = analyseFiles(files)
  const after = analyseFiles(applyEdits(files, fix.edits))
  const at = `'${fix.title}' for ${problem.code} ${problem.message}`
  const left = count(after, problem.code) < count(before, problem.code) ? [] : [`${at}: the problem stays`]
  const known = new Set(before.problems.map(({ code }) => code))
  const came = after.problems.filter(({ code, severity }) => severity === 'error' && !known.has(code))
  return [...left, ...came.map(({ code, message }) => `${at}: now ${code} ${message}`)]
}
