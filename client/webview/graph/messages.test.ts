import { expect, test } from 'vitest'
import { twoModels } from './drawing.fixture.ts'
import { toGraphPage } from './messages.ts'

const cell = { model: 'margin', column: 'total', kind: 'row', value: '3', inputs: { revenue: '3' } }

test.each([
  ['a graph', { kind: 'graph', view: twoModels }, true],
  ['a graph with a node to select', { kind: 'graph', view: twoModels, select: 'margin' }, true],
  ['a message from a newer host', { kind: 'select', node: 'margin', since: 3 }, true],
  ['a cell that is traced', { kind: 'traced', cell }, true],
  ['no cell any more', { kind: 'traced' }, true],
  ['a cell of no column', { kind: 'traced', cell: { ...cell, column: 1 } }, false],
  ['an error', { kind: 'error', message: 'No model.' }, true],
  ['another kind', { kind: 'page', id: 1 }, false],
  ['a graph without nodes', { kind: 'graph', view: { ...twoModels, nodes: undefined } }, false],
  [
    'a node of an unknown kind',
    { kind: 'graph', view: { ...twoModels, nodes: [{ ...twoModels.nodes[0], kind: 'x' }] } },
    false,
  ],
  ['nothing', undefined, false],
  ['text', 'graph', false],
])('%s: %#', (_, message, isValid) => {
  expect(toGraphPage(message)).toBe(isValid)
})
