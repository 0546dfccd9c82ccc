import { Hasher } from '../hash.ts'
import { bare, ts } from './parse.ts'

/**
 * A hash of what a piece of code does: its tree without comments, layout, quotes, optional semicolons, parentheses
 * and types. Two pieces with one hash compute the same from the same surroundings.
 */
export function structureOf(root: ts.Node): string {
  const hasher = new Hasher()
  const visit = (node: ts.Node): void => {
    const inner = ts.isExpression(node) ? bare(node) : node
    if (ts.isTypeNode(inner) && !ts.isExpressionWithTypeArguments(inner)) return
    if (ts.isTypeParameterDeclaration(inner) || isErased(inner)) return
    hasher.add(String(inner.kind))
    if (ts.isIdentifier(inner) || ts.isPrivateIdentifier(inner)) hasher.add(inner.text)
    else if (ts.isRegularExpressionLiteral(inner)) hasher.add(inner.text)
    else if (ts.isLiteralExpression(inner) || isTemplatePart(inner)) hasher.add(inner.text)
    else if (ts.isPrefixUnaryExpression(inner) || ts.isPostfixUnaryExpression(inner)) hasher.add(String(inner.operator))
    else if (ts.isVariableDeclarationList(inner)) hasher.add(String(inner.flags & ts.NodeFlags.BlockScoped))
    else if (ts.isHeritageClause(inner)) hasher.add(String(inner.token))
    else if (ts.isTaggedTemplateExpression(inner)) hasher.add(inner.template.getText())
    // `a?.b.c` is not `(a?.b).c`.
    if (inner.flags & ts.NodeFlags.OptionalChain) hasher.add('?.')
    ts.forEachChild(inner, visit)
    hasher.add(')')
  }
  visit(root)
  return hasher.digest()
}

/** Modifiers that leave no trace when the code runs, and the `?` of an optional parameter. */
function isErased(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.ExportKeyword ||
    node.kind === ts.SyntaxKind.DefaultKeyword ||
    (node.kind === ts.SyntaxKind.QuestionToken && ts.isParameter(node.parent))
  )
}

function isTemplatePart(node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
}
