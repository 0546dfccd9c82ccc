import { expect, test } from 'vitest'
import { toResultsPage } from './messages.ts'
import { summary } from './summary.fixture.ts'

const page = { offset: 0, count: 1, columns: [{ name: 'x', type: 'number', values: Float64Array.of(1) }] }

test.each([
  ['a summary', { kind: 'ran', summary }, true],
  ['a summary with something to show', { kind: 'ran', summary, show: { model: 'sales' } }, true],
  ['a run that goes on', { kind: 'running' }, true],
  ['a page', { kind: 'page', id: 1, page }, true],
  [
    'a page of words',
    { kind: 'page', id: 1, page: { ...page, columns: [{ name: 'x', type: 'string', values: ['a', null] }] } },
    true,
  ],
  ['a view', { kind: 'view', id: 2, view: 'v2' }, true],
  [
    'a page whose numbers are words',
    { kind: 'page', id: 1, page: { ...page, columns: [{ name: 'x', type: 'number', values: ['1'] }] } },
    false,
  ],
  ['a summary without models', { kind: 'ran', summary: { ...summary, models: {} } }, false],
  ['a message of the graph', { kind: 'select', node: 'sales' }, false],
  ['null', null, false],
])('%s: %#', (_, message, isValid) => {
  expect(toResultsPage(message)).toBe(isValid)
})
