import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Analysis } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes } from './console.ts'
import { counted } from './grid.ts'
import { countProblems, hasErrors, inOrder, printProblems, recordsOf } from './problems.ts'
import { sarifOf } from './sarif.ts'
import { allProjectsAt } from './target.ts'
import { withTypes } from './types.ts'

/** It ships beside dist/, where this is bundled. */
const problemsPage = pathToFileURL(join(__dirname, '../docs/problems.md')).toString()

export const checkFormats = ['text', 'json', 'sarif'] as const

export interface CheckOptions {
  readonly format: (typeof checkFormats)[number]
  /** Also whether the values of inputs can do what bodies ask of them. */
  readonly types: boolean
}

/** Checks projects without running anything. */
export async function check(path: string, options: CheckOptions, console: Console): Promise<ExitCode> {
  const read = allProjectsAt(path).map((project) => analyseProject({ project }))
  const analyses = options.types ? await withTypes(read) : read
  return reportProblems(analyses, options, console)
}

const nothingFound =
  'Nothing was checked: a feature is an exported function, export const margin = (price, cost) => price - cost.\n'

/** Prints what was found; hints are for the editor, and the text leaves them out. Exit code 1 when there is an error, 2 when a rule could not be asked. */
export function reportProblems(
  analyses: readonly Analysis[],
  { format }: Pick<CheckOptions, 'format'>,
  console: Console,
): ExitCode {
  const at = places(diskFiles().readText)
  const records = inOrder(analyses.flatMap((analysis) => recordsOf(analysis, at, console.cwd)))
  if (format === 'json') console.out(`${JSON.stringify(records, null, 2)}\n`)
  else if (format === 'sarif') console.out(`${JSON.stringify(sarifOf(records, problemsPage), null, 2)}\n`)
  else {
    const models = analyses.flatMap((analysis) => analysis.models)
    const features = models.reduce((sum, model) => sum + model.features.size, 0)
    const scope = `${counted(features, 'feature')} of ${counted(models.length, 'model')}`
    const told = records.filter(({ severity }) => severity !== 'hint')
    console.out(`${printProblems(told, console)}${console.style.bold(countProblems(told))} in ${scope}.\n`)
    if (features === 0) console.note(nothingFound)
  }
  const failures = analyses.flatMap((analysis) => analysis.failures)
  for (const { code, message } of failures)
    console.note(`${code} could not be checked, because ModelDriver itself failed: ${message}. Everything else was.\n`)
  if (failures.length > 0) return exitCodes.usage
  return hasErrors(records) ? exitCodes.problems : exitCodes.ok
}
