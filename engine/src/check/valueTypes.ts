import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { ColumnSpec, HeaderColumn, KnownColumn, TruthWords } from '../ir/model.ts'
import type { Location } from '../ir/span.ts'
import type { ValueType } from '../ir/values.ts'
import { headerOfColumn } from '../model/headers.ts'
import { basename } from '../model/paths.ts'
import { type AnnotatedKind, readAnnotation } from '../source/annotation.ts'
import { declaredType } from '../table/infer.ts'
import { truthRead, wordsRead } from '../table/truthWords.ts'
import { takenOff } from './besideNumbers.ts'
import {
  asNumber,
  type Beside,
  besidesNumbers,
  besidesYesAndNo,
  isMonthFirst,
  readAs,
  withoutMarks,
  zeroAndOne,
} from './readAs.ts'
import { orMakeManifest } from './rule.ts'
import { nameIn } from './tables.ts'

export type ModelOrigin = KnownColumn['origin'] & { readonly kind: 'model' }

/** The type of what a model's features read under a name: a column hides a feature. */
export function typeOfName({ columns, types }: AnalysedModel, name: string): ValueType | undefined {
  const column = columns?.get(name)
  return column ? column.type : types.get(name)
}

/** The same where a value was ever seen: of a column without values nobody knows what they would be. */
export function seenType(analysed: AnalysedModel, name: string, snapshot: Snapshot): ValueType | undefined {
  const column = analysed.columns?.get(name)
  return column ? seenColumnType(column, snapshot) : analysed.types.get(name)
}

/** As `seenType`, of a column of any table. */
export function seenColumnType(column: KnownColumn | undefined, snapshot: Snapshot): ValueType | undefined {
  const header = column?.origin.kind === 'file' ? headerColumn(column.origin, snapshot) : undefined
  return header && isAllMissing(header) ? undefined : column?.type
}

const isAllMissing = ({ facts }: HeaderColumn): boolean => facts !== undefined && facts.missing === facts.rows

/** What a value of a type is for TypeScript. */
export function kindOfType(type: ValueType): AnnotatedKind {
  if (type === 'date' || type === 'datetime') return 'Date'
  return type === 'integer' ? 'number' : type
}

/** Whether a feature gets all rows of a group of an input, as a `Column`. */
export function isWholeInput({ columns, levels }: AnalysedModel, feature: Feature, name: string): boolean {
  const level = columns?.get(name)?.level ?? levels.get(name)?.level ?? 'row'
  return levels.get(feature.name)?.level === 'group' && level === 'row'
}

/** The annotation that a parameter could have: `number`, `Column<string>`. */
export function parameterType(analysed: AnalysedModel, feature: Feature, name: string): string | undefined {
  const type = typeOfName(analysed, name)
  if (!type) return undefined
  const kind = kindOfType(type)
  return isWholeInput(analysed, feature, name) ? `Column<${kind}>` : kind
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
  /** What to write down where texts look like dates or numbers. */
  readonly advice?: string
}

export const withAdvice = (message: string, advice: string | undefined): string =>
  advice === undefined ? message : `${message} ${advice}`

/**
 * Why the values of a name are of their type; `wanted` is what they are taken for. Undefined when nothing is known, or no value was
 * ever seen.
 */
export function reasonOfType(
  models: readonly AnalysedModel[],
  analysed: AnalysedModel,
  name: string,
  snapshot: Snapshot,
  wanted?: AnnotatedKind,
): TypeReason | undefined {
  const { project } = snapshot
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
    const related = origin.span ? [{ path: project.path, span: origin.span, message: `column '${name}'` }] : []
    return { clause: `is ${words} in ${basename(project.path)}`, related }
  }
  if (origin.kind === 'model')
    return { clause: `is ${words} in model '${origin.model}'`, related: madeIn(models, origin) }
  const header = headerColumn(origin, snapshot)
  if (!header || isAllMissing(header)) return undefined
  const { samples } = header
  const related = origin.span ? [{ path: origin.path, span: origin.span, message: `column '${origin.header}'` }] : []
  const example = kind === 'boolean' ? truthExample(samples, truthWordsOf(analysed, name)) : exampleOf(kind, samples)
  const beside = marksBeside(analysed, name, header)
  const advised = project.kind === 'code' ? undefined : adviceFor(kind, header, name, { wanted, beside })
  const isToBeNumber = kind === 'string' && wanted === 'number'
  const made = isToBeNumber ? takenOff(withoutMarks(samples, beside), name) : undefined
  const advice = made ?? (advised && advised + orMakeManifest(project.kind))
  return { clause: `is ${words} in ${basename(origin.path)}${example}`, related, ...(advice && { advice }) }
}

function exampleOf(kind: AnnotatedKind, [sample]: readonly string[]): string {
  if (sample === undefined) return ''
  const shown = shortened(sample)
  return ` (e.g. ${kind === 'string' ? JSON.stringify(shown) : shown})`
}

/** As it is in the file, and as which it is read. */
function truthExample(samples: readonly string[], words: Required<TruthWords>): string {
  const sample = samples.find((each) => truthRead(each, words) !== undefined)
  if (sample === undefined) return ''
  const value = String(truthRead(sample, words))
  const isSame = sample.trim().toLowerCase() === value
  return isSame ? ` (e.g. ${value})` : ` (${JSON.stringify(shortened(sample))} is read as ${value})`
}

function adviceFor(
  kind: AnnotatedKind,
  { name: header, samples, note }: HeaderColumn,
  name: string,
  { wanted, beside }: { readonly wanted: AnnotatedKind | undefined; readonly beside: Beside },
): string | undefined {
  if (kind === 'number') return wanted === 'boolean' ? zeroAndOne(samples, header, name, beside) : undefined
  if (kind !== 'string') return undefined
  const advice = readAs(withoutMarks(samples, beside), header, beside)
  if (beside.found.length > 0 && advice !== undefined) return advice
  if (note !== undefined)
    return wanted === 'boolean' ? note : `${note} To have numbers all the same, ${asNumber(samples, header, beside)}`
  const besides = { boolean: besidesYesAndNo, number: besidesNumbers, string: undefined, Date: undefined }
  return advice ?? (wanted && besides[wanted]?.(samples, header, beside))
}

/** The texts that are true and false where a column is read. */
export const truthWordsOf = (analysed: AnalysedModel, name: string): Required<TruthWords> =>
  wordsRead(entryOf(analysed, name, analysed.aliases.get(name) ?? name)?.truth)

/** What the manifest says of a column; nothing of a joined one, which may be called as one of its own. */
function entryOf({ model, columns }: AnalysedModel, name: string, header: string): ColumnSpec | undefined {
  if (columns?.get(name)?.joined !== undefined) return undefined
  return Object.hasOwn(model.columns, header) ? model.columns[header] : undefined
}

/** A parameter says another type than its column or feature has, which is MD019. */
export function isDeclaredOtherwise(analysed: AnalysedModel, { name, type: written }: Input): boolean {
  const annotation = written === undefined ? undefined : readAnnotation(written)
  const type = annotation && typeOfName(analysed, name)
  return type !== undefined && annotation?.kinds.includes(kindOfType(type)) === false
}

function madeIn(models: readonly AnalysedModel[], origin: ModelOrigin): TypeReason['related'] {
  const made = makerIn(models, origin)
  const message = `feature '${made?.feature.name}' of model '${origin.model}'`
  return made ? [{ path: made.feature.path, span: made.feature.nameSpan, message }] : []
}

/** The feature of an earlier model that makes a column of one of its tables. */
export function makerIn(
  models: readonly AnalysedModel[],
  { model: from, table, column }: ModelOrigin,
): { readonly analysed: AnalysedModel; readonly feature: Feature } | undefined {
  const analysed = models.find(({ model }) => model.name === from)
  const feature = analysed?.features.get(nameIn(analysed, table, column))
  return analysed && feature && { analysed, feature }
}

/** Some values of a column of a file, as they are written there. */
export const seenTexts = (analysed: AnalysedModel, name: string, snapshot: Snapshot): readonly string[] =>
  seenColumn(analysed, name, snapshot)?.samples ?? []

/** A column of a file, as its header is known. */
export function seenColumn({ columns }: AnalysedModel, name: string, snapshot: Snapshot): HeaderColumn | undefined {
  const origin = columns?.get(name)?.origin
  return origin?.kind === 'file' ? headerColumn(origin, snapshot) : undefined
}

/**
 * Words but for which a column may be no text: no type is said of it, and its texts may be meant as others (not texts alone in JSON or Excel). A
 * column that says `"missing": []` keeps its words.
 */
export function marksBeside(analysed: AnalysedModel, name: string, column: HeaderColumn): Beside {
  const { facts, span, note } = column
  const { missing: own, ...spec } = entryOf(analysed, name, column.name) ?? {}
  const isOpen = own?.length !== 0 && declaredType(spec) === undefined && (span ?? note) !== undefined
  const words = facts?.likeness?.kind === 'Date' ? facts.likeness.words : []
  const found = isOpen ? [...(facts?.marks ?? []), ...words] : []
  if (own) return { found, said: own, isOwn: true }
  const isJoined = analysed.columns?.get(name)?.joined !== undefined
  return { found, said: analysed.model.formats.missing ?? [], ...(isJoined && { joinedAs: name }) }
}

/**
 * What the texts of a column of a file are written as. Undefined where nothing says so, or the author says that they are texts; texts of JSON and
 * Excel may be numbers on purpose.
 */
export function likenessIn(analysed: AnalysedModel, name: string, snapshot: Snapshot): 'number' | 'Date' | undefined {
  const seen = analysed.columns?.get(name)?.type === 'string' ? seenColumn(analysed, name, snapshot) : undefined
  const likeness = seen?.facts?.likeness
  if (!seen || !likeness || seen.note !== undefined) return undefined
  const spec = entryOf(analysed, name, seen.name)
  if ((spec && declaredType(spec) !== undefined) || spec?.missing?.length === 0) return undefined
  return likeness.kind === 'number' && seen.span === undefined ? undefined : likeness.kind
}

/** `new Date` reads the dates of a column as they are meant. */
export function readsMonthFirst(analysed: AnalysedModel, name: string, snapshot: Snapshot): boolean {
  const seen = seenColumn(analysed, name, snapshot)
  return seen === undefined || isMonthFirst(withoutMarks(seen.samples, marksBeside(analysed, name, seen)))
}

function headerColumn(origin: FileOrigin, snapshot: Snapshot): HeaderColumn | undefined {
  const known = headerOfColumn(snapshot, origin)
  return known?.kind === 'header' ? known.columns.find(({ name }) => name === origin.header) : undefined
}

type FileOrigin = Extract<KnownColumn['origin'], { kind: 'file' }>

const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text)
