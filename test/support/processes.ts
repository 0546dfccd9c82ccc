import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the processes that run a file of a folder. */
export function processesOf(folder: string, file: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => argumentsOf(id).some((argument) => argument.startsWith(folder) && argument.endsWith(file)))
    .map(Number)
}

/** The process that started another one. */
export function parentOf(id: number): number {
  // The name before it, in parentheses, may have spaces.
  const [, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return Number(parent)
}

function argumentsOf(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // it ended meanwhile
  }
}
