import { children } from '../ir/children.ts'
import type { Expression } from '../ir/expression.ts'
import type { Level } from '../ir/level.ts'
import { entryOf, likeliestFormat, type NumberFormat, numberReader } from '../table/numberReader.ts'
import { isPresent } from '../table/numbers.ts'
import type { ColumnData } from '../table/table.ts'

/** A column with a text in it; one in which everything is missing has no type of its own. */
const isText = (column: ColumnData | undefined): boolean =>
  column?.type === 'string' && column.codes.some((code) => code >= 0)

/** The first value for which a column of numbers is text, and what is to be said of the column; nothing when there is none. */
export function whyText(column: ColumnData | undefined, level: Level): Why | undefined {
  if (column?.type !== 'string') return undefined
  const { codes, dictionary } = column
  const likeliest = likeliestFormat(dictionary)
  const besides = likeliest ? dictionary.map(noNumberIn(likeliest)) : []
  const isBesides = codes.some((code) => code >= 0 && besides[code] !== undefined)
  const whyNot = isBesides ? besides : dictionary.map(reasonNoNumber)
  const at = codes.findIndex((code) => code >= 0 && whyNot[code] !== undefined)
  if (at < 0) return undefined
  const text = dictionary[codes[at] as number] as string
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)
  const reason = whyNot[codes[at] as number]
  return {
    text: ` In ${level} ${at + 1} it is ${shown}, which ${reason}.`,
    isWritten: reason !== noNumber,
    isBesides,
    entry: entryOf(likeliest ?? plain),
  }
}

export interface Why {
  readonly text: string
  /** It is written as a number; advice of what to do about it says why it is none. */
  readonly isWritten: boolean
  /** Others are numbers. */
  readonly isBesides: boolean
  /** What the manifest has to say of the column. */
  readonly entry: string
}

const noNumber = 'is no number'
const plain = { decimal: '.', thousands: '' }

function noNumberIn(format: NumberFormat): (text: string) => string | undefined {
  const { readText } = numberReader(format)
  return (text) => (isPresent(text.trim()) && Number.isNaN(readText(text)) ? noNumber : undefined)
}

function reasonNoNumber(text: string): string | undefined {
  if (noNumberIn(plain)(text) !== undefined) return noNumber
  const digits = text.trim()
  if (/^[+-]?0\d/.test(digits)) return 'has a leading zero, as codes have'
  const isWhole = /^[+-]?\d+$/.test(digits)
  return isWhole && !Number.isSafeInteger(Number(digits))
    ? 'has no exact value as a number (it is beyond 2^53)'
    : undefined
}

const calculating = new Set<string>(['-', '*', '/', '%', '**'])
const ordering = new Set<string>(['<', '<=', '>', '>='])

/**
 * The input that an expression calculates with, or compares with numbers, though its column is text. JavaScript would take the texts for numbers:
 * `'1.000'`, a thousand to its author, for 1.
 */
export function textTakenForNumber(
  expression: Expression,
  columnOf: (input: string) => ColumnData | undefined,
): string | undefined {
  const found = textOperand(expression, columnOf)
  if (found !== undefined) return found
  for (const child of children(expression)) {
    const inner = textTakenForNumber(child, columnOf)
    if (inner !== undefined) return inner
  }
  return undefined
}

function textOperand(expression: Expression, columnOf: (input: string) => ColumnData | undefined): string | undefined {
  if (expression.kind !== 'binary' && expression.kind !== 'compare') return undefined
  const { op, left, right } = expression
  const textOf = (side: Expression): string | undefined =>
    side.kind === 'input' && isText(columnOf(side.name)) ? side.name : undefined
  if (expression.kind === 'binary') return calculating.has(op) ? (textOf(left) ?? textOf(right)) : undefined
  if (!ordering.has(op)) return undefined
  const isNumber = (side: Expression): boolean => {
    if (side.kind === 'literal') return typeof side.value === 'number'
    const type = side.kind === 'input' ? columnOf(side.name)?.type : undefined
    return type === 'number' || type === 'integer'
  }
  return isNumber(right) ? textOf(left) : isNumber(left) ? textOf(right) : undefined
}
