import picomatch from 'picomatch'
import type { Snapshot } from '../ir/analysis.ts'
import type { FeatureFile } from '../ir/feature.ts'
import type { DataHeader, Model, ModelInput, Project, TableName } from '../ir/model.ts'
import type { Problem } from '../ir/problem.ts'
import type { FeatureReader } from '../source/reader.ts'
import type { FileSystem } from './files.ts'
import { type Manifest, type ManifestModel, readManifest } from './manifest.ts'
import { basename, dirname, join, relative } from './paths.ts'

export const manifestName = 'modeldriver.json'
const featureFilePattern = /\.features\.(ts|mts|js|mjs)$/
const dataExtensions = ['parquet', 'arrow', 'csv', 'tsv', 'ndjson', 'json']
const skippedFolders = new Set(['node_modules/', 'dist/', 'out/'])

/** Folders that are not looked through, by their name with a `/` at its end. */
export const isSkippedFolder = (name: string): boolean => skippedFolders.has(name) || name.startsWith('.')
export const isFeatureFile = (path: string): boolean => featureFilePattern.test(path)
export const isManifest = (path: string): boolean => basename(path) === manifestName

/**
 * The project a path belongs to: a manifest is its own; a feature file belongs to the nearest `modeldriver.json` up the
 * tree that names it, else it is a project by itself; a folder gives its first project.
 */
export function findProject(path: string, fs: FileSystem): string {
  return findProjects(path, fs)[0] ?? path
}

/** As `findProject`; for a folder without a manifest, one project per feature file in it. */
export function findProjects(path: string, fs: FileSystem): readonly string[] {
  if (isManifest(path)) return [path]
  if (isFeatureFile(path)) return [manifestOf(path, fs) ?? path]
  const manifest = nearestManifest(path, fs)
  if (manifest && dirname(manifest) === path) return [manifest]
  const files = fs.list(path).filter(isFeatureFile)
  if (files.length === 0) return manifest ? [manifest] : []
  return [...new Set(files.map((file) => findProject(join(path, file), fs)))]
}

/** Reads a project: manifest, feature files, headers of its data. Everything that can be read is there. */
export function openProject(projectPath: string, fs: FileSystem, reader: FeatureReader): Snapshot {
  const { project, manifestText, problems } = isManifest(projectPath)
    ? manifestProject(projectPath, fs)
    : { project: fileProject(projectPath, fs), manifestText: undefined, problems: [] }
  const files = new Map<string, FeatureFile>()
  for (const path of project.models.flatMap((model) => model.featureFiles)) {
    if (!files.has(path)) files.set(path, reader.read(path, fs.readText(path) ?? ''))
  }
  const own = project.kind === 'file' ? withGroupByOf(project, files.get(projectPath)) : project
  return {
    project: own,
    ...(manifestText !== undefined && { manifestText }),
    manifestProblems: problems,
    files,
    headers: headersOf(own, fs),
  }
}

/** The same project after a change of one feature file's text: the keystroke path, which reads nothing else. */
export function replaceFile(snapshot: Snapshot, path: string, text: string, reader: FeatureReader): Snapshot {
  const file = reader.read(path, text)
  const files = new Map(snapshot.files).set(path, file)
  return {
    ...snapshot,
    files,
    project: snapshot.project.path === path ? withGroupByOf(snapshot.project, file) : snapshot.project,
  }
}

function nearestManifest(path: string, fs: FileSystem): string | undefined {
  for (let folder = isFeatureFile(path) ? dirname(path) : path; ; folder = dirname(folder)) {
    if (fs.list(folder).includes(manifestName)) return join(folder, manifestName)
    if (folder === dirname(folder)) return undefined
  }
}

/** The nearest manifest that names this feature file. */
function manifestOf(path: string, fs: FileSystem): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = nearestManifest(folder, fs)
    if (!manifest) return undefined
    const { models } = readManifest(manifest, fs.readText(manifest) ?? '').value
    const inside = relative(dirname(manifest), path)
    if (models.some((model) => model.features.some((pattern) => matcher(pattern.name)(inside)))) return manifest
    folder = dirname(manifest)
    if (folder === dirname(folder)) return undefined
  }
}

function manifestProject(
  path: string,
  fs: FileSystem,
): { project: Project; manifestText: string; problems: readonly Problem[] } {
  const manifestText = fs.readText(path) ?? ''
  const root = dirname(path)
  const { value: manifest, problems } = readManifest(path, manifestText)
  const candidates = listFeatureFiles(root, fs).map((file) => relative(root, file))
  const ordered = [...manifest.models].sort((a, b) => a.seq - b.seq)
  const found: Problem[] = [...problems]
  const models = ordered.map((model, index) => {
    const { featureFiles, unmatched } = expand(model, candidates)
    for (const pattern of unmatched) {
      found.push({
        code: 'MD030',
        severity: 'error',
        path,
        related: [],
        model: model.name,
        message: `No feature file matches "${pattern.name}" (feature files end in .features.ts, .mts, .js or .mjs).`,
        span: pattern.span ?? { start: 0, end: 0 },
      })
    }
    return modelOf(model, manifest, root, featureFiles, inputOf(model, root, ordered[index - 1]))
  })
  return {
    project: { path, root, kind: 'manifest', models, outputBase: manifest.outputBase, rules: manifest.rules },
    manifestText,
    problems: found,
  }
}

function modelOf(
  model: ManifestModel,
  manifest: Manifest,
  root: string,
  featureFiles: readonly string[],
  input: ModelInput,
): Model {
  return {
    name: model.name,
    nameSpan: model.nameSpan,
    clientName: manifest.clientName,
    seq: model.seq,
    featureFiles: featureFiles.map((file) => join(root, file)),
    input,
    ...(model.groupBy && { groupBy: model.groupBy }),
    ...(model.outputs && { outputs: model.outputs }),
    columns: model.columns,
    formats: model.formats,
    kinds: model.kinds,
  }
}

function expand(model: ManifestModel, candidates: readonly string[]) {
  const featureFiles: string[] = []
  const unmatched = model.features.filter((pattern) => {
    const matches = candidates.filter(matcher(pattern.name))
    featureFiles.push(...matches.filter((file) => !featureFiles.includes(file)))
    return matches.length === 0
  })
  return { featureFiles, unmatched }
}

function matcher(pattern: string): (path: string) => boolean {
  const matches = picomatch(pattern.replace(/^\.\//, ''))
  return (path) => matches(path)
}

/** `data`, else `input` (a file, or `<model>.rows|groups|outputs`), else what the model before it gives. */
function inputOf(model: ManifestModel, root: string, before: ManifestModel | undefined): ModelInput {
  const source = model.data ?? model.input
  if (source) {
    const span = source.span && { span: source.span }
    const chained = model.data ? null : /^(.+)\.(rows|groups|outputs)$/.exec(source.name)
    return chained
      ? { kind: 'model', model: chained[1] as string, table: chained[2] as TableName, ...span }
      : { kind: 'file', path: join(root, source.name), ...span }
  }
  return before ? { kind: 'model', model: before.name, table: before.groupBy ? 'outputs' : 'rows' } : { kind: 'none' }
}

/** A feature file without a manifest: one model over the data file beside it. */
function fileProject(path: string, fs: FileSystem): Project {
  const root = dirname(path)
  const name = basename(path).replace(featureFilePattern, '')
  const data = dataBeside(name, fs.list(root))
  const model: Model = {
    name,
    clientName: 'default',
    seq: 1,
    featureFiles: [path],
    input: data ? { kind: 'file', path: join(root, data) } : { kind: 'none' },
    columns: {},
    formats: {},
    kinds: {},
  }
  return { path, root, kind: 'file', models: [model], outputBase: 'out', rules: {} }
}

/** `orders.csv` beside `orders.features.ts`, else the only data file of the folder. */
function dataBeside(name: string, siblings: readonly string[]): string | undefined {
  const own = dataExtensions.map((extension) => `${name}.${extension}`).find((file) => siblings.includes(file))
  if (own) return own
  const all = siblings.filter(
    (file) => dataExtensions.includes(file.slice(file.lastIndexOf('.') + 1)) && !isConfiguration(file),
  )
  return all.length === 1 ? all[0] : undefined
}

const isConfiguration = (file: string): boolean =>
  /^(package(-lock)?|[tj]sconfig.*|modeldriver|biome)\.json$/.test(file)

/** The key that the file's first comment names, when no manifest does. */
function withGroupByOf(project: Project, file: FeatureFile | undefined): Project {
  const [model] = project.models
  if (!model) return project
  const { groupBy: _, ...rest } = model
  const span = file?.groupBy?.span
  const groupBy = file?.groupBy?.names.map((name) => ({ name, ...(span && { span }) }))
  return { ...project, models: [{ ...rest, ...(groupBy && { groupBy }) }] }
}

function headersOf(project: Project, fs: FileSystem): ReadonlyMap<string, DataHeader> {
  const headers = new Map<string, DataHeader>()
  for (const { input, formats, columns } of project.models) {
    if (input.kind === 'file' && !headers.has(input.path))
      headers.set(input.path, fs.readHeader(input.path, { formats, columns }))
  }
  return headers
}

function listFeatureFiles(folder: string, fs: FileSystem): string[] {
  return fs.list(folder).flatMap((name) => {
    if (!name.endsWith('/')) return isFeatureFile(name) ? [join(folder, name)] : []
    return isSkippedFolder(name) ? [] : listFeatureFiles(join(folder, name.slice(0, -1)), fs)
  })
}
