import picomatch from 'picomatch'
import type { FileSystem } from './files.ts'
import { basename, dirname, join } from './paths.ts'

export const manifestName = 'modeldriver.json'
const featureFilePattern = /\.features\.(ts|mts|js|mjs)$/
const skippedFolders = new Set(['node_modules/', 'dist/', 'out/'])

/** Folders that are not looked through, by their name with a `/` at its end. */
export const isSkippedFolder = (name: string): boolean => skippedFolders.has(name) || name.startsWith('.')
export const isFeatureFile = (path: string): boolean => featureFilePattern.test(path)
export const isManifest = (path: string): boolean => basename(path) === manifestName

/** `orders` of `orders.features.ts`. */
export const featureFileStem = (path: string): string => basename(path).replace(featureFilePattern, '')

/** Whether a path, as seen from the manifest's folder, is one that `features` names. */
export function matcher(pattern: string): (path: string) => boolean {
  const matches = picomatch(pattern.replace(/^\.\//, ''))
  return (path) => matches(path)
}

/** Every feature file in a folder and below. */
export const listFeatureFiles = (folder: string, fs: FileSystem): string[] => listFiles(folder, fs, isFeatureFile)

/** Every file in a folder and below whose name is wanted; folders of dependencies and of results are not looked through. */
export function listFiles(folder: string, fs: FileSystem, isWanted: (name: string) => boolean): string[] {
  return fs.list(folder).flatMap((name) => {
    if (!name.endsWith('/')) return isWanted(name) ? [join(folder, name)] : []
    return isSkippedFolder(name) ? [] : listFiles(join(folder, name.slice(0, -1)), fs, isWanted)
  })
}

/** The first `modeldriver.json` in the folder of a feature file, or in a folder itself, and up the tree. */
export function nearestManifest(path: string, fs: FileSystem): string | undefined {
  for (let folder = isFeatureFile(path) ? dirname(path) : path; ; folder = dirname(folder)) {
    if (fs.list(folder).includes(manifestName)) return join(folder, manifestName)
    if (folder === dirname(folder)) return undefined
  }
}
