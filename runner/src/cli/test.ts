import { readdirSync, statSync } from 'node:fs'
import { isSkippedFolder } from '@modeldriver/engine'
import type { ExpectationResult } from '@modeldriver/protocol'
import { expectationsEnding, howWritten, readExpectations, WrongExpectations } from '../expect/file.ts'
import { projectBeside } from '../expect/project.ts'
import { checkExpectation } from '../expect/run.ts'
import { portable } from '../files/disk.ts'
import { createSession } from '../run/session.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'
import { counted } from './grid.ts'
import { shown } from './target.ts'

/** Computes the expectations of files, of a folder those in it and below it. Exit code 1 when one is not met. */
export async function test(path: string, options: { readonly timeout: number }, console: Console): Promise<ExitCode> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new UsageError(`There is no '${path}'.`)
  if (!stats.isDirectory() && !path.endsWith(expectationsEnding))
    throw new UsageError(`'${path}' is no file of expectations (*${expectationsEnding}) and no folder.`)
  const files = stats.isDirectory() ? filesBelow(portable(path)) : [portable(path)]
  if (files.length === 0)
    throw new UsageError(
      `'${path}' holds no expectations (*${expectationsEnding}). In VS Code, 'ModelDriver: Save This Run as Expectation' makes one; written by hand it is ${howWritten} (docs/semantics.md).`,
    )
  const session = createSession()
  let met = 0
  let all = 0
  for (const file of files) {
    console.out(`${console.style.bold(shown(file, console.cwd))}\n`)
    const { project, expectations } = readable(file)
    for (const expectation of expectations) {
      const result = await checkExpectation(expectation, { project, session, featureTimeoutMs: options.timeout * 1000 })
      const isMet = result.differences.length === 0 && result.problems.length === 0
      all++
      if (isMet) met++
      console.out(`  ${isMet ? 'met    ' : 'NOT MET'} ${expectation.name}\n${isMet ? '' : told(result)}`)
    }
  }
  console.out(`${console.style.bold(`${met} of ${counted(all, 'expectation')} met`)}.\n`)
  return met === all ? exitCodes.ok : exitCodes.problems
}

const mostTold = 20

function told({ differences, problems }: ExpectationResult): string {
  const lines = [
    ...problems.map(({ message }) => message),
    ...differences.map(
      ({ at, column, expected, actual }) =>
        `${column === '' ? 'group' : column} of ${at}: expected ${expected}, is ${actual}`,
    ),
  ]
  const more = lines.length > mostTold ? [`and ${lines.length - mostTold} more`] : []
  return [...lines.slice(0, mostTold), ...more].map((line) => `            ${line}\n`).join('')
}

/** @throws UsageError */
function readable(file: string) {
  try {
    return { project: projectBeside(file), expectations: readExpectations(file) }
  } catch (error) {
    if (error instanceof WrongExpectations) throw new UsageError(error.message)
    throw error
  }
}

function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const inside = `${folder}/${entry.name}`
    if (entry.isDirectory()) return isSkippedFolder(entry.name) ? [] : filesBelow(inside)
    return entry.name.endsWith(expectationsEnding) ? [inside] : []
  })
}
