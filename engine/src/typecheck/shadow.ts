import type { Feature } from '../ir/feature.ts'
import type { TruthWords } from '../ir/model.ts'
import type { Span } from '../ir/span.ts'

/** What the types of one file are checked with: plain data that can be sent to another process. */
export interface ShadowFile {
  /** A file that two models read is checked once in each. */
  readonly model: string
  readonly path: string
  readonly text: string
  /** Types to write into the text, in its order. */
  readonly insertions: readonly Insertion[]
  readonly features: readonly ShadowFeature[]
}

export interface Insertion {
  readonly at: number
  readonly text: string
}

export interface ShadowFeature {
  readonly name: string
  readonly exportName: string
  readonly span: Span
  readonly inputs: readonly ShadowInput[]
  /** It asks one value per group for those of other groups: `total.lag(1)`. */
  readonly looksAround?: true
}

/** What sentences say of an input. */
export interface ShadowInput {
  readonly name: string
  readonly local: string
  /** `is text in orders.csv (e.g. "de")`. */
  readonly clause?: string
  /** All rows of a group of it: `per pin`. */
  readonly whole?: string
  /** The only texts it can be. */
  readonly texts?: readonly string[]
  /** Of true and false: the texts that are read as such. */
  readonly truth?: Required<TruthWords>
}

/** Where an untyped input gets its type. `typeOf` gives the type's text; undefined where nothing is known. */
export function insertionsFor(
  feature: Feature,
  text: string,
  typeOf: (input: Feature['inputs'][number]) => string | undefined,
): readonly Insertion[] {
  return feature.form === 'destructured' ? intoPattern(feature, text, typeOf) : intoList(feature, text, typeOf)
}

function intoList(
  { inputs, inputsSpan }: Feature,
  text: string,
  typeOf: (input: Feature['inputs'][number]) => string | undefined,
): readonly Insertion[] {
  const [first] = inputs
  const isBare = first !== undefined && text[inputsSpan.start - 1] !== '(' && inputsSpan.end === first.whole.end
  return inputs.flatMap((input) => {
    const type = input.typeSpan ? undefined : typeOf(input)
    if (type === undefined) return []
    if (isBare)
      return [
        { at: input.span.start, text: '(' },
        { at: input.span.end, text: `: ${type})` },
      ]
    const question = /^\s*\?/.exec(text.slice(input.span.end, input.whole.end))?.[0].length ?? 0
    return [{ at: input.span.end + question, text: `: ${type}` }]
  })
}

/** A pattern gets one type for all it takes apart, unless it has one. */
function intoPattern(
  { inputs, inputsSpan }: Feature,
  text: string,
  typeOf: (input: Feature['inputs'][number]) => string | undefined,
): readonly Insertion[] {
  const brace = text.indexOf('}', inputsSpan.end)
  if (brace < 0 || inputs.length === 0 || /^\s*:/.test(text.slice(brace + 1))) return []
  const members = inputs.map((input) => `${JSON.stringify(input.name)}: ${typeOf(input) ?? 'any'}`)
  return [{ at: brace + 1, text: `: { ${members.join('; ')} }` }]
}

export function withInsertions(text: string, insertions: readonly Insertion[]): string {
  let result = ''
  let from = 0
  for (const insertion of insertions) {
    result += text.slice(from, insertion.at) + insertion.text
    from = insertion.at
  }
  return result + text.slice(from)
}

/** The place in the text without insertions; undefined for a place inside of one. */
export function placeWithout(insertions: readonly Insertion[], offset: number): number | undefined {
  let added = 0
  for (const { at, text } of insertions) {
    if (offset <= at + added) break
    if (offset < at + added + text.length) return undefined
    added += text.length
  }
  return offset - added
}
