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
import { emptyModels, headerHint, headerNote, keyHint, marksNote, tsconfig } from './newProjectTexts.ts'

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
 * that stand for a missing value.
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
  const made = (manifest: string, analysis: Analysis, models: readonly Guess[] = []): NewProject => ({
    manifest,
    tsconfig,
    declarations: declarationFile([analysis], root, sources.files),
    notes: models.flatMap(({ data, header_row: row, columns }) => [
      ...(data && row ? [headerNote(data, row)] : []),
      ...Object.entries(columns ?? {}).flatMap(([name, { from = name, missing }]) =>
        data && missing ? [marksNote(data, from, missing)] : [],
      ),
    ]),
  })
  if (guesses.length === 0) {
    const manifest = written(head, [])
    return made(manifest, analysisOf(root, manifest, sources))
  }
  const read = analysisOf(root, written(head, guesses), sources)
  const placed = guesses.map((guess, at) => withHeaderRow(guess, headerOf(read, read.models[at])))
  const marked = withMarks(placed, sources.files, (guesses) => analysisOf(root, written(head, guesses), sources))
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
  const columnsOf = (read: Analysis, at: number): readonly HeaderColumn[] => {
    const header = headerOf(read, read.models[at])
    return header?.kind === 'header' ? header.columns : []
  }
  const before = analysed(guesses)
  const isNamed = (mark: string, at: number): boolean =>
    before.models[at]?.model.featureFiles.some((path) => {
      const text = files.readText(path) ?? ''
      return text.includes(`'${mark}'`) || text.includes(`"${mark}"`)
    }) === true
  const marked = (isMarked: (name: string, at: number) => boolean) =>
    guesses.map((guess, at): Guess => {
      const columns = columnsOf(before, at).flatMap(({ name, facts }) => {
        const missing = facts?.marks ?? []
        const isTaken = missing.length > 0 && !missing.some((mark) => isNamed(mark, at)) && isMarked(name, at)
        return isTaken ? [[name, { missing }] as const] : []
      })
      return columns.length > 0 ? { ...guess, columns: Object.fromEntries(columns) } : guess
    })
  const tried = analysed(marked(() => true))
  const kept = marked((name, at) => {
    const type = columnsOf(tried, at).find((column) => column.name === name)?.type
    return type !== undefined && type !== 'string'
  })
  // That texts look like numbers is what is made good here.
  const faults = ({ problems }: Analysis) => problems.filter((problem) => !isOfTexts(problem)).length
  return faults(analysed(kept)) > faults(before) ? guesses : kept
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
