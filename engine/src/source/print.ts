import type { Aggregate, Call, Expression, Literal, Vector } from '../ir/expression.ts'

/** An expression as short text for people: close to what the author wrote, with parentheses only where they matter. */
export function printExpression(expression: Expression): string {
  return print(expression, 0)
}

/** How tightly each kind of expression holds together; a part that holds less tightly gets parentheses. */
const strength = {
  sequence: 0,
  conditional: 1,
  coalesce: 2,
  or: 3,
  and: 4,
  '==': 5,
  '!=': 5,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
  '**': 9,
  unary: 10,
  primary: 11,
} as const

const logicSigns = { and: '&&', or: '||', coalesce: '??' } as const

function print(expression: Expression, around: number): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string' ? quote(expression.value) : String(expression.value)
    case 'input':
      return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(expression.name) ? expression.name : `[${expression.name}]`
    case 'local':
      return expression.name
    case 'let': {
      const { name, value, body } = expression
      return hold(`${name} = ${print(value, 1)}; ${print(body, 0)}`, strength.sequence, around)
    }
    case 'unary':
      return hold(`${expression.op}${print(expression.of, strength.unary)}`, strength.unary, around)
    case 'binary':
    case 'compare':
      return infix(expression.op, strength[expression.op], expression, around)
    case 'logic':
      return infix(logicSigns[expression.op], strength[expression.op], expression, around)
    case 'if': {
      const { test, then, else: otherwise } = expression
      return hold(`${print(test, 2)} ? ${print(then, 1)} : ${print(otherwise, 1)}`, strength.conditional, around)
    }
    case 'call':
      return printCall(expression, around)
    case 'aggregate':
      return printAggregate(expression)
    case 'vector':
      return printVector(expression)
  }
}

function infix(
  sign: string,
  own: number,
  { left, right }: { readonly left: Expression; readonly right: Expression },
  around: number,
): string {
  return hold(`${print(left, own)} ${sign} ${print(right, own + 1)}`, own, around)
}

/** `name.lower()` for what belongs to one value, `round(x, 2)` for the rest. */
function printCall({ name, args }: Call, around: number): string {
  const [, method] = /^[a-z]/.test(name) ? name.split('.') : [name]
  const [of, ...rest] = args
  if (name === 'isNothing' && of) return infix('==', strength['=='], { left: of, right: nothing }, around)
  if (method === undefined || !of) return `${shortNames.get(name) ?? name}(${list(args)})`
  return `${print(of, strength.primary)}.${method}(${list(rest)})`
}

const shortNames: ReadonlyMap<string, string> = new Map([
  ['least', 'min'],
  ['greatest', 'max'],
])

const nothing: Literal = { kind: 'literal', value: null }

function printAggregate({ name, of, args }: Aggregate): string {
  const column = print(of, strength.primary)
  return name === 'length' ? `${column}.length` : `${column}.${name}(${list(args)})`
}

function printVector({ name, of, args, item }: Vector): string {
  const inner = item === undefined ? list(args) : `${item} => ${list(args)}`
  const [method, each] = name.split('.')
  return `${print(of, strength.primary)}.${method}(${inner})${each === undefined ? '' : `.${each}()`}`
}

const list = (args: readonly Expression[]): string => args.map((arg) => print(arg, 1)).join(', ')

const hold = (text: string, own: number, around: number): string => (own < around ? `(${text})` : text)

const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`
