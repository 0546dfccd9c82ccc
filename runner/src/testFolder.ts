import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'
import { portable } from './files/disk.ts'

/** A folder of its own with these files, gone when the test is. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'modeldriver test '))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return portable(folder)
}

/** A script of a process of its own; it may import what is in `files`. */
export async function processOf(contents: string): Promise<string> {
  const outfile = join(folderWith({}), 'script.cjs')
  const resolveDir = join(import.meta.dirname, 'files')
  const how = { bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' } as const
  await build({ stdin: { contents, resolveDir }, outfile, mainFields: ['module', 'main'], ...how })
  return outfile
}

/** When a process has said this over its channel. */
export const said = (child: ChildProcess, what: string) =>
  new Promise<void>((resolve) => child.on('message', (message) => message === what && resolve()))

export const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on('exit', resolve))
