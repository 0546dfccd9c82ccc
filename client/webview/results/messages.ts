import type {
  ColumnSummary,
  FeatureSummary,
  ModelSummary,
  Page,
  PageColumn,
  RangeStatistics,
  RunProblem,
  RunSummary,
  TableChanges,
  TableSummary,
  ToResultsPage,
  Trace,
  TraceInput,
} from '@modeldriver/protocol'
import {
  either,
  flag,
  type Guard,
  list,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  shape,
  text,
} from '../shared/shape.ts'

type Message<K extends ToResultsPage['kind']> = Extract<ToResultsPage, { kind: K }>

const valueType = oneOf('number', 'integer', 'string', 'boolean', 'date', 'datetime')

const problemParts = {
  message: text,
  code: optional(text),
  model: optional(text),
  feature: optional(text),
  path: optional(text),
  line: optional(number),
  character: optional(number),
} as const
const problem = shape<RunProblem>(problemParts)

const kind = oneOf('column', 'key', 'row', 'group', 'constant')

const yes: Guard<true> = (value): value is true => value === true

const column = shape<ColumnSummary>({
  name: text,
  type: valueType,
  kind,
  called: optional(text),
  isLater: optional(yes),
  missing: number,
  distinct: optional(number),
  histogram: optional(
    shape<NonNullable<ColumnSummary['histogram']>>({ from: number, to: number, counts: list(number) }),
  ),
  min: optional(number),
  max: optional(number),
  mean: optional(number),
  median: optional(number),
  std: optional(number),
  top: optional(list(shape<NonNullable<ColumnSummary['top']>[number]>({ value: text, count: number }))),
})

const changes = shape<TableChanges>({
  addedRows: number,
  removedRows: number,
  cells: mapOf(number),
  addedColumns: list(text),
  removedColumns: list(text),
})

const table = shape<TableSummary>({ count: number, columns: list(column), changes: optional(changes) })

const feature = shape<FeatureSummary>({
  feature: text,
  level: oneOf('row', 'group', 'constant'),
  why: text,
  isKept: optional(flag),
  unsteady: optional(text),
  ms: number,
  file: shape<FeatureSummary['file']>({ path: text }),
  line: number,
  endLine: number,
  error: optional(
    shape<NonNullable<FeatureSummary['error']>>({
      ...problemParts,
      at: optional(text),
      inputs: optional(mapOf(text)),
      cause: optional(text),
    }),
  ),
})

const model = shape<ModelSummary>({
  model: text,
  input: text,
  groupBy: optional(list(text)),
  rows: table,
  groups: optional(table),
  features: list(feature),
  rowsWithoutKey: number,
  rejected: number,
  sampledFrom: optional(number),
  ms: number,
})

const summary = shape<RunSummary>({
  run: text,
  project: text,
  models: list(model),
  problems: list(problem),
  files: list(text),
  ms: number,
})

/** Numbers arrive as a typed array, made in this window or in the one around it. */
const floats: Guard<Float64Array> = (value): value is Float64Array =>
  Object.prototype.toString.call(value) === '[object Float64Array]'

const pageColumn: Guard<PageColumn> = either(
  shape<Extract<PageColumn, { values: Float64Array }>>({
    name: text,
    type: oneOf('number', 'integer', 'date', 'datetime'),
    values: floats,
  }),
  either(
    shape<Extract<PageColumn, { type: 'string' }>>({ name: text, type: oneOf('string'), values: list(nullable(text)) }),
    shape<Extract<PageColumn, { type: 'boolean' }>>({
      name: text,
      type: oneOf('boolean'),
      values: list(nullable(flag)),
    }),
  ),
)

const page = shape<Page>({
  offset: number,
  count: number,
  columns: list(pageColumn),
  changed: optional(mapOf(list(number))),
  rows: optional(list(number)),
})

const statistics = shape<RangeStatistics>({
  cells: number,
  count: number,
  numbers: number,
  sum: number,
  mean: optional(number),
  min: optional(number),
  max: optional(number),
})

type From<K extends string> = Extract<TraceInput['from'], Readonly<Record<K, unknown>>>
const cells = { count: number, missing: number, values: list(nullable(text)) } as const
const from: Guard<TraceInput['from']> = either(
  either(
    shape<From<'row'>>({ table: oneOf('rows', 'groups'), row: number, value: optional(text) }),
    either(
      shape<From<'group'>>({ table: oneOf('rows'), group: number, ...cells }),
      shape<Exclude<From<'values'>, From<'group'>>>({ table: oneOf('groups'), ...cells }),
    ),
  ),
  shape<Extract<TraceInput['from'], { table: 'absent' }>>({ table: oneOf('absent') }),
)

const trace = shape<Trace>({
  column: text,
  kind,
  table: oneOf('rows', 'groups'),
  row: number,
  value: optional(text),
  key: optional(list(shape<NonNullable<Trace['key']>[number]>({ name: text, value: optional(text) }))),
  why: optional(text),
  path: optional(text),
  line: optional(number),
  inputs: list(shape<TraceInput>({ name: text, kind, from })),
})

const ran = shape<Message<'ran'>>({
  kind: oneOf('ran'),
  summary,
  show: optional(shape<NonNullable<Message<'ran'>['show']>>({ model: text, feature: optional(text) })),
})

const described = shape<Message<'columns'>>({
  kind: oneOf('columns'),
  id: number,
  run: text,
  model: text,
  table: oneOf('rows', 'groups', 'outputs'),
  columns: list(column),
})

const about: Guard<ToResultsPage> = either(
  either(
    shape<Message<'view'>>({ kind: oneOf('view'), id: number, view: text, count: number }),
    shape<Message<'statistics'>>({ kind: oneOf('statistics'), id: number, statistics }),
  ),
  either(
    either(shape<Message<'trace'>>({ kind: oneOf('trace'), id: number, trace }), described),
    shape<Message<'refused'>>({ kind: oneOf('refused'), id: number, message: text }),
  ),
)

const told: Guard<ToResultsPage> = either(
  either(
    shape<Message<'running'>>({ kind: oneOf('running'), model: optional(text) }),
    shape<Message<'error'>>({ kind: oneOf('error'), problems: list(problem), isGone: optional(flag) }),
  ),
  shape<Message<'done'>>({ kind: oneOf('done'), message: text }),
)

export const toResultsPage: Guard<ToResultsPage> = either(
  either(ran, shape<Message<'page'>>({ kind: oneOf('page'), id: number, page })),
  either(about, told),
)
