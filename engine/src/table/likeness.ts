import type { ColumnFacts } from '../ir/model.ts'
import { type DateReader, dateReader, readIsoDate } from './datePattern.ts'
import { usualMarks } from './missing.ts'
import { numberReader, usualFormats } from './numberReader.ts'

const days = ['dd.MM.yyyy', 'd.M.yyyy', 'MM/dd/yyyy', 'dd/MM/yyyy', 'M/d/yyyy', 'd/M/yyyy', 'dd-MM-yyyy', 'MM-dd-yyyy']
const shortYears = ['dd.MM.yy', 'MM/dd/yy', 'dd/MM/yy']

/** The patterns by which people write dates, each with its reader. */
export const usualPatterns: ReadonlyMap<string, DateReader> = new Map(
  [...days, ...shortYears]
    .flatMap((day) => [day, `${day} HH:mm`, `${day} HH:mm:ss`])
    .map((pattern): [string, DateReader] => [pattern, dateReader(pattern)]),
)

const mostWords = 3

/**
 * What texts are written as, all but those that stand for a missing value and a few words: numbers, or dates of one format. Numbers with leading
 * zeros are codes.
 */
export function likenessOf(texts: readonly string[]): ColumnFacts['likeness'] {
  const values = texts.map((text) => text.trim()).filter((text) => text !== '' && !usualMarks.has(text))
  for (const format of usualFormats) {
    const { readText, sawCode, sawInexact } = numberReader(format)
    const words = wordsBeside(values, readText)
    if (words) return sawCode() || sawInexact() ? undefined : { kind: 'number', words }
  }
  for (const read of [readIsoDate, ...usualPatterns.values()]) {
    const words = wordsBeside(values, read)
    if (words) return { kind: 'Date', words }
  }
  return undefined
}

/** The texts that are none, where they are few and without digits. */
function wordsBeside(texts: readonly string[], read: (text: string) => number): readonly string[] | undefined {
  const words: string[] = []
  for (const text of texts) {
    if (!Number.isNaN(read(text))) continue
    if (words.length === mostWords || /\d/.test(text)) return undefined
    words.push(text)
  }
  return texts.length - words.length >= Math.max(1, 2 * words.length) ? words : undefined
}
