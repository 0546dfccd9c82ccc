import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix, TextEdit } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { CalculationUse, ColumnUse } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { identifierOf } from '../../model/names.ts'
import { propertyText } from '../../source/identifiers.ts'
import { freeName } from '../declarationEdits.ts'
import { absolute, addInput, insert, replace, startWithComments } from '../edits.ts'
import { isInside, type Mixing } from './mixing.ts'

/**
 * Gives each aggregate of a row feature a group feature of its own, above it, and reads that instead. Undefined where the
 * aggregates cannot be taken out as they are written: they need the function's own variables, or stand in helpers.
 */
export function extractAggregates(
  analysed: AnalysedModel,
  feature: Feature,
  { uses, aggregates }: Mixing,
  text: string,
): Fix | undefined {
  const parts = partsOf(uses)
  const inputs = new Map(feature.inputs.map((input) => [input.local, input]))
  const isWhole = (use: ColumnUse) => use.isClosed && use.inputs.every((local) => inputs.get(local)?.optional === false)
  if (parts.length === 0 || parts.length < aggregates.length || !uses.every(isWhole)) return undefined
  const names = namesFor(parts, analysed, text)
  const written = parts.map(([use], i) => groupFeature(names[i] as string, use, feature, inputs, text))
  const replaced = parts.flatMap((places, i) =>
    places.map(({ span }) => replace(feature.path, absolute(span, feature.span.start), names[i] as string)),
  )
  const above = insert(feature.path, startWithComments(feature, text), written.join(''))
  return { title: titleOf(parts, names), edits: [above, readNames(feature, names, uses, text), ...replaced] }
}

/** Gives a calculation that is aggregated a row feature of its own, above the feature that reads it. */
export function extractCalculation(
  analysed: AnalysedModel,
  feature: Feature,
  { span, of, inputs: read, isClosed }: CalculationUse,
  text: string,
): Fix | undefined {
  const inputs = feature.inputs.filter(({ local }) => read.includes(local))
  if (!isClosed || inputs.some(({ optional }) => optional)) return undefined
  const name = freeName(analysed, `${feature.name}_per_row`)
  const at = absolute(of, feature.span.start)
  const whole = absolute(span, feature.span.start)
  const isReceiver = /^[\s(]*$/.test(text.slice(whole.start, at.start))
  const closing = /^[\s)]*/.exec(text.slice(at.end, whole.end))?.[0].length ?? 0
  const replaced = isReceiver ? { start: whole.start, end: at.end + closing } : at
  const written = `export function ${name}(${inputList(feature, inputs, '')}) {\n  return ${text.slice(at.start, at.end)}\n}\n\n`
  return {
    title: `Extract '${shortened(text.slice(at.start, at.end))}' into row feature '${name}'`,
    edits: [
      insert(feature.path, startWithComments(feature, text), written),
      readNames(feature, [name], [{ span: of }], text),
      replace(feature.path, replaced, name),
    ],
    isPreferred: true,
  }
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`
}

type Part = readonly [ColumnUse, ...ColumnUse[]]

/** Equal aggregates together. */
function partsOf(uses: readonly ColumnUse[]): readonly Part[] {
  const parts = new Map<string, [ColumnUse, ...ColumnUse[]]>()
  for (const use of uses) {
    const key = use.text.replace(/\s/g, '')
    const part = parts.get(key)
    if (part) part.push(use)
    else parts.set(key, [use])
  }
  return [...parts.values()]
}

/** `mean_revenue`: names that neither the model nor the file has. */
function namesFor(parts: readonly Part[], { columns, features }: AnalysedModel, text: string): readonly string[] {
  const taken = new Set<string>()
  const isTaken = (name: string) =>
    taken.has(name) || columns?.has(name) || features.has(name) || new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)
  return parts.map(([{ method, input }]) => {
    const wanted = identifierOf(`${method}_${input}`).replaceAll('$', '_')
    let name = wanted
    for (let i = 2; isTaken(name); i++) name = `${wanted}_${i}`
    taken.add(name)
    return name
  })
}

function groupFeature(
  name: string,
  use: ColumnUse,
  feature: Feature,
  inputs: ReadonlyMap<string, Input>,
  text: string,
): string {
  const { start, end } = absolute(use.span, feature.span.start)
  const read = use.inputs.flatMap((local) => inputs.get(local) ?? [])
  const isRow = /^\s*\}\s*:\s*Row\b/.test(text.slice(feature.inputsSpan.end))
  return `export function ${name}(${inputList(feature, read, isRow ? ': Group' : '')}) { //#agg\n  return ${text.slice(start, end)}\n}\n\n`
}

const inputList = (feature: Feature, inputs: readonly Input[], type: string): string =>
  feature.form === 'positional'
    ? inputs.map(({ local }) => local).join(', ')
    : `{ ${inputs.map(elementText).join(', ')} }${type}`

const elementText = ({ name, local }: Input): string => (name === local ? name : `${propertyText(name)}: ${local}`)

/** The inputs with the new ones, and without those that only the aggregates needed. */
function readNames(
  feature: Feature,
  names: readonly string[],
  uses: readonly { readonly span: Span }[],
  text: string,
): TextEdit {
  const isRead = ({ local }: Input) =>
    feature.sites.reads.get(local)?.some(({ span }) => !uses.some((use) => isInside(span, use.span))) ?? true
  const kept = feature.inputs.filter(isRead)
  const [name] = names
  if (kept.length === feature.inputs.length && names.length === 1 && name) return addInput(feature, name, text)
  const written = (input: Input) => text.slice(input.whole.start, input.whole.end)
  const required = kept.filter(({ optional }) => !optional).map(written)
  const list = [...required, ...names, ...kept.filter(({ optional }) => optional).map(written)].join(', ')
  const { start, end } = feature.inputsSpan
  const space = /^\s*/.exec(text.slice(start, end))?.[0] ?? ''
  const isBare = feature.form === 'positional' && text[start - 1] !== '('
  return replace(feature.path, { start, end }, isBare ? `(${list})` : `${space}${list}`)
}

function titleOf(parts: readonly Part[], names: readonly string[]): string {
  const texts = parts.map(([{ text }]) => `'${text}'`).join(' and ')
  const made = names.map((name) => `'${name}'`).join(' and ')
  return `Extract ${texts} into group feature${names.length > 1 ? 's' : ''} ${made}`
}
