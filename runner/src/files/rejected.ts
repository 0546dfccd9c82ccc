import { type ColumnData, columnOf, makeTable, type Rejected, type Table } from '@modeldriver/engine'

/** A table that was read, by the name of its file, with what could not be. */
export interface WithRejected {
  readonly name: string
  readonly rejected: readonly Rejected[]
}

/** What could not be read of the files of a model, as a table. */
export function rejectedTable(files: readonly WithRejected[]): Table {
  // A file that is joined twice was read once.
  const lists = new Map(files.map(({ name, rejected }) => [rejected, name]))
  const all = [...lists].flatMap(([rejected, file]) => rejected.map((one) => ({ file, ...one })))
  const rows = Float64Array.from(all, ({ row }) => row)
  return makeTable([
    ['file', text(all.map(({ file }) => file))],
    ['row', { type: 'integer', values: rows }],
    ...(['column', 'text', 'reason', 'kind'] as const).map(
      (field) => [field, text(all.map((one) => one[field]))] as const,
    ),
  ])
}

/** Text also where there is none. */
const text = (values: readonly string[]): ColumnData =>
  values.length > 0 ? columnOf(values) : { type: 'string', codes: new Int32Array(0), dictionary: [] }
