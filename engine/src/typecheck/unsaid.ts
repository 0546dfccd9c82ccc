import { ts } from '../source/typescript/parse.ts'
import type { WrongResult } from './results.ts'

/** What TypeScript lets pass and gives nothing all the same: `rates[region]` where `rates` is a Map. */
export function unsaid(source: ts.SourceFile, checker: ts.TypeChecker): readonly WrongResult[] {
  const found: WrongResult[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node)) {
      const name = checker.getTypeAtLocation(node.expression).symbol?.name
      const [object, key] = [node.expression.getText(), node.argumentExpression.getText()]
      if (name === 'Map') found.push({ node, message: `'${object}' is a Map: ask it with ${object}.get(${key}).` })
      if (name === 'Set') found.push({ node, message: `'${object}' is a Set: ask it with ${object}.has(${key}).` })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
