import {
  groupsText,
  type ModelSummary,
  rowsText,
  type Trace,
  type TracedCell,
  type TraceInput,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount } from '../shared/format.ts'
import { shownText } from './cells.ts'

/** A trace with its values as the cells of their columns show them. */
export function shownTrace(trace: Trace, { rows, groups }: Pick<ModelSummary, 'rows' | 'groups'>): Trace {
  const tables = {
    rows: new Map(rows.columns.map((column) => [column.name, column])),
    groups: new Map(groups?.columns.map((column) => [column.name, column])),
  }
  const shown = (table: 'rows' | 'groups', name: string, value: string): string => {
    const column = tables[table].get(name)
    return column ? shownText(value, column) : value
  }
  const part = <T extends { readonly value?: string }>(of: T, table: 'rows' | 'groups', name: string): T =>
    of.value === undefined ? of : { ...of, value: shown(table, name, of.value) }
  const source = (from: TraceInput['from'], name: string): TraceInput['from'] => {
    if (from.table === 'absent') return from
    if (!('values' in from)) return part(from, from.table, name)
    return { ...from, values: from.values.map((value) => value && shown(from.table, name, value)) }
  }
  return {
    ...part(trace, trace.table, trace.column),
    ...(trace.key && { key: trace.key.map((each) => part(each, 'groups', each.name)) }),
    inputs: trace.inputs.map((input) => ({ ...input, from: source(input.from, input.name) })),
  }
}

/** A trace as graph and code show it. */
export function tracedCell(model: string, { column, kind, value, inputs }: Trace): TracedCell {
  const texts = inputs.map(({ name, from }) => [name, sourceText(from)] as const)
  return { model, column, kind, value: value ?? t('missing'), inputs: Object.fromEntries(texts) }
}

/** The value of an input, or how many there were. */
export function sourceText(from: TraceInput['from']): string {
  if (from.table === 'absent') return t('not in the data: its default')
  if ('values' in from) {
    const { table, count, missing } = from
    const all = table === 'groups' ? groupsText(count) : rowsText(count)
    return missing > 0 ? `${all}, ${t('{0} missing', formatCount(missing))}` : all
  }
  if (from.row < 0) return t('missing: the row belongs to no group')
  return from.value ?? t('missing')
}
