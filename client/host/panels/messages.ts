import { type FromGraphPage, type FromPage, type FromResultsPage, graphFormats } from '@modeldriver/protocol'

/*
 * What a page says is checked before it is believed: a message that is not one of ours is dropped.
 * The readers build a fresh object, so that nothing unchecked travels on.
 */

type Fields = Readonly<Record<string, unknown>>
type Fits = (value: unknown) => boolean

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isTable = (value: unknown): boolean => value === 'rows' || value === 'groups' || value === 'outputs'
const isSort = (value: unknown): boolean =>
  isFields(value) && isText(value.column) && typeof value.descending === 'boolean'
const isTraced = (value: unknown): boolean =>
  isFields(value) &&
  [value.model, value.column, value.value].every(isText) &&
  columnKinds.some((kind) => kind === value.kind) &&
  isFields(value.inputs) &&
  isTexts(Object.values(value.inputs))
const columnKinds = ['column', 'key', 'row', 'group', 'constant']
const maybe = (is: Fits) => (value: unknown) => value === undefined || is(value)

const ofTable = { run: isText, model: isText, table: isTable, view: maybe(isText) }
const block = { columns: isTexts, offset: isCount, count: isCount }

/** Reads messages of these kinds, each with the fields it has. */
const reader =
  <M extends { readonly kind: string }>(shapes: Readonly<Record<M['kind'], Readonly<Record<string, Fits>>>>) =>
  (message: unknown): M | undefined => {
    if (!isFields(message) || !isText(message.kind) || !Object.hasOwn(shapes, message.kind)) return undefined
    const shape = Object.entries<Fits>(shapes[message.kind as M['kind']])
    if (!shape.every(([field, fits]) => fits(message[field]))) return undefined
    const fields = ['kind', ...shape.map(([field]) => field)].filter((field) => message[field] !== undefined)
    return Object.fromEntries(fields.map((field) => [field, message[field]])) as unknown as M
  }

export const readPageMessage = reader<FromPage>({ ready: {}, keep: { state: isFields } })

export const readGraphMessage = reader<FromGraphPage>({
  ready: {},
  open: { place: isPlace },
  run: { model: isText },
  export: { format: (value) => graphFormats.some((format) => format === value), content: isText },
})

export const readResultsMessage = reader<FromResultsPage>({
  ready: {},
  page: { ...ofTable, id: isCount, offset: isCount, count: isCount },
  view: {
    ...ofTable,
    id: isCount,
    sort: maybe(isSort),
    filter: maybe(isText),
    group: maybe(isCount),
    changed: maybe(isText),
  },
  range: { ...ofTable, ...block, id: isCount, as: (value: unknown) => value === 'statistics' },
  trace: { ...ofTable, id: isCount, row: isCount, column: isText },
  columns: { ...ofTable, id: isCount, columns: isTexts },
  copy: { ...ofTable, ...block },
  export: { ...ofTable, columns: isTexts },
  traced: { cell: maybe(isTraced) },
  open: { path: isText, line: isCount, character: maybe(isCount) },
  showInGraph: { path: isText, line: isCount },
  runAgain: {},
  cancel: {},
})

function isPlace(value: unknown): boolean {
  if (!isFields(value) || !isText(value.uri) || !isFields(value.range)) return false
  const { start, end } = value.range
  return isPosition(start) && isPosition(end)
}

function isPosition(value: unknown): boolean {
  return isFields(value) && isCount(value.line) && isCount(value.character)
}
