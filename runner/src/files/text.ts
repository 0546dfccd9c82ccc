import { type DelimitedOptions, type ReadTable, readDelimited, readJson } from '@modeldriver/engine'
import { dataKind } from './disk.ts'
import { Unreadable } from './unreadable.ts'

/** Reads the text of a data file by the ending of its name. @throws Unreadable */
export function readTextTable(path: string, text: string, options: DelimitedOptions): ReadTable {
  const { kind, delimiter } = dataKind(path)
  if (kind !== 'json') return readDelimited(text, { ...options, ...(delimiter !== undefined && { delimiter }) })
  try {
    return readJson(text, options)
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : String(error))
  }
}
