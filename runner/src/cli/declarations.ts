import { type Analysis, declarationFile, declarationFileName, dirname, findProjects } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { writeFiles } from '../files/write.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes } from './console.ts'
import { projectsAt, shown } from './target.ts'

/**
 * Writes `modeldriver.d.ts` beside each project, for features that take `({ revenue, cost }: Row)`. With `check` nothing is written, and
 * the exit code is 1 where the file is not what would be written.
 */
export function declarations(path: string, { check }: { readonly check: boolean }, console: Console): ExitCode {
  const folders = new Set(projectsAt(path).map(dirname))
  let isStale = false
  for (const folder of folders) {
    const file = `${folder}/${declarationFileName}`
    const text = declarationFile(analysesIn(folder), folder, diskFiles())
    const before = diskFiles().readText(file)
    const name = shown(file, console.cwd)
    if (before === text) console.out(`${name} is up to date.\n`)
    else if (check) {
      isStale = true
      console.out(
        `${name} ${before === undefined ? 'is not there' : 'is out of date'}: 'modeldriver types' writes it.\n`,
      )
    } else {
      writeFiles([{ path: file, text }])
      console.out(`Wrote ${name}.\n`)
      if (before === undefined)
        console.note('The tsconfig.json of your feature files must include it, beside "**/*.features.ts".\n')
    }
  }
  return isStale ? exitCodes.problems : exitCodes.ok
}

/** Feature files without a manifest are projects of their own, but TypeScript sees all of a folder together. */
const analysesIn = (folder: string): readonly Analysis[] =>
  findProjects(folder, diskFiles())
    .filter((project) => dirname(project) === folder)
    .map((project) => analyseProject({ project }))
