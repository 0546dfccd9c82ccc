import type { AnnotatedKind } from '../source/annotation.ts'
import { hasTime, readIsoDate } from '../table/datePattern.ts'
import { usualPatterns } from '../table/likeness.ts'
import {
  entryOf,
  likeliestFormat,
  missingEntry,
  type NumberFormat,
  numberReader,
  usualFormats,
} from '../table/numberReader.ts'
import { numberFeature } from './besideNumbers.ts'
import { yesAndNoOf } from './yesAndNo.ts'

/** Words in a column that may stand for a missing value, and the words that its model has for one already, or the column in place of these. */
export interface Beside {
  readonly found: readonly string[]
  readonly said: readonly string[]
  readonly isOwn?: boolean
  /** What features call a column of a joined file, which is read as its model says: its columns have no entries of their own. */
  readonly joinedAs?: string
}

/** The values of a column that are none of these words. */
export const withoutMarks = (samples: readonly string[], { found }: Beside): readonly string[] =>
  samples.filter((sample) => !found.includes(sample))

const nothing: Beside = { found: [], said: [] }
const withMarks = ({ found, said }: Beside): string =>
  found.length === 0 ? '' : `${missingEntry([...said, ...found])}, `

/**
 * What modeldriver.json would have to say, so that texts are read as the dates, numbers or truth values that they look like, but for words
 * that stand for a missing value.
 */
export function readAs(samples: readonly string[], column: string, beside = nothing): string | undefined {
  if (samples.length === 0) return undefined
  const [pattern, other] = patternsOf(samples)
  if (pattern !== undefined) {
    const or = other === undefined ? '' : ` (or "${other}")`
    if (beside.joinedAs !== undefined)
      return `If it holds dates, give its model ${withMarks(beside)}"formats": { "${typeOf(pattern)}": "${pattern}" }${or} in modeldriver.json.`
    return `If it holds dates, give it ${withMarks(beside.isOwn ? beside : { ...beside, said: [] })}"type": "${typeOf(pattern)}", "format": "${pattern}"${or} under "columns" in modeldriver.json.`
  }
  if (beside.found.length > 0) {
    const kind = plainKind(samples)
    if (kind !== undefined) return besidesMarks(kind, column, beside)
  }
  if (isPlain(samples)) return codes(samples, column, beside)
  const [format, otherFormat] = formatsOf(samples)
  if (!format) return asBoolean(samples, column, beside)
  const or = otherFormat ? ` (or ${written(otherFormat)}, if ${samples[0]} is a number with decimals)` : ''
  const marks = beside.found.length > 0 ? [...beside.said, ...beside.found] : []
  // Other columns of the file may have points or commas there.
  const isOfColumn = format.thousands === ' ' || format.thousands === "'" || (beside.isOwn && marks.length > 0)
  if (isOfColumn && beside.joinedAs === undefined) return `If it holds numbers, ${beNumber(column, format, marks)}`
  return `If it holds numbers, give its model ${withMarks(beside)}"formats": { "number": ${written(format)} }${or} in modeldriver.json.`
}

/** What texts are as they stand: no column of them alone would be text. */
function plainKind(samples: readonly string[]): 'numbers' | 'dates' | 'true and false' | undefined {
  const { readText, sawCode, sawInexact } = numberReader(plain)
  if (samples.every((sample) => !Number.isNaN(readText(sample))))
    return sawCode() || sawInexact() ? undefined : 'numbers'
  if (samples.every((sample) => !Number.isNaN(readIsoDate(sample)))) return 'dates'
  return samples.every((sample) => /^(true|false)$/i.test(sample)) ? 'true and false' : undefined
}

function besidesMarks(kind: string, column: string, { found, said, isOwn }: Beside): string {
  const isOne = found.length === 1 ? 'that is' : 'these are'
  const marks = missingEntry([...said, ...found])
  const entry = isOwn ? `"columns": { ${quoted(column)}: { ${marks} } }` : marks
  return `Besides ${kind} it holds ${found.map(quoted).join(', ')}. If ${isOne} no value, give its model ${entry} in modeldriver.json.`
}

/** The patterns by which all can be read as dates: one, or two of another order of the parts. */
export function patternsOf(samples: readonly string[]): readonly string[] {
  const [pattern, other] = [...usualPatterns].flatMap(([each, read]) =>
    samples.every((sample) => !Number.isNaN(read(sample))) ? each : [],
  )
  if (pattern === undefined) return []
  return other === undefined || sameOrder(pattern, other) ? [pattern] : [pattern, other]
}

/** Dates that are written as `new Date` of JavaScript reads them, or may be. */
export const isMonthFirst = (samples: readonly string[]): boolean => {
  const [pattern] = patternsOf(samples)
  return pattern === undefined || pattern.startsWith('M')
}

export const typeOf = (pattern: string): 'date' | 'datetime' => (hasTime(pattern) ? 'datetime' : 'date')

function inFormat(samples: readonly string[]): (format: NumberFormat) => boolean {
  return (format) => {
    const { readText } = numberReader(format)
    return samples.every((sample) => !Number.isNaN(readText(sample)))
  }
}

/** The formats in which all are numbers, the likeliest first; each gives other ones than those before it. */
function formatsOf(samples: readonly string[]): readonly NumberFormat[] {
  const seen = new Set<string>()
  return numberFormats.filter(inFormat(samples)).filter((format) => {
    const numbers = samples.map(numberReader(format).readText).join()
    return !seen.has(numbers) && seen.add(numbers)
  })
}

const isPlain = (samples: readonly string[]): boolean => inFormat(samples)(plain)

/** A way to read a column of text, as its entry under "columns" says it. */
export interface Reading {
  readonly kind: AnnotatedKind
  /** How its texts are written, for people. */
  readonly shown: string
  readonly entry: Readonly<Record<string, string | readonly string[]>>
}

/** What texts that look like dates or numbers can be read as, the likeliest first, but for words that stand for a missing value. */
export function readingsOf(samples: readonly string[], { found, said, isOwn }: Beside = nothing): readonly Reading[] {
  const [sample] = samples
  if (sample === undefined) return []
  const missing = found.length > 0 ? { missing: isOwn ? [...said, ...found] : found } : {}
  const kind = found.length > 0 ? plainKind(samples) : undefined
  if (kind === 'numbers' || kind === 'dates') {
    const shown = `${found.map(quoted).join(', ')} as missing`
    return [{ kind: kind === 'numbers' ? 'number' : 'Date', shown, entry: missing }]
  }
  if (isPlain(samples)) return []
  const dates = patternsOf(samples).map(
    (format): Reading => ({ kind: 'Date', shown: format, entry: { type: typeOf(format), format, ...missing } }),
  )
  if (dates.length > 0) return dates
  return formatsOf(samples).map(({ decimal, thousands }) => ({
    kind: 'number',
    shown: `1${thousands}234${decimal}5`,
    entry: { type: 'number', decimal, thousands, ...missing },
  }))
}

/** They are written as numbers are, and stay text all the same. */
function codes(samples: readonly string[], column: string, beside: Beside): string | undefined {
  const code = samples.find((sample) => /^[+-]?0\d/.test(sample))
  if (code === undefined) return undefined
  return `${code} has a leading zero, as codes have, so it stays text. If it is a number, ${asNumber(samples, column, beside)}`
}

/** Texts that are numbers and are read as text: as numbers all the same. */
export const asNumber = (samples: readonly string[], column: string, { joinedAs }: Beside): string =>
  joinedAs === undefined ? beNumber(column) : `a feature can make it one: ${numberFeature(samples, joinedAs, plain)}`

/** What is to be said of texts that are taken for numbers, and of which only some are. */
export function besidesNumbers(samples: readonly string[], column: string, beside = nothing): string | undefined {
  const format = likeliestFormat(samples)
  if (format === undefined) return undefined
  const { readText } = numberReader(format)
  const others = samples.filter((sample) => Number.isNaN(readText(sample)))
  if (others.length === 0) return undefined
  const them = others.map(quoted).join(', ')
  // As numbers their column would lose them.
  if (others.some((other) => /\d/.test(other)))
    return `Besides numbers it holds ${them}, which ${others.length === 1 ? 'is none' : 'are none'} as written; a feature can make ${others.length === 1 ? 'a number of it' : 'numbers of them'}.`
  if (beside.joinedAs === undefined)
    return `Besides numbers it holds ${them}. If that is no value, ${beNumber(column, format)}`
  return `Besides numbers it holds ${them}. A feature can make numbers of the others, and a missing value of that: ${numberFeature(samples, beside.joinedAs, format)}`
}

/** As numbers: what is none is set aside then. */
export const beNumber = (column: string, format = plain, marks: readonly string[] = []): string =>
  `give its model "columns": { ${quoted(column)}: ${entryOf(format, marks)} } in modeldriver.json.`

function asBoolean(samples: readonly string[], column: string, beside: Beside): string | undefined {
  const words = yesAndNoOf(samples)
  if (!words || words.others.length > 0) return undefined
  const { yes, no } = words
  const { found, joinedAs } = beside
  if (joinedAs === undefined) return `If it holds true and false, ${giveWords(column, [yes], [no], found)}`
  const marks =
    found.length > 0 ? `give its model ${missingEntry([...beside.said, ...found])} in modeldriver.json, and ` : ''
  return `If it holds true and false, ${marks}${isYes(joinedAs, yes)}`
}

/** Case does not count, as where words are read. */
const isYes = (name: string, yes: string): string =>
  truthFeature(name, `${name}.toLowerCase() === '${yes.toLowerCase()}'`)

const truthFeature = (name: string, value: string): string =>
  `make them in a feature: export const ${name}_true = (${name}) => ${value}`

/** What is to be said of texts that are taken for true or false, and are not only words for them. */
export function besidesYesAndNo(samples: readonly string[], column: string, { joinedAs }: Beside): string | undefined {
  const words = yesAndNoOf(samples)
  if (!words || words.others.length === 0) return undefined
  const { yes, no, others } = words
  const besides = others.map(quoted).join(', ')
  return `Besides ${quoted(yes)} and ${quoted(no)} it holds ${besides}. To say what is true and what is false, ${joinedAs === undefined ? giveWords(column, [yes], [no, ...others]) : isYes(joinedAs, yes)}`
}

/** The same of numbers. */
export function zeroAndOne(
  samples: readonly string[],
  column: string,
  name: string,
  { joinedAs }: Beside,
): string | undefined {
  if (samples.length === 0 || !samples.every((sample) => /^[01](?:\.0+)?$/.test(sample))) return undefined
  const how =
    joinedAs === undefined
      ? `give its model "columns": { ${quoted(column)}: "boolean" } in modeldriver.json; or write ${name} === 1.`
      : truthFeature(joinedAs, `${joinedAs} === 1`)
  return `If 1 and 0 mean true and false, ${how}`
}

/** Case does not count where they are read. */
function giveWords(
  column: string,
  yes: readonly string[],
  no: readonly string[],
  marks: readonly string[] = [],
): string {
  const missing = marks.length > 0 ? `, ${missingEntry(marks)}` : ''
  return `give its model "columns": { ${quoted(column)}: { "true": [${yes.map(quoted).join(', ')}], "false": [${no.map(quoted).join(', ')}]${missing} } } in modeldriver.json.`
}

const quoted = (text: string): string => JSON.stringify(text)

const written = ({ decimal, thousands }: NumberFormat): string =>
  `{ "decimal": "${decimal}", "thousands": "${thousands}" }`

const [plain, ...numberFormats] = usualFormats as readonly [NumberFormat, ...NumberFormat[]]

/** `dd.MM.yyyy` and `d.M.yyyy` are one order of the parts, `MM/dd/yyyy` and `dd/MM/yyyy` are two. */
const sameOrder = (one: string, two: string): boolean => orderOf(one) === orderOf(two)
const orderOf = (pattern: string): string => pattern.replace(/(.)\1+/g, '$1')
