import type { AnalysedModel } from '../ir/analysis.ts'
import type { KnownColumn } from '../ir/model.ts'
import type { Location } from '../ir/span.ts'
import type { ValueType } from '../ir/values.ts'
import { basename } from '../model/paths.ts'
import type { AnnotatedKind } from '../source/annotation.ts'

type ModelOrigin = KnownColumn['origin'] & { readonly kind: 'model' }

/** The type of what a model's features read under a name: a column hides a feature. */
export function typeOfName({ columns, types }: AnalysedModel, name: string): ValueType | undefined {
  const column = columns?.get(name)
  return column ? column.type : types.get(name)
}

/** What a value of a type is for TypeScript. */
export function kindOfType(type: ValueType): AnnotatedKind {
  if (type === 'date' || type === 'datetime') return 'Date'
  return type === 'integer' ? 'number' : type
}

/** A kind as a noun in a sentence. */
export const kindWords: Readonly<Record<AnnotatedKind, string>> = {
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  Date: 'a date',
}

/** What the values under a name are, as a clause, and where that is known from. */
export interface TypeReason {
  /** `is text in orders.csv (e.g. "de")`. */
  readonly clause: string
  readonly related: readonly (Location & { readonly message: string })[]
}

/** Why the values of a name are of their type. Undefined when nothing is known, or no value was ever seen. */
export function reasonOfType(
  models: readonly AnalysedModel[],
  analysed: AnalysedModel,
  name: string,
  sampleOf: (path: string, header: string) => string | undefined,
  manifestPath: string,
): TypeReason | undefined {
  const type = typeOfName(analysed, name)
  if (!type) return undefined
  const kind = kindOfType(type)
  const words = kindWords[kind]
  const column = analysed.columns?.get(name)
  if (!column) {
    const feature = analysed.features.get(name)
    const related = feature ? [{ path: feature.path, span: feature.nameSpan, message: `feature '${name}'` }] : []
    return { clause: `is ${words}`, related }
  }
  const { origin } = column
  if (origin.kind === 'manifest') {
    const related = origin.span ? [{ path: manifestPath, span: origin.span, message: `column '${name}'` }] : []
    return { clause: `is ${words} in ${basename(manifestPath)}`, related }
  }
  if (origin.kind === 'model')
    return { clause: `is ${words} in model '${origin.model}'`, related: madeIn(models, origin) }
  if (origin.kind === 'frame') return undefined
  const sample = sampleOf(origin.path, origin.header)
  if (sample === undefined) return undefined
  const related = origin.span ? [{ path: origin.path, span: origin.span, message: `column '${origin.header}'` }] : []
  const shown = kind === 'string' ? JSON.stringify(shortened(sample)) : shortened(sample)
  return { clause: `is ${words} in ${basename(origin.path)} (e.g. ${shown})`, related }
}

function madeIn(models: readonly AnalysedModel[], { model: from, table, column }: ModelOrigin): TypeReason['related'] {
  const earlier = models.find(({ model }) => model.name === from)
  const renamed = table === 'outputs' ? earlier?.model.outputs?.find(({ as }) => as === column)?.name : undefined
  const own = renamed ?? column
  const feature = earlier?.features.get(own)
  return feature ? [{ path: feature.path, span: feature.nameSpan, message: `feature '${own}' of model '${from}'` }] : []
}

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text)
