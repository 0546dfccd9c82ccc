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
import { withTypes } from './types.ts'

/** It ships beside dist/, where this is bundled. */
const problemsPage = pathToFileURL(join(__dirname, '../docs/problems.md')).toString()

export const checkFormats = ['text', 'json', 'sarif'] as const

export interface CheckOptions {
  readonly format: (typeof checkFormats)[number]
  /** Also whether the values of inputs can do what bodies ask of them. */
  readonly types: boolean
}

/** Checks projects without running anything. Exit code 1 when there is an error. */
export async function check(path: string, { format, types }: CheckOptions, console: Console): Promise<ExitCode> {
  const at = places(diskFiles().readText)
  const read = projectsAt(path).map((project) => analyseProject({ project }))
  const analyses = types ? await withTypes(read) : read
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
