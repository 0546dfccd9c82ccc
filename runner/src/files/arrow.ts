import { factsOf, type KnownHeader, namesOnce, specsByHeader, type ValueType, type Wanted } from '@modeldriver/engine'
import {
  type Column as ArrowColumn,
  CompressionType,
  type DataType,
  type Field,
  setCompressionCodec,
  TimeUnit,
  type TimeUnit_,
  Type,
  tableFromIPC,
} from '@uwdata/flechette'
import { arrowHead, wholeArrow } from './arrowHead.ts'
import { columnFrom, type LeftOut, type OwnTable } from './cells.ts'
import { lz4Frame } from './codecs.ts'
import { type OpenFile, Unreadable } from './disk.ts'
import { cellText } from './format.ts'
import { clock, decimalOf, millisecondsOf } from './units.ts'
import { damage } from './unreadable.ts'
import { zstd } from './zstd.ts'

const sampledRows = 1000

/** Columns of an Arrow file or stream by its own schema, with samples of its first rows. Reads its ends only. @throws Unreadable */
export function arrowHeader(file: OpenFile): KnownHeader {
  const headerUpTo = (end: 'schema' | 'rows') => headerOf(tableFromIPC(arrowHead(file, end), options))
  try {
    return headerUpTo('rows')
  } catch {
    // The columns are known all the same.
    try {
      return headerUpTo('schema')
    } catch (error) {
      throw damage(error)
    }
  }
}

function headerOf(arrow: ArrowTable): KnownHeader {
  const given = columnsOf(arrow)
  const { names, warnings } = namesOnce(given.map(({ name }) => name))
  const columns = given.map(({ kind, cells }, at) => {
    const values = first(cells, sampledRows, kind)
    const { data: column } = columnFrom(values, kind.type)
    const texts = values.map((_, row) => cellText(column, row))
    const samples = [...new Set(texts)].filter((text) => text !== undefined && text !== '').slice(0, 5)
    const header = {
      name: names[at] as string,
      ...(!kind.isEmpty && { type: kind.type }),
      samples: samples.map((text) => String(text).slice(0, 100)),
    }
    return cells.length > 0 ? { ...header, facts: factsOf(column) } : header
  })
  return { columns, warnings }
}

/** The first `limit` rows of an Arrow file or stream, and how many it has. Only wanted columns are decoded. @throws when it is damaged */
export function readArrow(bytes: ArrayBuffer, limit: number, wanted: Wanted): OwnTable {
  const arrow = tableFromIPC(wholeArrow(bytes), options)
  if (!arrow.children.every((cells) => cells.length === arrow.numRows && hasRoom(cells)))
    throw new Unreadable('it is damaged (its columns do not have as many cells as rows are said to be)')
  const length = Math.min(arrow.numRows, limit)
  const given = columnsOf(arrow)
  const { names: headers, warnings } = namesOnce(given.map(({ name }) => name))
  const columns = specsByHeader(headers, wanted).map(({ isWanted }, column) => {
    const { cells, kind } = given[column] as Cells
    return isWanted ? columnFrom(first(cells, length, kind), kind.type) : undefined
  })
  const leftOut = arrow.schema.fields
    .filter(({ type }) => kindOf(type) === undefined)
    .map(({ name, type }): LeftOut => ({ name, kind: leftOutKind(type) }))
  return { headers, columns, length, rows: arrow.numRows, leftOut, warnings }
}

/** Whether there are the bits at least for as many cells as are said to be; else reading them would hardly end. */
const hasRoom = ({ data }: ArrowColumn<unknown>): boolean =>
  data.every(({ length, values, offsets }) => {
    const stored = Math.max(values?.length ?? 0, offsets?.length ?? 0)
    return (values === undefined && offsets === undefined) || length <= 8 * stored
  })

/** Numbers of 64 bits, instants and decimals as they are stored. */
const options = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true }

/** The library knows no codec of its own, and none is asked to write. */
function reads(codec: (input: Uint8Array, length: number) => Uint8Array) {
  return {
    // As typed arrays need them, which begin at multiples of eight.
    decode: (input: Uint8Array, length: number) => {
      const bytes = codec(input, length)
      return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice()
    },
    encode: () => {
      throw new Error('Arrow files are written without compression')
    },
  }
}
setCompressionCodec(CompressionType.LZ4_FRAME, reads(lz4Frame))
setCompressionCodec(CompressionType.ZSTD, reads(zstd))

type ArrowTable = ReturnType<typeof tableFromIPC>

interface Cells {
  readonly name: string
  readonly kind: Kind
  readonly cells: ArrowColumn<unknown>
}

/** Those that tables have cells for. */
const columnsOf = ({ schema, children }: ArrowTable): readonly Cells[] =>
  schema.fields.flatMap(({ name, type }: Field, index) => {
    const kind = kindOf(type)
    const cells = children[index]
    return kind && cells ? [{ name, kind, cells }] : []
  })

/** The type of a column, and what its cells are where they are stored otherwise. */
interface Kind {
  readonly type: ValueType
  /** It has no cells: nobody knows which type they would have. */
  readonly isEmpty?: true
  readonly cellOf?: (stored: number | bigint) => unknown
}

function kindOf(type: DataType): Kind | undefined {
  switch (type.typeId) {
    case Type.Int:
      return { type: 'integer' }
    case Type.Float:
      return { type: 'number' }
    case Type.Decimal:
      return { type: type.scale === 0 ? 'integer' : 'number', cellOf: decimalOf(type.scale) }
    case Type.Bool:
      return { type: 'boolean' }
    case Type.Date:
      return { type: 'date' }
    case Type.Timestamp:
      return { type: 'datetime', cellOf: millisecondsIn(type.unit) }
    case Type.Time:
    case Type.Duration: {
      const milliseconds = millisecondsIn(type.unit)
      return { type: 'string', cellOf: (time) => clock(milliseconds(time)) }
    }
    case Type.Null:
      return { type: 'string', isEmpty: true }
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return { type: 'string' }
    case Type.Dictionary:
      return kindOf(type.dictionary)
    case Type.RunEndEncoded:
      return type.children[1] && kindOf(type.children[1].type)
    default:
      return undefined
  }
}

function millisecondsIn(unit: TimeUnit_): (time: number | bigint) => number {
  switch (unit) {
    case TimeUnit.SECOND:
      return (time) => Number(time) * 1000
    case TimeUnit.MILLISECOND:
      return Number
  }
  const milliseconds = millisecondsOf(unit === TimeUnit.MICROSECOND ? 1000n : 1_000_000n)
  return (time) => milliseconds(BigInt(time))
}

/** The kind of what tables have no cells for. */
function leftOutKind({ typeId }: DataType): string {
  switch (typeId) {
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.ListView:
    case Type.LargeListView:
      return 'lists'
    case Type.Struct:
    case Type.Map:
    case Type.Union:
      return 'records'
    case Type.Interval:
      return 'intervals'
    default:
      return 'bytes'
  }
}

function first(cells: ArrowColumn<unknown>, limit: number, { cellOf }: Kind): readonly unknown[] {
  const values: unknown[] = []
  for (const cell of cells) {
    if (values.length >= limit) break
    values.push(cellOf && cell !== null ? cellOf(cell as number | bigint) : cell)
  }
  return values
}
