import { statSync } from 'node:fs'
import { basename, dirname, findProjects } from '@modeldriver/engine'
import { diskFiles } from '../files/header.ts'
import { expectationsEnding, WrongExpectations } from './file.ts'

/** The manifest above a file of expectations, else the feature file beside it. @throws WrongExpectations */
export function projectBeside(file: string): string {
  const features = basename(file).replace(expectationsEnding, '')
  const folder = dirname(file)
  const beside = ['ts', 'mts', 'js', 'mjs']
    .map((ending) => `${folder}/${features}.features.${ending}`)
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
  const [project] = findProjects(beside ?? folder, diskFiles())
  if (project !== undefined) return project
  throw new WrongExpectations(
    `No model is known for '${file}': put it beside the feature file or modeldriver.json that it is about.`,
  )
}
