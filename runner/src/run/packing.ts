import { createHash } from 'node:crypto'
import type { ColumnData, StepResult } from '@modeldriver/engine'

/** Bytes that end with the hash of all before. */
export function sealed(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return Buffer.concat([...parts, hash.digest()])
}

const hashLength = 32

/** What was sealed; undefined when a bit of it is another one. */
export function unsealed(bytes: Buffer): Buffer | undefined {
  const all = bytes.subarray(0, -hashLength)
  const isWhole = bytes.length >= hashLength && hashOf(all).equals(bytes.subarray(-hashLength))
  return isWhole ? all : undefined
}

const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Before its cells and, of text, its dictionary as JSON; after the length of this head. */
interface Head {
  readonly type: ColumnData['type']
  readonly how: StepResult['how']
  readonly cells: number
}

export function packed({ column, how }: StepResult): readonly Uint8Array[] {
  const values = column.type === 'string' ? column.codes : column.values
  const cells = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const head = Buffer.from(JSON.stringify({ type: column.type, how, cells: cells.length } satisfies Head))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return [length, head, cells, ...(column.type === 'string' ? [Buffer.from(JSON.stringify(column.dictionary))] : [])]
}

export function unpacked(bytes: Buffer): StepResult {
  const from = 4 + bytes.readUInt32LE()
  const { type, how, cells } = JSON.parse(bytes.toString('utf8', 4, from)) as Head
  const start = bytes.byteOffset + from
  const own = bytes.buffer.slice(start, start + cells) as ArrayBuffer
  if (type === 'boolean') return { column: { type, values: new Uint8Array(own) }, how }
  if (type !== 'string') return { column: { type, values: new Float64Array(own) }, how }
  const dictionary = JSON.parse(bytes.toString('utf8', from + cells)) as string[]
  return { column: { type, codes: new Int32Array(own), dictionary }, how }
}
