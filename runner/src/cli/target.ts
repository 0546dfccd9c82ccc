import { existsSync, statSync } from 'node:fs'
import { findProjects, isFeatureFile, isManifest } from '@modeldriver/engine'
import { portable } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { UsageError } from './console.ts'

/** The projects that a path on the command line means: a manifest, a folder, or a feature file. @throws UsageError */
export function projectsAt(path: string): readonly string[] {
  const target = portable(path)
  if (!existsSync(target)) throw new UsageError(`There is no '${path}'.`)
  const isFolder = statSync(target).isDirectory()
  if (!isFolder && !isManifest(target) && !isFeatureFile(target)) {
    throw new UsageError(
      `'${path}' is no modeldriver.json, no folder, and no feature file (*.features.ts, .mts, .js, .mjs).`,
    )
  }
  const projects = findProjects(target, diskFiles())
  if (projects.length > 0) return projects
  throw new UsageError(
    `'${path}' holds no modeldriver.json and no feature file. 'modeldriver init ${path}' makes a start.`,
  )
}

/** A path as seen from the folder the command was called in, when it lies in it. */
export function shown(path: string, cwd: string): string {
  const folder = portable(cwd)
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
