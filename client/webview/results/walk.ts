/** A cell of the grid; row -1 is the header. */
export interface CellPlace {
  readonly row: number
  readonly col: number
}

export interface GridSize {
  readonly rows: number
  readonly cols: number
  /** Rows on one screen. */
  readonly screen: number
}

export interface Stroke {
  readonly key: string
  readonly ctrl: boolean
}

/**
 * Where a key leads from a cell: arrows by one cell, PageUp and PageDown by a screen, Home and End to the ends of the row,
 * with Ctrl to the ends of the table. Undefined for any other key.
 */
export function walkCells(from: CellPlace, { key, ctrl }: Stroke, size: GridSize): CellPlace | undefined {
  const last = { row: size.rows - 1, col: size.cols - 1 }
  const to = (row: number, col: number): CellPlace => ({
    row: Math.max(-1, Math.min(last.row, row)),
    col: Math.max(0, Math.min(last.col, col)),
  })
  const { row, col } = from
  switch (key) {
    case 'ArrowUp':
      return ctrl ? to(Math.min(0, last.row), col) : to(row - 1, col)
    case 'ArrowDown':
      return ctrl ? to(last.row, col) : to(row + 1, col)
    case 'ArrowLeft':
      return to(row, ctrl ? 0 : col - 1)
    case 'ArrowRight':
      return to(row, ctrl ? last.col : col + 1)
    case 'PageUp':
      return to(row < 0 ? -1 : Math.max(0, row - size.screen), col)
    case 'PageDown':
      return to(row + size.screen, col)
    case 'Home':
      return ctrl ? to(0, 0) : to(row, 0)
    case 'End':
      return ctrl ? to(last.row, last.col) : to(row, last.col)
    default:
      return undefined
  }
}
