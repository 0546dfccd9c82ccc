import type { Calculated, Callee, Input } from '../../ir/feature.ts'
import { isColumnMethod, libraryModule } from './library.ts'
import type { Module, ModuleEntry } from './module.ts'
import { bare, type FunctionNode, isFunctionNode, ts } from './parse.ts'
import { declaredBy } from './references.ts'
import { isAggregateCall, libraryName, nameOf } from './usage.ts'
import { addedTo, type Writes, writesIn } from './writes.ts'

const { SyntaxKind } = ts

/**
 * The inputs that a body without expression calculates with. Only what is plain to see counts: of an input that is also asked something
 * that a text is asked (`typeof`, `.trim()`, `=== 'n/a'`), or is handed to code that cannot be read here, nothing is said.
 */
export function calculatedIn(fn: FunctionNode, inputs: readonly Input[], module: Module): readonly Calculated[] {
  const found: Found = { uses: new Map(), handed: [], unclear: new Set(), steps: 0, busy: new Set() }
  const values = new Map(inputs.map(({ name, local }): [string, Value] => [local, { kind: 'input', input: name }]))
  new Body(fn, module, found).run(values, undefined)
  if (found.steps > mostSteps) return []
  const uses = [...found.uses.values()].filter(({ input }) => !found.handed.some((each) => each.input === input))
  return [...uses, ...found.handed].filter(({ input }) => !found.unclear.has(input))
}

/** Helpers that call helpers can take long to follow. */
const mostSteps = 20_000

interface Found {
  readonly uses: Map<string, Calculated>
  readonly handed: Calculated[]
  readonly unclear: Set<string>
  readonly busy: Set<FunctionNode>
  steps: number
}

/**
 * `input`: its value, or its column. `part`: some of its rows. `element`: one of them, or a letter. `number`: one in any case; `limit`: Infinity, or
 * a variable that begins as that; `start`: one that begins as a number, and is only added to. `sum`: what `reduce` adds to. `added`: what `+`
 * gives of values and numbers, which is a text where one of the values is.
 */
type Value =
  | Taken
  | { readonly kind: 'added'; readonly of: readonly Taken[] }
  | { readonly kind: 'part'; readonly input: string }
  | { readonly kind: 'number' | 'limit' | 'start' | 'sum' }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly scope: Scope | undefined }
  | undefined

interface Taken {
  readonly kind: 'input' | 'element'
  readonly input: string
}

interface Scope {
  readonly values: Map<string, Value>
  readonly outer: Scope | undefined
}

const number: Value = { kind: 'number' }
const limit: Value = { kind: 'limit' }

class Body {
  private readonly writes: Writes

  constructor(
    private readonly fn: FunctionNode,
    private readonly module: Module,
    private readonly found: Found,
  ) {
    this.writes = writesIn(fn)
  }

  /** The body with what its parameters are. */
  run(parameters: ReadonlyMap<string, Value>, outer: Scope | undefined): void {
    const { fn, found } = this
    if (!fn.body || found.busy.has(fn)) {
      for (const value of parameters.values()) this.lose(value)
      return
    }
    found.busy.add(fn)
    const values = new Map([...declaredBy(fn)].map((name): [string, Value] => [name, undefined]))
    for (const [name, value] of parameters) values.set(name, this.kept(name, value))
    const scope = { values, outer }
    if (ts.isBlock(fn.body)) this.visit(fn.body, scope)
    else this.valueOf(fn.body, scope)
    found.busy.delete(fn)
  }

  /** What a variable is that is set to a value, given what is set to it elsewhere. */
  private kept(name: string, value: Value): Value {
    if (value?.kind === 'number') return this.writes.others.has(name) ? undefined : { kind: 'start' }
    if (value?.kind === 'limit' || !this.writes.any.has(name)) return value
    this.lose(value)
    return undefined
  }

  private visit(node: ts.Node, outer: Scope): void {
    const declared = declaredBy(node)
    const scope = declared.size > 0 ? { values: valuesOf(node, declared, outer), outer } : outer
    if (ts.isVariableDeclaration(node)) this.declare(node, scope)
    else if (ts.isForOfStatement(node)) this.loop(node, scope)
    else if (ts.isReturnStatement(node) || ts.isExpressionStatement(node) || isConditioned(node)) {
      ts.forEachChild(node, (child) => {
        if (child === node.expression) this.valueOf(node.expression, scope)
        else this.visit(child, scope)
      })
    } else if (isFunctionNode(node)) this.closure(node, scope)
    else if (isPlaceOfCode(node)) ts.forEachChild(node, (child) => this.visit(child, scope))
    else this.lose(this.valueOf(node as ts.Expression, scope))
  }

  private declare({ name, initializer }: ts.VariableDeclaration, { values, outer }: Scope): void {
    const scope = { values, outer }
    const value = initializer && this.valueOf(initializer, scope)
    if (!ts.isIdentifier(name)) this.lose(value)
    else set(scope, name.text, this.kept(name.text, value))
  }

  private loop({ expression, initializer, statement }: ts.ForOfStatement, scope: Scope): void {
    const of = this.valueOf(expression, scope)
    const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : []
    if (declaration && ts.isIdentifier(declaration.name))
      set(scope, declaration.name.text, this.kept(declaration.name.text, elementOf(of)))
    else this.lose(of)
    this.visit(statement, scope)
  }

  /** A function that is called elsewhere, with nobody knows what. */
  private closure(node: FunctionNode, scope: Scope, parameters: readonly Value[] = []): void {
    const values = new Map([...declaredBy(node)].map((name): [string, Value] => [name, undefined]))
    node.parameters.forEach(({ name, initializer }, i) => {
      if (ts.isIdentifier(name) && !initializer) values.set(name.text, this.kept(name.text, parameters[i]))
      else this.lose(parameters[i])
    })
    const inner = { values, outer: scope }
    if (node.body && ts.isBlock(node.body)) this.visit(node.body, inner)
    else if (node.body) this.valueOf(node.body, inner)
  }

  private valueOf(expression: ts.Expression, scope: Scope): Value {
    const node = bare(expression)
    if (++this.found.steps > mostSteps) return undefined
    if (ts.isIdentifier(node)) return node.text === 'Infinity' ? limit : lookUp(scope, node.text)
    if (ts.isNumericLiteral(node)) return number
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return this.unary(node, scope)
    if (ts.isBinaryExpression(node)) return this.binary(node, scope)
    if (ts.isConditionalExpression(node)) {
      this.valueOf(node.condition, scope)
      return either(this.valueOf(node.whenTrue, scope), this.valueOf(node.whenFalse, scope))
    }
    if (ts.isCallExpression(node)) return this.call(node, scope)
    if (ts.isPropertyAccessExpression(node)) return this.property(node, scope)
    if (ts.isElementAccessExpression(node)) {
      this.lose(this.valueOf(node.argumentExpression, scope))
      const of = this.valueOf(node.expression, scope)
      return elementOf(of) ?? this.lose(of)
    }
    if (isFunctionNode(node)) {
      this.closure(node, scope)
      return { kind: 'function', node, scope }
    }
    if (ts.isTemplateExpression(node)) {
      for (const span of node.templateSpans) this.valueOf(span.expression, scope)
      return undefined
    }
    const [first, second] = ts.isArrayLiteralExpression(node) ? node.elements : []
    if (first && !second && ts.isSpreadElement(first)) return partOf(this.valueOf(first.expression, scope))
    ts.forEachChild(node, (child) => this.visit(child, scope))
    return undefined
  }

  private unary({ operator, operand }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, scope: Scope): Value {
    const value = this.valueOf(operand, scope)
    if (operator === SyntaxKind.ExclamationToken) return undefined
    // `+price` says, as `Number(price)` does, that it is meant.
    if (operator === SyntaxKind.PlusToken) this.lose(value)
    else this.calculate(value)
    return value?.kind === 'limit' ? limit : number
  }

  private binary({ left, operatorToken, right }: ts.BinaryExpression, scope: Scope): Value {
    const operator = operatorToken.kind
    if (operator === SyntaxKind.EqualsToken) return this.assign(left, right, scope)
    const [a, b] = [this.valueOf(left, scope), this.valueOf(right, scope)]
    if (calculations.has(operator)) {
      this.calculate(a)
      this.calculate(b)
      return number
    }
    if (operator === SyntaxKind.PlusToken) {
      if (a?.kind === 'sum') this.calculate(b)
      if (b?.kind === 'sum') this.calculate(a)
      return isNumber(a) && isNumber(b) ? number : added(a, b)
    }
    if (operator === SyntaxKind.PlusEqualsToken) {
      if (a?.kind === 'start') this.calculate(b)
      return undefined
    }
    if (orderings.has(operator)) {
      if (isNumber(a)) this.calculate(b)
      if (isNumber(b)) this.calculate(a)
      return undefined
    }
    if (equalities.has(operator)) {
      if (isStrict(operator) && isNumber(a)) this.calculate(b)
      if (isStrict(operator) && isNumber(b)) this.calculate(a)
      if (!isNumber(b) && !isNothing(right)) this.lose(a)
      if (!isNumber(a) && !isNothing(left)) this.lose(b)
      return undefined
    }
    if (operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.CommaToken) return b
    if (operator === SyntaxKind.BarBarToken || operator === SyntaxKind.QuestionQuestionToken) return either(a, b)
    this.lose(a)
    return this.lose(b)
  }

  /** `s = s + price` is `s += price`. */
  private assign(target: ts.Expression, given: ts.Expression, scope: Scope): Value {
    const value = this.valueOf(given, scope)
    const before = ts.isIdentifier(target) ? lookUp(scope, target.text) : this.valueOf(target, scope)
    if (before?.kind === 'limit') return value
    if (before?.kind !== 'start') return this.lose(value)
    const added = ts.isIdentifier(target) ? addedTo(target.text, given) : undefined
    if (added) this.calculate(this.valueOf(added, scope))
    return value
  }

  private property(node: ts.PropertyAccessExpression, scope: Scope): Value {
    if (/^Number\.(?:POSITIVE|NEGATIVE)_INFINITY$/.test(nameOf(node))) return limit
    const of = this.valueOf(node.expression, scope)
    if (node.name.text === 'length' && of?.kind !== 'element') return number
    return this.lose(of)
  }

  private call(node: ts.CallExpression, scope: Scope): Value {
    const callee = bare(node.expression)
    const name = nameOf(callee)
    const [object = ''] = name.split('.')
    const isOwn = isDeclared(scope, object)
    const entry = isOwn ? undefined : this.module.entry(object)
    if (!isOwn && !entry && object === 'Math') return this.calculateAll(node, scope)
    if (!isOwn && !entry && name === 'Number.isNaN') return this.all(node, scope)
    if (entry?.kind === 'imported') return this.imported(entry, name, node, scope)
    const helper = entry?.kind === 'declared' ? entry.declared.function : undefined
    if (helper && ts.isIdentifier(callee)) return this.follow(helper, undefined, node, scope)
    if (ts.isPropertyAccessExpression(callee)) return this.method(callee, node, scope)
    const local = this.valueOf(callee, scope)
    if (local?.kind === 'function') return this.follow(local.node, local.scope, node, scope)
    return this.loseAll(node, scope)
  }

  private imported(
    entry: ModuleEntry & { kind: 'imported' },
    callee: string,
    node: ts.CallExpression,
    scope: Scope,
  ): Value {
    if (entry.from !== libraryModule) return this.hand(entry, callee, node, scope)
    const name = libraryName(entry, callee)
    if (name === 'isMissing') return this.all(node, scope)
    if (name === 'coalesce') return node.arguments.map((each) => this.valueOf(each, scope)).reduce(either, undefined)
    if (name !== undefined && isAggregateCall(name, node.arguments.length)) return this.all(node, scope)
    const isCalculation = name === 'min' || name === 'max' || name === 'clip' || name === 'round'
    return isCalculation ? this.calculateAll(node, scope) : this.loseAll(node, scope)
  }

  /** To a function of another file, which is read where that is at hand. */
  private hand(
    { from, name }: ModuleEntry & { kind: 'imported' },
    callee: string,
    node: ts.CallExpression,
    scope: Scope,
  ): Value {
    const exported = name === '*' ? callee.slice(callee.indexOf('.') + 1) : name
    node.arguments.forEach((each, position) => {
      const value = ts.isSpreadElement(each) ? this.loseIn(each, scope) : this.valueOf(each, scope)
      if (value?.kind === 'input' || value?.kind === 'element')
        this.found.handed.push(useOf(value, { from, name: exported, position }))
      else this.lose(value)
    })
    return undefined
  }

  private follow(helper: FunctionNode, outer: Scope | undefined, node: ts.CallExpression, scope: Scope): Value {
    const given = node.arguments.map((each) => this.valueOf(each, scope))
    const parameters = new Map<string, Value>()
    given.forEach((value, i) => {
      const parameter = helper.parameters[i]
      if (parameter && ts.isIdentifier(parameter.name) && !parameter.dotDotDotToken)
        parameters.set(parameter.name.text, value?.kind === 'function' ? undefined : value)
      else this.lose(value)
    })
    if ([...parameters.values()].some((value) => value && 'input' in value))
      new Body(helper, this.module, this.found).run(parameters, outer)
    return undefined
  }

  private method({ expression, name: { text } }: ts.PropertyAccessExpression, node: ts.CallExpression, scope: Scope) {
    const of = this.valueOf(expression, scope)
    const element = elementOf(of)
    if (!element || !(isColumnMethod(text) || text === 'at')) {
      this.lose(of)
      return this.loseAll(node, scope)
    }
    const [callback, initial] = node.arguments
    const given = callback && bare(callback)
    const isReducing = text === 'reduce' || text === 'reduceRight'
    if (given && isFunctionNode(given) && (isReducing || elementFirst.has(text))) {
      const start = initial && this.valueOf(initial, scope)
      const sum: Value = isReducing && start?.kind === 'number' ? { kind: 'sum' } : undefined
      this.closure(given, scope, isReducing ? [sum, element] : [element])
    } else {
      if (given) this.lose(of)
      this.loseAll(node, scope)
    }
    if (partsGiven.has(text)) return partOf(of)
    return elementsGiven.has(text) ? element : undefined
  }

  private all(node: ts.CallExpression, scope: Scope): Value {
    for (const each of node.arguments) this.valueOf(each, scope)
    return undefined
  }

  private calculateAll(node: ts.CallExpression, scope: Scope): Value {
    for (const each of node.arguments)
      this.calculate(
        ts.isSpreadElement(each) ? elementOf(this.valueOf(each.expression, scope)) : this.valueOf(each, scope),
      )
    return number
  }

  private loseAll(node: ts.CallExpression, scope: Scope): Value {
    for (const each of node.arguments) this.loseIn(each, scope)
    return undefined
  }

  private loseIn(node: ts.Node, scope: Scope): undefined {
    this.visit(node, scope)
  }

  private calculate(value: Value): void {
    for (const taken of takenIn(value)) this.found.uses.set(`${taken.kind} ${taken.input}`, useOf(taken))
  }

  private lose(value: Value): undefined {
    if (value && 'input' in value) this.found.unclear.add(value.input)
  }
}

const useOf = ({ kind, input }: Taken, by?: Callee): Calculated => ({
  input,
  ...(kind === 'element' && { isElement: true }),
  ...(by && { by }),
})

/** The names that a node declares; its functions are known before its first statement. */
function valuesOf(node: ts.Node, declared: ReadonlySet<string>, outer: Scope): Map<string, Value> {
  const values = new Map([...declared].map((name): [string, Value] => [name, undefined]))
  const scope = { values, outer }
  if (ts.isBlock(node))
    for (const statement of node.statements)
      if (ts.isFunctionDeclaration(statement) && statement.name)
        values.set(statement.name.text, { kind: 'function', node: statement, scope })
  return values
}

function lookUp(scope: Scope | undefined, name: string): Value {
  for (let at = scope; at; at = at.outer) if (at.values.has(name)) return at.values.get(name)
  return undefined
}

function isDeclared(scope: Scope | undefined, name: string): boolean {
  for (let at = scope; at; at = at.outer) if (at.values.has(name)) return true
  return false
}

function set(scope: Scope, name: string, value: Value): void {
  for (let at: Scope | undefined = scope; at; at = at.outer)
    if (at.values.has(name)) {
      at.values.set(name, value)
      return
    }
}

function elementOf(value: Value): Value {
  return value?.kind === 'input' || value?.kind === 'part' ? { kind: 'element', input: value.input } : undefined
}

function partOf(value: Value): Value {
  return value?.kind === 'input' || value?.kind === 'part' ? { kind: 'part', input: value.input } : undefined
}

/** What may be one or the other: the one that is of an input. */
const either = (a: Value, b: Value): Value =>
  a && 'input' in a ? a : b && 'input' in b ? b : a?.kind === b?.kind ? a : undefined

/** `1 + vat`. With anything else in it a text is meant: `'Q' + quarter`. */
function added(a: Value, b: Value): Value {
  const isAdded = (value: Value): boolean => isNumber(value) || takenIn(value).length > 0
  return isAdded(a) && isAdded(b) ? { kind: 'added', of: [...takenIn(a), ...takenIn(b)] } : undefined
}

function takenIn(value: Value): readonly Taken[] {
  if (value?.kind === 'added') return value.of
  return value?.kind === 'input' || value?.kind === 'element' ? [value] : []
}

const isNumber = (value: Value): boolean =>
  value?.kind === 'number' || value?.kind === 'start' || value?.kind === 'limit'

const isNothing = (node: ts.Expression): boolean => {
  const side = bare(node)
  return side.kind === SyntaxKind.NullKeyword || (ts.isIdentifier(side) && side.text === 'undefined')
}

/** Statements that ask their expression no more than whether it is true. */
const isConditioned = (node: ts.Node): node is ts.IfStatement | ts.WhileStatement | ts.DoStatement =>
  ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node)

const isPlaceOfCode = (node: ts.Node): boolean =>
  ts.isVariableDeclarationList(node) ||
  (ts.isStatement(node) && !ts.isSwitchStatement(node) && !ts.isThrowStatement(node))

const elementFirst: ReadonlySet<string> = new Set(
  'filter map some every find findIndex findLast findLastIndex flatMap forEach'.split(' '),
)
const partsGiven: ReadonlySet<string> = new Set(
  'filter sort unique reverse toSorted toReversed toArray values'.split(' '),
)
const elementsGiven: ReadonlySet<string> = new Set('at first last min max mode find findLast'.split(' '))

/** Not `+`, which joins texts. */
const calculations: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.PercentEqualsToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
])

const orderings: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
])

const equalities: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
])

/** Loosely a text is equal to a number that it is written as. */
const isStrict = (operator: ts.SyntaxKind): boolean =>
  operator === SyntaxKind.EqualsEqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsEqualsToken
