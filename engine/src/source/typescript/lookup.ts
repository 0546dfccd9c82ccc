import type { Expression } from '../../ir/expression.ts'
import { call, choose, compare, missing, named, oneOf } from './build.ts'
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
    const found = entries.find(([name]) => String(name) === String(key.value))
    return found ? read(found[1]) : missing
  }
  return named('key', key, t.state, (simple) => {
    // Property names are text: a number finds the entry that is written with its digits.
    const asText = entries.some(([name]) => typeof name === 'string' && name !== '' && !Number.isNaN(Number(name)))
    const subject = asText ? call('text', simple) : simple
    return entries.reduceRight<Expression>(
      (rest, [name, value]) => choose(compare('==', subject, { kind: 'literal', value: name }), read(value), rest),
      missing,
    )
  })
}

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
  return named('item', t.expression(value, scope), t.state, (simple) => oneOf(simple, items))
}

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
  const entries: (readonly [string, ts.Expression])[] = []
  for (const property of node.properties) {
    if (ts.isShorthandPropertyAssignment(property)) {
      entries.push([property.name.text, property.name])
      continue
    }
    if (!ts.isPropertyAssignment(property)) return undefined
    const { name, initializer } = property
    if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name) && !ts.isNumericLiteral(name)) return undefined
    entries.push([name.text, initializer])
  }
  return entries
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
