import type { AnalysedKey, AnalysedModel } from '../../ir/analysis.ts'
import { andList, orList } from '../rule.ts'

// Columns in messages, each with the table that it is in.

/** The name of the table that a column is in: of a join, else of the model's own data. */
export const tableOf = ({ columns, columnsFrom }: AnalysedModel, name: string): string =>
  columns?.get(name)?.joined?.join.from.name ?? withoutCount(columnsFrom)

/** `sales.csv` of `sales.csv (12 columns)`. */
export const withoutCount = (from = 'the data'): string => from.replace(/ \(.*/, '')

/** `'Area' or 'AREA' in shops.csv`; `'Area' in sales.csv or 'AREA' in shops.csv`. */
export const orInTables = (analysed: AnalysedModel, names: readonly string[]): string =>
  [...byTable(analysed, names)].map(([table, own]) => `${orList(own)} in ${table}`).join(' or ')

/** Names of columns by the table that they are in, the model's own first. */
export function byTable(analysed: AnalysedModel, names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>()
  for (const name of names) {
    const table = tableOf(analysed, name)
    const own = tables.get(table)
    if (own) own.push(name)
    else tables.set(table, [name])
  }
  return tables
}

const fewColumns = 8

/** `The columns are 'pin' and 'price'.`, of `whose` when that has to be said; of many some. */
export function columnsSaid(names: readonly string[], whose = ''): string {
  if (names.length === 0) return ''
  const of = whose && ` of ${whose}`
  if (names.length > fewColumns)
    return ` Among the ${names.length} columns${of} are ${andList(names.slice(0, fewColumns / 2))}.`
  return names.length === 1 ? ` The only column${of} is ${andList(names)}.` : ` The columns${of} are ${andList(names)}.`
}

/** A column of the model's own data may get another name, when nothing but `besides` needs it by the one it has. */
export const isNameable = (analysed: AnalysedModel, name: string, besides?: AnalysedKey): boolean =>
  analysed.columns?.get(name)?.joined === undefined &&
  !analysed.features.has(name) &&
  analysed.model.columns[name]?.from === undefined &&
  !isNeeded(analysed, name, besides)

export function isNeeded({ model, joins, graph }: AnalysedModel, name: string, besides?: AnalysedKey): boolean {
  const { groupBy = [], groupOrder = [], outputs = [], target } = model
  const keys = joins.flatMap((join) => join.keys.filter((key) => key !== besides))
  const named = [...groupBy, ...groupOrder, ...outputs, ...keys, ...(target ? [target] : [])]
  return (graph.users.get(name)?.length ?? 0) > 0 || named.some((each) => each.name === name)
}
