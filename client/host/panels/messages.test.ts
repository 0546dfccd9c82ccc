import { describe, expect, it } from 'vitest'
import { pageHtml } from './html.ts'
import { readGraphMessage, readPageMessage, readResultsMessage } from './messages.ts'

const at = { line: 0, character: 3 }
const place = { uri: 'file:///a.features.ts', range: { start: at, end: at } }
const page = { kind: 'page', id: 1, run: 'r', model: 'daily', table: 'rows', offset: 0, count: 200 }
const of = { run: 'r', model: 'daily', table: 'groups' }
const view = { kind: 'view', id: 2, ...of, filter: 'a > 1', sort: { column: 'a', descending: true } }
const cell = { model: 'daily', column: 'a', kind: 'group', value: '1', inputs: { b: '2' } }
const block = { columns: ['a'], offset: 0, count: 2 }

describe('messages that a page may send', () => {
  it.each([
    [readPageMessage, { kind: 'ready' }],
    [readPageMessage, { kind: 'keep', state: { tab: 'rows' } }],
    [readGraphMessage, { kind: 'ready' }],
    [readGraphMessage, { kind: 'run', model: 'daily' }],
    [readGraphMessage, { kind: 'open', place }],
    [readGraphMessage, { kind: 'export', format: 'svg', content: '<svg/>' }],
    [readResultsMessage, { kind: 'ready' }],
    [readResultsMessage, { kind: 'runAgain' }],
    [readResultsMessage, { kind: 'cancel' }],
    [readResultsMessage, page],
    [readResultsMessage, { ...page, view: 'v' }],
    [readResultsMessage, view],
    [readResultsMessage, { kind: 'view', id: 2, ...of, group: 4, changed: 'a' }],
    [readResultsMessage, { kind: 'range', id: 3, ...of, ...block, as: 'statistics' }],
    [readResultsMessage, { kind: 'trace', id: 4, ...of, view: 'v', row: 1, column: 'a' }],
    [readResultsMessage, { kind: 'columns', id: 5, ...of, columns: ['a'] }],
    [readResultsMessage, { kind: 'copy', ...of, ...block }],
    [readResultsMessage, { kind: 'export', ...of, columns: ['a', 'b'] }],
    [readResultsMessage, { kind: 'traced' }],
    [readResultsMessage, { kind: 'traced', cell }],
    [readResultsMessage, { kind: 'showInGraph', path: '/a.features.ts', line: 3 }],
    [readResultsMessage, { kind: 'open', path: '/a.features.ts', line: 3 }],
    [readResultsMessage, { kind: 'open', path: '/a.features.ts', line: 3, character: 7 }],
  ])('%o %j', (read, message) => {
    expect(read(message)).toEqual(message)
  })
})

describe('anything else is dropped', () => {
  it.each([
    [readPageMessage, { kind: 'keep' }],
    [readPageMessage, { kind: 'keep', state: 'rows' }],
    [readPageMessage, { kind: 'run', model: 'daily' }],
    [readGraphMessage, undefined],
    [readGraphMessage, 'ready'],
    [readGraphMessage, { kind: 'page' }],
    [readGraphMessage, { kind: 'run' }],
    [readGraphMessage, { kind: 'export', format: 'exe', content: '' }],
    [readGraphMessage, { kind: 'open', place: { uri: 'x' } }],
    [readGraphMessage, { kind: 'open', place: { ...place, range: { start: at, end: { line: -1, character: 0 } } } }],
    [readResultsMessage, null],
    [readResultsMessage, { ...page, table: 'secrets' }],
    [readResultsMessage, { ...page, count: '200' }],
    [readResultsMessage, { ...page, offset: 0.5 }],
    [readResultsMessage, { ...view, sort: { column: 1, descending: true } }],
    [readResultsMessage, { kind: 'export', ...of, columns: [1] }],
    [readResultsMessage, { kind: 'range', id: 3, ...of, ...block, as: 'text' }],
    [readResultsMessage, { kind: 'columns', id: 5, ...of, columns: 'a' }],
    [readResultsMessage, { kind: 'traced', cell: { ...cell, inputs: { a: 1 } } }],
    [readResultsMessage, { kind: 'traced', cell: { ...cell, kind: 'secret' } }],
    [readResultsMessage, { kind: 'constructor' }],
    [readResultsMessage, { kind: 'open', path: '/a', line: Number.NaN }],
  ])('%o %j', (read, message) => {
    expect(read(message)).toBeUndefined()
  })

  it('what is not part of a message does not travel on', () => {
    expect(readResultsMessage({ ...page, extra: 1 })).toEqual(page)
  })
})

const parts = {
  view: 'graph',
  title: 'Dependency Graph',
  script: 'start()',
  style: 'p{margin:0}',
  nonce: 'N0NCE',
  language: 'en',
  words: undefined,
} as const

it('a page runs its own script, has its own style and loads nothing', () => {
  const html = pageHtml(parts)
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]
  expect(policy).toBe(
    "default-src 'none'; script-src 'nonce-N0NCE'; style-src 'nonce-N0NCE'; img-src data: blob:; worker-src blob:",
  )
  expect(html.match(/<(script|style|link)\b[^>]*>[^<]*/g)).toEqual([
    '<style nonce="N0NCE">p{margin:0}',
    '<script nonce="N0NCE">start()',
  ])
  expect(html).toContain('<html lang="en" data-view="graph" data-state="loading">')
})

it('a page in another language has its words as data, which no word ends', () => {
  const html = pageHtml({ ...parts, language: 'es', words: { Rows: 'Filas</script><script>' } })
  expect(html).toContain('<html lang="es"')
  expect(html.match(/<script[^>]*>/g)).toHaveLength(2)
  const words = /<script id="words" type="application\/json">(.*)<\/script>/.exec(html)?.[1] ?? ''
  expect(JSON.parse(words)).toEqual({ Rows: 'Filas</script><script>' })
})
