import {
  type Analysis,
  analyse,
  dirname,
  type FeatureReader,
  findProject,
  isFeatureFile,
  isManifest,
  moduleCandidates,
  openProject,
  replaceFile,
  type Snapshot,
  withTypeProblems,
} from '@modeldriver/engine'
import type { TypeChecks } from '../typecheck/type-checks.ts'
import type { Files } from './files.ts'

/** One analysed project: always the state of the last `flush`. */
export interface ProjectState {
  /** The manifest, or the feature file of a project without one. */
  readonly path: string
  readonly analysis: Analysis
  readonly revision: number
}

/** How a file changed: its text only, or also whether it is there and where it is read from. */
export type Change = 'text' | 'place'

export interface WorkspaceHost {
  readonly files: Files
  readonly reader: FeatureReader
  readonly openPaths: () => readonly string[]
  /** Finds more than the rules do, and later. */
  readonly types?: TypeChecks
  /** What is known of a project; `touched` are the files whose change led to it. */
  readonly analysed: (project: ProjectState, touched: ReadonlySet<string>) => void
  /** A project is gone; nothing is said of its files any more. */
  readonly closed: (path: string) => void
  /** All projects are up to date with the files in `touched`. */
  readonly settled: (touched: ReadonlySet<string>) => void
  readonly failed: (doing: string, error: unknown) => void
}

export interface Workspace {
  /** Notes that a file or a folder changed; takes effect with the next `flush`. */
  readonly touch: (path: string, change: Change) => void
  /** Brings every project up to date with what was touched: each is read and analysed at most once. */
  readonly flush: () => void
  /** Something was touched since the last `flush`. */
  readonly isBusy: () => boolean
  /** The project of a feature file, manifest or data file, opened when it is not yet. */
  readonly projectOf: (path: string) => ProjectState | undefined
  /** Every project that is kept or open, up to date. */
  readonly projects: () => readonly ProjectState[]
  /** Reads a feature file ahead, so that opening its project takes less time at once. */
  readonly prepare: (path: string) => void
  /** From the next `flush` on the project of a feature file or manifest is up to date, though nobody has it open. */
  readonly keep: (path: string) => void
  /** The same at once. */
  readonly open: (path: string) => void
  /** What is known of the types of a project is another now. */
  readonly renew: (path: string) => void
  /** Ends that for the files that `isDropped`; takes effect with the next `flush`. */
  readonly drop: (isDropped: (path: string) => boolean) => void
  /** Every file that some project reads, or would read if it were there. */
  readonly paths: () => Iterable<string>
  /** Whether an import of a project means a file, or would if it were there. */
  readonly imports: (path: string) => boolean
  /** Every folder on the way to one of `paths`. */
  readonly folders: () => ReadonlySet<string>
}

/** Keeps projects, each with its analysis. A keystroke re-reads one file, anything else the project. */
export function createWorkspace(host: WorkspaceHost): Workspace {
  const { files, reader } = host
  const projects = new Map<string, ProjectState>()
  /** The same analyses with the problems of the rules alone. */
  const byRules = new Map<string, Analysis>()
  const kept = new Set<string>()
  let pending = new Map<string, Change>()
  /** What is asked again and again between two moves of files. */
  let owners = new Map<string, string>()
  let folders: ReadonlySet<string> | undefined

  const guarded = (doing: string, work: () => void) => {
    try {
      work()
    } catch (error) {
      host.failed(doing, error)
    }
  }
  const update = (path: string, snapshot: Snapshot, touched: ReadonlySet<string>) => {
    const before = projects.get(path)
    const analysis = analyse(snapshot, before?.analysis)
    byRules.set(path, analysis)
    folders = undefined
    host.types?.changed(path, analysis)
    say(path, analysis, touched)
  }
  const say = (path: string, analysis: Analysis, touched: ReadonlySet<string>) => {
    const more = host.types?.problemsOf(path, analysis) ?? []
    const all = more.length > 0 ? { ...analysis, problems: withTypeProblems(analysis.problems, more) } : analysis
    const project = { path, analysis: all, revision: (projects.get(path)?.revision ?? 0) + 1 }
    projects.set(path, project)
    host.analysed(project, touched)
  }
  const reopen = (path: string, touched: ReadonlySet<string>) =>
    guarded(`reading ${path}`, () => update(path, openProject(path, files, reader), touched))
  const reread = (project: ProjectState, changed: ReadonlySet<string>) =>
    guarded(`checking ${project.path}`, () => {
      const before = project.analysis.snapshot
      let snapshot = before
      for (const path of changed) snapshot = replaceFile(snapshot, path, files.readText(path) ?? '', reader, files)
      const isSame = [...changed].every((path) => snapshot.files.get(path) === before.files.get(path))
      if (isSame) host.analysed(project, changed)
      else update(project.path, snapshot, changed)
    })
  const close = (path: string) => {
    projects.delete(path)
    byRules.delete(path)
    folders = undefined
    host.types?.closed(path)
    host.closed(path)
  }
  /** A project ends with its manifest, and one without a manifest when there is one that names its file. */
  const closeStrays = () => {
    for (const path of [...projects.keys()]) {
      if (files.readText(path) === undefined || findProject(path, files) !== path) close(path)
    }
  }
  const wanted = (): readonly string[] => [...new Set([...host.openPaths(), ...kept])].filter(isOurs)
  /** Every file that is open or kept is part of a project; there are no other projects. */
  const openMissing = (touched: ReadonlySet<string>) => {
    const known = knownPaths(projects.values())
    for (const path of wanted()) {
      if (known.has(path)) continue
      const own = findProject(path, files)
      reopen(own, touched)
      for (const each of pathsOf(projects.get(own))) known.add(each)
    }
  }
  const closeUnwanted = () => {
    const all = new Set(wanted())
    for (const project of [...projects.values()]) {
      if (!pathsOf(project).some((path) => all.has(path))) close(project.path)
    }
  }
  const openOne = (path: string, touched: ReadonlySet<string>) => {
    if (isOurs(path) && ![...projects.values()].some((project) => holds(project, path)))
      reopen(findProject(path, files), touched)
  }

  const move = (changes: ReadonlyMap<string, Change>, touched: ReadonlySet<string>) => {
    const before = knownPaths(projects.values())
    owners = new Map()
    guarded('finding projects', closeStrays)
    renew(changes, touched)
    guarded('finding projects', () => {
      openMissing(touched)
      closeUnwanted()
    })
    const after = knownPaths(projects.values())
    for (const path of before) if (!after.has(path)) reader.forget(path)
  }
  const renew = (changes: ReadonlyMap<string, Change>, touched: ReadonlySet<string>) => {
    for (const project of [...projects.values()]) {
      const concerned = [...changes].filter(([path, change]) => concerns(project, path, change))
      if (concerned.length === 0) continue
      const isTextOnly = concerned.every(
        ([path, change]) => change === 'text' && project.analysis.snapshot.files.has(path),
      )
      if (isTextOnly) reread(project, new Set(concerned.map(([path]) => path)))
      else reopen(project.path, touched)
    }
  }
  const flush = () => {
    if (pending.size === 0) return
    const changes = pending
    pending = new Map()
    const touched = new Set(changes.keys())
    if ([...changes].some(([path, change]) => change === 'place' || isManifest(path))) move(changes, touched)
    else {
      renew(changes, touched)
      const open = host.openPaths().filter((path) => touched.has(path))
      for (const path of open) guarded('finding projects', () => openOne(path, touched))
    }
    host.settled(touched)
  }
  const ownerOf = (path: string): string => {
    const known = owners.get(path)
    if (known !== undefined) return known
    const own = findProject(path, files)
    owners.set(path, own)
    return own
  }

  return {
    touch: (path, change) => {
      pending.set(path, change === 'place' ? change : (pending.get(path) ?? change))
    },
    flush,
    isBusy: () => pending.size > 0,
    projectOf: (path) => {
      flush()
      if (!isOurs(path)) return [...projects.values()].find((project) => reads(project, path))
      const own = ownerOf(path)
      if (!projects.has(own)) {
        const touched = new Set([path])
        reopen(own, touched)
        host.settled(touched)
      }
      return projects.get(own)
    },
    projects: () => {
      flush()
      return [...projects.values()]
    },
    prepare: (path) => guarded(`reading ${path}`, () => void reader.read(path, files.readText(path) ?? '')),
    keep: (path) => void kept.add(path),
    open: (path) => {
      kept.add(path)
      const touched = new Set<string>()
      guarded('finding projects', () => openOne(path, touched))
      host.settled(touched)
    },
    renew: (path) => {
      const analysis = byRules.get(path)
      if (analysis) say(path, analysis, new Set())
      host.settled(new Set(host.openPaths()))
    },
    drop: (isDropped) => {
      for (const path of [...kept]) {
        if (!isDropped(path)) continue
        kept.delete(path)
        pending.set(path, 'place')
      }
    },
    paths: () => [...projects.values()].flatMap(readPaths),
    imports: (path) => [...projects.values()].some((project) => mayImport(project, path)),
    folders: () => {
      folders ??= foldersOf([...projects.values()].flatMap(readPaths))
      return folders
    },
  }
}

const isOurs = (path: string): boolean => isFeatureFile(path) || isManifest(path)

const holds = ({ path: own, analysis }: ProjectState, path: string): boolean =>
  own === path || analysis.snapshot.files.has(path)

const reads = ({ analysis: { snapshot } }: ProjectState, path: string): boolean =>
  snapshot.headers.has(path) ||
  [...(snapshot.modules?.values() ?? [])].some((found) => found.path === path) ||
  snapshot.project.models.some(({ input }) => input.kind === 'file' && input.path === path)

const pathsOf = (project: ProjectState | undefined): readonly string[] =>
  project ? [project.path, ...project.analysis.snapshot.files.keys()] : []

const knownPaths = (projects: Iterable<ProjectState>): Set<string> => new Set([...projects].flatMap(pathsOf))

const readPaths = (project: ProjectState): readonly string[] => [
  ...pathsOf(project),
  ...project.analysis.snapshot.headers.keys(),
  ...modulePaths(project),
]

const mayImport = ({ analysis: { snapshot } }: ProjectState, path: string): boolean =>
  [...(snapshot.modules?.keys() ?? [])].some((key) => moduleCandidates(key).includes(path))

/** What features import of their own, there or not. */
const modulePaths = ({ analysis: { snapshot } }: ProjectState): readonly string[] =>
  [...(snapshot.modules ?? [])].flatMap(([key, { path = key }]) => (path.includes('/node_modules/') ? [] : path))

function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  return folders
}

/** Whether a change of `path` can change what is known of a project. */
function concerns(project: ProjectState, path: string, change: Change): boolean {
  if (holds(project, path) || reads(project, path)) return true
  if (change === 'text') return false
  const { snapshot } = project.analysis
  return (
    path.startsWith(`${snapshot.project.root}/`) ||
    [...snapshot.headers.keys()].some((data) => data.startsWith(`${path}/`))
  )
}
