import type {
  GraphEdge,
  GraphLane,
  GraphNode,
  GraphView,
  NodeRun,
  Place,
  RunOverlay,
  ToGraphPage,
  TracedCell,
  TracedMessage,
} from '@modeldriver/protocol'
import { either, flag, type Guard, list, mapOf, number, oneOf, optional, shape, text } from '../shared/shape.ts'

type Message<K extends ToGraphPage['kind']> = Extract<ToGraphPage, { kind: K }>

const position = shape<Place['range']['start']>({ line: number, character: number })
const place = shape<Place>({ uri: text, range: shape<Place['range']>({ start: position, end: position }) })

const lane = shape<GraphLane>({ model: text, seq: number, groupBy: optional(list(text)), input: text })

const node = shape<GraphNode>({
  id: text,
  name: text,
  model: text,
  kind: oneOf('column', 'row', 'group', 'constant', 'model'),
  type: optional(text),
  why: optional(text),
  isKey: optional(flag),
  doc: optional(text),
  ports: optional(list(text)),
  problems: list(shape<GraphNode['problems'][number]>({ severity: text, code: text, message: text })),
  place: optional(place),
})

const edge = shape<GraphEdge>({
  id: text,
  from: text,
  to: text,
  fromPort: optional(text),
  toPort: optional(text),
  inCycle: flag,
})

const view = shape<GraphView>({
  project: text,
  title: text,
  revision: number,
  lanes: list(lane),
  nodes: list(node),
  edges: list(edge),
  cycles: list(list(text)),
  current: optional(text),
})

const run = shape<RunOverlay>({
  nodes: mapOf(
    shape<NodeRun>({ ms: number, count: number, missing: number, isKept: optional(flag), error: optional(text) }),
  ),
  isStale: flag,
})

const cell = shape<TracedCell>({
  model: text,
  column: text,
  kind: oneOf('column', 'key', 'row', 'group', 'constant'),
  value: text,
  inputs: mapOf(text),
})

export const toGraphPage: Guard<ToGraphPage> = either(
  shape<Message<'graph'>>({ kind: oneOf('graph'), view, select: optional(text) }),
  either(
    shape<Message<'error'>>({ kind: oneOf('error'), message: text }),
    either(
      shape<Message<'select'>>({ kind: oneOf('select'), node: text }),
      either(
        shape<Message<'run'>>({ kind: oneOf('run'), run }),
        shape<TracedMessage>({ kind: oneOf('traced'), cell: optional(cell) }),
      ),
    ),
  ),
)
