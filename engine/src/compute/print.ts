import { daysBetween, isoWeek, isWeekend, monthsBetween, quarter, weekday } from '../functions/dates.ts'
import { clip, coalesce, isMissing, present, round } from '../functions/values.ts'
import type { Call, Expression } from '../ir/expression.ts'

/** Functions that printed code calls by name, as members of `lib`. */
export const printedLibrary = {
  clip,
  coalesce,
  daysBetween,
  isMissing,
  isoWeek,
  isWeekend,
  monthsBetween,
  present,
  quarter,
  round,
  weekday,
} as const

/**
 * JavaScript for an expression; `nameOf` gives the variable of an input. Throws `NotPrintable` for a function it does not know.
 */
export function printExpression(expression: Expression, nameOf: (input: string) => string): string {
  const print = (node: Expression): string => printExpression(node, nameOf)
  switch (expression.kind) {
    case 'literal':
      return expression.value === null ? 'undefined' : JSON.stringify(expression.value)
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
      const strict = { '==': '===', '!=': '!==' }[op as string]
      const asked = isNothing(right) ? left : isNothing(left) ? right : undefined
      if (strict && asked) return `(${op === '==' ? '' : '!'}lib.isMissing(${print(asked)}))`
      return `(${print(left)} ${strict ?? op} ${print(right)})`
    }
    case 'logic':
      if (expression.op === 'coalesce') return `(lib.present(${print(expression.left)}) ?? ${print(expression.right)})`
      return `(${print(expression.left)} ${logicOperators[expression.op]} ${print(expression.right)})`
    case 'if':
      return `(${print(expression.test)} ? ${print(expression.then)} : ${print(expression.else)})`
    case 'call':
      return printCall(expression, expression.args.map(print))
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

const isNothing = (side: Expression): boolean => side.kind === 'literal' && side.value === null

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
  isFinite: 'Number.isFinite',
  isInteger: 'Number.isInteger',
  parseFloat: 'Number.parseFloat',
  parseInt: 'Number.parseInt',
  'date.utc': 'Date.UTC',
}

function printCall({ name }: Call, args: readonly string[]): string {
  const [first = '', ...others] = args
  if (Object.hasOwn(printedLibrary, name)) return `lib.${name}(${args})`
  if (Object.hasOwn(globals, name)) return `${globals[name]}(${args})`
  if (Object.hasOwn(methods, name)) return `${first}.${methods[name]}(${others})`
  if (name === 'date') return `(new Date(${args}))`
  if (name === 'text.length') return `${first}.length`
  if (name === 'text.part') return `${first}.split(${others[0]})[${others[1]}]`
  const textMethod = /^text\.(\w+)$/.exec(name)?.[1]
  if (textMethod !== undefined && textMethod in String.prototype) return `${first}.${textMethod}(${others})`
  if (/^\w+$/.test(name) && typeof Math[name as keyof Math] === 'function') return `Math.${name}(${args})`
  throw new NotPrintable(name)
}

/** Names of locals, apart from every other name of the printed code. */
function local(name: string): string {
  return `$${name.replace(/[^\w$]/g, '_')}`
}
