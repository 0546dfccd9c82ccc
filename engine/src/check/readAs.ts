import { dateReader, hasTime } from '../table/datePattern.ts'
import { type NumberFormat, numberReader } from '../table/numberReader.ts'

const dates = ['dd.MM.yyyy', 'd.M.yyyy', 'MM/dd/yyyy', 'dd/MM/yyyy', 'M/d/yyyy', 'd/M/yyyy', 'dd-MM-yyyy', 'MM-dd-yyyy']
const shortYears = ['dd.MM.yy', 'MM/dd/yy', 'dd/MM/yy']
const patterns = [...dates, ...shortYears].flatMap((date) => [date, `${date} HH:mm`, `${date} HH:mm:ss`])

/** What modeldriver.json would have to say, so that texts are read as the dates, numbers or truth values that they look like. */
export function readAs(samples: readonly string[]): string | undefined {
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
  if (!format) return asBoolean(samples)
  const or = otherFormat ? ` (or ${written(otherFormat)}, if ${samples[0]} is a number with decimals)` : ''
  return `If it holds numbers, give its model "formats": { "number": ${written(format)} }${or} in modeldriver.json.`
}

const yesAndNo: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['ja', 'nee'],
  ['sí', 'no'],
  ['si', 'no'],
  ['oui', 'non'],
  ['sim', 'não'],
  ['wahr', 'falsch'],
  ['vrai', 'faux'],
  ['verdadero', 'falso'],
  ['vero', 'falso'],
]

function asBoolean(samples: readonly string[]): string | undefined {
  const seen = new Map(samples.map((sample) => [sample.trim().toLowerCase(), sample]))
  const pair = yesAndNo.find((words) => [...seen.keys()].every((each) => words.includes(each)))
  if (!pair) return undefined
  const [yes, no] = pair.map((word) => JSON.stringify(seen.get(word) ?? word))
  return `If it holds true and false, give it { "true": [${yes}], "false": [${no}] } under "columns" in modeldriver.json.`
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
