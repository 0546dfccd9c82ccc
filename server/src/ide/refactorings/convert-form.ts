import {
  type AnalysedModel,
  addMarker,
  decideLevel,
  type Expression,
  expressionParts,
  type Feature,
  type Input,
  identifierOf,
  insert,
  isVariableName,
  type Level,
  replace,
  type TextEdit,
} from '@modeldriver/engine'
import { featureAt } from './place.ts'
import type { OfferedRefactoring, RefactoringPlace } from './refactoring.ts'

/**
 * `(revenue, cost)` becomes `({ revenue, cost }: Row)`, whose types modeldriver.d.ts has, and back. Only where the feature means
 * the same afterwards: its level stays, and where a value is missing it is called as before.
 */
export function convertForm(place: RefactoringPlace): OfferedRefactoring | undefined {
  const found = featureAt(place)
  if (!found || found.feature.inputs.length === 0) return undefined
  return found.feature.form === 'positional'
    ? toPattern(found.model, found.feature, place.text)
    : toList(found.model, found.feature, place.text)
}

function toPattern(model: AnalysedModel, feature: Feature, text: string): OfferedRefactoring | undefined {
  const { path, inputs, inputsSpan, typeLevel } = feature
  const level = model.levels.get(feature.name)?.level
  const written = text.slice(inputsSpan.start, inputsSpan.end)
  const cannot = level === 'constant' || /^\s*this\b/.test(written) || inputs.some((input) => needsItsType(input, text))
  if (cannot || (level === 'row' && inputs.some(({ name }) => isAggregated(feature, name)))) return undefined
  const isTypeScript = /\.m?ts$/.test(path)
  // Without its types a feature could be of another level, and there is nothing to say it with.
  if (!isTypeScript && typeLevel) return undefined
  const type = isTypeScript ? (level === 'group' ? ': Group' : ': Row') : ''
  const title = `Convert to { … }${type}`
  const needs = isTypeScript ? ({ needsDeclarations: true } as const) : {}
  const isBare = text[inputsSpan.start - 1] !== '('
  if (isBare) return { title, edits: [replace(path, inputsSpan, `({ ${written} }${type})`)], ...needs }

  const close = text.indexOf(')', inputsSpan.end)
  const isTall = text.slice(inputsSpan.end, close).includes('\n')
  const withoutTypes = inputs.flatMap(({ span, typeSpan }) =>
    typeSpan ? [replace(path, { start: span.end, end: typeSpan.end }, '')] : [],
  )
  return {
    title,
    edits: [
      insert(path, inputsSpan.start, isTall ? '{' : '{ '),
      ...withoutTypes,
      insert(path, isTall ? close : inputsSpan.end, `${isTall ? '' : ' '}}${type}`),
    ],
    ...needs,
  }
}

/** The annotation says more than the column does: that the value may be missing, or that the input may be absent. */
const needsItsType = ({ span, whole, type }: Input, text: string): boolean =>
  /\b(null|undefined)\b/.test(type ?? '') || text.slice(span.end, whole.end).trimStart().startsWith('?')

function toList(model: AnalysedModel, feature: Feature, text: string): OfferedRefactoring | undefined {
  const { path, inputs, inputsSpan, bodySpan } = feature
  const open = text.lastIndexOf('(', inputsSpan.start)
  const close = closing(text, inputsSpan.end, bodySpan.start)
  if (open < 0 || close === undefined || /\S/.test(text.slice(open + 1, inputsSpan.start).replace('{', '')))
    return undefined
  const names = inputs.map(({ name }) => (isVariableName(name) ? name : identifierOf(name)))
  const body = text.slice(bodySpan.start, bodySpan.end)
  const isTaken = inputs.some(
    ({ name, local }, i) =>
      names[i] !== local &&
      (isWord(body, names[i] as string) || (names[i] !== name && !readsAs(model, names[i] as string, name))),
  )
  if (isTaken || new Set(names).size < names.length) return undefined
  const parameters = inputs.map(({ span, whole, local, name, type, optional }, i) => {
    const own = text.slice(span.end, whole.end)
    const rest = local === name && !own.trimStart().startsWith(':') ? own : own.replace(/^\s*:\s*[\p{L}\p{N}_$]+/u, '')
    const question = optional && !rest.includes('=') ? '?' : ''
    return `${names[i]}${question}${type ? `: ${type}` : ''}${rest}`
  })
  const list = names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ')
  return {
    title: `Convert to (${list})`,
    edits: [
      replace(path, { start: open + 1, end: close }, parameters.join(', ')),
      ...inputs.flatMap((input, i) => renamedReads(feature, input, names[i] as string)),
      ...levelKept(model, feature, text),
    ],
  }
}

/** The parenthesis that closes the parameters. */
function closing(text: string, from: number, to: number): number | undefined {
  let depth = 0
  for (let at = from; at < to; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && depth-- === 0) return at
  }
  return undefined
}

const isWord = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_$.])${name.replace(/\$/g, '\\$&')}(?![\\p{L}\\p{N}_$])`, 'u').test(text)

/** Whether a parameter of this name would read that column. */
const readsAs = ({ columns, features }: AnalysedModel, name: string, header: string): boolean =>
  !features.has(name) && [...(columns?.keys() ?? [])].every((other) => other === header || identifierOf(other) !== name)

function renamedReads({ path, span, sites }: Feature, { local }: Input, name: string): readonly TextEdit[] {
  if (name === local) return []
  return (sites.reads.get(local) ?? []).map((read) =>
    replace(
      path,
      { start: read.span.start + span.start, end: read.span.end + span.start },
      read.isShorthand ? `${local}: ${name}` : name,
    ),
  )
}

/** A marker, when `Row` or `Group` was all that said the level. */
function levelKept(model: AnalysedModel, feature: Feature, text: string): readonly TextEdit[] {
  const { typeLevel, directives, inputs, ...rest } = feature
  const level = model.levels.get(feature.name)?.level
  if (!typeLevel || typeLevel.scalar || directives.length > 0 || model.model.kinds[feature.name]) return []
  const levelOf = (name: string): Level => model.columns?.get(name)?.level ?? model.levels.get(name)?.level ?? 'row'
  const alone = decideLevel({ ...rest, inputs, directives }, levelOf, {}).level
  const isSure = level === 'row' || inputs.some(({ name }) => isAggregated(feature, name))
  if ((alone === level && isSure) || level === undefined || level === 'constant') return []
  return [addMarker(feature, level, text)]
}

/** The body asks for more of an input than one value: an aggregate, or a column made of it. */
function isAggregated({ body }: Feature, name: string): boolean {
  const reads = (node: Expression): boolean =>
    (node.kind === 'input' && node.name === name) || expressionParts(node).some(reads)
  const asks = (node: Expression): boolean =>
    ((node.kind === 'vector' || (node.kind === 'aggregate' && node.name !== 'length')) && reads(node.of)) ||
    expressionParts(node).some(asks)
  return body.kind === 'expression' && asks(body.expression)
}
