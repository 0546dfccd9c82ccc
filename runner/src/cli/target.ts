import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { dirname, findAllProjects, findProjects, isFeatureFile, isManifest, relative } from '@modeldriver/engine'
import { portable } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { UsageError } from './console.ts'

/** The projects that a path on the command line means: a manifest, a folder, or a feature file. @throws UsageError */
export function projectsAt(path: string): readonly string[] {
  const target = existing(path)
  const projects = findProjects(target, diskFiles())
  if (projects.length > 0) return projects
  const below = new Set(allProjectsAt(path).map((project) => join(path, relative(target, dirname(project)))))
  throw new UsageError(`'${path}' is no project itself. Name one below it: ${listed([...below].sort())}.`)
}

/** As `projectsAt`; of a folder also every project below it, as the editor shows them. @throws UsageError */
export function allProjectsAt(path: string): readonly string[] {
  const projects = findAllProjects(existing(path), diskFiles())
  if (projects.length > 0) return projects
  throw new UsageError(
    `'${path}' holds no modeldriver.json and no feature file. 'modeldriver init ${path}' makes a start.`,
  )
}

/** @throws UsageError */
function existing(path: string): string {
  const target = portable(path)
  if (!existsSync(target)) throw new UsageError(`There is no '${path}'.`)
  if (statSync(target).isDirectory() || isManifest(target) || isFeatureFile(target)) return target
  throw new UsageError(
    `'${path}' is no modeldriver.json, no folder, and no feature file (*.features.ts, .mts, .js, .mjs).`,
  )
}

const listed = (names: readonly string[], most = 5): string => {
  const rest = names.length - most
  return names.slice(0, most).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

/** A path as seen from the folder the command was called in, when it lies in it. */
export function shown(path: string, cwd: string): string {
  const folder = portable(cwd)
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
