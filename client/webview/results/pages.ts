import type { Page } from '@modeldriver/protocol'

/** Rows of one page. */
export const pageRows = 200
/** Pages that are asked for and not here yet. */
const mostOnTheirWay = 3

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
  readonly #refused = new Set<string>()
  readonly #most: number

  constructor(most = 60) {
    this.#most = most
  }

  /**
   * Numbers of the pages to ask for now, so that rows `first` to `last` of `count` are shown: theirs, or, once these are here,
   * those beside them, which come into sight next. Few are on their way at a time: who moves on quickly waits for no page
   * that was passed.
   */
  next(source: Source, first: number, last: number, count: number): readonly number[] {
    const inSight = pagesOf(first, last)
    const isHere = (number: number) => this.#pages.has(keyOf(source, number))
    const onTheirWay = new Set([...this.#asked.values()].map(({ key }) => key))
    const around = [(inSight.at(-1) ?? 0) + 1, (inSight[0] ?? 0) - 1]
    const beside = around.filter((number) => number >= 0 && number * pageRows < count)
    return (inSight.every(isHere) && inSight.length > 0 ? beside : inSight)
      .filter((number) => !isHere(number))
      .filter((number) => !onTheirWay.has(keyOf(source, number)) && !this.#refused.has(keyOf(source, number)))
      .slice(0, Math.max(0, mostOnTheirWay - onTheirWay.size))
  }

  /** Some of rows `first` to `last` are not here and may still come. */
  lacks(source: Source, first: number, last: number): boolean {
    const keys = pagesOf(first, last).map((number) => keyOf(source, number))
    return keys.some((key) => !this.#pages.has(key) && !this.#refused.has(key))
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

  /** A page that is not to be had is not asked for again. Returns what it was of, when the question was one for a page. */
  refuse(id: number): Source | undefined {
    const asked = this.#asked.get(id)
    if (asked === undefined) return undefined
    this.#asked.delete(id)
    this.#refused.add(asked.key)
    return asked.source
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
    this.#refused.clear()
  }
}

/** Numbers of the pages that rows `first` to `last` are on. */
function pagesOf(first: number, last: number): readonly number[] {
  const from = Math.floor(Math.max(0, first) / pageRows)
  const to = Math.floor(last / pageRows)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

const keyOf = (source: Source, number: number): string => `${number} ${source}`
