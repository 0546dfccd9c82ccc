import {
  type FromGraphPage,
  type FromResultsPage,
  type GraphFormat,
  graphFormats,
  type Place,
} from '@modeldriver/protocol'

/*
 * What a page says is checked before it is believed: a message that is not one of ours is dropped.
 * The readers build a fresh object, so that nothing unchecked travels on.
 */

type Fields = Readonly<Record<string, unknown>>

export function readGraphMessage(message: unknown): FromGraphPage | undefined {
  if (!isFields(message)) return undefined
  const { kind } = message
  if (kind === 'ready') return { kind }
  if (kind === 'run' && typeof message.model === 'string') return { kind, model: message.model }
  if (kind === 'export' && isText(message.content) && graphFormats.some((format) => format === message.format))
    return { kind, format: message.format as GraphFormat, content: message.content }
  if (kind === 'open' && isPlace(message.place)) return { kind, place: message.place }
  return undefined
}

export function readResultsMessage(message: unknown): FromResultsPage | undefined {
  if (!isFields(message) || typeof message.kind !== 'string') return undefined
  const { kind } = message
  if (kind === 'ready' || kind === 'runAgain' || kind === 'cancel') return { kind }
  if (kind === 'open') return readOpen(message)
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind as keyof typeof shapes] : undefined
  if (shape === undefined || !Object.entries(shape).every(([field, fits]) => fits(message[field]))) return undefined
  const fields = Object.keys(shape).filter((field) => message[field] !== undefined)
  return Object.fromEntries([['kind', kind], ...fields.map((field) => [field, message[field]])]) as FromResultsPage
}

function readOpen({ path, line, character }: Fields): FromResultsPage | undefined {
  if (!isText(path) || !isCount(line) || !isOptional(character, isCount)) return undefined
  return { kind: 'open', path, line, ...(character !== undefined && { character }) }
}

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
const maybe = (is: (value: unknown) => boolean) => (value: unknown) => value === undefined || is(value)

const ofTable = { run: isText, model: isText, table: isTable, view: maybe(isText) }
const block = { columns: isTexts, offset: isCount, count: isCount }
const shapes = {
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
  keep: { state: isFields },
  traced: { cell: maybe(isTraced) },
  showInGraph: { path: isText, line: isCount },
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value)
}

function isPlace(value: unknown): value is Place {
  if (!isFields(value) || !isText(value.uri) || !isFields(value.range)) return false
  const { start, end } = value.range
  return isPosition(start) && isPosition(end)
}

function isPosition(value: unknown): boolean {
  return isFields(value) && isCount(value.line) && isCount(value.character)
}
