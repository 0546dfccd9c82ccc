import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the processes that run a file of a folder. */
export function processesOf(folder: string, file: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => argumentsOf(id).some((argument) => argument.startsWith(folder) && argument.endsWith(file)))
    .map(Number)
}

function argumentsOf(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // it ended meanwhile
  }
}
