import { bare, isFunctionNode, ts } from './parse.ts'

/** Why code of tables cannot be written as features: a phrase after the function's name. */
export class NotSimple extends Error {}

/** What a table function calculates for one column, as the body of a feature. */
export interface TableExpression {
  /** An expression, or a block with its braces. */
  readonly text: string
  readonly isBlock: boolean
  /** What it gives, where its last step says it. */
  readonly type?: 'number' | 'boolean'
  /** The columns that it reads, by the names of the data, with the variables that hold them. */
  readonly inputs: readonly { readonly name: string; readonly local: string; readonly acceptsMissing: boolean }[]
  /** Some column is aggregated. */
  readonly aggregates: boolean
  /** Some column is read value by value. */
  readonly readsValues: boolean
  /** What is aggregated without being a column: `op.sum(d.price * d.qty)`. To be features of their own, before this one. */
  readonly parts: readonly { readonly name: string; readonly expression: TableExpression }[]
}

export interface ExpressionPlace {
  /** The name of the column that is made. */
  readonly name: string
  /** A column that every row has, by which rows are counted. */
  readonly counted?: string
  /** It shall be TypeScript. */
  readonly isTyped: boolean
  /** The variable that holds a column. */
  readonly localOf: (column: string) => string
}

/** `(d) => d.price * d.qty`, `escape((d) => …)`, `op.sum('price')`: as code over the columns themselves. @throws NotSimple */
export function tableExpression(written: ts.Expression, place: ExpressionPlace): TableExpression {
  const node = bare(written)
  const call = ts.isCallExpression(node) ? node : undefined
  const escaped = call && nameOf(call.expression) === 'escape' ? call.arguments[0] : undefined
  const given = escaped ? bare(escaped) : node
  if (isFunctionNode(given)) {
    if (given.parameters.length > 1) throw new NotSimple(`'${place.name}' takes parameters of the table ($)`)
    const body = given.body as ts.ConciseBody
    return transformed(body, place, columnsOf(given.parameters[0], place), escaped === undefined)
  }
  if (call && opName(call)) return transformed(call, place, () => undefined, true)
  throw new NotSimple(`'${place.name}' is no function of a row: ${shorten(node.getText())}`)
}

/** The column that a node reads, if it is a place that reads one. */
type ColumnAt = (node: ts.Node) => string | undefined

/** `d` in `d.price`, or the names of `({ price, qty })`. */
function columnsOf(parameter: ts.ParameterDeclaration | undefined, { name: made }: ExpressionPlace): ColumnAt {
  if (!parameter) return () => undefined
  const { name } = parameter
  if (ts.isIdentifier(name)) {
    return (node) => {
      const isRow = (of: ts.Expression) => ts.isIdentifier(of) && of.text === name.text
      if (ts.isPropertyAccessExpression(node) && isRow(node.expression)) return node.name.text
      if (ts.isElementAccessExpression(node) && isRow(node.expression) && ts.isStringLiteral(node.argumentExpression))
        return node.argumentExpression.text
      if (ts.isIdentifier(node) && node.text === name.text && isRead(node))
        throw new NotSimple(`'${made}' hands the whole row on`)
      return undefined
    }
  }
  const columns = new Map<string, string>()
  for (const element of name.elements) {
    const isPlain = ts.isBindingElement(element) && !element.dotDotDotToken && !element.initializer
    if (!isPlain || !ts.isIdentifier(element.name)) throw new NotSimple(`'${made}' takes the row apart in another way`)
    columns.set(element.name.text, element.propertyName ? textOfName(element.propertyName) : element.name.text)
  }
  return (node) => (ts.isIdentifier(node) && isRead(node) ? columns.get(node.text) : undefined)
}

const textOfName = (node: ts.PropertyName): string =>
  ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : node.getText()

/** An identifier that stands for a value, and is no name of a property or declaration. */
function isRead({ parent, text }: ts.Identifier): boolean {
  if (ts.isPropertyAccessExpression(parent))
    return ts.isIdentifier(parent.expression) && parent.expression.text === text
  if (ts.isPropertyAssignment(parent)) return parent.initializer.getText() === text
  return !ts.isBindingElement(parent) && !ts.isParameter(parent) && !ts.isVariableDeclaration(parent)
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function transformed(body: ts.Node, place: ExpressionPlace, columnAt: ColumnAt, hasOps: boolean): TableExpression {
  const { localOf } = place
  const edits: Edit[] = []
  const reads: { readonly node: ts.Node; readonly column: string }[] = []
  const aggregated = new Set<string>()
  const parts: { name: string; expression: TableExpression }[] = []
  const own = new Set<string>()
  const put = (node: ts.Node, text: string) => edits.push({ start: node.getStart(), end: node.end, text })

  const aggregate = (call: ts.CallExpression, op: string): void => {
    const method = aggregates[op] as string
    if (method === 'length') {
      if (place.counted === undefined) throw new NotSimple(`'${place.name}' counts rows beside values of the row`)
      aggregated.add(place.counted)
      put(call, `${localOf(place.counted)}.length`)
      return
    }
    const [of, ...more] = call.arguments
    if (!of || more.some((each) => !ts.isNumericLiteral(bare(each))))
      throw new NotSimple(`'${place.name}' calls ${shorten(call.getText())}`)
    const column = ts.isStringLiteral(bare(of)) ? (bare(of) as ts.StringLiteral).text : columnAt(bare(of))
    const name = column ?? `${place.name}_each${parts.length > 0 ? `_${parts.length + 1}` : ''}`
    if (column === undefined) {
      const expression = transformed(of, { ...place, name }, columnAt, hasOps)
      if (expression.aggregates) throw new NotSimple(`'${place.name}' aggregates an aggregate`)
      if (!expression.readsValues) throw new NotSimple(`'${place.name}' aggregates what is the same in every row`)
      parts.push({ name, expression })
    }
    aggregated.add(name)
    put(call, `${localOf(name)}.${method}(${more.map((each) => each.getText()).join(', ')})`)
  }

  const visit = (node: ts.Node): void => {
    const op = hasOps && ts.isCallExpression(node) ? opName(node) : undefined
    if (op !== undefined && ts.isCallExpression(node)) {
      if (Object.hasOwn(aggregates, op)) {
        aggregate(node, op)
        return
      }
      if (Object.hasOwn(mathematics, op)) put(node.expression, `Math.${mathematics[op]}`)
      else if (Object.hasOwn(methods, op)) {
        const [of] = node.arguments
        if (!of || node.arguments.length > 1) throw new NotSimple(`'${place.name}' calls ${shorten(node.getText())}`)
        const isCall = ts.isPropertyAccessExpression(of) || ts.isIdentifier(of) || ts.isCallExpression(of)
        edits.push({ start: node.getStart(), end: of.getStart(), text: isCall ? '' : '(' })
        edits.push({ start: of.end, end: node.end, text: `${isCall ? '' : ')'}.${methods[op]}()` })
        visit(of)
        return
      } else throw new NotSimple(`'${place.name}' calls op.${op}, ${unknownOps[op] ?? 'which no feature has'}`)
      for (const argument of node.arguments) visit(argument)
      return
    }
    const column = columnAt(node)
    if (column !== undefined) {
      reads.push({ node, column })
      return
    }
    if (
      (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) &&
      ts.isIdentifier(node.name)
    )
      own.add(node.name.text)
    ts.forEachChild(node, visit)
  }
  visit(body)

  // Where something is missing, the expression may give something all the same: so shall the feature.
  const propagates = doesPropagate(body)
  const tested = new Set(reads.filter(({ node }) => isAskedIfMissing(node)).map(({ column }) => column))
  const needsMissing = (column: string) =>
    !propagates && !tested.has(column) && reads.some((read) => read.column === column)
  for (const { node, column } of reads) {
    const isSure = place.isTyped && needsMissing(column) && isCalculatedWith(node)
    const text = localOf(column)
    const isShort = ts.isShorthandPropertyAssignment(node.parent) && text !== node.getText()
    put(node, `${isShort ? `${node.getText()}: ` : ''}${text}${isSure ? '!' : ''}`)
  }
  const names = [...new Set([...reads.map(({ column }) => column), ...aggregated])]
  const clash = names.find((name) => own.has(localOf(name)))
  if (clash !== undefined) throw new NotSimple(`'${place.name}' has a variable '${localOf(clash)}' of its own`)
  return {
    text: withEdits(body, edits),
    isBlock: ts.isBlock(body),
    ...typeOf(body),
    inputs: names.map((name) => ({ name, local: localOf(name), acceptsMissing: needsMissing(name) })),
    aggregates: aggregated.size > 0,
    readsValues: reads.length > 0,
    parts,
  }
}

/** The text of a node after edits, its lines moved to the left as far as the first one stood. */
function withEdits(node: ts.Node, edits: readonly Edit[]): string {
  const { text } = node.getSourceFile()
  const start = node.getStart()
  let result = ''
  let at = start
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  result += text.slice(at, node.end)
  const [indent = ''] = /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', start) + 1)) ?? []
  return result.replaceAll(`\n${indent}`, '\n')
}

/** The value is missing where anything that it reads is: only calculations, no question. */
function doesPropagate(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return calculations.has(node.operatorToken.kind) && parts(node).every(doesPropagate)
  if (ts.isPrefixUnaryExpression(node)) return signs.has(node.operator) && doesPropagate(node.operand)
  if (ts.isCallExpression(node)) {
    const op = opName(node)
    const isCalculation = op !== undefined && [aggregates, mathematics, methods].some((each) => Object.hasOwn(each, op))
    return (
      (isCalculation || /^Math\.(?!max|min|hypot)/.test(node.expression.getText())) &&
      node.arguments.every(doesPropagate)
    )
  }
  if (ts.isParenthesizedExpression(node)) return doesPropagate(node.expression)
  if (ts.isBlock(node)) return node.statements.every(doesPropagate)
  if (ts.isReturnStatement(node)) return node.expression !== undefined && doesPropagate(node.expression)
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.every(({ initializer }) => initializer && doesPropagate(initializer))
  return (
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isIdentifier(node) ||
    ts.isLiteralExpression(node)
  )
}

const parts = ({ left, right }: ts.BinaryExpression): readonly ts.Node[] => [left, right]

const calculations: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
])
const signs: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken])

function typeOf(node: ts.Node): Pick<TableExpression, 'type'> {
  if (ts.isParenthesizedExpression(node)) return typeOf(node.expression)
  if (!ts.isBinaryExpression(node)) return {}
  const { kind } = node.operatorToken
  if (comparisons.has(kind)) return { type: 'boolean' }
  return kind !== ts.SyntaxKind.PlusToken && calculations.has(kind) ? { type: 'number' } : {}
}

/** TypeScript wants to know that it is not null: `price > 5`, `name.length`. */
function isCalculatedWith({ parent }: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent) || ts.isPrefixUnaryExpression(parent)) return !isNot(parent)
  return ts.isBinaryExpression(parent) && !looseOperators.has(parent.operatorToken.kind)
}

const isNot = (node: ts.Node): boolean =>
  ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken

const equalities = [
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
] as const

const comparisons: ReadonlySet<ts.SyntaxKind> = new Set([
  ...equalities,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

const looseOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ...equalities,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

/** `d.price ?? 0`, `d.price == null`: the body says itself what is to be done. */
function isAskedIfMissing(node: ts.Node): boolean {
  const { parent } = node
  if (!ts.isBinaryExpression(parent)) return false
  const { left, right, operatorToken } = parent
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return left === node
  return [left, right].some((side) => side.kind === ts.SyntaxKind.NullKeyword || side.getText() === 'undefined')
}

/** `op.sum(…)`, `aq.op.sum(…)`, and `sum(…)`, which Arquero understands too. */
function opName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return isKnownOp(expression.text) ? expression.text : undefined
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const of = expression.expression
  return nameOf(of) === 'op' ? expression.name.text : undefined
}

/** The last name of `aq.escape`. */
function nameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined
}

const isKnownOp = (name: string): boolean =>
  [aggregates, mathematics, methods, unknownOps].some((each) => Object.hasOwn(each, name))

/** Aggregates of Arquero by the methods of columns that give the same. */
const aggregates: Readonly<Record<string, string>> = {
  sum: 'sum',
  mean: 'mean',
  average: 'mean',
  min: 'min',
  max: 'max',
  median: 'median',
  quantile: 'quantile',
  stdev: 'std',
  variance: 'var',
  valid: 'count',
  count: 'length',
}

const mathematics: Readonly<Record<string, string>> = Object.fromEntries(
  'abs cbrt ceil exp expm1 floor log log10 log1p log2 pow round sign sqrt trunc acos asin atan atan2 cos cosh sin sinh tan tanh'
    .split(' ')
    .map((name) => [name, name]),
)

const methods: Readonly<Record<string, string>> = {
  lower: 'toLowerCase',
  upper: 'toUpperCase',
  trim: 'trim',
  year: 'getUTCFullYear',
  utcyear: 'getUTCFullYear',
  month: 'getUTCMonth',
  utcmonth: 'getUTCMonth',
  date: 'getUTCDate',
  utcdate: 'getUTCDate',
  dayofweek: 'getUTCDay',
  utcdayofweek: 'getUTCDay',
  hours: 'getUTCHours',
  utchours: 'getUTCHours',
}

const aroundIt = 'which looks at the rows around it: write it with cumsum(), lag() or rank() of a column'
const unknownOps: Readonly<Record<string, string>> = {
  distinct: 'which counts missing as a value, and nunique() does not',
  mode: 'which takes the first of equally frequent values, and mode() the smallest',
  ...Object.fromEntries(
    'row_number rank avg_rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value'
      .split(' ')
      .map((name) => [name, aroundIt]),
  ),
}

export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
