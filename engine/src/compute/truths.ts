import type { Span } from './store.ts'

export function isMissingAt({ store, start }: Span, i: number): boolean {
  return Number.isNaN(store.values[start + i])
}

/** Whether an element is there and no 0, false or empty text. */
export function isTrueAt({ store, start }: Span, i: number): boolean {
  const value = store.values[start + i] as number
  if (Number.isNaN(value)) return false
  return store.kind === 'text' ? store.dictionary?.[value] !== '' : store.kind === 'date' || value !== 0
}

/** Whether one of the present elements is true, or each of them; `undefined` when none is present. */
export function areTrue(column: Span, wanted: 'one' | 'each'): boolean | undefined {
  let some = false
  for (let i = 0; i < column.length; i++) {
    if (isMissingAt(column, i)) continue
    if (isTrueAt(column, i) === (wanted === 'one')) return wanted === 'one'
    some = true
  }
  return some ? wanted === 'each' : undefined
}
