import type { ColumnSummary, ModelSummary } from '@modeldriver/protocol'

/** A column of a run that somebody points at. */
export interface Pointed {
  readonly model: ModelSummary
  readonly table: 'rows' | 'groups'
  readonly count: number
  readonly column: ColumnSummary
}

export function columnNamed(models: readonly ModelSummary[], name: string): Pointed | undefined {
  for (const model of models)
    for (const table of ['rows', 'groups'] as const) {
      const column = model[table]?.columns.find((each) => each.name === name || each.called === name)
      if (column) return { model, table, count: model[table]?.count ?? 0, column }
    }
  return undefined
}
