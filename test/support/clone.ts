import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this clone. Support code also runs bundled from another folder, so it is looked for, not assumed. */
export const clone = findClone(import.meta.dirname)

/** The packaged extension, as `npm run package` leaves it. */
export function packagedExtension(): string {
  const { name, version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as Record<string, string>
  const path = join(clone, `${name}-${version}.vsix`)
  if (!existsSync(path)) throw new Error(`${path} is not there: run 'npm run package' first`)
  return path
}

function findClone(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('The support code does not stand in a clone of the project')
  return findClone(parent)
}
