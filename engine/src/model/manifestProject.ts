import type { FileInput, Join, Model, ModelInput, Named, Project, TableName, UnreadFile } from '../ir/model.ts'
import type { Problem } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import { hasHeaderRow, isDataFile, isWorkbook } from './dataFiles.ts'
import { featureFileStem, listFeatureFiles, matcher, nearestManifest } from './featureFiles.ts'
import type { FileSystem } from './files.ts'
import { type Manifest, type ManifestModel, readManifest } from './manifest.ts'
import { dirname, join, relative } from './paths.ts'
import { closest } from './suggest.ts'

export interface ManifestProject {
  readonly project: Project
  readonly manifestText: string
  readonly problems: readonly Problem[]
}

/** The project of a modeldriver.json: its models in order, with the files that their patterns mean. */
export function manifestProject(path: string, fs: FileSystem): ManifestProject {
  const manifestText = fs.readText(path) ?? ''
  const root = dirname(path)
  const { value: manifest, problems } = readManifest(path, manifestText)
  const candidates = listFeatureFiles(root, fs).map((file) => relative(root, file))
  const ordered = [...manifest.models].sort((a, b) => a.seq - b.seq)
  const tables: Tables = { root, path, models: new Map(ordered.map((model) => [model.name, model])), problems: [] }
  const models = ordered.map((model, index): Model => {
    const { featureFiles, unmatched } = expand(model, candidates)
    for (const pattern of unmatched) tables.problems.push(noSuchFile(path, model, pattern, candidates))
    return {
      ...modelOf(model, manifest),
      featureFiles: featureFiles.map((file) => join(root, file)),
      ...(unmatched.length > 0 && { lacksFiles: true }),
      input: placed(inputOf(model, ordered[index - 1], tables), model, model, tables),
      ...(model.joins.length > 0 && { joins: joinsOf(model, tables) }),
    }
  })
  const unread = models.some(({ lacksFiles }) => lacksFiles) ? [] : unreadFiles(path, models, candidates, fs)
  const { outputBase, rules } = manifest
  return {
    project: { path, root, kind: 'manifest', models, ...(unread.length > 0 && { unread }), outputBase, rules },
    manifestText,
    problems: [...problems, ...tables.problems],
  }
}

function modelOf(model: ManifestModel, { clientName }: Manifest): Omit<Model, 'featureFiles' | 'input'> {
  const { name, nameSpan, seq, groupBy, groupOrder, outputs, target, columns, formats, kinds, columnSpans } = model
  return {
    name,
    nameSpan,
    clientName,
    seq,
    ...(groupBy && { groupBy }),
    ...(groupOrder && { groupOrder }),
    ...(outputs && { outputs }),
    ...(target && { target }),
    columns,
    formats,
    kinds,
    columnSpans,
    ...(model.legacyMode && { legacyMode: true, frames: model.frames }),
  }
}

function expand(model: ManifestModel, candidates: readonly string[]) {
  const featureFiles: string[] = []
  const unmatched = model.features.filter((pattern) => {
    const isMatch = matcher(pattern.name)
    const matches = candidates.filter((file) => isMatch(file))
    featureFiles.push(...matches.filter((file) => !featureFiles.includes(file)))
    return matches.length === 0
  })
  return { featureFiles, unmatched }
}

/** Files that no model reads, where a model reads others of their folder; not those that have data and so are projects by themselves. */
function unreadFiles(
  manifest: string,
  models: readonly Model[],
  candidates: readonly string[],
  fs: FileSystem,
): readonly UnreadFile[] {
  const folders = new Map<string, Pick<UnreadFile, 'beside' | 'model'>>()
  const read = new Set(models.flatMap(({ featureFiles }) => featureFiles))
  for (const { name, featureFiles } of models)
    for (const file of featureFiles)
      if (!folders.has(dirname(file))) folders.set(dirname(file), { beside: file, model: name })
  return candidates.flatMap((candidate) => {
    const path = join(dirname(manifest), candidate)
    const near = folders.get(dirname(path))
    if (!near || read.has(path) || nearestManifest(path, fs) !== manifest) return []
    const stem = featureFileStem(path)
    const hasData = fs.list(dirname(path)).some((file) => file.startsWith(`${stem}.`) && isDataFile(file))
    return hasData ? [] : [{ path, ...near }]
  })
}

function noSuchFile(path: string, model: ManifestModel, { name, span }: Named, candidates: readonly string[]): Problem {
  const isOutside = name.startsWith('../') || name.startsWith('/') || /^[a-zA-Z]:/.test(name)
  const suggestions = closest(name, candidates)
  const message = isOutside
    ? `"${name}" is outside of this folder; feature files stand beside modeldriver.json or below it.`
    : suggestions.length > 0
      ? `No feature file matches "${name}". Did you mean "${suggestions[0]}"?`
      : `No feature file matches "${name}" (feature files end in .features.ts, .mts, .js or .mjs).`
  return badManifest(path, model, message, span, { name, suggestions })
}

interface Tables {
  readonly path: string
  readonly root: string
  readonly models: ReadonlyMap<string, ManifestModel>
  readonly problems: Problem[]
}

const tableNames: readonly TableName[] = ['rows', 'groups', 'outputs']

/** `data`, else `input` (a file, or `<model>.rows|groups|outputs`), else what the model before it gives. */
function inputOf(model: ManifestModel, before: ManifestModel | undefined, tables: Tables): ModelInput {
  const { data, input } = model
  if (data && input)
    tables.problems.push(
      badManifest(
        tables.path,
        model,
        `"data" and "input" both say what the model reads, and only "data" counts.`,
        input.span,
        { name: 'input', removable: '"input"' },
      ),
    )
  if (data) return fileOf(data, tables)
  if (input) return tableOf(model, input, tables) ?? { kind: 'none' }
  return before ? { kind: 'model', model: before.name, table: before.groupBy ? 'outputs' : 'rows' } : { kind: 'none' }
}

const joinsOf = (model: ManifestModel, tables: Tables): readonly Join[] =>
  model.joins.flatMap((written) => {
    const { sheet, headerRow, ...own } = written
    const source = tableOf(model, own.from, tables)
    return source ? [{ ...own, source: placed(source, written, model, tables) }] : []
  })

const fileOf = ({ name, span }: Named, { root }: Tables): FileInput => ({
  kind: 'file',
  path: join(root, name),
  ...(span && { span }),
})

/** The table with its sheet, which only workbooks have, and the row of its header. */
function placed<Source extends ModelInput>(
  source: Source,
  { sheet, headerRow }: Pick<ManifestModel, 'sheet' | 'headerRow'>,
  model: ManifestModel,
  tables: Tables,
): Source {
  const counts = (has: (path: string) => boolean) => source.kind === 'file' && has(source.path)
  const refuse = (word: string, files: string, span: Span | undefined) => {
    const wrong = { name: word, removable: `"${word}"` }
    tables.problems.push(badManifest(tables.path, model, `"${word}" counts only for ${files}.`, span, wrong))
  }
  if (sheet && !counts(isWorkbook)) refuse('sheet', 'Excel files (.xlsx)', sheet.span)
  if (headerRow && !counts(hasHeaderRow)) refuse('header_row', 'CSV, TSV and Excel files', headerRow.span)
  return {
    ...source,
    ...(sheet && counts(isWorkbook) && { sheet }),
    ...(headerRow && counts(hasHeaderRow) && { headerRow }),
  }
}

/** A table by its name: `<model>.rows`, or the path of a data file. */
function tableOf(model: ManifestModel, { name, span }: Named, tables: Tables): Join['source'] | undefined {
  const place = span && { span }
  const [, owner, table = ''] = /^(.+)\.(\w+)$/.exec(name) ?? []
  const isTable = (tableNames as readonly string[]).includes(table)
  if (owner !== undefined && isTable) return { kind: 'model', model: owner, table: table as TableName, ...place }
  const meant = tables.models.get(name) ?? (owner === undefined ? undefined : tables.models.get(owner))
  if (!meant) return fileOf({ name, ...place }, tables)
  const choices = tableNames.filter((each) => each !== 'groups' || meant.groupBy).map((each) => `${meant.name}.${each}`)
  const suggestions = meant.name === name ? choices : closest(name, choices)
  const message = `"${name}" is no table. Model '${meant.name}' has ${choices.slice(0, -1).join(', ')} and ${choices.at(-1)}.`
  tables.problems.push(badManifest(tables.path, model, message, span, { name, suggestions }))
  return undefined
}

const badManifest = (
  path: string,
  { name: model, nameSpan }: ManifestModel,
  message: string,
  span = nameSpan,
  data?: Problem['data'],
): Problem => ({ code: 'MD030', severity: 'error', message, path, span, related: [], model, ...(data && { data }) })
