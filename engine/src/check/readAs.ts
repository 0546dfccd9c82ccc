import { dateReader, hasTime } from '../table/datePattern.ts'
import { type NumberFormat, numberReader } from '../table/numberReader.ts'
import { yesAndNoOf } from './yesAndNo.ts'

const dates = ['dd.MM.yyyy', 'd.M.yyyy', 'MM/dd/yyyy', 'dd/MM/yyyy', 'M/d/yyyy', 'd/M/yyyy', 'dd-MM-yyyy', 'MM-dd-yyyy']
const shortYears = ['dd.MM.yy', 'MM/dd/yy', 'dd/MM/yy']
const patterns = [...dates, ...shortYears].flatMap((date) => [date, `${date} HH:mm`, `${date} HH:mm:ss`])

/** What modeldriver.json would have to say, so that texts are read as the dates, numbers or truth values that they look like. */
export function readAs(samples: readonly string[], column: string): string | undefined {
  if (samples.length === 0) return undefined
  const reads = (pattern: string) => {
    const read = dateReader(pattern)
    return samples.every((sample) => !Number.isNaN(read(sample)))
  }
  const [pattern, other] = patterns.filter(reads)
  if (pattern !== undefined) {
    const type = hasTime(pattern) ? 'datetime' : 'date'
    const or = other === undefined || sameOrder(pattern, other) ? '' : ` (or "${other}")`
    return `If it holds dates, give it "type": "${type}", "format": "${pattern}"${or} under "columns" in modeldriver.json.`
  }
  const [format, otherFormat] = numberFormats.filter((each) => {
    const { readText } = numberReader(each)
    return samples.every((sample) => !Number.isNaN(readText(sample)))
  })
  if (!format) return asBoolean(samples, column)
  const or = otherFormat ? ` (or ${written(otherFormat)}, if ${samples[0]} is a number with decimals)` : ''
  return `If it holds numbers, give its model "formats": { "number": ${written(format)} }${or} in modeldriver.json.`
}

/** Case does not count where it is read. */
function asBoolean(samples: readonly string[], column: string): string | undefined {
  const words = yesAndNoOf(samples)
  if (!words) return undefined
  const [name, yes, no] = [column, words.yes, words.no].map((text) => JSON.stringify(text))
  const written = `{ ${name}: { "true": [${yes}], "false": [${no}] } }`
  return `If it holds true and false, give its model "columns": ${written} in modeldriver.json.`
}

const written = ({ decimal, thousands }: NumberFormat): string =>
  `{ "decimal": "${decimal}", "thousands": "${thousands}" }`

const numberFormats: readonly NumberFormat[] = [
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
]

/** `dd.MM.yyyy` and `d.M.yyyy` are one order of the parts, `MM/dd/yyyy` and `dd/MM/yyyy` are two. */
const sameOrder = (one: string, two: string): boolean => orderOf(one) === orderOf(two)
const orderOf = (pattern: string): string => pattern.replace(/(.)\1+/g, '$1')
