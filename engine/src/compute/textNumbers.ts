import { type Aggregate, type Expression, isWindowName, type Vector } from '../ir/expression.ts'
import type { Calculated, Feature } from '../ir/feature.ts'
import type { Level } from '../ir/level.ts'
import { usualMarks } from '../table/missing.ts'
import { entryOf, likeliestFormat, type NumberFormat, numberReader } from '../table/numberReader.ts'
import { isPresent } from '../table/numbers.ts'
import type { ColumnData } from '../table/table.ts'
import { isMathFunction } from './print.ts'

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
  const others = dictionary.filter((_, value) => besides[value] !== undefined).map((other) => other.trim())
  const marks = others.every((other) => usualMarks.has(other)) ? [...new Set(others)] : []
  return {
    text: ` In ${level} ${at + 1} it is ${shown}, which ${reason}.`,
    isWritten: reason !== noNumber,
    // As numbers their column would lose `12 kg`.
    isBesides: isBesides && !others.some((other) => /\d/.test(other)),
    entry: entryOf(likeliest ?? plain, marks),
    isMissing: marks.length > 0,
  }
}

export interface Why {
  readonly text: string
  /** It is written as a number; advice of what to do about it says why it is none. */
  readonly isWritten: boolean
  /** Others are numbers. */
  readonly isBesides: boolean
  /** The others are words for a missing value. */
  readonly isMissing: boolean
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

/** What a feature's inputs hold. */
export interface InputColumns {
  columnOf(input: string): ColumnData | undefined
  /** The function gets all rows of a group of it, as a `Column`. */
  isWhole(input: string): boolean
}

/** The function of another file that a file imports, by the names in the import. Undefined where it cannot be read. */
export type HelperOf = (path: string, from: string, name: string) => Feature | undefined

/** An input whose column is text, and what it is taken for. */
export interface TakenText {
  readonly input: string
  readonly as: 'number' | 'Date'
}

/**
 * The input that a function calculates with, or compares with numbers or dates, though its column is text. JavaScript would take the texts for
 * numbers: `'1.000'`, a thousand to its author, for 1.
 */
export function textTaken(
  { body, path }: Pick<Feature, 'body' | 'path'>,
  columns: InputColumns,
  helperOf: HelperOf = () => undefined,
  depth = 0,
): TakenText | undefined {
  if (body.kind === 'expression') {
    const search = new Search(columns)
    search.kindOf(body.expression)
    return search.found
  }
  const { calculated = [] } = body
  const isTaken = ({ input, isElement, by }: Calculated): boolean => {
    const column = columns.columnOf(input)
    const isWhole = columns.isWhole(input)
    if (!isText(column) || (isElement && !isWhole)) return false
    if (!by) return Boolean(isElement) === isWhole
    const helper = depth < deepest ? helperOf(path, by.from, by.name) : undefined
    const parameter = helper?.form === 'positional' ? helper.inputs[by.position]?.name : undefined
    if (!helper || parameter === undefined) return false
    const given: InputColumns = {
      columnOf: (name) => (name === parameter ? column : undefined),
      isWhole: (name) => name === parameter && isWhole && !isElement,
    }
    return textTaken(helper, given, helperOf, depth + 1) !== undefined
  }
  const handed = calculated.filter(({ by }) => by !== undefined)
  // Where one of the functions that it is handed to may take texts, the others may be called for numbers only.
  const isTakenByAll = ({ input }: Calculated) => handed.every((each) => each.input !== input || isTaken(each))
  const taken = calculated.find((each) => !each.by && isTaken(each)) ?? handed.find(isTakenByAll)
  return taken && { input: taken.input, as: 'number' }
}

/** Files that import each other come to no end. */
const deepest = 8

/** What a value is, or the values of a whole column: texts of an input, numbers, dates, or nothing that matters here. */
interface Kind {
  readonly text?: string
  readonly isNumber?: boolean
  readonly isDate?: boolean
  readonly isWhole?: boolean
}

const unknown: Kind = {}
const number: Kind = { isNumber: true }
const date: Kind = { isDate: true }

/** Goes through an expression once, with what its locals are. */
class Search {
  found: TakenText | undefined
  private readonly locals = new Map<string, Kind>()

  constructor(private readonly columns: InputColumns) {}

  kindOf(expression: Expression): Kind {
    switch (expression.kind) {
      case 'literal':
        return typeof expression.value === 'number' ? number : unknown
      case 'input':
        return this.input(expression.name)
      case 'local':
        return this.locals.get(expression.name) ?? unknown
      case 'let':
        this.locals.set(expression.name, this.kindOf(expression.value))
        return this.kindOf(expression.body)
      case 'unary': {
        const of = this.kindOf(expression.of)
        // `+price` says, as `Number(price)` does, that it is meant.
        return expression.op === '-' ? this.calculate([of]) : expression.op === '+' ? number : unknown
      }
      case 'binary': {
        const sides = [this.kindOf(expression.left), this.kindOf(expression.right)]
        return expression.op === '+' ? added(sides) : this.calculate(sides)
      }
      case 'compare': {
        const sides = [this.kindOf(expression.left), this.kindOf(expression.right)]
        const isWith = (kind: 'isNumber' | 'isDate') => sides.some((side) => side[kind] && !side.isWhole)
        // Loosely a text is equal to a number that it is written as.
        if (isWith('isNumber') && !expression.isLoose) this.take(sides, 'number')
        if (isWith('isDate')) this.take(sides, 'Date')
        return unknown
      }
      case 'logic': {
        const [left, right] = [this.kindOf(expression.left), this.kindOf(expression.right)]
        return expression.op === 'and' ? right : either(left, right)
      }
      case 'if': {
        this.kindOf(expression.test)
        const [chosen, other] = [this.kindOf(expression.then), this.kindOf(expression.else)]
        return chosen.text === undefined ? either(other, chosen) : chosen
      }
      case 'call': {
        const given = expression.args.map((arg) => this.kindOf(arg))
        if (expression.name === 'coalesce') return given.reduce(either)
        if (calculates(expression.name)) return this.calculate(given)
        if (expression.name === 'date') return date
        return numbersMade.has(expression.name) ? number : unknown
      }
      case 'aggregate':
        return this.aggregate(expression)
      case 'vector':
        return this.vector(expression)
    }
  }

  private input(name: string): Kind {
    const column = this.columns.columnOf(name)
    const isWhole = this.columns.isWhole(name)
    if (isText(column)) return { text: name, isWhole }
    if (column?.type === 'date' || column?.type === 'datetime') return { isDate: true, isWhole }
    return column?.type === 'number' || column?.type === 'integer' ? { isNumber: true, isWhole } : unknown
  }

  /** A whole column is no operand: that says something else to its author. */
  private take(operands: readonly Kind[], as: TakenText['as']): void {
    const taken = operands.find(({ text, isWhole }) => text !== undefined && !isWhole)?.text
    if (taken !== undefined) this.found ??= { input: taken, as }
  }

  private calculate(operands: readonly Kind[]): Kind {
    this.take(operands, 'number')
    return number
  }

  private aggregate({ name, of, args }: Aggregate): Kind {
    const { isWhole: _, ...value } = this.kindOf(of)
    for (const arg of args) this.kindOf(arg)
    if (valuesTaken.has(name)) return value
    return name === 'any' || name === 'all' ? unknown : number
  }

  private vector({ name, of, args, item }: Vector): Kind {
    const column = this.kindOf(of)
    const { isWhole: _, ...element } = column
    if (item !== undefined) this.locals.set(item, element)
    const [first] = args.map((arg) => this.kindOf(arg))
    // Of one value per group windows give one value per group.
    const isWhole = column.isWhole === true || !isWindowName(name)
    if (name === 'map') return { ...first, isWhole }
    if (countsGiven.has(name)) return { isNumber: true, isWhole }
    return name === 'where' ? { isWhole } : { ...element, isWhole }
  }
}

/** What a value is that may be either: text where the first is, as `price ?? 0` is. */
function either(left: Kind, right: Kind): Kind {
  return left.text !== undefined || (left.isNumber && right.isNumber) ? left : unknown
}

/** `1 + vat` joins where `vat` is text. With a text of the author's in it that is meant: `'Q' + quarter`. */
function added(sides: readonly Kind[]): Kind {
  if (sides.every(({ isNumber }) => isNumber)) return number
  const isAdded = sides.every(({ text, isNumber, isWhole }) => (text !== undefined || isNumber) && !isWhole)
  return (isAdded && sides.find(({ text }) => text !== undefined)) || unknown
}

/** Aggregates that give one of the values. */
const valuesTaken = new Set<string>(['first', 'last', 'min', 'max', 'mode'])

/** Windows that are numbers, whatever they look at. */
const countsGiven = new Set<string>(['rank', 'rolling.count'])

/** Functions that calculate with what they are given. */
const calculates = (name: string): boolean => libraryCalculations.has(name) || isMathFunction(name)
const libraryCalculations = new Set<string>(['clip', 'round', 'least', 'greatest'])

/** Functions that make numbers of anything. */
const numbersMade = new Set<string>(['number', 'parseFloat', 'parseInt', 'text.length'])
