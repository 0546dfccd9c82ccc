import { ts } from '../source/typescript/parse.ts'
import { kindOf } from './kinds.ts'
import type { WrongResult } from './results.ts'

/** What TypeScript lets pass though nobody means it: `rates[region]` where `rates` is a Map, `prices.sort()` that sorts as text. */
export function unsaid(source: ts.SourceFile, checker: ts.TypeChecker): readonly WrongResult[] {
  const found: WrongResult[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node)) {
      const name = checker.getTypeAtLocation(node.expression).symbol?.name
      const [object, key] = [node.expression.getText(), node.argumentExpression.getText()]
      if (name === 'Map') found.push({ node, message: `'${object}' is a Map: ask it with ${object}.get(${key}).` })
      if (name === 'Set') found.push({ node, message: `'${object}' is a Set: ask it with ${object}.has(${key}).` })
    }
    const method = sortedAsText(node, checker)
    if (method) {
      const message = `${method}() without a comparison sorts numbers as text: 10 stands before 9. Write ${method}((a, b) => a - b).`
      found.push({ node, message })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function sortedAsText(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length > 0 || !ts.isPropertyAccessExpression(node.expression))
    return undefined
  const { expression, name } = node.expression
  if (name.text !== 'sort' && name.text !== 'toSorted') return undefined
  const type = checker.getTypeAtLocation(expression)
  const element = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined
  return element && kindOf(element) === 'number' ? name.text : undefined
}
