import type { Expression } from './expression.ts'

/** The expressions that one is made of, in order. */
export function children(expression: Expression): readonly Expression[] {
  const found: Expression[] = []
  mapChildren(expression, (child) => {
    found.push(child)
    return child
  })
  return found
}

/** The same expression with other parts. */
export function mapChildren(expression: Expression, change: (child: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'literal':
    case 'input':
    case 'local':
      return expression
    case 'let':
      return { ...expression, value: change(expression.value), body: change(expression.body) }
    case 'unary':
      return { ...expression, of: change(expression.of) }
    case 'binary':
    case 'compare':
    case 'logic':
      return { ...expression, left: change(expression.left), right: change(expression.right) } as Expression
    case 'if':
      return {
        ...expression,
        test: change(expression.test),
        // biome-ignore lint/suspicious/noThenProperty: the expression's own name for the branch
        then: change(expression.then),
        else: change(expression.else),
      }
    case 'call':
      return { ...expression, args: expression.args.map(change) }
    case 'aggregate':
    case 'vector':
      return { ...expression, of: change(expression.of), args: expression.args.map(change) }
  }
}
