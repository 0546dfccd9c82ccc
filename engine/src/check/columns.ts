import type { AnalysedJoin, AnalysedModel } from '../ir/analysis.ts'
import type { Join, KnownColumn, Model } from '../ir/model.ts'
import { manifestName } from '../model/featureFiles.ts'
import { ownReading } from '../model/headers.ts'
import { matchColumn } from '../model/names.ts'
import { basename } from '../model/paths.ts'
import { analyseJoins, joinedColumns } from './joins.ts'
import { columnsOfTable, type Sources } from './tables.ts'

export interface OwnColumns {
  /** Undefined: nothing is known of the data, so nothing can be unknown. */
  readonly columns?: ReadonlyMap<string, KnownColumn>
  readonly from?: string
}

export interface KnownColumns extends OwnColumns {
  readonly joins: readonly AnalysedJoin[]
}

/**
 * The columns of a model before any feature: its own (header of its data, the manifest's `columns`, or the table of another
 * model), and those that joins add. Not known while a feature file is missing: every name may be one of its features.
 */
export function knownColumns(
  model: Model,
  sources: Sources,
  { features, frames }: Pick<AnalysedModel, 'features' | 'frames'>,
): KnownColumns {
  const own = ownColumns(model, sources)
  const joins = analyseJoins(model, own.columns, features, sources)
  if (model.lacksFiles) return { joins }
  const joined = own.columns && joinedColumns(own.columns, joins)
  // A table function that does not say what it makes may make any column.
  const isOpen = [...frames.values()].some(({ declared }) => !declared)
  const columns = isOpen ? undefined : joined
  return {
    ...(columns && { columns }),
    ...(own.from && { from: own.from }),
    joins,
  }
}

/** The columns of the input table itself. */
export function ownColumns(model: Model, sources: Sources): OwnColumns {
  const { input } = model
  if (input.kind === 'none') {
    const isSchema = Object.keys(model.columns).length > 0
    return isSchema ? { columns: withDeclared(new Map(), model), from: manifestName } : {}
  }
  const table = columnsOfTable(input, sources, ownReading(model))
  return table ? { columns: withDeclared(table, model), from: tableText(input, table.size) } : {}
}

const tableText = (input: Join['source'], count: number): string =>
  input.kind === 'model'
    ? `${input.model}.${input.table}`
    : `${basename(input.path)} (${count} ${count === 1 ? 'column' : 'columns'})`

/** The manifest's `columns` rename (`from`), type, and add what the data does not say. */
function withDeclared(
  known: ReadonlyMap<string, KnownColumn>,
  { columns: declared, columnSpans = {}, input }: Model,
): ReadonlyMap<string, KnownColumn> {
  const columns = new Map(known)
  for (const [name, { from, type }] of Object.entries(declared)) {
    const source = known.get(from ?? name)
    if (from) columns.delete(from)
    const typed = type && { type }
    if (source) columns.set(name, { ...source, name, ...typed })
    else if (input.kind !== 'file') {
      const span = columnSpans[name]
      columns.set(name, { name, level: 'row', origin: { kind: 'manifest', ...(span && { span }) }, ...typed })
    }
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
  const aliases = new Map<string, string>()
  const ambiguous = new Map<string, readonly string[]>()
  for (const name of columns ? names : []) {
    const match = matchColumn(name, columns as NonNullable<typeof columns>)
    if (match.kind === 'one') aliases.set(name, match.header)
    else if (match.kind === 'ambiguous') ambiguous.set(name, match.headers)
  }
  return { aliases, ambiguous }
}
