import { analyse } from '../check/analyse.ts'
import { isOfTexts } from '../check/rules/md037-suspicious-code.ts'
import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { ColumnSpec, DataHeader, Formats, HeaderColumn } from '../ir/model.ts'
import { isDataFile } from '../model/dataFiles.ts'
import { isFeatureFile, manifestName } from '../model/featureFiles.ts'
import type { FileSystem } from '../model/files.ts'
import { inlineJson } from '../model/manifestInsert.ts'
import { identifierOf } from '../model/names.ts'
import { basename, join, pathFrom } from '../model/paths.ts'
import { findProject, openProject } from '../model/project.ts'
import type { FeatureReader } from '../source/reader.ts'
import { declarationFile } from '../typecheck/declarationFile.ts'
import { datesOf, readAsDates } from './newProjectDates.ts'
import {
  type Counted,
  codeNote,
  emptyModels,
  headerHint,
  headerNote,
  keyHint,
  marksNote,
  tsconfig,
  wordsNote,
} from './newProjectTexts.ts'

export interface NewProject {
  readonly manifest: string
  readonly tsconfig: string
  /** modeldriver.d.ts */
  readonly declarations: string
  /** What the author should know of the guesses. */
  readonly notes: readonly string[]
}

export interface NewProjectSources {
  readonly files: FileSystem
  readonly reader: FeatureReader
  /** The data file of a feature file, where somebody chose it. */
  readonly chosen?: { readonly feature: string; readonly data: string }
}

/** Files of data that are nothing else: any tool may have a `.json`. */
const isCertainlyData = (name: string): boolean => isDataFile(name) && !/\.(json|txt)(\.gz)?$/.test(name)

/**
 * A modeldriver.json for a folder that has none, and the tsconfig.json and modeldriver.d.ts beside it. What is guessed while there is no manifest is
 * written down: models, data, the row of a header below titles, keys, columns that go by another name, codes that are text, decimal commas, words
 * that stand for a missing value, how dates are written.
 */
export function newProject(root: string, sources: NewProjectSources): NewProject {
  const names = sources.files.list(root)
  const features = names
    .filter(isFeatureFile)
    .map((name) => join(root, name))
    .filter((path) => findProject(path, sources.files) === path)
  const client = identifierOf(basename(root)) || 'default'
  const head = { ...schemaLine(root, sources.files), client_name: client }
  const guesses =
    features.length > 0
      ? features.map((path) => guessOf(root, path, sources))
      : guessesFromData(names.filter((name) => isCertainlyData(name)))
  const analysed = (guesses: readonly Guess[]) => analysisOf(root, written(head, guesses), sources)
  const made = (manifest: string, analysis: Analysis, models: readonly Guess[] = []): NewProject => ({
    manifest,
    tsconfig,
    declarations: declarationFile([analysis], root, sources.files),
    notes: models.flatMap((guess, at) =>
      notesOf(guess, at, sources.files, (columns) =>
        analysed(models.map((each, i) => (i === at ? { ...each, columns } : each))),
      ),
    ),
  })
  if (guesses.length === 0) {
    const manifest = written(head, [])
    return made(manifest, analysisOf(root, manifest, sources))
  }
  const read = analysed(guesses)
  const placed = guesses.map((guess, at) => withHeaderRow(guess, headerOf(read, read.models[at])))
  const marked = withDates(withMarks(placed, sources.files, analysed), sources.files, analysed)
  const plain = written(head, marked)
  const before = analysisOf(root, plain, sources)
  const detailed = written(
    head,
    marked.map((guess, at) => ({ ...guess, ...detailsOf(before, before.models[at], guess) })),
  )
  const after = analysisOf(root, detailed, sources)
  return meanTheSame(before, after) ? made(detailed, after, marked) : made(plain, before, marked)
}

interface Guess {
  readonly model_name: string
  readonly features: readonly string[]
  readonly data?: string
  readonly header_row?: number
  readonly group_by?: string | readonly string[]
  readonly formats?: Formats
  readonly columns?: Readonly<Record<string, ColumnSpec>>
}

/** As the manifest has it: a column may be its type alone. */
type Entry = Omit<Guess, 'columns'> & { readonly columns?: Readonly<Record<string, string | ColumnSpec>> }

/** An editor that does not know the schema finds it in the package, where that is installed: the one that leaves unknown words to us. */
const schemaLine = (root: string, files: FileSystem) =>
  files.readText(`${root}/${schemaPath}`) === undefined ? {} : { $schema: `./${schemaPath}` }

const schemaPath = 'node_modules/modeldriver/dist/schema.json'

/** What a feature file means today, without a manifest. */
function guessOf(root: string, path: string, { files, reader, chosen }: NewProjectSources): Guess {
  const [model] = openProject(path, files, reader).project.models
  const found = model?.input.kind === 'file' ? model.input.path : undefined
  const data = chosen?.feature === path ? chosen.data : found
  const keys = model?.groupBy?.map(({ name }) => name)
  return {
    model_name: model?.name ?? basename(path),
    features: [basename(path)],
    ...(data !== undefined && { data: pathFrom(root, data) }),
    ...(keys && { group_by: keys.length === 1 ? (keys[0] as string) : keys }),
  }
}

const guessesFromData = (names: readonly string[]): readonly Guess[] =>
  names.map((data) => {
    const name = data.replace(/\.[a-z]+(\.gz)?$/i, '')
    return { model_name: name, features: [`${name}.features.ts`], data }
  })

/** The folder as it would be with this manifest. */
function analysisOf(root: string, text: string, { files, reader }: NewProjectSources): Analysis {
  const path = join(root, manifestName)
  const withManifest: FileSystem = { ...files, readText: (each) => (each === path ? text : files.readText(each)) }
  return analyse(openProject(path, withManifest, reader))
}

function headerOf({ snapshot }: Analysis, analysed: AnalysedModel | undefined): DataHeader | undefined {
  const input = analysed?.model.input
  return input?.kind === 'file' ? snapshot.headers.get(input.path) : undefined
}

function columnsOf(read: Analysis, at: number): readonly HeaderColumn[] {
  const header = headerOf(read, read.models[at])
  return header?.kind === 'header' ? header.columns : []
}

function withHeaderRow({ group_by, ...guess }: Guess, header: DataHeader | undefined): Guess {
  const row = header?.headerRow
  return { ...guess, ...(row !== undefined && { header_row: row }), ...(group_by && { group_by }) }
}

/** Where a column is one of numbers or dates but for words that stand for a missing value, and no feature says that it is text or names these words. */
function withMarks(
  guesses: readonly Guess[],
  files: FileSystem,
  analysed: (guesses: readonly Guess[]) => Analysis,
): readonly Guess[] {
  const before = analysed(guesses)
  const marked = (isMarked: (name: string, at: number) => boolean) =>
    guesses.map((guess, at): Guess => {
      const columns = columnsOf(before, at).flatMap((column) => {
        const missing = marksOf(column, before.models[at], files)
        return missing.length > 0 && isMarked(column.name, at) ? [[column.name, { missing }] as const] : []
      })
      return columns.length > 0 ? { ...guess, columns: Object.fromEntries(columns) } : guess
    })
  const tried = analysed(marked(() => true))
  const kept = marked((name, at) => {
    const type = columnsOf(tried, at).find((column) => column.name === name)?.type
    return type !== undefined && type !== 'string'
  })
  return faults(analysed(kept)) > faults(before) ? guesses : kept
}

/** Not that texts look like numbers or dates, which is made good here. */
const faults = ({ problems }: Analysis): number => problems.filter((problem) => !isOfTexts(problem)).length

/** Where the values of a column are dates of one order, but for words that stand for a missing value, and no feature takes them for texts. */
function withDates(
  guesses: readonly Guess[],
  files: FileSystem,
  analysed: (guesses: readonly Guess[]) => Analysis,
): readonly Guess[] {
  const before = analysed(guesses)
  /** Of a model: the texts among its columns, by their names, with the marks in them. */
  const texts = guesses.map((_, at) =>
    columnsOf(before, at).flatMap((column): [string, ColumnSpec][] => {
      const missing = marksOf(column, before.models[at], files)
      return column.type === 'string' ? [[column.name, missing.length > 0 ? { missing } : {}]] : []
    }),
  )
  const withColumns = (more: readonly (readonly (readonly [string, ColumnSpec])[])[]): readonly Guess[] =>
    guesses.map((guess, at) => {
      const columns = { ...guess.columns, ...Object.fromEntries(more[at] ?? []) }
      return Object.keys(columns).length > 0 ? { ...guess, columns } : guess
    })
  const emptied = analysed(withColumns(texts.map((each) => each.filter(([, { missing }]) => missing !== undefined))))
  const dates = guesses.map((_, at) => {
    const model = before.models[at]
    const found = columnsOf(emptied, at).flatMap((column) => {
      const ways = datesOf(column)
      return ways.length > 0 ? [{ column, ways, marks: texts[at]?.find(([name]) => name === column.name)?.[1] }] : []
    })
    if (!model || found.length === 0) return []
    const read = readAsDates(
      model,
      new Set(found.map(({ column }) => column.name)),
      (path) => files.readText(path) ?? '',
    )
    return found.filter(({ column }) => read.has(column.name))
  })
  const isWhole = (read: Analysis, at: number, { name, facts }: HeaderColumn): boolean =>
    columnsOf(read, at).find((column) => column.name === name)?.facts?.missing === facts?.missing
  const written = [0, 1].map((way) => {
    const columns = dates.map((each) =>
      each.flatMap(({ column, ways, marks }): [string, ColumnSpec][] =>
        ways[way] ? [[column.name, { ...ways[way], ...marks }]] : [],
      ),
    )
    const read = analysed(withColumns(columns))
    return columns.map((each, at) =>
      each.filter(([name]) => dates[at]?.some(({ column }) => column.name === name && isWhole(read, at, column))),
    )
  })
  const kept = withColumns(guesses.map((_, at) => [...(written[1]?.[at] ?? []), ...(written[0]?.[at] ?? [])]))
  return faults(analysed(kept)) > faults(before) ? guesses : kept
}

/** Words in a column that may stand for a missing value, when no feature names one of them itself. */
function marksOf({ facts }: HeaderColumn, analysed: AnalysedModel | undefined, files: FileSystem): readonly string[] {
  const marks = facts?.marks ?? []
  const isNamed = analysed?.model.featureFiles.some((path) => {
    const text = files.readText(path) ?? ''
    return marks.some((mark) => text.includes(`'${mark}'`) || text.includes(`"${mark}"`))
  })
  return isNamed ? [] : marks
}

/** What the author should know: what was guessed, and what may be a missing value and was not taken for one. */
function notesOf(
  { data, header_row: row, columns = {} }: Guess,
  at: number,
  files: FileSystem,
  analysed: (columns: NonNullable<Guess['columns']>) => Analysis,
): readonly string[] {
  if (data === undefined) return []
  const read = analysed(columns)
  const known = columnsOf(read, at)
  const some = known.find(({ facts }) => facts && !facts.isWhole)
  const looked = { data, rows: some?.facts?.rows }
  const counted = ({ name }: HeaderColumn, count: number): Counted => ({
    column: name,
    count,
    isMarked: columns[name]?.missing !== undefined,
  })
  const codes = known.flatMap((column) => (column.facts?.codes ?? []).map((code) => ({ ...code, column })))
  const codeNotes = [...new Set(codes.map(({ value }) => value))].map((value) => {
    const those = codes.filter((code) => code.value === value)
    return codeNote(
      looked,
      value,
      those.every(({ isBelow }) => isBelow),
      those.map(({ column, count }) => counted(column, count)),
    )
  })
  const recognised = new Set(Object.values(columns).flatMap(({ missing }) => missing ?? []))
  const texts = known.flatMap((column) => {
    const marks = marksOf(column, read.models[at], files)
    return marks.some((mark) => recognised.has(mark)) ? [{ column, marks }] : []
  })
  const emptied =
    texts.length === 0
      ? []
      : columnsOf(
          analysed({
            ...columns,
            ...Object.fromEntries(texts.map(({ column, marks }) => [column.name, { missing: marks }])),
          }),
          at,
        )
  const words = texts.map(({ column }) => {
    const missing = emptied.find(({ name }) => name === column.name)?.facts?.missing ?? 0
    return counted(column, missing - (column.facts?.missing ?? 0))
  })
  return [
    ...(row ? [headerNote(data, row)] : []),
    ...Object.entries(columns).flatMap(([name, { missing }]) => (missing ? [marksNote(data, name, missing)] : [])),
    ...(texts.length > 0 ? [wordsNote(looked, [...new Set(texts.flatMap(({ marks }) => marks))], words)] : []),
    ...codeNotes,
  ]
}

/** How the data was understood, where it does not say so itself. */
function detailsOf(
  read: Analysis,
  analysed: AnalysedModel | undefined,
  guess: Guess,
): Pick<Entry, 'formats' | 'columns'> {
  const header = headerOf(read, analysed)
  if (!analysed || header?.kind !== 'header') return {}
  const names = namesOf(analysed)
  const columns = header.columns.flatMap((column): [string, string | ColumnSpec][] => {
    const name = names.get(column.name)
    const type = looksLikeNumber(column) ? ({ type: 'string' } as const) : {}
    const marks = guess.columns?.[column.name]
    if (name !== undefined) return [[name, { from: column.name, ...type, ...marks }]]
    const own = type.type ?? marks
    return own ? [[column.name, own]] : []
  })
  const number = hasDecimalComma(header.columns) ? { formats: { number: { decimal: ',', thousands: '.' } } } : {}
  return { ...number, ...(columns.length > 0 && { columns: Object.fromEntries(columns) }) }
}

/** Header -> the one name that features read it by, when that is not the header itself. */
function namesOf({ aliases, features, model }: AnalysedModel): ReadonlyMap<string, string> {
  const read = new Set([...features.values()].flatMap(({ inputs }) => inputs.map(({ name }) => name)))
  const keys = new Set(model.groupBy?.map(({ name }) => name))
  const names = new Map<string, string>()
  const twice = new Set([...read, ...keys])
  for (const [name, header] of aliases) {
    if (names.has(header)) twice.add(header)
    names.set(header, name)
  }
  return new Map([...names].filter(([header]) => !twice.has(header)))
}

/** Text that would be numbers but for the zeros before them, or for their length: codes. */
const looksLikeNumber = ({ type, samples }: HeaderColumn): boolean =>
  type === 'string' && samples.length > 0 && samples.every((sample) => /^[+-]?\d+(\.\d+)?$/.test(sample))

function hasDecimalComma(columns: readonly HeaderColumn[]): boolean {
  const numbers = columns.filter(({ type }) => type === 'number' || type === 'integer')
  return numbers.some(({ samples }) => samples.some((sample) => /\d,\d/.test(sample)))
}

/** Nothing that is written down may change what is known. */
function meanTheSame(before: Analysis, after: Analysis): boolean {
  const types = ({ models }: Analysis) =>
    models.map(({ columns, levels, features }) => [
      [...features.values()].map(({ name, inputs }) => [
        name,
        inputs.map((input) => columns?.get(input.name)?.type ?? ''),
      ]),
      [...levels].map(([name, { level }]) => [name, level]),
    ])
  const said = ({ problems }: Analysis) => problems.map(({ code, message }) => [code, message])
  return JSON.stringify([types(before), said(before)]) === JSON.stringify([types(after), said(after)])
}

function written(head: object, guesses: readonly Entry[]): string {
  const models = guesses.map(({ model_name, ...rest }, at) => {
    const fields = Object.entries({ model_name, seq: at + 1, ...rest })
    const lines = fields.map(
      ([key, value], i) => `"${key}": ${fieldText(key, value)}${i < fields.length - 1 ? ',' : ''}`,
    )
    const header = lines.findIndex((line) => line.startsWith('"header_row"'))
    if (header >= 0) lines.splice(header, 0, headerHint)
    if (rest.group_by === undefined) lines.splice(2, 0, keyHint)
    return `    {\n${lines.map((line) => `      ${line}`).join('\n')}\n    }`
  })
  const top = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},\n`)
  const list = models.length > 0 ? `[\n${models.join(',\n')}\n  ]` : emptyModels
  return `{\n${top.join('')}  "models": ${list}\n}\n`
}

/** Columns one below the other, everything else in one line. */
function fieldText(key: string, value: unknown): string {
  if (key !== 'columns') return inlineJson(value)
  const lines = Object.entries(value as object).map(([name, spec]) => `${JSON.stringify(name)}: ${inlineJson(spec)}`)
  return `{\n${lines.map((line) => `        ${line}`).join(',\n')}\n      }`
}
