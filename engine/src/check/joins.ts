import type { AnalysedJoin, AnalysedKey, NameThere } from '../ir/analysis.ts'
import type { Join, KnownColumn, Model, Named } from '../ir/model.ts'
import { joinReading } from '../model/headers.ts'
import { matchColumn } from '../model/names.ts'
import { closest } from '../model/suggest.ts'
import { columnsOfTable, type Sources } from './tables.ts'

type Columns = ReadonlyMap<string, KnownColumn>

/** The joins of a model with these columns of its own, each with what its names mean. */
export function analyseJoins(
  model: Model,
  own: Columns | undefined,
  features: ReadonlyMap<string, unknown>,
  sources: Sources,
): readonly AnalysedJoin[] {
  let columns = own
  return (model.joins ?? []).map((join) => {
    const table = columnsOfTable(join.source, sources, joinReading(model, join))
    const keyHere = keysHere(model, columns, features)
    const keys = join.on.map((key): AnalysedKey => ({ ...nameThere(key, table), ...keyHere(key.name) }))
    const wanted = join.columns?.map((column) => nameThere(column, table))
    const known = { join, keys, ...(table && { table }), ...(wanted && { columns: wanted }) }
    const brings = broughtBy(model, known)
    columns = columns && withJoined(columns, brings)
    return { ...known, ...(brings && { brings }) }
  })
}

/** The columns of a model with those that its joins bring. Undefined when it is not known what one brings. */
export const joinedColumns = (own: Columns, joins: readonly AnalysedJoin[]): Columns | undefined =>
  joins.reduce<Columns | undefined>((columns, { brings }) => columns && withJoined(columns, brings), own)

/** A name that is there already stays what it is. */
function withJoined(columns: Columns, brings: readonly KnownColumn[] | undefined): Columns | undefined {
  if (!brings) return undefined
  const all = new Map(columns)
  for (const column of brings) if (!all.has(column.name)) all.set(column.name, column)
  return all
}

/** The column of a joined table that a name means. */
export function nameThere(written: Named, table: ReadonlyMap<string, unknown> | undefined): NameThere {
  const match = table && matchColumn(written.name, table)
  if (match?.kind === 'one') return { written, column: match.header }
  return { written, ...(match?.kind === 'ambiguous' && { candidates: match.headers }) }
}

/** What a name of `on` means among these columns and the features: as `group_by` calls it, if that is a key of the groups. */
function keysHere(
  { groupBy = [] }: Model,
  columns: Columns | undefined,
  features: ReadonlyMap<string, unknown>,
): (name: string) => Pick<AnalysedKey, 'name' | 'candidatesHere'> {
  const meaning = (name: string): Pick<AnalysedKey, 'name' | 'candidatesHere'> => {
    const match = columns && !features.has(name) ? matchColumn(name, columns) : undefined
    if (match?.kind === 'ambiguous') return { name, candidatesHere: match.headers }
    return { name: match?.kind === 'one' ? match.header : name }
  }
  const keys = new Map(groupBy.map(({ name }) => [meaning(name).name, name]))
  return (written) => {
    const here = meaning(written)
    return { ...here, name: keys.get(here.name) ?? here.name }
  }
}

/**
 * What a join brings, under the names it has here. A name of its `columns` that the table does not have is reported where it stands;
 * to features it is there, and so is the one that may be meant.
 */
function broughtBy(
  { groupBy }: Model,
  { join, table, keys, columns }: Omit<AnalysedJoin, 'brings'>,
): readonly KnownColumn[] | undefined {
  const groupKeys = new Set(groupBy?.map(({ name }) => name))
  const isPerGroup = groupBy !== undefined && keys.every(({ name }) => groupKeys.has(name))
  const found =
    columns?.flatMap((column) => foundFor(column, join, table)) ??
    (table && [...table].filter(([name]) => !keys.some(({ column }) => column === name)))
  return found?.map(([as, column]): KnownColumn => {
    const name = join.prefix + as
    const level = isPerGroup && !groupKeys.has(name) ? 'group' : 'row'
    return { ...column, name, level, joined: { join, column: column.name } }
  })
}

type Found = readonly [as: string, KnownColumn]

function foundFor({ written, column }: NameThere, join: Join, table: Columns | undefined): readonly Found[] {
  const known = column === undefined ? undefined : table?.get(column)
  return known
    ? [[written.name, known]]
    : [[written.name, unknownColumn(join, written.name)], ...meantBy(written.name, join, table)]
}

function meantBy(column: string, { columns }: Join, table: Columns | undefined): readonly Found[] {
  const [only, ...others] = table ? closest(column, table.keys()) : []
  const meant = only !== undefined && others.length === 0 ? table?.get(only) : undefined
  return meant && !columns?.some(({ name }) => name === only) ? [[meant.name, meant]] : []
}

/** A column that the manifest names, of a table that cannot be looked into. */
function unknownColumn({ source }: Join, column: string): KnownColumn {
  const origin =
    source.kind === 'file'
      ? ({ kind: 'file', path: source.path, header: column } as const)
      : ({ kind: 'model', model: source.model, table: source.table, column } as const)
  return { name: column, level: 'row', origin }
}
