import {
  day,
  daysBetween,
  hour,
  isoWeek,
  isWeekend,
  month,
  monthsBetween,
  quarter,
  weekday,
  year,
} from '../functions/dates.ts'
import { clip, coalesce, isMissing, present, round } from '../functions/values.ts'
import type { Call, Compare, Expression, Literal } from '../ir/expression.ts'
import { max, min } from './aggregates.ts'

/** Functions that printed code calls by name, as members of `lib`. */
export const printedLibrary = {
  clip,
  coalesce,
  day,
  daysBetween,
  greatest: max,
  hour,
  isMissing,
  isoWeek,
  isWeekend,
  least: min,
  month,
  monthsBetween,
  present,
  quarter,
  round,
  weekday,
  year,
} as const

/** How code is printed. */
export interface Printing {
  /** The variable of an input. */
  readonly nameOf: (input: string) => string
  /** As JavaScript has it, where `null`, `undefined` and NaN differ; else as feature files are loaded, with one missing value. */
  readonly hasOwnNull?: boolean | undefined
}

/** JavaScript that gives what the author's function gives. Throws `NotPrintable` for a function it does not know. */
export function printExpression(expression: Expression, printing: Printing): string {
  const { nameOf, hasOwnNull = false } = printing
  const print = (node: Expression): string => printExpression(node, printing)
  switch (expression.kind) {
    case 'literal':
      return literal(expression, hasOwnNull)
    case 'input':
      return nameOf(expression.name)
    case 'local':
      return local(expression.name)
    case 'let':
      return `((${local(expression.name)}) => ${print(expression.body)})(${print(expression.value)})`
    case 'unary':
      return `(${expression.op} ${print(expression.of)})`
    case 'binary':
      return `(${print(expression.left)} ${expression.op} ${print(expression.right)})`
    case 'compare': {
      const { op, left, right } = expression
      const asked = hasOwnNull ? undefined : askedIfMissing(expression)
      if (asked) return `(${op === '==' ? '' : '!'}lib.isMissing(${print(asked)}))`
      const isStrict = (op === '==' || op === '!=') && !expression.isLoose
      return `(${print(left)} ${op}${isStrict ? '=' : ''} ${print(right)})`
    }
    case 'logic': {
      const [left, right] = [print(expression.left), print(expression.right)]
      if (expression.op === 'coalesce') return `(${hasOwnNull ? left : `lib.present(${left})`} ?? ${right})`
      return `(${left} ${logicOperators[expression.op]} ${right})`
    }
    case 'if':
      return `(${print(expression.test)} ? ${print(expression.then)} : ${print(expression.else)})`
    case 'call':
      return printCall(expression, expression.args.map(print), hasOwnNull)
    case 'aggregate': {
      const of = print(expression.of)
      return expression.name === 'length' ? `${of}.length` : `${of}.${expression.name}(${expression.args.map(print)})`
    }
    case 'vector': {
      const [first, ...others] = expression.args.map(print)
      const item = expression.item === undefined ? '' : `(${local(expression.item)}) => `
      const args = first === undefined ? [] : [`${item}${first}`, ...others]
      const [method, each] = expression.name.split('.')
      return `${print(expression.of)}.${method}(${args})${each === undefined ? '' : `.${each}()`}`
    }
  }
}

/** The expression uses a function that has no JavaScript here. */
export class NotPrintable extends Error {}

const logicOperators = { and: '&&', or: '||' } as const

/** What is compared with a null literal. */
export function askedIfMissing({ op, left, right }: Compare): Expression | undefined {
  if (op !== '==' && op !== '!=') return undefined
  return isNull(right) ? left : isNull(left) ? right : undefined
}

const isNull = (side: Expression): boolean => side.kind === 'literal' && side.value === null

/** Numbers in parentheses: they may be negative, or be asked for a method. */
function literal({ value, isUndefined }: Literal, hasOwnNull: boolean): string {
  if (value === null) return hasOwnNull && !isUndefined ? 'null' : 'undefined'
  if (typeof value === 'number') return `(${Object.is(value, -0) ? '-0' : value})`
  return JSON.stringify(value)
}

const methods: Readonly<Record<string, string>> = {
  'text.lower': 'toLowerCase',
  'text.upper': 'toUpperCase',
  'text.fixed': 'toFixed',
  'date.year': 'getUTCFullYear',
  'date.month': 'getUTCMonth',
  'date.day': 'getUTCDate',
  'date.weekday': 'getUTCDay',
  'date.hour': 'getUTCHours',
  'date.minute': 'getUTCMinutes',
  'date.second': 'getUTCSeconds',
  'date.millisecond': 'getUTCMilliseconds',
  'date.time': 'getTime',
  'date.iso': 'toISOString',
}
const globals: Readonly<Record<string, string>> = {
  number: 'Number',
  text: 'String',
  boolean: 'Boolean',
  isNaN: 'isNaN',
  isFinite: 'isFinite',
  'Number.isFinite': 'Number.isFinite',
  isInteger: 'Number.isInteger',
  parseFloat: 'Number.parseFloat',
  parseInt: 'Number.parseInt',
  'date.utc': 'Date.UTC',
}

function printCall({ name }: Call, args: readonly string[], hasOwnNull: boolean): string {
  const [first = '', ...others] = args
  if (Object.hasOwn(printedLibrary, name)) return `lib.${name}(${args})`
  if (Object.hasOwn(globals, name)) return `${globals[name]}(${args})`
  if (Object.hasOwn(methods, name)) return `${first}.${methods[name]}(${others})`
  if (name === 'isNothing') return `(${first} == null)`
  if (name === 'Number.isNaN') return `${hasOwnNull ? name : 'lib.isMissing'}(${first})`
  if (name === 'date') return `(new Date(${args}))`
  if (name === 'text.length') return `${first}.length`
  if (name === 'text.part') return `${first}.split(${others[0]})[${others[1]}]`
  const textMethod = /^text\.(\w+)$/.exec(name)?.[1]
  if (textMethod !== undefined && textMethod in String.prototype) return `${first}.${textMethod}(${others})`
  if (isMathFunction(name)) return `Math.${name}(${args})`
  throw new NotPrintable(name)
}

/** `abs`, `round`, …: the IR has them by their own names. */
export const isMathFunction = (name: string): boolean => typeof Math[name as keyof Math] === 'function'

/** Names of locals, apart from every other name of the printed code. */
const local = (name: string): string => `$${name}`
