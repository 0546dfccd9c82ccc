import type { GraphNode } from '@modeldriver/protocol'
import { expect, it } from 'vitest'
import { featureAt, nodeNamed } from './featureAt.ts'

const node = (model: string, name: string, kind: GraphNode['kind'], line?: number, uri = 'file:///a'): GraphNode => {
  const at = { line: line ?? 0, character: 0 }
  const place = { uri, range: { start: at, end: at } }
  return { id: `${model}/${name}`, name, model, kind, problems: [], ...(line !== undefined && { place }) }
}
const view = {
  project: '/p/modeldriver.json',
  title: 'p',
  revision: 1,
  lanes: [],
  edges: [],
  cycles: [],
  current: 'daily',
  nodes: [
    node('daily', 'price', 'column', 1),
    node('daily', 'total', 'group', 10),
    node('daily', 'margin', 'row', 4),
    node('daily', 'other', 'row', 11, 'file:///b'),
    node('first', 'margin', 'row', 2, 'file:///b'),
    node('daily', 'daily', 'model', 0),
  ],
}

it.each([
  [3, undefined],
  [4, 'daily/margin'],
  [9, 'daily/margin'],
  [30, 'daily/total'],
])('line %i belongs to %s', (line, id) => {
  expect(featureAt(view, 'file:///a', line)?.id).toBe(id)
})

it('of two features of one name the current model has the first right', () => {
  expect(nodeNamed(view, 'margin')?.id).toBe('daily/margin')
  expect(nodeNamed({ ...view, current: 'first' }, 'margin')?.id).toBe('first/margin')
  expect(nodeNamed(view, 'nothing')).toBeUndefined()
})
