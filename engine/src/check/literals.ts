import type { Expression } from '../ir/expression.ts'

const most = 12

/** The texts that an expression gives when all of them are written in it: `'low'` and `'high'` of `x < 3 ? 'low' : 'high'`. */
export function literalTexts(expression: Expression): readonly string[] | undefined {
  const found = new Set<string>()
  return collect(expression, found) && found.size > 0 && found.size <= most ? [...found] : undefined
}

function collect(expression: Expression, found: Set<string>): boolean {
  switch (expression.kind) {
    case 'literal':
      if (typeof expression.value === 'string') found.add(expression.value)
      return expression.value === null || typeof expression.value === 'string'
    case 'let':
      return collect(expression.body, found)
    case 'if':
      return found.size <= most && collect(expression.then, found) && collect(expression.else, found)
    default:
      return false
  }
}
