import { expect, test } from 'vitest'
import { viewOf } from './drawing.fixture.ts'
import { layoutDrawing } from './layout.ts'
import { routeOf, type Stretch } from './routes.ts'

const view = viewOf(['m: x!, a(x), b(a), c(b), d(c), e(d, x)'])
const layout = layoutDrawing(view)
const longest = layout.edges.find(({ edge }) => edge.from === 'm/x' && edge.to === 'm/e')

function route(sight?: Stretch) {
  const [from, to] = ['m/x', 'm/e'].map((id) => {
    const node = view.nodes.find((each) => each.id === id)
    const box = layout.nodes.get(id)
    if (!node || !box) throw new Error(`${id} is not drawn`)
    return { node, box }
  })
  if (!longest || !from || !to) throw new Error('The edge is not drawn')
  return routeOf(longest, from, to, sight)
}

const xs = (line: string) => [...line.matchAll(/H([\d.]+)/g)].map((match) => Number(match[1]))
const passages = longest?.passages ?? []
const rights = passages.map(({ right }) => right)

test('the whole line passes every column on its way and ends with a head', () => {
  expect(passages).toHaveLength(4)
  expect(xs(route().line)).toEqual(rights)
  expect(route().head).not.toBe('')
})

test('of a long line only what is in sight is drawn, from the column before to the one behind', () => {
  const [, second, third] = passages
  const { line, head } = route({ left: (second?.left ?? 0) + 1, right: (third?.left ?? 0) + 1 })
  expect(line.startsWith(`M${second?.left} `)).toBe(true)
  expect(xs(line)).toEqual(rights.slice(1))
  expect(head).toBe('')
  expect(xs(route({ left: 0, right: (second?.left ?? 0) + 1 }).line)).toEqual(rights.slice(0, 3))
  expect(route({ left: (third?.left ?? 0) + 1, right: 1e6 }).head).toBe(route().head)
})
