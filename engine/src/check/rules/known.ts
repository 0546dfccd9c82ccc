import type { AnalysedModel } from '../../ir/analysis.ts'
import { matchHeader } from '../../model/names.ts'

/** Whether a name is that of a feature or column, or finds a column as a parameter of that name would. */
export function isReadable({ columns, features }: AnalysedModel, name: string): boolean {
  if (features.has(name) || columns?.has(name)) return true
  return columns !== undefined && matchHeader(name, [...columns.keys()]).kind !== 'none'
}
