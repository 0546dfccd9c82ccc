import type { Feature } from '../../ir/feature.ts'
import type { Analysis } from './analyse.ts'
import { smallestChange, type ts } from './parse.ts'
import { type Chunk, cutIntoChunks, readStatement, type StatementFacts } from './statement.ts'

/** A chunk with its facts, and what was made of it. */
export interface Part {
  readonly chunk: Chunk
  readonly facts: StatementFacts
  /** By declaration; of a chunk that stays the same it is the same list from one reading to the next. */
  readonly made: (Made | undefined)[]
}

/** A feature as it was handed out, to be handed out again when nothing about it changed. */
export interface Made {
  readonly offset: number
  readonly analysis: Analysis
  readonly feature: Feature
}

export interface CutText {
  readonly text: string
  readonly parts: readonly Part[]
}

/** The parts of a file. Those before and behind what changed are taken over as they are: nobody looks at their texts again. */
export function partsOf(source: ts.SourceFile, before: CutText | undefined): readonly Part[] {
  const chunks = cutIntoChunks(source)
  if (!before) return chunks.map((chunk) => newPart(chunk, source.text, undefined))
  const { first, last } = untouched(chunks, source.text, before)
  const known = new Map<string, Part>()
  const end = before.parts.length - last
  for (const part of before.parts.slice(first, end))
    known.set(before.text.slice(part.chunk.start, part.chunk.end), part)
  const moved = before.parts.length - chunks.length
  return chunks.map((chunk, i) => {
    const old = before.parts[i < first ? i : i + moved]
    if (old && (i < first || i >= chunks.length - last)) return { chunk, facts: old.facts, made: old.made }
    return newPart(chunk, source.text, known)
  })
}

function newPart(chunk: Chunk, text: string, known: Map<string, Part> | undefined): Part {
  const own = text.slice(chunk.start, chunk.end)
  const old = known?.get(own)
  if (!old) return { chunk, facts: readStatement(chunk, text), made: [] }
  known?.delete(own)
  return { chunk, facts: old.facts, made: old.made }
}

/** How many of the first and of the last chunks have the text that they had. */
function untouched(
  chunks: readonly Chunk[],
  text: string,
  before: CutText,
): { readonly first: number; readonly last: number } {
  const { parts } = before
  const { span = { start: text.length, length: 0 }, newLength = 0 } = smallestChange(before.text, text) ?? {}
  const moved = text.length - before.text.length
  const most = Math.min(chunks.length, parts.length)
  const isSame = (chunk: Chunk | undefined, part: Part | undefined, by: number): boolean =>
    chunk !== undefined &&
    part !== undefined &&
    chunk.start === part.chunk.start + by &&
    chunk.end === part.chunk.end + by &&
    (chunk.statement === undefined) === (part.chunk.statement === undefined)
  let first = 0
  while (first < most && (chunks[first] as Chunk).end <= span.start && isSame(chunks[first], parts[first], 0)) first++
  let last = 0
  while (
    last < most - first &&
    (chunks[chunks.length - 1 - last] as Chunk).start >= span.start + newLength &&
    isSame(chunks[chunks.length - 1 - last], parts[parts.length - 1 - last], moved)
  )
    last++
  return { first, last }
}
