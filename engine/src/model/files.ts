import type { ColumnSpec, DataHeader, Formats } from '../ir/model.ts'

/** The files of a project, as the engine may see them: passed in by whoever has effects. Paths are absolute, with `/`. */
export interface FileSystem {
  /** Whole text of a file, or undefined when it is not there or cannot be read. */
  readonly readText: (path: string) => string | undefined
  /** Names in a folder (folders end with `/`), sorted; empty when it is not there. */
  readonly list: (folder: string) => readonly string[]
  /** Header of a data file (text formats read by the engine from their head; others by a reader). */
  readonly readHeader: (path: string, options: HeaderOptions) => DataHeader
}

export interface HeaderOptions {
  readonly formats: Formats
  readonly columns: Readonly<Record<string, ColumnSpec>>
  /** Of a workbook of several sheets; the first that is not hidden when absent. */
  readonly sheet?: string
  /** The row (of text the line) in which the header stands, where it is said. */
  readonly headerRow?: number
}
