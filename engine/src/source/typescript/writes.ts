import { bare, ts } from './parse.ts'

const { SyntaxKind } = ts

/** Names that are set to something after they are declared; `others`: to something else than a number, or themselves and something more. */
export interface Writes {
  readonly any: ReadonlySet<string>
  readonly others: ReadonlySet<string>
}

export function writesIn(root: ts.Node): Writes {
  const any = new Set<string>()
  const others = new Set<string>()
  const note = (target: ts.Node, isOther: boolean): void => {
    if (ts.isIdentifier(target)) {
      any.add(target.text)
      if (isOther) others.add(target.text)
    } else if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target))
      ts.forEachChild(target, (child) => note(child, true))
  }
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) {
      const { left, right } = node
      const { kind } = node.operatorToken
      const isSum = ts.isIdentifier(left) && addedTo(left.text, right) !== undefined
      if (kind === SyntaxKind.EqualsToken) note(left, !isSum && !ts.isNumericLiteral(bare(right)))
      else if (settings.has(kind)) note(left, kind !== SyntaxKind.PlusEqualsToken)
    }
    if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer)) note(node.initializer, true)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return { any, others }
}

/** What is added to a name: `price` of `s + price`. */
export function addedTo(name: string, given: ts.Expression): ts.Expression | undefined {
  const sum = bare(given)
  if (!ts.isBinaryExpression(sum) || sum.operatorToken.kind !== SyntaxKind.PlusToken) return undefined
  const isIt = (side: ts.Expression) => ts.isIdentifier(bare(side)) && bare(side).getText() === name
  return isIt(sum.left) ? sum.right : isIt(sum.right) ? sum.left : undefined
}

/** Operators that set a name to what may be anything. */
const settings: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
])
