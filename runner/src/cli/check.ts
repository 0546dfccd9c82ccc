import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes } from './console.ts'
import { counted } from './grid.ts'
import { countProblems, hasErrors, inOrder, printProblems, recordsOf } from './problems.ts'
import { sarifOf } from './sarif.ts'
import { projectsAt } from './target.ts'

/** It ships beside dist/, where this is bundled. */
const problemsPage = pathToFileURL(join(__dirname, '../docs/problems.md')).toString()

export const checkFormats = ['text', 'json', 'sarif'] as const

/** Checks projects without running anything. Exit code 1 when there is an error. */
export function check(
  path: string,
  { format }: { readonly format: (typeof checkFormats)[number] },
  console: Console,
): ExitCode {
  const at = places(diskFiles().readText)
  const analyses = projectsAt(path).map((project) => analyseProject({ project }))
  const records = inOrder(analyses.flatMap(({ problems }) => recordsOf(problems, at, console.cwd)))
  if (format === 'json') console.out(`${JSON.stringify(records, null, 2)}\n`)
  else if (format === 'sarif') console.out(`${JSON.stringify(sarifOf(records, problemsPage), null, 2)}\n`)
  else {
    const models = analyses.flatMap((analysis) => analysis.models)
    const features = models.reduce((sum, model) => sum + model.features.size, 0)
    const scope = `${counted(features, 'feature')} of ${counted(models.length, 'model')}`
    console.out(`${printProblems(records, console)}${console.style.bold(countProblems(records))} in ${scope}.\n`)
  }
  return hasErrors(records) ? exitCodes.problems : exitCodes.ok
}
