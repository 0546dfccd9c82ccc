import { type Unmarked, unmarkedFeatures } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import type { checkFormats } from './check.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'
import { counted } from './grid.ts'
import { rangeOf } from './problems.ts'
import { allProjectsAt, shown } from './target.ts'

/**
 * Lists the features whose level the original system decided otherwise, and those whose level is a guess, with the marker that
 * settles each. Exit code 1 when there are some, so that a check in CI keeps them from coming back.
 */
export function checkMigration(
  path: string,
  { format }: { readonly format: (typeof checkFormats)[number] },
  console: Console,
): ExitCode {
  if (format === 'sarif') throw new UsageError('--migration is printed as text or json.')
  const { readText } = diskFiles()
  const at = places(readText)
  const analyses = allProjectsAt(path).map((project) => analyseProject({ project }))
  const found = analyses.flatMap((analysis) => unmarkedFeatures(analysis, readText))
  const records = found.map((unmarked) => ({
    feature: unmarked.feature.name,
    model: unmarked.model,
    file: shown(unmarked.feature.path, console.cwd),
    range: rangeOf(at, unmarked.feature.path, unmarked.feature.nameSpan),
    original_level: unmarked.originally,
    original_word: unmarked.word ?? null,
    level: unmarked.now.level,
    why: unmarked.now.why,
    is_guess: unmarked.now.rule === 'name',
    marker_for_original: unmarked.keep,
    marker_for_now: unmarked.accept,
  }))
  if (format === 'json') console.out(`${JSON.stringify(records, null, 2)}\n`)
  else {
    const lines = found.flatMap((unmarked, i) => {
      const { file, range } = records[i] as (typeof records)[number]
      return [
        `${file}:${range.start.line + 1}:${range.start.character + 1} ${changeOf(unmarked)}`,
        `  ${adviceOf(unmarked)}`,
      ]
    })
    const features = analyses.flatMap(({ models }) => models).reduce((sum, model) => sum + model.features.size, 0)
    const verb = found.length === 1 ? 'needs' : 'need'
    const count = found.length === 0 ? 'No feature needs' : `${found.length} of ${counted(features, 'feature')} ${verb}`
    console.out(`${lines.map((line) => `${line}\n`).join('')}${console.style.bold(`${count} a marker.`)}\n`)
  }
  return found.length > 0 ? exitCodes.problems : exitCodes.ok
}

function changeOf({ feature, now, originally, word }: Unmarked): string {
  const before = `by the original's words it is ${wordOf(originally)}${word === undefined ? '' : `, because of "${word}"`}`
  const isSame = wordOf(now.level) === wordOf(originally)
  const why = now.level === 'group' ? ` (${now.why})` : ''
  return `'${feature.name}' is ${wordOf(now.level)}${why}${isSame ? '' : `; ${before}`}.`
}

function adviceOf({ now, keep, accept }: Unmarked): string {
  if (keep === accept)
    return `Add //${accept} to make that sure, or //${accept === '#agg' ? '#row' : '#agg'} if it is not meant.`
  if (now.rule === 'name')
    return `It is a guess from the name: add //${accept} if it is right, or //${keep} if it is not.`
  return `Add //${keep} if the Python function was ${keep === '#agg' ? 'per group' : 'per row'}, or //${accept} to say that it is meant so.`
}

const wordOf = (level: Unmarked['now']['level']): string => (level === 'group' ? 'per group' : 'per row')
