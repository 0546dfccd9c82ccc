import type { Join, KnownColumn, Model } from '../ir/model.ts'
import { joinReading } from '../model/headers.ts'
import { closest } from '../model/suggest.ts'
import { columnsOfTable, type Sources } from './tables.ts'

/**
 * The columns of a model with those that its joins bring. A name that is there already stays what it is. Undefined when a join
 * reads a table of which nothing is known and does not say which columns it wants.
 */
export function joinedColumns(
  model: Model,
  own: ReadonlyMap<string, KnownColumn>,
  sources: Sources,
): ReadonlyMap<string, KnownColumn> | undefined {
  const columns = new Map(own)
  for (const join of model.joins ?? []) {
    const brought = broughtBy(model, join, columnsOfTable(join.source, sources, joinReading(model, join)))
    if (!brought) return undefined
    for (const column of brought) if (!columns.has(column.name)) columns.set(column.name, column)
  }
  return columns
}

/**
 * What a join brings, under the names it has here. A name of its `columns` that the table does not have is reported where it stands;
 * to features it is there, and so is the one that may be meant.
 */
export function broughtBy(
  model: Model,
  join: Join,
  table: ReadonlyMap<string, KnownColumn> | undefined,
): readonly KnownColumn[] | undefined {
  const wanted = join.columns?.map(({ name }) => name) ?? (table && namesBeside(join, table))
  const keys = new Set(model.groupBy?.map(({ name }) => name))
  const isPerGroup = model.groupBy !== undefined && join.on.every(({ name }) => keys.has(name))
  return wanted?.flatMap((column): KnownColumn[] => {
    const known = table?.get(column)
    const sources = known ? [known] : [unknownColumn(join, column), ...meantBy(column, join, table)]
    return sources.map((source) => {
      const name = join.prefix + source.name
      const level = isPerGroup && !keys.has(name) ? 'group' : 'row'
      return { ...source, name, level, joined: { join, column: source.name } }
    })
  })
}

function namesBeside({ on }: Join, table: ReadonlyMap<string, KnownColumn>): readonly string[] {
  const keys = new Set(on.map(({ name }) => name))
  return [...table.keys()].filter((name) => !keys.has(name))
}

function meantBy(
  column: string,
  { columns }: Join,
  table: ReadonlyMap<string, KnownColumn> | undefined,
): readonly KnownColumn[] {
  const [only, ...others] = table ? closest(column, table.keys()) : []
  const meant = only !== undefined && others.length === 0 ? table?.get(only) : undefined
  return meant && !columns?.some(({ name }) => name === only) ? [meant] : []
}

/** A column that the manifest names, of a table that cannot be looked into. */
function unknownColumn({ source }: Join, column: string): KnownColumn {
  const origin =
    source.kind === 'file'
      ? ({ kind: 'file', path: source.path, header: column } as const)
      : ({ kind: 'model', model: source.model, table: source.table, column } as const)
  return { name: column, level: 'row', origin }
}
