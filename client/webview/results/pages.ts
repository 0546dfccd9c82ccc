import type { Page } from '@modeldriver/protocol'

/** Rows of one page. */
export const pageRows = 200

/** One table of one run in one order; equal sources have equal rows. */
export type Source = string

export const sourceOf = (run: string, model: string, table: string, view: string | undefined): Source =>
  JSON.stringify([run, model, table, view ?? null])

/** Where a row's cells are. */
export interface Found {
  readonly page: Page
  /** Index into the page's columns. */
  readonly index: number
}

/** The pages that were looked at last; what is forgotten is asked for again when it comes into sight. */
export class PageCache {
  readonly #pages = new Map<string, Page>()
  readonly #asked = new Map<number, { readonly source: Source; readonly key: string }>()
  readonly #most: number

  constructor(most = 60) {
    this.#most = most
  }

  /** Numbers of the pages that rows `first` to `last` need and that are neither here nor on their way. */
  missing(source: Source, first: number, last: number): readonly number[] {
    const onTheirWay = new Set([...this.#asked.values()].map(({ key }) => key))
    const from = Math.floor(Math.max(0, first) / pageRows)
    const to = Math.floor(last / pageRows)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).filter((number) => {
      const key = keyOf(source, number)
      return !this.#pages.has(key) && !onTheirWay.has(key)
    })
  }

  asked(id: number, source: Source, number: number): void {
    this.#asked.set(id, { source, key: keyOf(source, number) })
  }

  /** Takes an answer in; one that nobody waits for (any more) is dropped. */
  put(id: number, page: Page): void {
    const key = this.#asked.get(id)?.key
    if (key === undefined) return
    this.#asked.delete(id)
    this.#pages.set(key, page)
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#most) break
      this.#pages.delete(oldest)
    }
  }

  /** The rows that a question is about that was asked for a page. */
  sourceAsked(id: number): Source | undefined {
    return this.#asked.get(id)?.source
  }

  row(source: Source, row: number): Found | undefined {
    const key = keyOf(source, Math.floor(row / pageRows))
    const page = this.#pages.get(key)
    if (!page || row - page.offset >= page.count) return undefined
    this.#pages.delete(key)
    this.#pages.set(key, page)
    return { page, index: row - page.offset }
  }

  clear(): void {
    this.#pages.clear()
    this.#asked.clear()
  }
}

const keyOf = (source: Source, number: number): string => `${number} ${source}`
