import { children } from '../../ir/children.ts'
import { type Expression, isWindowName, type VectorName } from '../../ir/expression.ts'
import { aggregate, call, choose, columnOf, missing, named } from './build.ts'
import {
  globalFunctions,
  isAggregateName,
  isMethodName,
  isRollingName,
  isVectorName,
  libraryAggregates,
  libraryFunctions,
  mathFunctions,
  scalarMethods,
} from './library.ts'
import { isMember, windowsOf } from './lookup.ts'
import { methodObstacle, spreadObstacle } from './obstacles.ts'
import { bare, isFunctionNode, ts } from './parse.ts'
import { type Binding, type Scope, type Translator, Untranslatable } from './scope.ts'
import { isAggregateCall, nameOf } from './usage.ts'

export function translateCall(node: ts.CallExpression, scope: Scope, t: Translator): Expression {
  if (node.questionDotToken) throw new Untranslatable('a call of what may not be there', { place: node })
  const spread = node.arguments.find(ts.isSpreadElement)
  if (spread) throw spreadObstacle(node, spread)
  const callee = bare(node.expression)
  if (ts.isIdentifier(callee)) {
    const binding = scope.find(callee.text)
    return binding ? callBound(binding, callee.text, node, scope, t) : callGlobal(callee.text, node, scope, t)
  }
  if (!ts.isPropertyAccessExpression(callee)) throw new Untranslatable('a call of a computed function')
  const object = bare(callee.expression)
  if (ts.isIdentifier(object)) {
    const binding = scope.find(object.text)
    if (!binding && globalObjects.has(object.text)) return callGlobal(nameOf(callee), node, scope, t)
    if (binding?.kind === 'library' && binding.name === '*') return callLibrary(callee.name.text, node, scope, t)
    if (binding?.kind === 'unknown')
      throw new Untranslatable(binding.reason, { place: object, instead: binding.instead })
  }
  return callMethod(callee, node, scope, t)
}

const globalObjects: ReadonlySet<string> = new Set(['Math', 'Number', 'Date', 'Object', 'Array', 'JSON', 'console'])

function callBound(binding: Binding, name: string, node: ts.CallExpression, scope: Scope, t: Translator): Expression {
  if (binding.kind === 'function')
    return t.inline(
      binding.node,
      binding.scope,
      node.arguments.map((argument) => t.binding(argument, scope)),
    )
  if (binding.kind === 'library') return callLibrary(binding.name, node, scope, t)
  throw new Untranslatable(binding.kind === 'unknown' ? `a call of ${binding.reason}` : `a call of '${name}'`, {
    place: node.expression,
    ...(binding.kind === 'unknown' && { instead: binding.instead }),
    ...(binding.kind === 'value' && { isMistake: true }),
  })
}

function callGlobal(name: string, node: ts.CallExpression, scope: Scope, t: Translator): Expression {
  const args = () => node.arguments.map((argument) => t.expression(argument, scope))
  const [object, method] = name.split('.')
  if (object === 'Math' && method !== undefined && mathFunctions.has(method)) return call(method, ...args())
  const known = globalFunctions.get(name)
  // Feature files are loaded so that it finds every missing value, if it is given one.
  const isOdd = known === 'Number.isNaN' && node.arguments.length > 1
  if (known === undefined || node.arguments.length === 0 || isOdd)
    throw new Untranslatable(`a call of ${name}()`, {
      place: node.expression,
      ...(method !== undefined && !isMethodName(method) && { isMistake: true }),
    })
  return call(known, ...args())
}

function callLibrary(name: string, node: ts.CallExpression, scope: Scope, t: Translator): Expression {
  const args = node.arguments.map((argument) => t.expression(argument, scope))
  const [first, ...rest] = args
  if (!first) throw new Untranslatable(`a call of ${name}()`, { isMistake: true })
  const method = libraryAggregates.get(name) ?? name
  if (isAggregateCall(method, args.length) && isAggregateName(method)) return aggregate(method, first, rest, t.state)
  if (name === 'min') return call('least', ...args)
  if (name === 'max') return call('greatest', ...args)
  const known = libraryFunctions.get(name)
  if (known === undefined) throw new Untranslatable(`a call of ${name}()`, { place: node.expression })
  return call(known, ...args)
}

function callMethod(
  callee: ts.PropertyAccessExpression,
  node: ts.CallExpression,
  scope: Scope,
  t: Translator,
): Expression {
  const method = callee.name.text
  const [firstArgument] = node.arguments
  const member = firstArgument && isMember(callee.expression, method, firstArgument, scope, t)
  if (member) return member

  const windows = windowsAsked(callee, scope)
  if (windows && isRollingName(method))
    return vector(`rolling.${method}`, t.expression(windows.of, windows.scope), windows.call, windows.scope, t)
  const object = t.expression(callee.expression, scope)
  if (isVectorName(method)) return vector(method, object, node, scope, t)
  if (isAggregateName(method)) {
    if (node.arguments.some((argument) => functionGiven(argument, scope)))
      throw new Untranslatable(`a function given to .${method}()`, {
        place: firstArgument,
        instead: `Write .filter(…) or .map(…) with it, and .${method}() after that.`,
      })
    return aggregate(
      method,
      object,
      node.arguments.map((argument) => t.expression(argument, scope)),
      t.state,
    )
  }
  const scalar = scalarMethods.get(method)
  if (scalar === undefined || isWhole(object, method) || (method === 'toString' && firstArgument))
    throw methodObstacle(callee.name)
  const args = node.arguments.map((argument) => t.expression(argument, scope))
  return askOf(callee, object, t, (value) => call(scalar, value, ...args))
}

/** `a.b`, `a?.b`, and what follows in the same chain, which is not asked either where `a` is nothing. */
export function askOf(
  access: ts.PropertyAccessExpression,
  of: Expression,
  { state }: Translator,
  ask: (value: Expression) => Expression,
): Expression {
  if (access.questionDotToken)
    return named('value', of, state, (value) => choose(call('isNothing', value), missing, ask(value)))
  return ts.isOptionalChain(access) ? further(of, ask) : ask(of)
}

function further(chain: Expression, ask: (value: Expression) => Expression): Expression {
  if (chain.kind === 'let') return { ...chain, body: further(chain.body, ask) }
  return chain.kind === 'if' ? { ...chain, else: ask(chain.else) } : ask(chain)
}

/** A column, or what a column may be asked: what looks at other rows is one value per row elsewhere. */
const isWhole = (object: Expression, method: string): boolean =>
  object.kind === 'vector' && (!isWindowName(object.name) || columnsHave.has(method))

/** Methods of texts that columns have too. */
const columnsHave: ReadonlySet<string> = new Set(['at', 'includes', 'indexOf', 'slice'])

/** `revenue.rolling(3)`, or the constant that is set to it, of which a method is called. */
function windowsAsked(callee: ts.PropertyAccessExpression, here: Scope) {
  const object = bare(callee.expression)
  const binding = ts.isIdentifier(object) ? here.find(object.text) : undefined
  const { node, scope } = binding?.kind === 'constant' ? binding : { node: object, scope: here }
  const call = bare(node)
  const of = windowsOf(call)
  return of && ts.isCallExpression(call) ? { call, of, scope } : undefined
}

function vector(
  name: VectorName,
  object: Expression,
  node: ts.CallExpression,
  scope: Scope,
  t: Translator,
): Expression {
  // `revenue.sum().lag(1)` is that of the group before.
  const of = columnOf(object, t.state) ?? (object.kind === 'aggregate' && isWindowName(name) ? object : undefined)
  if (!of) throw new Untranslatable(`the method .${name}() of a single value`, { isMistake: true })
  const [first] = node.arguments
  const given = first && functionGiven(first, scope)
  if (!given) {
    const args = node.arguments.map((argument) => t.expression(argument, scope))
    return { kind: 'vector', name, of, args }
  }
  if ((name !== 'map' && name !== 'filter') || node.arguments.length > 1)
    throw new Untranslatable(`a function given to .${name}()`, { place: first })
  if (given.kind === 'function' && given.node.parameters.length > 1)
    throw new Untranslatable(`.${name}() with the position of each value`, { place: given.node.parameters[1] })
  if (given.kind === 'function' && given.node.parameters[0]?.initializer)
    throw new Untranslatable('a default value in place of a missing one', { place: first })
  const item = t.state.freshName(itemName(given))
  t.state.mayBeNothing.add(item)
  const element: Binding = { kind: 'value', expression: { kind: 'local', name: item } }
  const body =
    given.kind === 'function' ? t.inline(given.node, given.scope, [element]) : call(given.name, element.expression)
  // Whether a function is called for missing elements is read off its own text.
  if (given.kind === 'function' && testsMissing(body) && !missingWords.test(given.node.getText()))
    throw new Untranslatable(`a function given to .${name}() that tests for missing values elsewhere`, { place: first })
  return { kind: 'vector', name, of, args: [body], item }
}

const missingWords = /\bnull\b|\bundefined\b|\?\?|\?\.|\b(?:isMissing|coalesce|isNaN|isFinite|isInteger)\b/

function testsMissing(expression: Expression): boolean {
  const isTest =
    (expression.kind === 'logic' && expression.op === 'coalesce') ||
    (expression.kind === 'call' && /(?:^coalesce|\bis(?:Missing|Nothing|NaN|Finite|Integer))$/.test(expression.name)) ||
    (expression.kind === 'compare' && [expression.left, expression.right].some(isNull))
  return isTest || children(expression).some(testsMissing)
}

const isNull = (side: Expression): boolean => side.kind === 'literal' && side.value === null

type Given = Extract<Binding, { kind: 'function' }> | { readonly kind: 'global'; readonly name: string }

function functionGiven(argument: ts.Expression, scope: Scope): Given | undefined {
  const node = bare(argument)
  if (isFunctionNode(node)) return { kind: 'function', node, scope }
  if (!ts.isIdentifier(node)) return undefined
  const binding = scope.find(node.text)
  if (binding) return binding.kind === 'function' ? binding : undefined
  const name = globalFunctions.get(node.text)
  // A column hands the position on too, which parseInt takes for the base of the digits.
  return name === undefined || name === 'parseInt' ? undefined : { kind: 'global', name }
}

function itemName(given: Given): string {
  const parameter = given.kind === 'function' ? given.node.parameters[0]?.name : undefined
  return parameter && ts.isIdentifier(parameter) ? parameter.text : 'value'
}
