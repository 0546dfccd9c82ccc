import type { Body, ElementUse, Feature, Obstacle, RejectedFeature } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'
import { Hasher } from '../hash.ts'
import { calculatedIn } from './calculated.ts'
import { translateFunction } from './expression.ts'
import type { Declared } from './features.ts'
import { listOfInputs, ownParameters, readInputs } from './inputs.ts'
import type { Module } from './module.ts'
import { type FunctionNode, ts } from './parse.ts'
import { freeNames } from './references.ts'
import { moduleScope, ReadingState, Untranslatable } from './scope.ts'
import { sitesOf } from './sites.ts'
import { structureOf } from './structure.ts'
import { levelOfType, strongestLevel, type TypeLevel } from './types.ts'
import { type Evidence, type ParameterUse, usageOf } from './usage.ts'

/** What one function is, apart from where it stands and how it is exported. */
export type Analysis =
  | {
      readonly kind: 'feature'
      readonly feature: Pick<
        Feature,
        'inputs' | 'form' | 'body' | 'typeLevel' | 'fingerprint' | 'inputsSpan' | 'bodySpan' | 'sites'
      >
    }
  | { readonly kind: 'rejected'; readonly rejected: RejectedFeature }

/** `level` is what the author's markers say; `spanOf` gives the places that the result will carry. */
export function analyseFunction(
  declared: Declared & { readonly function: FunctionNode },
  module: Module,
  level: 'row' | 'group' | undefined,
  spanOf: (node: ts.Node) => Span,
): Analysis {
  const fn = declared.function
  if (isAsync(fn)) return rejected('async', declared.nameNode, spanOf)
  if (fn.asteriskToken) return rejected('generator', declared.nameNode, spanOf)
  const usage = usageOf(fn, module)
  const read = readInputs(fn, usage, spanOf)
  if (read.kind === 'rejected') return rejected(read.reason, read.node, spanOf)

  const { inputs, form } = read
  const types = typesOf(declared)
  const found = findEvidence(fn, usage)
  const evidence = found?.evidence
  const typeLevel = strongestLevel(types)
  const asksColumns = evidence !== undefined || typeLevel?.level === 'group' || level === 'group'
  const elements = elementsOf(inputs, usage)
  const body = {
    ...readBody(declared, module, asksColumns && level !== 'row', found, usage, inputs),
    ...(elements.length > 0 && { elements }),
  }
  const scalarOnly = typeLevel?.scalar && evidence?.kind === 'method'
  const fingerprint = fingerprintOf(fn, inputs, form, module)
  return {
    kind: 'feature',
    feature: {
      inputs,
      form,
      body,
      fingerprint,
      ...placesOf(fn, spanOf),
      sites: sitesOf(fn, declared.node.getStart(), module),
      ...(typeLevel && !scalarOnly && { typeLevel }),
    },
  }
}

function placesOf(fn: FunctionNode, spanOf: (node: ts.Node) => Span): Pick<Feature, 'inputsSpan' | 'bodySpan'> {
  const { start, end } = spanOf(fn)
  const offset = start - fn.getStart()
  const list = listOfInputs(fn)
  const isBare = fn.getSourceFile().text[list.pos - 1] !== '(' && list === fn.parameters
  const from = isBare ? (list[0]?.getStart() ?? list.pos) : list.pos
  return {
    inputsSpan: { start: from + offset, end: list.end + offset },
    bodySpan: fn.body ? spanOf(fn.body) : { start: end, end },
  }
}

function rejected(reason: RejectedFeature['reason'], node: ts.Node, spanOf: (node: ts.Node) => Span): Analysis {
  return { kind: 'rejected', rejected: { reason, text: node.getText(), span: spanOf(node) } }
}

const isAsync = (fn: FunctionNode): boolean =>
  fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false

function typesOf(declared: Declared & { readonly function: FunctionNode }): readonly TypeLevel[] {
  const annotations = ownParameters(declared.function).flatMap(({ type }) => type ?? [])
  const single = annotations.flatMap((type) =>
    ts.isTypeLiteralNode(type)
      ? type.members.flatMap((member) => (ts.isPropertySignature(member) ? (member.type ?? []) : []))
      : [type],
  )
  return [...(declared.type ? [declared.type] : []), ...single].flatMap((type) => levelOfType(type) ?? [])
}

interface Found {
  readonly evidence: Evidence
  readonly local: string
  /** No sign says more than that a parameter is walked over. */
  readonly isWalked?: boolean
}

/** The first sign that a parameter is a whole column. Letters of a text can be walked over too, so its type rules that out. */
function findEvidence(fn: FunctionNode, usage: ReadonlyMap<string, ParameterUse>): Found | undefined {
  const scalars = new Set<string>()
  for (const { name, type } of ownParameters(fn))
    if (ts.isIdentifier(name) && type && levelOfType(type)?.scalar) scalars.add(name.text)
  let first: Found | undefined
  let isWalked = true
  for (const [name, { evidence }] of usage) {
    if (!evidence || (evidence.kind === 'iteration' && scalars.has(name))) continue
    if (!first || evidence.position < first.evidence.position) first = { evidence, local: name }
    isWalked &&= evidence.kind === 'iteration'
  }
  return first && { ...first, isWalked }
}

/** What is annotated says itself what it is. */
function elementsOf(inputs: Feature['inputs'], usage: ReadonlyMap<string, ParameterUse>): readonly ElementUse[] {
  return inputs.flatMap(({ name, local, type }) => {
    const text = type === undefined ? usage.get(local)?.element : undefined
    return text === undefined ? [] : [{ input: name, text }]
  })
}

function readBody(
  { function: fn, node }: Declared & { readonly function: FunctionNode },
  module: Module,
  wholeColumns: boolean,
  found: Found | undefined,
  usage: ReadonlyMap<string, ParameterUse>,
  inputs: Feature['inputs'],
): Body {
  try {
    const acceptsMissing = inputs.flatMap((input) => (input.acceptsMissing ? input.name : []))
    const expression = translateFunction(fn, moduleScope(module), new ReadingState(wholeColumns, acceptsMissing))
    return { kind: 'expression', expression }
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    const uses = [...usage.values()]
    const obstacle = obstacleIn(fn, node.getStart(), error)
    const calculated = calculatedIn(fn, inputs, module)
    const walked = found?.isWalked ? inputs.find(({ local }) => local === found.local)?.name : undefined
    return {
      kind: 'opaque',
      reason: error.message,
      ...(found && { aggregates: found.evidence.text }),
      ...(walked !== undefined && { walked }),
      ...(uses.length > 0 && uses.every(({ speaks }) => !speaks) && { saysNothing: true }),
      ...(calculated.length > 0 && { calculated }),
      ...(obstacle && { obstacle }),
    }
  }
}

/** The innermost place in the function itself; counted from `start`. */
function obstacleIn(fn: FunctionNode, start: number, { places, about }: Untranslatable): Obstacle | undefined {
  if (about.isMistake) return undefined
  const instead = about.instead === undefined ? {} : { instead: about.instead }
  const place = places.find((each) => fn.pos <= each.pos && each.end <= fn.end)
  if (about.isWhole || !place) return instead
  const isUsed = place !== places[0]
  const used = isUsed && ts.isCallExpression(place) ? place.expression : place
  return {
    span: { start: used.getStart() - start, end: used.end - start },
    ...(isUsed && { within: used.getText() }),
    ...instead,
  }
}

function fingerprintOf(fn: FunctionNode, inputs: Feature['inputs'], form: Feature['form'], module: Module): string {
  const hasher = new Hasher().add(form)
  for (const { name, local, optional, acceptsMissing, missingAs } of inputs)
    hasher.add(name).add(local).add(`${optional} ${acceptsMissing} ${missingAs}`)
  for (const parameter of ownParameters(fn)) hasher.add(structureOf(parameter))
  if (fn.body) hasher.add(structureOf(fn.body))
  return hasher.add(module.meaning(freeNames(fn))).digest()
}
