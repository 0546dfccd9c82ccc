import { children, mapChildren } from '../ir/children.ts'
import type { Aggregate, Expression } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import { withoutLets } from '../ir/windows.ts'
import type { FeatureFunction } from './host.ts'
import { askedIfMissing, printExpression, printedLibrary } from './print.ts'

/** An aggregate inside a feature's expression: to be computed once per group. */
export interface GroupPart {
  /** The name it has as an input of the row part. */
  readonly name: string
  readonly inputs: readonly string[]
  readonly call: FeatureFunction
  readonly expression: Aggregate
  /** What is left of a row feature is computed where the aggregate is missing: `x - (x.mean() ?? 0)`. */
  readonly acceptsMissing: boolean
}

/** `revenue - revenue.mean()`, or `cost.sum() / revenue.sum()`, taken apart: a function that reads the group parts as further inputs. */
export interface MixedFeature {
  readonly parts: readonly GroupPart[]
  readonly call: FeatureFunction
  /** Inputs of `call`: the feature's own that are read per row, then the parts. */
  readonly inputs: readonly string[]
}

const known = new WeakMap<Feature, MixedFeature | undefined>()

/**
 * Takes a feature apart that aggregates one of its inputs, once for all runs. Undefined when it does not, or its meaning is not known.
 * Throws `NotPrintable` when an expression cannot be made into code.
 */
export function mixedFeature(feature: Feature): MixedFeature | undefined {
  if (!known.has(feature)) known.set(feature, takenApart(feature))
  return known.get(feature)
}

function takenApart(feature: Feature): MixedFeature | undefined {
  if (feature.body.kind !== 'expression' || !hasAggregate(feature.body.expression)) return undefined
  const { hasOwnNull } = feature
  const whole = withoutLets(feature.body.expression)
  const found = new Map<string, { readonly name: string; readonly expression: Aggregate }>()
  const rowPart = replaceAggregates(whole, found)
  const parts = [...found.values()].map(({ name, expression }): GroupPart => {
    const inputs = inputsOf(expression)
    const call = compile(expression, inputs, `${feature.name}_${name}`, hasOwnNull)
    return { name, inputs, call, expression, acceptsMissing: asksIfMissing(rowPart, name) }
  })
  // An input that is only aggregated is no value of the row: where it is missing, the row's value is not.
  const read = new Set(inputsOf(rowPart))
  const names = feature.inputs.map((input) => input.name).filter((name) => read.has(name))
  const inputs = [...names, ...parts.map((part) => part.name)]
  return { parts, inputs, call: compile(rowPart, inputs, feature.name, hasOwnNull) }
}

/** The function that an expression says, of inputs in this order. Throws `NotPrintable`. */
export function compile(
  expression: Expression,
  inputs: readonly string[],
  name: string,
  hasOwnNull?: boolean,
): FeatureFunction {
  const variable = (input: string): string => `a${inputs.indexOf(input)}`
  const text = printExpression(expression, { nameOf: variable, hasOwnNull })
  const own = name.replace(/[^\w$]/g, '_')
  const parameters = inputs.map(variable).join(', ')
  const body = `return function ${own}_(${parameters}) { return ${text} }\n//# sourceURL=modeldriver-expression/${own}.js`
  return (new Function('lib', body) as (lib: typeof printedLibrary) => FeatureFunction)(printedLibrary)
}

function hasAggregate(expression: Expression): boolean {
  return expression.kind === 'aggregate' || children(expression).some(hasAggregate)
}

/** Whether an expression tests an input for being missing. */
export function asksIfMissing(expression: Expression, name: string): boolean {
  const isAsked = testedParts(expression).some((part) => part.kind === 'input' && part.name === name)
  return isAsked || children(expression).some((child) => asksIfMissing(child, name))
}

function testedParts(expression: Expression): readonly Expression[] {
  if (expression.kind === 'logic') return expression.op === 'coalesce' ? [expression.left] : []
  if (expression.kind === 'call') return testingCalls.has(expression.name) ? expression.args : []
  const asked = expression.kind === 'compare' ? askedIfMissing(expression) : undefined
  return asked ? [asked] : []
}

const testingCalls: ReadonlySet<string> = new Set(['isMissing', 'coalesce', 'isNothing', 'isNaN', 'Number.isNaN'])

/** Replaces each aggregate by an input of a name of its own; equal aggregates share one. */
function replaceAggregates(
  expression: Expression,
  found: Map<string, { readonly name: string; readonly expression: Aggregate }>,
): Expression {
  if (expression.kind !== 'aggregate') return mapChildren(expression, (child) => replaceAggregates(child, found))
  const text = printExpression(expression, { nameOf: JSON.stringify, hasOwnNull: true })
  const known = found.get(text) ?? { name: `aggregate ${found.size + 1}`, expression }
  found.set(text, known)
  return { kind: 'input', name: known.name }
}

export function inputsOf(expression: Expression): readonly string[] {
  const names = new Set<string>()
  const visit = (node: Expression): void => {
    if (node.kind === 'input') names.add(node.name)
    for (const child of children(node)) visit(child)
  }
  visit(expression)
  return [...names]
}
