import type { Snapshot } from '../ir/analysis.ts'
import type { FeatureFile } from '../ir/feature.ts'
import type { Model, Project } from '../ir/model.ts'
import type { FeatureReader } from '../source/reader.ts'
import { dataBeside } from './dataFiles.ts'
import { featureFileStem, isFeatureFile, isManifest, listFiles, matcher, nearestManifest } from './featureFiles.ts'
import type { FileSystem } from './files.ts'
import { headersOf } from './headers.ts'
import { readManifest } from './manifest.ts'
import { manifestIgnores } from './manifestIgnores.ts'
import { manifestProject } from './manifestProject.ts'
import { findModules, namesIn } from './modules.ts'
import { dirname, join, relative } from './paths.ts'

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

/** As `findProjects`; for a folder also the projects of every manifest and feature file below it, as an editor shows them. */
export function findAllProjects(path: string, fs: FileSystem): readonly string[] {
  const projects = findProjects(path, fs)
  if (isManifest(path) || isFeatureFile(path)) return projects
  const below = listFiles(path, fs, (name) => isManifest(name) || isFeatureFile(name))
  return [...new Set([...projects, ...below.flatMap((file) => findProjects(file, fs))])]
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
    ...(manifestText !== undefined && { manifestText, manifestIgnores: manifestIgnores(manifestText) }),
    manifestProblems: problems,
    files,
    modules: findModules(files.values(), fs),
    ...headersOf(own, fs),
  }
}

/**
 * The same project after a change of one feature file's text: the keystroke path, which reads nothing else. Modules that it imports and
 * nobody imported before are looked for in `fs`; without it nothing is known of them.
 */
export function replaceFile(
  snapshot: Snapshot,
  path: string,
  text: string,
  reader: FeatureReader,
  fs?: FileSystem,
): Snapshot {
  const file = reader.read(path, text)
  const files = new Map(snapshot.files).set(path, file)
  return {
    ...snapshot,
    files,
    ...modulesAfter(snapshot, file, text, fs),
    project: snapshot.project.path === path ? withGroupByOf(snapshot.project, file) : snapshot.project,
  }
}

/** Feature files import each other: what one has is what its text has now. */
function modulesAfter(
  { modules = new Map() }: Snapshot,
  file: FeatureFile,
  text: string,
  fs: FileSystem | undefined,
): Pick<Snapshot, 'modules'> {
  const all = fs ? findModules([file], fs, modules) : modules
  const own = [...all].filter(([, found]) => found.path === file.path)
  if (own.length === 0) return { modules: all }
  const names = namesIn(text)
  return { modules: new Map([...all, ...own.map(([key, found]) => [key, { ...found, names }] as const)]) }
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

/** A feature file without a manifest: one model over the data file beside it. */
function fileProject(path: string, fs: FileSystem): Project {
  const root = dirname(path)
  const name = featureFileStem(path)
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

/** The key that the file's first comment names, when no manifest does. */
function withGroupByOf(project: Project, file: FeatureFile | undefined): Project {
  const [model] = project.models
  if (!model) return project
  const { groupBy: _, ...rest } = model
  const span = file?.groupBy?.span
  const groupBy = file?.groupBy?.names.map((name) => ({ name, ...(span && { span }) }))
  return { ...project, models: [{ ...rest, ...(groupBy && { groupBy }) }] }
}
