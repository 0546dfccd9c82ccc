import {
  type Again,
  type DelimitedOptions,
  delimitedReader,
  jsonReader,
  type ReadTable,
  readDelimited,
  readJson,
} from '@modeldriver/engine'
import { chunksOf, utf8Stream } from './chunks.ts'
import { dataKind, explanation, refuseBinary, sizeOf } from './disk.ts'
import { refuseOther } from './signs.ts'

/** Reads the text of a data file by the ending of its name. @throws Unreadable */
export function readTextTable(path: string, text: string, options: DelimitedOptions): ReadTable {
  const { kind, delimiter } = dataKind(path)
  try {
    return kind === 'json' ? readJson(text, options) : readDelimited(text, withDelimiter(options, delimiter))
  } catch (error) {
    throw explanation(error)
  }
}

/** Reads a file of text; a delimited one while it comes from the disk. @throws Unreadable */
export async function readTextFile(path: string, options: DelimitedOptions): Promise<ReadTable> {
  const { kind, isZipped, delimiter } = dataKind(path)
  try {
    return kind === 'json'
      ? await fromJson(path, isZipped, options)
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
    const isMistaken = await feed(path, isZipped, isUtf8, reader.add)
    const result = isMistaken ? undefined : reader.finish()
    if (result !== undefined && 'table' in result) return result
    again = result
    isUtf8 ||= isMistaken
  }
}

async function fromJson(path: string, isZipped: boolean, options: DelimitedOptions): Promise<ReadTable> {
  for (let isUtf8 = false; ; isUtf8 = true) {
    const reader = jsonReader(options)
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const isMistaken = await feed(path, isZipped, isUtf8, (bytes) =>
      reader.add(decoder.decode(bytes, { stream: true })),
    )
    if (isMistaken) continue
    reader.add(decoder.decode())
    return reader.finish()
  }
}

/** Gives a text in UTF-8 to `add`, until that wants no more. True when it was taken for another encoding first. */
async function feed(
  path: string,
  isZipped: boolean,
  isUtf8: boolean,
  add: (bytes: Uint8Array) => boolean,
): Promise<boolean> {
  const text = utf8Stream(isUtf8)
  let isFirst = true
  for await (const chunk of chunksOf(path, isZipped)) {
    if (isFirst) refuseOther(chunk, 'text')
    const bytes = text.add(chunk)
    if (isFirst) refuseBinary(bytes)
    isFirst = false
    if (!add(bytes)) return text.isMistaken()
  }
  if (isFirst) refuseOther(new Uint8Array(), 'text')
  add(text.end())
  return text.isMistaken()
}
