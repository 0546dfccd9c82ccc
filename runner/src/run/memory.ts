import { createHash } from 'node:crypto'
import type { ColumnData, ColumnMemory, StepResult } from '@modeldriver/engine'

/** Where computed columns stay, by fingerprint. */
export interface ColumnStore {
  readonly find: (fingerprint: string) => StepResult | undefined
  readonly keep: (fingerprint: string, result: StepResult) => void
}

/** What is kept between the runs of a process. */
export type Memory = Omit<ColumnMemory, 'codeOf'>

const megabyte = 2 ** 20

/** Keeps what was used last, as much as fits; `store` is asked for the columns that are not in it. */
export function createMemory(store?: ColumnStore, limit = 512 * megabyte): Memory {
  const kept = new Map<string, { readonly value: object; readonly bytes: number }>()
  let total = 0
  const used = (key: string): object | undefined => {
    const entry = kept.get(key)
    if (!entry) return undefined
    kept.delete(key)
    kept.set(key, entry)
    return entry.value
  }
  const put = (key: string, value: object): void => {
    const bytes = sizeOf(value)
    total += bytes - (kept.get(key)?.bytes ?? 0)
    kept.set(key, { value, bytes })
    for (const [old, entry] of kept) {
      if (total <= limit) break
      kept.delete(old)
      total -= entry.bytes
    }
  }
  return {
    contentOf,
    digest,
    find(fingerprint) {
      const here = used(fingerprint) as StepResult | undefined
      const found = here ?? store?.find(fingerprint)
      if (found && !here) put(fingerprint, found)
      return found
    },
    keep(fingerprint, result) {
      put(fingerprint, result)
      store?.keep(fingerprint, result)
    },
    shared<T extends object>(parts: readonly unknown[], make: () => T): T {
      const key = digest(parts)
      const known = used(key)
      if (known) return known as T
      const made = make()
      put(key, made)
      return made
    },
  }
}

/** A fingerprint of plain values. */
export const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url')

const contents = new WeakMap<ColumnData, string>()

/** A fingerprint of the cells of a column, worked out once. */
export function contentOf(column: ColumnData): string {
  const known = contents.get(column)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(column.type)
  if (column.type === 'string') hash.update(JSON.stringify(column.dictionary)).update(column.codes)
  else hash.update(column.values)
  const content = hash.digest('base64url')
  contents.set(column, content)
  return content
}

/** About how much memory a value takes. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length + 16
  if (typeof value !== 'object' || value === null) return 8
  if (ArrayBuffer.isView(value)) return value.byteLength
  let size = 16
  for (const part of Object.values(value)) size += sizeOf(part)
  return size
}
