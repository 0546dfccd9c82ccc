import { expect, test } from 'vitest'
import { toResultsPage } from './messages.ts'
import { column, summary } from './summary.fixture.ts'

const page = { offset: 0, count: 1, columns: [{ name: 'x', type: 'number', values: Float64Array.of(1) }] }

const trace = {
  column: 'margin',
  kind: 'row',
  table: 'rows',
  row: 3,
  value: '2',
  key: [{ name: 'pin', value: '1' }],
  inputs: [
    { name: 'revenue', kind: 'column', from: { table: 'rows', row: 3, value: '5' } },
    { name: 'vat', kind: 'column', from: { table: 'absent' } },
    { name: 'cost', kind: 'column', from: { table: 'rows', group: 0, count: 2, missing: 1, values: ['3', null] } },
  ],
}

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
  ['a view', { kind: 'view', id: 2, view: 'v2', count: 3 }, true],
  ['a refusal', { kind: 'refused', id: 2, message: 'No.' }, true],
  [
    'what a selection comes to',
    { kind: 'statistics', id: 2, statistics: { cells: 1, count: 0, numbers: 0, sum: 0 } },
    true,
  ],
  [
    'what is known of more columns',
    { kind: 'columns', id: 2, run: 'r', model: 'sales', table: 'rows', columns: [column('x', { isLater: true })] },
    true,
  ],
  ['what a cell was made from', { kind: 'trace', id: 2, trace }, true],
  ['a trace to nowhere', { kind: 'trace', id: 2, trace: { ...trace, table: 'secrets' } }, false],
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
