import type { AnalysedModel } from '../../ir/analysis.ts'
import { identifierOf, matchColumn } from '../../model/names.ts'
import { type NameIndex, nameIndex } from '../../model/suggest.ts'

/** Whether a name is that of a feature or column, or finds a column as a parameter of that name would. */
export function isReadable({ columns, features }: AnalysedModel, name: string): boolean {
  if (features.has(name) || columns?.has(name)) return true
  return columns !== undefined && matchColumn(name, columns).kind !== 'none'
}

const readable = new WeakMap<AnalysedModel, NameIndex>()

/** The names of columns and features. */
export const readableNames = (analysed: AnalysedModel): NameIndex =>
  indexOf(readable, analysed, ({ columns, features }) => [...(columns?.keys() ?? []), ...features.keys()])

const writable = new WeakMap<AnalysedModel, NameIndex>()

/** The same as a parameter writes them: `Unit_Price`. */
export const writableNames = (analysed: AnalysedModel): NameIndex =>
  indexOf(writable, analysed, ({ columns, features }) => [
    ...[...(columns?.keys() ?? [])].map(identifierOf),
    ...features.keys(),
  ])

function indexOf(
  indexes: WeakMap<AnalysedModel, NameIndex>,
  analysed: AnalysedModel,
  namesOf: (analysed: AnalysedModel) => readonly string[],
): NameIndex {
  const isColumn = (name: string): boolean => !analysed.features.has(name)
  const index = indexes.get(analysed) ?? nameIndex(namesOf(analysed), isColumn)
  indexes.set(analysed, index)
  return index
}
