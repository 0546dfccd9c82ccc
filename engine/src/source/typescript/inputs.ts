import type { Feature, Input } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'
import { type FunctionNode, ts } from './parse.ts'
import { allowsMissing } from './types.ts'
import type { ParameterUse } from './usage.ts'

export type ReadInputs =
  | { readonly kind: 'inputs'; readonly inputs: readonly Input[]; readonly form: Feature['form'] }
  | { readonly kind: 'rejected'; readonly node: ts.Node; readonly reason: 'parameter-form' | 'repeated' }

/** What each parameter reads, or the first parameter that does not name its inputs. */
export function readInputs(
  fn: FunctionNode,
  usage: ReadonlyMap<string, ParameterUse>,
  spanOf: (node: ts.Node) => Span,
): ReadInputs {
  const parameters = ownParameters(fn)
  const [first] = parameters
  if (parameters.length === 1 && first && ts.isObjectBindingPattern(first.name) && !first.dotDotDotToken)
    return readPattern(first, first.name, usage, spanOf)
  const inputs: Input[] = []
  for (const parameter of parameters) {
    const { name, type } = parameter
    if (!ts.isIdentifier(name) || parameter.dotDotDotToken)
      return { kind: 'rejected', node: parameter, reason: 'parameter-form' }
    if (name.text === '') continue
    inputs.push(
      makeInput({
        name: name.text,
        local: name.text,
        hasDefault: parameter.initializer !== undefined,
        hasQuestion: parameter.questionToken !== undefined,
        ...(type && { type, typeSpan: spanOf(type) }),
        use: usage.get(name.text),
        span: spanOf(name),
        whole: spanOf(parameter),
      }),
    )
  }
  const repeated = repeatedName(parameters.map(({ name }) => name))
  return repeated ? { kind: 'rejected', ...repeated } : { kind: 'inputs', inputs, form: 'positional' }
}

/** The parameters that receive values: without TypeScript's `this`. */
export function ownParameters(fn: FunctionNode): readonly ts.ParameterDeclaration[] {
  return fn.parameters.filter(({ name }) => !(ts.isIdentifier(name) && name.text === 'this'))
}

/** Where the inputs of a function are written. */
export function listOfInputs(fn: FunctionNode): ts.NodeArray<ts.ParameterDeclaration | ts.BindingElement> {
  const [first, second] = ownParameters(fn)
  return first && !second && ts.isObjectBindingPattern(first.name) ? first.name.elements : fn.parameters
}

/** The property that an element of an object pattern reads; undefined when it is computed. */
export function propertyOf(
  element: ts.BindingElement,
): ts.Identifier | ts.StringLiteralLike | ts.NumericLiteral | undefined {
  const property = element.propertyName ?? element.name
  return ts.isIdentifier(property) || ts.isStringLiteralLike(property) || ts.isNumericLiteral(property)
    ? property
    : undefined
}

function readPattern(
  parameter: ts.ParameterDeclaration,
  pattern: ts.ObjectBindingPattern,
  usage: ReadonlyMap<string, ParameterUse>,
  spanOf: (node: ts.Node) => Span,
): ReadInputs {
  const members = parameter.type && ts.isTypeLiteralNode(parameter.type) ? parameter.type.members : undefined
  const inputs: Input[] = []
  for (const element of pattern.elements) {
    const property = propertyOf(element)
    if (!property || element.dotDotDotToken || !ts.isIdentifier(element.name))
      return { kind: 'rejected', node: element, reason: 'parameter-form' }
    if (property.text === '' || element.name.text === '') continue
    const member = members?.find(
      (each): each is ts.PropertySignature =>
        ts.isPropertySignature(each) && !ts.isComputedPropertyName(each.name) && each.name.text === property.text,
    )
    inputs.push(
      makeInput({
        name: property.text,
        local: element.name.text,
        hasDefault: element.initializer !== undefined,
        hasQuestion: member?.questionToken !== undefined,
        ...(member?.type && { type: member.type, typeSpan: spanOf(member.type) }),
        use: usage.get(element.name.text),
        span: spanOf(property),
        whole: spanOf(element),
      }),
    )
  }
  const repeated = repeatedName(pattern.elements.map(({ name }) => name))
  return repeated ? { kind: 'rejected', ...repeated } : { kind: 'inputs', inputs, form: 'destructured' }
}

/** The second of two parameters with one name, which no module may have. */
function repeatedName(names: readonly ts.BindingName[]) {
  const seen = new Set<string>()
  const node = names.find((name) => ts.isIdentifier(name) && name.text !== '' && seen.size === seen.add(name.text).size)
  return node && ({ node, reason: 'repeated' } as const)
}

interface ParameterFacts {
  readonly name: string
  readonly local: string
  readonly hasDefault: boolean
  readonly hasQuestion: boolean
  readonly type?: ts.TypeNode
  readonly typeSpan?: Span
  readonly use: ParameterUse | undefined
  readonly span: Span
  readonly whole: Span
}

function makeInput(facts: ParameterFacts): Input {
  const { name, local, hasDefault, hasQuestion, type, typeSpan, use, span, whole } = facts
  const optional = hasDefault || hasQuestion
  const typeAllows = type !== undefined && allowsMissing(type)
  const missingAs = optional ? undefined : use?.testsOnly
  return {
    name,
    local,
    optional,
    acceptsMissing: optional || typeAllows || (use?.testsMissing ?? false),
    ...(missingAs && { missingAs }),
    ...(type && { type: type.getText() }),
    ...(typeSpan && { typeSpan }),
    span,
    whole,
  }
}
