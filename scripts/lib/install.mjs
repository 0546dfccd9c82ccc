// Installs the packages of package-lock.json when node_modules does not already hold exactly them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, npm, root } from './process.mjs'

/** Runs `npm ci` unless what is installed is what package-lock.json asks for. Resolves to whether it ran. */
export async function installPackages() {
  if (isInstalled()) return false
  await must('npm ci', npm.command, [...npm.args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'])
  return true
}

/** npm writes what it installed into node_modules/.package-lock.json; packages for other systems are left out there. */
function isInstalled() {
  const written = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(written)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(written, 'utf8')).packages
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const found = installed[path]
    if (!found) return entry.optional === true || entry.devOptional === true || entry.peer === true
    return found.version === entry.version && found.integrity === entry.integrity
  })
}
