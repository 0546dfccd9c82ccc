import type { ValueType } from '@modeldriver/engine'
import type { parquetSchema } from 'hyparquet'
import { clock, decimalOf, millisecondsOf } from './units.ts'

type Column = ReturnType<typeof parquetSchema>
type Element = Column['element']

/** What a column's cells are. */
export interface ColumnKind {
  readonly type: ValueType
  /** It has no cells: nobody knows which type they would have. */
  readonly isEmpty?: true
  /** Makes a cell of what is stored, where hyparquet would give it otherwise: it rounds decimals twice, parses JSON and knows no times. */
  readonly cellOf?: (stored: Stored) => unknown
}

type Stored = number | bigint | string | Uint8Array

/** The kind of a column; undefined when tables have no such cells. */
export function kindOf(element: Element): ColumnKind | undefined {
  const { type } = element
  if (type === undefined || element.repetition_type === 'REPEATED') return undefined
  switch (meaningOf(element)) {
    case 'DATE':
      return { type: 'date' }
    case 'TIMESTAMP':
      return { type: 'datetime' }
    case 'TIME':
      return { type: 'string', cellOf: timeOf(element) }
    case 'DECIMAL':
      return { type: scaleOf(element) === 0 ? 'integer' : 'number', cellOf: wholeThen(decimalOf(scaleOf(element))) }
    case 'NULL':
      return { type: 'string', isEmpty: true }
    case 'FLOAT16':
      return { type: 'number' }
    case 'JSON':
      return { type: 'string', cellOf: (stored) => stored }
    case 'UTF8':
    case 'STRING':
    case 'ENUM':
    case 'UUID':
      return { type: 'string' }
  }
  switch (type) {
    case 'BOOLEAN':
      return { type: 'boolean' }
    case 'INT32':
    case 'INT64':
      return { type: 'integer' }
    case 'FLOAT':
    case 'DOUBLE':
      return { type: 'number' }
    case 'INT96':
      return { type: 'datetime' }
    default:
      return undefined
  }
}

/** The kind of what tables have no cells for. */
export function leftOutKind(column: Column): string {
  const { repetition_type, type, converted_type, logical_type } = column.element
  const meaning = converted_type ?? logical_type?.type
  if (repetition_type === 'REPEATED' || meaning === 'LIST') return 'lists'
  if (meaning === 'INTERVAL') return 'intervals'
  return type === undefined ? 'records' : 'bytes'
}

/** A description by which hyparquet gives the cells of this column as `cellOf` takes them. */
export function described(column: Element): Element {
  const told: Element = { ...column }
  const isStored = kindOf(column)?.cellOf !== undefined
  // Written by all but in the way of old: hyparquet asks for it only.
  if (meaningOf(column) === 'DATE') told.converted_type = 'DATE'
  else if (isStored) delete told.converted_type
  else return column
  delete told.logical_type
  return told
}

/** Bytes of text are taken for text, those of decimals not. */
export const isText = (element: Element): boolean => meaningOf(element) !== 'DECIMAL'

/** The annotation of a column without its unit. Old files have one form of it, and new ones both. */
function meaningOf({ converted_type, logical_type }: Element): string | undefined {
  const meaning = converted_type ?? logical_type?.type
  return /^TIME(?=_)|^TIMESTAMP(?=_)/.exec(meaning ?? '')?.[0] ?? meaning
}

const scaleOf = ({ scale, logical_type }: Element): number =>
  scale ?? (logical_type?.type === 'DECIMAL' ? logical_type.scale : 0)

function wholeThen(value: (digits: number | bigint) => unknown): (stored: Stored) => unknown {
  return (stored) => value(stored instanceof Uint8Array ? wholeOf(stored) : (stored as number | bigint))
}

/** The whole number that stands in bytes, the highest first. */
const wholeOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))

function timeOf({ type, logical_type }: Element): (stored: Stored) => string {
  if (type === 'INT32') return (stored) => clock(Number(stored))
  const isNanos = logical_type?.type === 'TIME' && logical_type.unit === 'NANOS'
  const milliseconds = millisecondsOf(isNanos ? 1_000_000n : 1000n)
  return (stored) => clock(milliseconds(stored as bigint))
}
