import type { Trace, TraceInput } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount } from '../shared/format.ts'
import { Icon, kindWord } from '../shared/icons.tsx'
import { sourceText } from './traced.ts'

interface TraceProps {
  readonly trace: Trace
  /** Goes to the cell that an input was read from. */
  readonly follow: (table: 'rows' | 'groups', row: number, column: string) => void
  /** Shows the rows of a group. */
  readonly showGroup: (group: number, column: string) => void
}

/** The cells that the active one was made from: each leads to its own. */
export function TracePanel({ trace, follow, showGroup }: TraceProps) {
  const { column, table, row, value, key, inputs } = trace
  const where = key?.map((part) => part.value ?? t('missing')).join(', ')
  return (
    <section className="trace" aria-label={t('Made from: {0}', column)} data-trace={column}>
      <h3>
        {table === 'groups' ? t('Group {0}', where ?? row + 1) : t('Row {0}', formatCount(row + 1))}
        {table === 'rows' && where !== undefined && <small> {t('of {0}', where)}</small>}
      </h3>
      <p className="trace-value">{value ?? <em>{t('missing')}</em>}</p>
      {inputs.length > 0 && (
        <>
          <h4>{t('Made from')}</h4>
          <ul>
            {inputs.map((input) => (
              <li key={input.name} data-input={input.name}>
                <Source input={input} row={table === 'groups' ? row : 0} follow={follow} showGroup={showGroup} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** `row`: the group that is traced. */
function Source({ input, row, follow, showGroup }: { input: TraceInput; row: number } & Omit<TraceProps, 'trace'>) {
  const { name, kind, from } = input
  const head = (
    <>
      <span className={`kind-${kind}`} title={kindWord(kind)}>
        <Icon name={kind} />
      </span>
      <b>{name}</b>
    </>
  )
  const isMissing = 'row' in from && from.row >= 0 && from.value === undefined
  const words = sourceText(from)
  const said = <span className="source-value">{isMissing ? <em>{words}</em> : words}</span>
  if ('values' in from) {
    const { count, values } = from
    const more = count > values.length ? ', …' : ''
    return (
      <button
        type="button"
        className="source"
        onClick={() => ('group' in from ? showGroup(from.group, name) : follow('groups', row, name))}
      >
        {head}
        {said}
        <small>{values.map((value) => value ?? '–').join(', ') + more}</small>
      </button>
    )
  }
  if (from.table === 'absent' || from.row < 0)
    return (
      <span className="source">
        {head}
        {said}
      </span>
    )
  return (
    <button type="button" className="source" onClick={() => follow(from.table, from.row, name)}>
      {head}
      {said}
    </button>
  )
}
