import type { Page } from '@modeldriver/protocol'
import { describe, expect, test } from 'vitest'
import { PageCache, pageRows, sourceOf } from './pages.ts'

const source = sourceOf('run1', 'daily', 'rows', undefined)
const page = (number: number, count = pageRows): Page => ({ offset: number * pageRows, count, columns: [] })

describe('page cache', () => {
  test('asks for each page once, until it is there', () => {
    const cache = new PageCache()
    expect(cache.missing(source, 150, 450)).toEqual([0, 1, 2])
    cache.asked(7, source, 1)
    expect(cache.missing(source, 150, 450)).toEqual([0, 2])
    expect(cache.row(source, 250)).toBeUndefined()
    cache.put(7, page(1))
    expect(cache.row(source, 250)).toEqual({ page: page(1), index: 50 })
    expect(cache.missing(source, 150, 450)).toEqual([0, 2])
  })

  test('nothing is asked for when no row is in sight', () => {
    expect(new PageCache().missing(source, 0, -1)).toEqual([])
  })

  test('runs, models, tables and views are kept apart', () => {
    const cache = new PageCache()
    cache.asked(1, source, 0)
    cache.put(1, page(0))
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
    expect(cache.missing(source, 0, 399)).toEqual([0, 1])
  })

  test('forgets the page that was looked at longest ago', () => {
    const cache = new PageCache(2)
    for (const number of [0, 1]) {
      cache.asked(number, source, number)
      cache.put(number, page(number))
    }
    cache.row(source, 0)
    cache.asked(2, source, 2)
    cache.put(2, page(2))
    expect(cache.missing(source, 0, 599)).toEqual([1])
  })
})
