// biome-ignore-all lint/a11y/useSemanticElements: a part of the grid, which is not a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: the grip changes widths, a matter of the mouse; nothing is lost without
import type { ColumnSummary } from '@modeldriver/protocol'
import { formatShare, typeName } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { HeaderChart } from './charts.tsx'
import type { Sort } from './state.ts'

interface HeaderCellProps {
  readonly id: string
  readonly index: number
  readonly column: ColumnSummary
  readonly rows: number
  readonly sort: Sort | undefined
  readonly isChosen: boolean
  readonly isActive: boolean
  readonly style: { readonly left: number; readonly width: number }
  readonly resize: (event: unknown) => void
  readonly pressed: () => void
}

export function HeaderCell(props: HeaderCellProps) {
  const { id, index, column, rows, sort, isChosen, isActive, style, resize, pressed } = props
  const order = sort === undefined ? 'none' : sort.descending ? 'descending' : 'ascending'
  return (
    <div
      id={id}
      className={`head of-${column.kind}${isChosen ? ' chosen' : ''}${isActive ? ' active' : ''}`}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={order}
      data-header={column.name}
      style={style}
      onClick={pressed}
    >
      <div className="head-name" title={column.name}>
        <span className={`kind-${column.kind}`}>
          <Icon name={column.kind} />
        </span>
        <b>{column.name}</b>
        {order !== 'none' && <Icon name={order} />}
      </div>
      <div className="head-type">
        <span>{typeName(column.type)}</span>
        {column.missing > 0 && <span className="problem-warning">{formatShare(column.missing, rows)} missing</span>}
      </div>
      <HeaderChart column={column} rows={rows} />
      <i className="grip" onMouseDown={resize} onTouchStart={resize} onClick={(event) => event.stopPropagation()} />
    </div>
  )
}
