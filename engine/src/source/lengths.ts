import { children, mapChildren } from '../ir/children.ts'
import type { Call, Expression } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { ValueType } from '../ir/values.ts'

/**
 * `qty.length` is the number of letters of one text or the number of rows of a column, and only the type tells which: where
 * `typeOfRows` knows the values of a row-level input and they are no text, rows are counted. Else the very same feature.
 */
export function rowCounts(feature: Feature, typeOfRows: (name: string) => ValueType | undefined): Feature {
  if (feature.body.kind !== 'expression') return feature
  const { expression } = feature.body
  const counted = measuredInputs(expression).filter((name) => {
    const type = typeOfRows(name)
    return type !== undefined && type !== 'string'
  })
  if (counted.length === 0) return feature
  const body = { ...feature.body, expression: countRows(expression, new Set(counted)) }
  return { ...feature, body, fingerprint: `${feature.fingerprint} rows ${counted.join('\n')}` }
}

/** The inputs of which the length is taken. */
function measuredInputs(expression: Expression): readonly string[] {
  const names = new Set<string>()
  const visit = (node: Expression): void => {
    const input = node.kind === 'call' ? measuredBy(node) : undefined
    if (input?.kind === 'input') names.add(input.name)
    for (const child of children(node)) visit(child)
  }
  visit(expression)
  return [...names]
}

function countRows(expression: Expression, names: ReadonlySet<string>): Expression {
  const input = expression.kind === 'call' ? measuredBy(expression) : undefined
  return input?.kind === 'input' && names.has(input.name)
    ? { kind: 'aggregate', name: 'length', of: input, args: [] }
    : mapChildren(expression, (child) => countRows(child, names))
}

/** The input, also one with a default value, whose length a call asks for. */
function measuredBy({ name, args: [of] }: Call): Expression | undefined {
  if (name !== 'text.length' || !of) return undefined
  return of.kind === 'logic' && of.op === 'coalesce' ? of.left : of
}
