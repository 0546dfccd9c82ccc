import type { FromGraphPage, FromResultsPage, Place } from '@modeldriver/protocol'

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
  if (kind === 'open' && isPlace(message.place)) return { kind, place: message.place }
  return undefined
}

export function readResultsMessage(message: unknown): FromResultsPage | undefined {
  if (!isFields(message)) return undefined
  const { kind } = message
  if (kind === 'ready' || kind === 'runAgain' || kind === 'cancel') return { kind }
  if (kind === 'page') return readPage(message)
  if (kind === 'sort') return readSort(message)
  if (kind === 'open') return readOpen(message)
  return undefined
}

function readPage(message: Fields): FromResultsPage | undefined {
  const table = readTable(message)
  const { view, offset, count } = message
  if (table === undefined || !isCount(offset) || !isCount(count) || !isOptional(view, isText)) return undefined
  return { kind: 'page', ...table, offset, count, ...(view !== undefined && { view }) }
}

function readSort(message: Fields): FromResultsPage | undefined {
  const table = readTable(message)
  const { column, descending } = message
  if (table === undefined || typeof descending !== 'boolean' || !isOptional(column, isText)) return undefined
  return { kind: 'sort', ...table, descending, ...(column !== undefined && { column }) }
}

function readOpen({ path, line, character }: Fields): FromResultsPage | undefined {
  if (!isText(path) || !isCount(line) || !isOptional(character, isCount)) return undefined
  return { kind: 'open', path, line, ...(character !== undefined && { character }) }
}

function readTable({ id, run, model, table }: Fields) {
  if (!isCount(id) || !isText(run) || !isText(model)) return undefined
  if (table !== 'rows' && table !== 'groups' && table !== 'outputs') return undefined
  return { id, run, model, table } as const
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

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
