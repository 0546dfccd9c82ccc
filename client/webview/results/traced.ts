import { groupsText, rowsText, type Trace, type TracedCell, type TraceInput } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount } from '../shared/format.ts'

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
