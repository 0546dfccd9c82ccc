import {
  type Analysis,
  analyse,
  type FeatureReader,
  findProject,
  isFeatureFile,
  isManifest,
  openProject,
  replaceFile,
  type Snapshot,
} from '@modeldriver/engine'
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
  /** A project has a new analysis; `touched` are the files whose change led to it. */
  readonly analysed: (project: ProjectState, touched: ReadonlySet<string>) => void
  /** A project is gone; nothing is said of its files any more. */
  readonly closed: (path: string) => void
  readonly failed: (doing: string, error: unknown) => void
}

export interface Workspace {
  /** Notes that a file changed; takes effect with the next `flush`. */
  readonly touch: (path: string, change: Change) => void
  /** Brings every project up to date with the files that were touched. */
  readonly flush: () => void
  /** The project of a feature file, manifest or data file, opened when it is not yet. */
  readonly projectOf: (path: string) => ProjectState | undefined
}

/** Keeps the projects of the open files, each with its analysis. A keystroke re-reads one file, anything else the project. */
export function createWorkspace(host: WorkspaceHost): Workspace {
  const { files, reader } = host
  const projects = new Map<string, ProjectState>()
  let pending = new Map<string, Change>()

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
    const project = { path, analysis, revision: (before?.revision ?? 0) + 1 }
    projects.set(path, project)
    host.analysed(project, touched)
  }
  const reopen = (path: string, touched: ReadonlySet<string>) =>
    guarded(`reading ${path}`, () => update(path, openProject(path, files, reader), touched))
  const reread = (project: ProjectState, changed: ReadonlySet<string>) =>
    guarded(`checking ${project.path}`, () => {
      let { snapshot } = project.analysis
      for (const path of changed) snapshot = replaceFile(snapshot, path, files.readText(path) ?? '', reader)
      update(project.path, snapshot, changed)
    })
  const close = (path: string) => {
    projects.delete(path)
    host.closed(path)
  }
  /** After a manifest changed, files may belong to other projects. */
  const closeStrays = () => {
    for (const path of [...projects.keys()]) {
      if (files.readText(path) === undefined || findProject(path, files) !== path) close(path)
    }
  }
  const isKnown = (path: string) => [...projects.values()].some(({ analysis }) => knows(analysis.snapshot, path))
  /** Every open feature file and manifest is part of a project. */
  const openMissing = (touched: ReadonlySet<string>) => {
    for (const path of host.openPaths()) {
      if (!isManifest(path) && !isFeatureFile(path)) continue
      if (isKnown(path)) continue
      reopen(findProject(path, files), touched)
    }
  }

  const flush = () => {
    if (pending.size === 0) return
    const changes = pending
    pending = new Map()
    const touched = new Set(changes.keys())
    const isMoved = [...changes].some(([path, change]) => isManifest(path) || change === 'place')
    if (isMoved) guarded('finding projects', closeStrays)
    for (const project of [...projects.values()]) {
      const concerned = [...changes].filter(([path, change]) => concerns(project, path, change))
      if (concerned.length === 0) continue
      const isTextOnly = concerned.every(
        ([path, change]) => change === 'text' && project.analysis.snapshot.files.has(path),
      )
      if (isTextOnly) reread(project, new Set(concerned.map(([path]) => path)))
      else reopen(project.path, touched)
    }
    guarded('finding projects', () => openMissing(touched))
  }

  return {
    touch: (path, change) => {
      pending.set(path, change === 'place' ? change : (pending.get(path) ?? change))
    },
    flush,
    projectOf: (path) => {
      flush()
      const holder = [...projects.values()].find(({ analysis }) => knows(analysis.snapshot, path))
      if (holder && !isFeatureFile(path)) return holder
      const own = findProject(path, files)
      if (!projects.has(own) && (isFeatureFile(path) || isManifest(path))) reopen(own, new Set([path]))
      return projects.get(own)
    },
  }
}

const knows = ({ project, files, headers }: Snapshot, path: string): boolean =>
  project.path === path || files.has(path) || headers.has(path)

/** Whether a change of `path` can change what is known of a project. */
function concerns({ analysis }: ProjectState, path: string, change: Change): boolean {
  const { snapshot } = analysis
  if (knows(snapshot, path) || snapshot.project.models.some(({ input }) => readsFile(input, path))) return true
  return change === 'place' && path.startsWith(`${snapshot.project.root}/`)
}

const readsFile = (input: Snapshot['project']['models'][number]['input'], path: string): boolean =>
  input.kind === 'file' && input.path === path
