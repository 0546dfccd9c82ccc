import type { Page } from '@modeldriver/protocol'
import { describe, expect, test } from 'vitest'
import { PageCache, pageRows, sourceOf } from './pages.ts'

const source = sourceOf('run1', 'daily', 'rows', undefined)
const page = (number: number, count = pageRows): Page => ({ offset: number * pageRows, count, columns: [] })

/** Rows of the table. */
const count = 100_000
const take = (cache: PageCache, ...numbers: number[]) => {
  for (const number of numbers) {
    cache.asked(number, source, number)
    cache.put(number, page(number))
  }
}

describe('page cache', () => {
  test('asks for each page once, until it is there', () => {
    const cache = new PageCache()
    expect(cache.next(source, 150, 450, count)).toEqual([0, 1, 2])
    cache.asked(7, source, 1)
    expect(cache.next(source, 150, 450, count)).toEqual([0, 2])
    expect(cache.row(source, 250)).toBeUndefined()
    cache.put(7, page(1))
    expect(cache.row(source, 250)).toEqual({ page: page(1), index: 50 })
    expect(cache.next(source, 150, 450, count)).toEqual([0, 2])
  })

  test('once the rows in sight are here, asks for those below and above them, as far as there are any', () => {
    const cache = new PageCache()
    take(cache, 5)
    expect(cache.next(source, 1010, 1050, count)).toEqual([6, 4])
    take(cache, 6)
    expect(cache.next(source, 1150, 1250, count)).toEqual([7, 4])
    expect(cache.next(source, 1150, 1250, 1400)).toEqual([4])
    take(cache, 0)
    expect(cache.next(source, 0, 40, count)).toEqual([1])
    expect(cache.next(source, 0, 40, 41)).toEqual([])
  })

  test('few pages are on their way at a time; those in sight are the first when one has come', () => {
    const cache = new PageCache()
    for (const number of [10, 20, 30]) cache.asked(number, source, number)
    expect(cache.next(source, 8000, 8040, count)).toEqual([])
    cache.put(10, page(10))
    expect(cache.next(source, 8000, 8040, count)).toEqual([40])
  })

  test('what is refused is not asked for again, and keeps nothing else waiting', () => {
    const cache = new PageCache()
    for (const number of [10, 20, 30]) cache.asked(number, source, number)
    expect(cache.refuse(20)).toBe(source)
    expect(cache.refuse(20)).toBeUndefined()
    expect(cache.next(source, 4000, 4040, count)).toEqual([])
    expect(cache.next(source, 8000, 8040, count)).toEqual([40])
  })

  test('rows may still come as long as a page of theirs is neither here nor refused', () => {
    const cache = new PageCache()
    expect(cache.lacks(source, 150, 250)).toBe(true)
    take(cache, 0)
    expect(cache.lacks(source, 150, 199)).toBe(false)
    expect(cache.lacks(source, 150, 250)).toBe(true)
    cache.asked(8, source, 1)
    expect(cache.lacks(source, 150, 250)).toBe(true)
    cache.refuse(8)
    expect(cache.lacks(source, 150, 250)).toBe(false)
    expect(cache.lacks(source, 0, -1)).toBe(false)
  })

  test('nothing is asked for when no row is in sight', () => {
    expect(new PageCache().next(source, 0, -1, count)).toEqual([])
  })

  test('runs, models, tables and views are kept apart', () => {
    const cache = new PageCache()
    take(cache, 0)
    for (const other of [
      sourceOf('run2', 'daily', 'rows', undefined),
      sourceOf('run1', 'month', 'rows', undefined),
      sourceOf('run1', 'daily', 'groups', undefined),
      sourceOf('run1', 'daily', 'rows', 'v1'),
    ]) {
      expect(cache.row(other, 0)).toBeUndefined()
    }
  })

  test('the last page is short', () => {
    const cache = new PageCache()
    cache.asked(1, source, 2)
    cache.put(1, page(2, 30))
    expect(cache.row(source, 429)?.index).toBe(29)
    expect(cache.row(source, 430)).toBeUndefined()
  })

  test('an answer to no question, or from before a new run, is dropped', () => {
    const cache = new PageCache()
    cache.put(3, page(0))
    cache.asked(4, source, 1)
    cache.clear()
    cache.put(4, page(1))
    expect(cache.next(source, 0, 399, count)).toEqual([0, 1])
  })

  test('forgets the page that was looked at longest ago', () => {
    const cache = new PageCache(2)
    take(cache, 0, 1)
    cache.row(source, 0)
    take(cache, 2)
    expect(cache.next(source, 0, 599, count)).toEqual([1])
  })
})
