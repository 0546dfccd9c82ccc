// biome-ignore-all lint/a11y/useSemanticElements: a part of the grid, which is not a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: the grip and the dots are matters of the mouse; the keyboard has the column's menu
import { type ColumnSummary, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { formatCount, formatShare } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { HeaderChart } from './charts.tsx'
import type { Sort } from './views.ts'

interface HeaderCellProps {
  readonly id: string
  readonly index: number
  readonly column: ColumnSummary
  readonly rows: number
  readonly sort: Sort | undefined
  /** Cells that are otherwise than in the run before. */
  readonly changed: number
  /** The run before did not have it. */
  readonly isNew: boolean
  readonly isChosen: boolean
  readonly isActive: boolean
  readonly isTraced: boolean
  readonly hasChart: boolean
  readonly style: { readonly left: number; readonly width: number }
  /** Undefined: to the width that fits. */
  readonly resize: (width: number | undefined) => void
  readonly pressed: () => void
  readonly filter: (condition: string) => void
  readonly openMenu: () => void
  /** Another column was dropped here. */
  readonly dropped: (name: string) => void
}

const dragged = 'application/x-modeldriver-column'

export function HeaderCell(props: HeaderCellProps) {
  const { id, index, column, rows, sort, changed, isNew, isChosen, isActive, isTraced, style } = props
  const order = sort === undefined ? 'none' : sort.descending ? 'descending' : 'ascending'
  const facts = [
    typeName(column.type),
    isNew && t('new'),
    changed > 0 && t('{0} changed', formatCount(changed)),
    column.missing > 0 && t('{0} missing', formatShare(column.missing, rows)),
  ] as const
  const [type, newText, changedText, missingText] = facts
  const classes = ['head', `of-${column.kind}`, isChosen && 'chosen', isActive && 'active', isTraced && 'traced']
  return (
    <div
      id={id}
      className={classes.filter(Boolean).join(' ')}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={order}
      data-header={column.name}
      style={style}
      draggable
      onClick={props.pressed}
      onContextMenu={(event) => {
        event.preventDefault()
        props.openMenu()
      }}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragged, column.name)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(dragged)) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        props.dropped(event.dataTransfer.getData(dragged))
      }}
    >
      <div className="head-name" title={column.name}>
        <span className={`kind-${column.kind}`}>
          <Icon name={column.kind} />
        </span>
        <b>{column.name}</b>
        {order !== 'none' && <Icon name={order} />}
        <i
          className="dots"
          title={t('Sort, filter, pin, hide, move')}
          onClick={(event) => {
            event.stopPropagation()
            props.openMenu()
          }}
        >
          <Icon name="more" />
        </i>
      </div>
      <div className="head-type" title={facts.filter(Boolean).join(', ')}>
        <span>{type}</span>
        {newText && <span className="changes">{newText}</span>}
        {changedText && <span className="changes">{changedText}</span>}
        {missingText && <span className="problem-warning">{missingText}</span>}
      </div>
      {props.hasChart && <HeaderChart column={column} rows={rows} filter={props.filter} />}
      <i
        className="grip"
        title={t('Drag to resize, double-click for the width that fits')}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          const { currentTarget: grip, pointerId, clientX } = event
          const head = grip.parentElement
          if (head && grip.hasPointerCapture(pointerId)) props.resize(clientX - head.getBoundingClientRect().left + 3)
        }}
        onMouseDown={(event) => event.preventDefault()}
        onDoubleClick={() => props.resize(undefined)}
        onClick={(event) => event.stopPropagation()}
      />
    </div>
  )
}
