import {
  type Again,
  type DelimitedOptions,
  delimitedReader,
  type ReadTable,
  readDelimited,
  readJson,
} from '@modeldriver/engine'
import { chunksOf, utf8Stream } from './chunks.ts'
import { dataKind, dataText, explanation, refuseBinary, sizeOf } from './disk.ts'
import { refuseOther } from './signs.ts'

/** Reads the text of a data file by the ending of its name. @throws Unreadable */
export function readTextTable(path: string, text: string, options: DelimitedOptions): ReadTable {
  const { kind, delimiter } = dataKind(path)
  try {
    return kind === 'json' ? fromJson(text, options) : readDelimited(text, withDelimiter(options, delimiter))
  } catch (error) {
    throw explanation(error)
  }
}

/** Reads a file of text; a delimited one while it comes from the disk. @throws Unreadable */
export async function readTextFile(path: string, options: DelimitedOptions): Promise<ReadTable> {
  const { kind, isZipped, delimiter } = dataKind(path)
  try {
    return kind === 'json'
      ? fromJson(await wholeText(path, isZipped), options)
      : await fromChunks(path, isZipped, {
          ...withDelimiter(options, delimiter),
          ...(!isZipped && { bytes: sizeOf(path) }),
        })
  } catch (error) {
    throw explanation(error)
  }
}

const withDelimiter = (options: DelimitedOptions, delimiter: string | undefined): DelimitedOptions =>
  delimiter === undefined ? options : { ...options, delimiter }

/** Twice when the first rows were misleading, or the first letters. */
async function fromChunks(path: string, isZipped: boolean, options: DelimitedOptions): Promise<ReadTable> {
  let again: Again | undefined
  for (let isUtf8 = false; ; ) {
    const reader = delimitedReader(options, again)
    const text = utf8Stream(isUtf8)
    let isFirst = true
    for await (const chunk of chunksOf(path, isZipped)) {
      if (isFirst) refuseOther(chunk, 'text')
      const bytes = text.add(chunk)
      if (isFirst) refuseBinary(bytes)
      isFirst = false
      if (!reader.add(bytes)) break
    }
    if (isFirst) refuseOther(new Uint8Array(), 'text')
    reader.add(text.end())
    const result = text.isMistaken() ? undefined : reader.finish()
    if (result !== undefined && 'table' in result) return result
    again = result
    isUtf8 ||= result === undefined
  }
}

/** Of lines only so many are read, and the others counted; a list is read as a whole. */
function fromJson(text: string, options: DelimitedOptions): ReadTable {
  const { limit, ...all } = options
  if (limit === undefined || /^\uFEFF?\s*\[/.test(text)) return readJson(text, all)
  const read = readJson(text, options)
  if (read.rows < limit || !options.countsAll) return read
  return { ...read, rows: text.split('\n').filter((line) => line.trim() !== '').length }
}

async function wholeText(path: string, isZipped: boolean): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of chunksOf(path, isZipped)) chunks.push(chunk.slice())
  return dataText(Buffer.concat(chunks))
}
