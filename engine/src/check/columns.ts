import type { AnalysedModel } from '../ir/analysis.ts'
import type { DataHeader, KnownColumn, Model, TableName } from '../ir/model.ts'
import { matchHeader } from '../model/names.ts'
import { basename } from '../model/paths.ts'

export interface KnownColumns {
  /** Undefined: nothing is known of the data, so nothing can be unknown. */
  readonly columns?: ReadonlyMap<string, KnownColumn>
  readonly from?: string
}

/** The columns of a model before any feature: header of its data, the manifest's `columns`, or the table of another model. */
export function knownColumns(
  model: Model,
  headers: ReadonlyMap<string, DataHeader>,
  analysed: (name: string) => AnalysedModel | undefined,
): KnownColumns {
  const { input } = model
  const declared = Object.entries(model.columns)
  if (input.kind === 'model') {
    const provided = analysed(input.model)?.provides[input.table]
    return provided ? { columns: withDeclared(provided, declared, false), from: `${input.model}.${input.table}` } : {}
  }
  const header = input.kind === 'file' ? headers.get(input.path) : undefined
  if (input.kind === 'file' && header?.kind === 'header') {
    const own = header.columns.map((column): [string, KnownColumn] => [
      column.name,
      {
        name: column.name,
        type: column.type,
        level: 'row',
        origin: { kind: 'file', path: input.path, header: column.name, ...(column.span && { span: column.span }) },
      },
    ])
    const count = `${own.length} ${own.length === 1 ? 'column' : 'columns'}`
    return { columns: withDeclared(new Map(own), declared, true), from: `${basename(input.path)} (${count})` }
  }
  const schema = declared.length > 0 && input.kind === 'none'
  return schema ? { columns: withDeclared(new Map(), declared, false), from: 'modeldriver.json' } : {}
}

/** The manifest's `columns` rename (`from`), type, and add what the data does not say. */
function withDeclared(
  known: ReadonlyMap<string, KnownColumn>,
  declared: readonly (readonly [string, { readonly from?: string; readonly type?: KnownColumn['type'] }])[],
  isFile: boolean,
): ReadonlyMap<string, KnownColumn> {
  const columns = new Map(known)
  for (const [name, { from, type }] of declared) {
    const source = known.get(from ?? name)
    if (from) columns.delete(from)
    if (source) columns.set(name, { ...source, name, ...(type && { type }) })
    else if (!isFile) columns.set(name, { name, level: 'row', origin: { kind: 'manifest' }, ...(type && { type }) })
  }
  return columns
}

/** How names that no column has exactly were understood. */
export interface NameMatches {
  /** Name -> the one column that is meant: `unit_price` for `Unit Price`. */
  readonly aliases: ReadonlyMap<string, string>
  /** Name -> the columns that could be meant. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>
}

export function matchNames(
  names: Iterable<string>,
  columns: ReadonlyMap<string, KnownColumn> | undefined,
): NameMatches {
  const headers = [...(columns?.keys() ?? [])]
  const aliases = new Map<string, string>()
  const ambiguous = new Map<string, readonly string[]>()
  for (const name of headers.length > 0 ? names : []) {
    const match = matchHeader(name, headers)
    if (match.kind === 'one') aliases.set(name, match.header)
    else if (match.kind === 'ambiguous') ambiguous.set(name, match.headers)
  }
  return { aliases, ambiguous }
}

/** What later models may read of a model, per table. */
export function providedTables(
  analysed: Pick<AnalysedModel, 'model' | 'columns' | 'features' | 'levels' | 'types'>,
): AnalysedModel['provides'] {
  const { model, columns, features, levels, types } = analysed
  const origin = { kind: 'model', model: model.name } as const
  const made = (name: string, as = name): [string, KnownColumn] => {
    const type = columns?.has(name) ? columns.get(name)?.type : types.get(name)
    return [as, { name: as, level: 'row', origin, ...(type && { type }) }]
  }
  const carried = [...(columns ?? [])].map(([name, column]): [string, KnownColumn] => [
    name,
    { ...column, level: 'row', origin },
  ])
  const ofLevel = (isGroup: boolean) =>
    [...features.keys()].filter((name) => (levels.get(name)?.level === 'group') === isGroup)
  const keys = (model.groupBy ?? []).map(({ name }) => made(name))
  const selected =
    model.outputs?.map(({ name, as }) => ({ name, as })) ?? [...features.keys()].map((name) => ({ name, as: name }))
  const isGroup = (name: string) => levels.get(name)?.level === 'group'
  const visible = model.groupBy ? selected.filter(({ name }) => isGroup(name)) : selected
  const outputs = visible.map(({ name, as }) => made(name, as))
  const tables: Record<TableName, ReadonlyMap<string, KnownColumn> | undefined> = {
    rows: columns && new Map([...carried, ...ofLevel(false).map((name) => made(name))]),
    groups: model.groupBy && new Map([...keys, ...ofLevel(true).map((name) => made(name))]),
    outputs: new Map([...keys, ...outputs]),
  }
  return tables
}
