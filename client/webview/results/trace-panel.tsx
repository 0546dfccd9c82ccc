import type { Trace, TraceInput } from '@modeldriver/protocol'
import { formatCount } from '../shared/format.ts'
import { Icon, kindWords } from '../shared/icons.tsx'

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
  const where = key?.map((part) => part.value ?? 'missing').join(', ')
  return (
    <section className="trace" aria-label={`Made from: ${column}`} data-trace={column}>
      <h3>
        {table === 'groups' ? `Group ${where ?? row + 1}` : `Row ${formatCount(row + 1)}`}
        {table === 'rows' && where !== undefined && <small> of {where}</small>}
      </h3>
      <p className="trace-value">{value ?? <em>missing</em>}</p>
      {inputs.length > 0 && (
        <>
          <h4>Made from</h4>
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
      <span className={`kind-${kind}`} title={kindWords[kind]}>
        <Icon name={kind} />
      </span>
      <b>{name}</b>
    </>
  )
  if (from.table === 'absent')
    return (
      <span className="source">
        {head}
        <span className="source-value">not in the data: its default</span>
      </span>
    )
  if ('values' in from) {
    const { count, missing, values } = from
    const more = count > values.length ? ', …' : ''
    return (
      <button
        type="button"
        className="source"
        onClick={() => ('group' in from ? showGroup(from.group, name) : follow('groups', row, name))}
      >
        {head}
        <span className="source-value">
          {formatCount(count)} {from.table}
          {missing > 0 && `, ${formatCount(missing)} missing`}
        </span>
        <small>{values.map((value) => value ?? '–').join(', ') + more}</small>
      </button>
    )
  }
  if (from.row < 0)
    return (
      <span className="source">
        {head}
        <span className="source-value">missing: the row belongs to no group</span>
      </span>
    )
  return (
    <button type="button" className="source" onClick={() => follow(from.table, from.row, name)}>
      {head}
      <span className="source-value">{from.value ?? <em>missing</em>}</span>
    </button>
  )
}
