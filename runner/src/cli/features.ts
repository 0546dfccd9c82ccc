import { diskFiles } from '../files/header.ts'
import { places } from '../places.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes } from './console.ts'
import { printRows } from './grid.ts'
import { rangeOf } from './problems.ts'
import { projectsAt, shown } from './target.ts'

/** Lists the features of projects with their levels, inputs and places. */
export function features(path: string, { json }: { readonly json: boolean }, console: Console): ExitCode {
  const at = places(diskFiles().readText)
  const records = projectsAt(path)
    .flatMap((project) => analyseProject({ project }).models)
    .flatMap(({ model, features: own, levels }) =>
      [...own.values()].map((feature) => ({
        name: feature.name,
        model: model.name,
        level: levels.get(feature.name)?.level ?? 'row',
        why: levels.get(feature.name)?.why ?? '',
        inputs: feature.inputs.filter((input) => !input.optional).map(({ name }) => name),
        optional_inputs: feature.inputs.filter((input) => input.optional).map(({ name }) => name),
        doc: feature.doc ?? null,
        file: shown(feature.path, console.cwd),
        range: rangeOf(at, feature.path, feature.nameSpan),
      })),
    )
  if (json) console.out(`${JSON.stringify(records, null, 2)}\n`)
  else {
    const rows = records.map(({ name, model, level, why, inputs, optional_inputs, file, range }) => [
      name,
      model,
      level,
      why,
      [...inputs, ...optional_inputs.map((input) => `${input}?`)].join(', '),
      `${file}:${range.start.line + 1}`,
    ])
    console.out(`${printRows(['feature', 'model', 'level', 'why', 'inputs', 'where'], rows)}\n`)
  }
  return exitCodes.ok
}
