import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { declarationFileName, isFeatureFile, manifestName, newProject, typeScriptReader } from '@modeldriver/engine'
import { portable } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { type FileToWrite, writeFiles } from '../files/write.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'

/** Starts a project in a folder: manifest, tsconfig.json and modeldriver.d.ts. Writes nothing over what is there. */
export function init(folder: string, console: Console): ExitCode {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageError(`'${folder}' is not a folder.`)
  const root = portable(folder)
  const { manifest, tsconfig, declarations, notes } = newProject(root, {
    files: diskFiles(),
    reader: typeScriptReader(),
  })
  const planned = [
    [manifestName, manifest, 'names your models: their features, data and key'],
    ['tsconfig.json', tsconfig, 'lets the editor take features without type annotations'],
    [declarationFileName, declarations, "tells the editor what features read, and import from 'modeldriver'"],
  ] as const
  const fresh = planned.filter(([name]) => !existsSync(join(folder, name)))
  writeFiles(fresh.map(([name, text]): FileToWrite => ({ path: join(folder, name), text })))
  for (const [name, , what] of planned) {
    const isFresh = fresh.some(([written]) => written === name)
    console.out(isFresh ? `wrote ${join(folder, name)}: ${what}\n` : `kept ${join(folder, name)}: it was there\n`)
  }
  if (fresh.some(([name]) => name === manifestName)) for (const note of notes) console.note(`${note}\n`)
  const hasFeatures = readdirSync(folder).some(isFeatureFile)
  const next = `${hasFeatures ? '' : 'write a *.features.ts file, then '}'modeldriver check ${folder}' and 'modeldriver run ${folder}'`
  console.note(`Next: ${next}.\n`)
  return exitCodes.ok
}
