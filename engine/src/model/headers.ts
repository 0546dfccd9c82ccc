import type { Snapshot } from '../ir/analysis.ts'
import type { DataHeader, Join, KnownColumn, Model, ModelInput, Project } from '../ir/model.ts'
import type { FileSystem, HeaderOptions } from './files.ts'

export type Headers = Pick<Snapshot, 'headers' | 'otherHeaders'>

/** How a model reads its own data: under the names and with the types that it gives. */
export const ownReading = ({ formats, columns, input }: Model): HeaderOptions => ({
  formats,
  columns,
  ...placeOf(input),
})

/** How it reads a file that it joins. */
export const joinReading = ({ formats }: Model, { source }: Pick<Join, 'source'>): HeaderOptions => ({
  formats,
  columns: {},
  ...placeOf(source),
})

function placeOf(source: ModelInput): Pick<HeaderOptions, 'sheet' | 'headerRow'> {
  if (source.kind !== 'file') return {}
  const { sheet, headerRow } = source
  return { ...(sheet && { sheet: sheet.name }), ...(headerRow && { headerRow: headerRow.row }) }
}

/** The headers of a project's data. Of a file that models read in several ways, the first is in `headers`. */
export function headersOf({ models }: Project, fs: FileSystem): Headers {
  const headers = new Map<string, DataHeader>()
  const first = new Map<string, string>()
  const others = new Map<string, DataHeader>()
  const read = (path: string, options: HeaderOptions) => {
    const reading = readingOf(path, options)
    if (!first.has(path)) {
      first.set(path, reading)
      headers.set(path, fs.readHeader(path, options))
    } else if (first.get(path) !== reading && !others.has(reading)) others.set(reading, fs.readHeader(path, options))
  }
  for (const model of models) if (model.input.kind === 'file') read(model.input.path, ownReading(model))
  for (const model of models)
    for (const { source } of model.joins ?? [])
      if (source.kind === 'file') read(source.path, joinReading(model, { source }))
  return { headers, ...(others.size > 0 && { otherHeaders: others }) }
}

/** The header of a file as it is for who reads it in this way; `reading` when that is not the first. */
export function headerFor(
  { headers, otherHeaders }: Headers,
  path: string,
  options: HeaderOptions,
): { readonly header: DataHeader | undefined; readonly reading?: string } {
  const reading = otherHeaders && readingOf(path, options)
  const other = reading === undefined ? undefined : otherHeaders?.get(reading)
  return other && reading !== undefined ? { header: other, reading } : { header: headers.get(path) }
}

/** The header that a column of a file stands in. */
export const headerOfColumn = (
  { headers, otherHeaders }: Headers,
  { path, reading }: Extract<KnownColumn['origin'], { kind: 'file' }>,
): DataHeader | undefined => (reading === undefined ? headers.get(path) : otherHeaders?.get(reading))

const readingOf = (path: string, options: HeaderOptions): string => `${path}\0${JSON.stringify(options)}`
