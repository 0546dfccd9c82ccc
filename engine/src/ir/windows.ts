import { children, mapChildren } from './children.ts'
import { type Expression, isWindowName } from './expression.ts'

/**
 * A look at other rows that gives one value for each row: `revenue.cumsum()`, `revenue.map((each) => each * 2).lag(1)`. Not that of a
 * column which has lost the rows of its values: `revenue.sort().lag(1)`. `isRow` tells inputs that are one value per row.
 */
export function isRowWindow(expression: Expression, isRow: (input: string) => boolean): boolean {
  return expression.kind === 'vector' && isWindowName(expression.name) && keepsRows(expression.of, isRow)
}

/** The first of them in a row feature, apart from aggregates. */
export function rowWindowIn(expression: Expression, isRow: (input: string) => boolean): Expression | undefined {
  if (isRowWindow(expression, isRow)) return expression
  if (expression.kind === 'aggregate' || expression.kind === 'vector') return undefined
  for (const child of children(expression)) {
    const found = rowWindowIn(child, isRow)
    if (found) return found
  }
  return undefined
}

function keepsRows(expression: Expression, isRow: (input: string) => boolean): boolean {
  if (expression.kind === 'input') return isRow(expression.name)
  if (expression.kind !== 'vector') return false
  const { name, of } = expression
  return (isWindowName(name) || name === 'map' || name === 'where') && keepsRows(of, isRow)
}

/** Something that only a whole column can be asked. */
export const asksColumns = (expression: Expression): boolean =>
  expression.kind === 'aggregate' || expression.kind === 'vector' || children(expression).some(asksColumns)

/** Whether a formula reads an input as a whole column and in no other way: `revenue.lag(1)`, but not `revenue - revenue.lag(1)`. */
export function isReadWhole(expression: Expression, input: string): boolean {
  let whole = false
  let alone = false
  const visit = (node: Expression, inside: boolean): void => {
    if (node.kind === 'input' && node.name === input) {
      whole ||= inside
      alone ||= !inside
    }
    for (const child of children(node)) visit(child, inside || node.kind === 'aggregate' || node.kind === 'vector')
  }
  visit(withoutLets(expression), false)
  return whole && !alone
}

/** `const` locals put in place. */
export function withoutLets(expression: Expression, locals: ReadonlyMap<string, Expression> = new Map()): Expression {
  if (expression.kind === 'local') return locals.get(expression.name) ?? expression
  if (expression.kind === 'let') {
    return withoutLets(expression.body, new Map(locals).set(expression.name, withoutLets(expression.value, locals)))
  }
  return mapChildren(expression, (child) => withoutLets(child, locals))
}
