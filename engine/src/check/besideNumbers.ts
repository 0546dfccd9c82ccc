import { type NumberFormat, numberReader, thousandsKin, usualFormats } from '../table/numberReader.ts'

/** Signs beside numbers: of currencies, also as their names, and for per cent. */
const sign = /[\p{Sc}%‰]|(?<!\p{L})(?:EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL)(?!\p{L})/gu
/**
 * How a feature makes numbers of texts that are some but for signs beside them, or brackets around what is below zero. Only where all of them become
 * one: no manifest says that, and as numbers their column would lose them.
 */
export function takenOff(samples: readonly string[], name: string): string | undefined {
  const signs = [...new Set(samples.flatMap((sample) => sample.match(sign) ?? []))]
  const inBrackets = samples.find((sample) => /^\(.*\)$/.test(sample.trim()))
  const example = inBrackets ?? samples.find((sample) => signs.some((each) => sample.includes(each)))
  if (example === undefined) return undefined
  const off = [
    ...signs.map((each) => [each, ''] as const),
    ...(inBrackets === undefined
      ? []
      : ([
          ['(', '-'],
          [')', ''],
        ] as const)),
  ]
  const bare = samples.map((sample) => replaced(sample, off).trim())
  const format = usualFormats.find((each) => {
    const { readText } = numberReader(each)
    return bare.every((text) => !Number.isNaN(readText(text)))
  })
  if (format === undefined) return undefined
  const value = numberReader(format).readText(replaced(example, off))
  return `${JSON.stringify(example)} is a number with signs that are not read. A feature can take them off, and makes ${value} of it: ${numberFeature(samples, name, format, off)}`
}

/** A feature that makes numbers of texts in a format; what is none is missing. */
export function numberFeature(
  samples: readonly string[],
  name: string,
  { decimal, thousands }: NumberFormat,
  off: readonly (readonly [string, string])[] = [],
): string {
  const between = thousandsKin[thousands]?.filter((each) => samples.some((sample) => sample.includes(each))) ?? [
    thousands,
  ]
  const calls = [
    ...off,
    ...between.filter((each) => each !== '').map((each) => [each, ''] as const),
    ...(decimal === '.' ? [] : [[decimal, '.'] as const]),
  ].map(([from, to]) => `.replaceAll(${quoted(from)}, ${quoted(to)})`)
  return `export const ${name}_number = (${name}) => Number(${name}${calls.join('')})`
}

const replaced = (text: string, all: readonly (readonly [string, string])[]): string =>
  all.reduce((done, [from, to]) => done.replaceAll(from, to), text)
const quoted = (text: string): string =>
  text === "'"
    ? `"'"`
    : `'${text.replace(/[\u00a0\u202f]/g, (blank) => `\\u${blank.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
