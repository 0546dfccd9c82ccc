import { closest } from '../model/suggest.ts'
import { ts } from '../source/typescript/parse.ts'
import type { Kind } from './kinds.ts'
import { askTruth, bareOf, isLiteral, nouns, type Verdict, type Words } from './words.ts'

// What is calculated and compared.

/** TypeScript complains of one side, or of the whole. */
export function judgeOperator(node: ts.Node, words: Words, isSide: boolean): Verdict | undefined {
  const operation = isSide ? node.parent : node
  if (!ts.isBinaryExpression(operation)) return undefined
  const { left, right, operatorToken } = operation
  const operator = operatorToken.kind
  const isOrder = orderOperators.has(operator)
  const sides = [left, right].map((side) => ({ side, kind: words.kind(side) }))
  const isText = ({ kind }: Side) => kind === 'string' && operator !== ts.SyntaxKind.PlusToken
  const culprit =
    sides.find(({ kind }) => kind === 'column') ??
    (isOrder ? misordered(sides) : (sides.find((each) => each.side === node && isText(each)) ?? sides.find(isText)))
  if (!culprit?.kind) return undefined
  const { side, kind } = culprit
  const other = sides.find((each) => each.side !== side)
  const clause = words.clause(side, kind)
  if (kind === 'column') {
    const example = ` Take one value of it, for example ${bareOf(side).getText()}.first().`
    return {
      message: `${clause}: it cannot be ${isOrder ? 'compared' : 'calculated with'} like one value.${example}`,
      ...words.about(side),
    }
  }
  const against = other?.kind && other.kind !== 'column' && other.kind !== 'both' ? ` with ${nouns[other.kind]}` : ''
  const cannot = isOrder ? `cannot be compared${against}` : (cannots.get(operator)?.(side === left) ?? 'is no number')
  const isNumberWanted = kind === 'string' && (!isOrder || other?.kind === 'number')
  return {
    message: `${clause}, so ${cannot.startsWith('nothing') ? cannot : `it ${cannot}`}.`,
    ...words.about(side),
    ...(isNumberWanted && { wanted: 'number' as const }),
  }
}

interface Side {
  readonly side: ts.Expression
  readonly kind: Kind | undefined
}

/** Text has no order among numbers or dates. */
function misordered(sides: readonly Side[]): Side | undefined {
  const text = sides.find(({ kind }) => kind === 'string')
  const other = sides.find(({ kind }) => kind === 'number' || kind === 'Date')
  if (!text || !other) return undefined
  // A text that is written there was meant for what the other side should be.
  return ts.isStringLiteralLike(bareOf(text.side)) ? other : text
}

const orderOperators: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
])

const divided = (isLeft: boolean): string => (isLeft ? 'cannot be divided' : 'nothing can be divided by it')
const subtracted = (isLeft: boolean): string => (isLeft ? 'nothing can be subtracted from it' : 'cannot be subtracted')
const cannots = new Map<ts.SyntaxKind, (isLeft: boolean) => string>([
  [ts.SyntaxKind.MinusToken, subtracted],
  [ts.SyntaxKind.MinusEqualsToken, subtracted],
  [ts.SyntaxKind.AsteriskToken, () => 'cannot be multiplied'],
  [ts.SyntaxKind.AsteriskEqualsToken, () => 'cannot be multiplied'],
  [ts.SyntaxKind.SlashToken, divided],
  [ts.SyntaxKind.SlashEqualsToken, divided],
  [ts.SyntaxKind.PercentToken, divided],
  [ts.SyntaxKind.AsteriskAsteriskToken, () => 'has no powers'],
])

/** `===` between kinds is never true; a loose `==` may be. */
export function judgeComparison(node: ts.Node, words: Words): Verdict | undefined {
  const sides = comparedIn(node, words)
  if (!sides) return undefined
  const [left, right] = sides
  const leftKind = words.kind(left)
  const rightKind = words.kind(right)
  if (!leftKind || !rightKind || leftKind === 'both' || rightKind === 'both') return undefined
  const isTurned = isLiteral(bareOf(left))
  const [subject, kind, other, against] = isTurned
    ? ([right, rightKind, left, leftKind] as const)
    : ([left, leftKind, right, rightKind] as const)
  if (kind === 'string' && against === 'string') return neverOneOf(subject, other, words)
  if (kind === against) return undefined
  const value = bareOf(other).getText()
  const never = against === 'column' ? 'a column' : nouns[against]
  const equal = isLiteral(bareOf(other)) && value.length <= 24 ? value : never
  const text = bareOf(subject).getText()
  const each = kind === 'column' && text.length <= 40 ? ` Compare each row: ${text}.map((x) => x === ${value}).` : ''
  const todo = kind === 'boolean' ? truthInstead(node, subject, other, words) : { message: each }
  return {
    ...todo,
    message: `${words.clause(subject, kind)}, so it never equals ${equal}.${todo.message}`,
    ...words.about(subject),
    ...(kind !== 'column' && against === 'boolean' && { wanted: against }),
  }
}

/** What to write for a comparison of true or false with another value: `!paid` for `paid !== 'yes'`. */
function truthInstead(
  comparison: ts.Node,
  subject: ts.Expression,
  other: ts.Expression,
  words: Words,
): Pick<Verdict, 'message' | 'suggestions'> {
  const text = bareOf(subject).getText()
  if (!/^[\w$.]+$/.test(text)) return { message: '' }
  const literal = bareOf(other)
  const said = ts.isStringLiteralLike(literal) || ts.isNumericLiteral(literal) ? literal.text.trim().toLowerCase() : ''
  const { true: yes = [], false: no = [] } = words.input(subject)?.truth ?? {}
  if (!ts.isBinaryExpression(comparison) || !(yes.includes(said) || no.includes(said)))
    return { message: askTruth(text) }
  const isEqual = comparison.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  const instead = yes.includes(said) === isEqual ? text : `!${text}`
  return { message: ` Write ${instead}.`, suggestions: [instead] }
}

/** Two sides that are never equal, whichever way they are compared. */
function comparedIn(node: ts.Node, words: Words): readonly [ts.Expression, ts.Expression] | undefined {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind
    const isStrict =
      operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsEqualsToken
    const isWhole = [node.left, node.right].some((side) => words.kind(side) === 'column')
    return isStrict || isWhole ? [node.left, node.right] : undefined
  }
  const clause = ts.isCaseClause(node) ? node : node.parent
  return ts.isCaseClause(clause) ? [clause.parent.parent.expression, clause.expression] : undefined
}

/** A text that is none of those that an input can be. */
function neverOneOf(subject: ts.Expression, other: ts.Expression, words: Words): Verdict | undefined {
  const texts = words.input(subject)?.texts
  const literal = bareOf(other)
  if (!texts || !ts.isStringLiteralLike(literal) || texts.includes(literal.text)) return undefined
  const quoted = texts.map((text) => `'${text}'`)
  const list = quoted.length === 1 ? quoted[0] : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
  const suggestions = closest(literal.text, texts)
  const meant = suggestions.length > 0 ? ` Did you mean ${suggestions.map((text) => `'${text}'`).join(' or ')}?` : ''
  return {
    message: `${words.name(subject)} is always ${list}, never '${literal.text}'.${meant}`,
    ...words.about(subject),
  }
}
