import { type Analysis, shadowProject, typeProblems, withTypeProblems } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'

/** The analyses with what is wrong about types: the same that the editor says a moment after typing. */
export async function withTypes(analyses: readonly Analysis[]): Promise<readonly Analysis[]> {
  const { libraryTexts, makeTypeChecker } = await import('@modeldriver/engine/typecheck')
  const checker = makeTypeChecker(libraryTexts())
  const { readText } = diskFiles()
  return analyses.map((analysis) => {
    const found = typeProblems(analysis, checker.check(shadowProject(analysis, readText), { isAlone: true }))
    return { ...analysis, problems: withTypeProblems(analysis.problems, found) }
  })
}
