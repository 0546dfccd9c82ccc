import type { Expression } from '../../ir/expression.ts'
import { call, choose, compare, literal, missing, named, oneOf } from './build.ts'
import { mathFunctions } from './library.ts'
import { bare, ts } from './parse.ts'
import { type Scope, type Translator, Untranslatable } from './scope.ts'

const mostEntries = 200

/** `TABLE[key]` and `LIST[i]` of a table or list that is written out in the file: one test per entry. */
export function lookUp(object: ts.Expression, key: Expression, scope: Scope, t: Translator): Expression | undefined {
  const written = writtenOut(object, scope)
  if (!written) return undefined
  const entries = entriesOf(written.node)
  if (!entries) return undefined
  if (entries.length > mostEntries) throw new Untranslatable('a very long table')
  const read = (value: ts.Expression) => t.expression(value, written.scope)
  if (key.kind === 'literal') {
    if (key.value === null) throw new Untranslatable('a missing value as a name')
    const found = entries.find(([name]) => String(name) === String(key.value))
    return found ? read(found[1]) : missing
  }
  // Property names are text: a number finds the entry that is written with its digits.
  const asText = entries.some(([name]) => (typeof name === 'number' ? !isNumber(key) : isWordOfValue(name)))
  return named('key', key, t.state, (simple) => {
    const subject = asText ? call('text', simple) : simple
    return entries.reduceRight<Expression>((rest, [name, value]) => {
      const own = literal(asText ? String(name) : name)
      return choose(compare('==', subject, own), read(value), rest)
    }, missing)
  })
}

/** What a number, true or false or nothing is as text. */
const isWordOfValue = (name: string): boolean =>
  /^(?:NaN|true|false|null|undefined)$/.test(name) || (name !== '' && !Number.isNaN(Number(name)))

/** A number, or nothing. */
function isNumber(key: Expression): boolean {
  if (key.kind === 'unary') return key.op !== '!'
  if (key.kind === 'binary') return key.op !== '+' || (isNumber(key.left) && isNumber(key.right))
  if (key.kind === 'literal') return typeof key.value === 'number'
  return key.kind === 'call' && (mathFunctions.has(key.name) || numbersOfDates.has(key.name))
}

const numbersOfDates: ReadonlySet<string> = new Set(
  'year month day hour weekday isoWeek quarter date.year date.month date.day date.weekday date.hour'.split(' '),
)

/** `LIST.includes(value)` and `SET.has(value)` of a list that is written out in the file. */
export function isMember(
  object: ts.Expression,
  method: string,
  value: ts.Expression,
  scope: Scope,
  t: Translator,
): Expression | undefined {
  if (method !== 'includes' && method !== 'has') return undefined
  const written = writtenOut(object, scope)
  const list = written && (method === 'has' ? setItems(written.node) : itemsOf(written.node))
  if (!written || !list) return undefined
  if (list.length > mostEntries) throw new Untranslatable('a very long list')
  const items = list.map((item) => t.expression(item, written.scope))
  if (!items.every(isPlain)) throw new Untranslatable('a list of computed or missing values')
  return named('item', t.expression(value, scope), t.state, (simple) => oneOf(simple, items))
}

/** A value that equals itself. */
const isPlain = (item: Expression): boolean =>
  item.kind === 'input' || (item.kind === 'literal' && item.value !== null && !Number.isNaN(item.value))

/** What stands before the dot in `revenue.rolling(3)`. */
export function windowsOf(node: ts.Expression): ts.Expression | undefined {
  const access = ts.isCallExpression(node) ? bare(node.expression) : undefined
  return access && ts.isPropertyAccessExpression(access) && access.name.text === 'rolling'
    ? access.expression
    : undefined
}

/** The literal that an expression is, or that the constant it names is set to. */
function writtenOut(object: ts.Expression, scope: Scope): { node: ts.Expression; scope: Scope } | undefined {
  const node = bare(object)
  if (!ts.isIdentifier(node)) return isWritten(node) ? { node, scope } : undefined
  const binding = scope.find(node.text)
  if (binding?.kind !== 'constant') return undefined
  const value = bare(binding.node)
  return isWritten(value) ? { node: value, scope: binding.scope } : undefined
}

function isWritten(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isNewExpression(node)
}

function entriesOf(node: ts.Expression): (readonly [string | number, ts.Expression])[] | undefined {
  const items = itemsOf(node)
  if (items) return items.map((item, index) => [index, item] as const)
  if (!ts.isObjectLiteralExpression(node)) return undefined
  const entries = new Map<string, ts.Expression>()
  for (const property of node.properties) {
    if (ts.isShorthandPropertyAssignment(property)) {
      entries.set(property.name.text, property.name)
      continue
    }
    if (!ts.isPropertyAssignment(property)) return undefined
    const { name, initializer } = property
    if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name) && !ts.isNumericLiteral(name)) return undefined
    // It sets where the table looks further.
    if (name.text === '__proto__') return undefined
    entries.set(ts.isNumericLiteral(name) ? String(Number(name.text)) : name.text, initializer)
  }
  return [...entries]
}

function itemsOf(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (!ts.isArrayLiteralExpression(node)) return undefined
  return node.elements.some((item) => ts.isSpreadElement(item) || ts.isOmittedExpression(item))
    ? undefined
    : node.elements
}

function setItems(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'Set') return undefined
  const [list] = node.arguments ?? []
  return list && itemsOf(bare(list))
}
