import type { Rejected } from '@modeldriver/engine'
import type { ModelRunInput } from '../run/inputs.ts'
import { counted } from './grid.ts'
import type { Style } from './style.ts'

const examples = 3
const manyRows = 0.05

/** Some of the cells and rows that could not be read, each with line and reason. */
export function printRejected({ rejected }: ModelRunInput): readonly string[] {
  const kinds = new Map<string, Rejected>()
  for (const one of rejected) {
    const kind = JSON.stringify([one.column, one.kind === 'cell' ? one.reason : ''])
    if (!kinds.has(kind)) kinds.set(kind, one)
  }
  // One of each kind tells more than three of the same.
  const shown = [...new Set([...kinds.values(), ...rejected])].slice(0, examples)
  const lines = shown.map(({ row, column, text, reason }) => {
    const where = column === '' ? `line ${row}` : `${column}, line ${row}`
    return `${where}: ${JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)} (${reason})`
  })
  const others = rejected.length - shown.length
  return others > 0 ? [...lines, `… ${others} more`] : lines
}

/** A warning when the results may not be what the author thinks: the file is cut off, or many rows are affected. */
export function warnOfRejected({ rejected, rows, name, isCutOff }: ModelRunInput, style: Style): string | undefined {
  if (isCutOff)
    return `${style.yellow('warning')} ${name} ends in the middle of a row, in line ${rejected.at(-1)?.row}: what follows may be missing. Copy the file again if it is not whole.`
  const affected = new Set(rejected.map(({ row }) => row)).size
  if (affected <= rows * manyRows) return undefined
  const part = `${counted(affected, 'row')} of ${rows} (${Math.round((affected / rows) * 100)} %)`
  return `${style.yellow('warning')} ${part} of ${name} could not be read. Say how to read them with "formats" or "columns" in modeldriver.json; --json lists them all.`
}
