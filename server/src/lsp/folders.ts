import {
  dirname,
  isDataFile,
  isFeatureFile,
  isManifest,
  isModuleFile,
  isSkippedFolder,
  join,
  relative,
} from '@modeldriver/engine'
import type { Files } from './files.ts'
import { inSlices } from './slices.ts'
import type { Workspace } from './workspace.ts'

/** What happened to a file or folder on disk. */
export type FileEvent = 'created' | 'changed' | 'deleted'

export interface FoldersHost {
  readonly workspace: Workspace
  readonly files: Files
  readonly isFolder: (path: string) => boolean
  readonly log: (message: string) => void
  readonly failed: (doing: string, error: unknown) => void
  readonly limits?: Limits
}

export interface Limits {
  /** Feature files and manifests below one folder that are checked though nobody has them open. */
  readonly files: number
  /** Folders that are looked through below one folder. */
  readonly folders: number
}

/** The folders of the workspace: the projects in them are checked also while none of their files is open. */
export interface Folders {
  readonly add: (folder: string) => void
  readonly remove: (folder: string) => void
  /** Whether a change on disk can concern a project, for which it is then noted what to read. */
  readonly changed: (path: string, event: FileEvent) => boolean
  /** Whether a file or folder is in a folder of the workspace. */
  readonly contain: (path: string) => boolean
}

export function watchFolders(host: FoldersHost): Folders {
  const { workspace, files, limits = { files: 2000, folders: 20_000 } } = host
  const folders = new Set<string>()
  const contain = (path: string) => [...folders].some((folder) => folder === path || isInside(folder, path))
  const keeps = (path: string) =>
    [...folders].some((folder) => path === folder || (isInside(folder, path) && !isSkipped(folder, path)))

  /** Finds what is ours below a folder, then opens it project by project: manifests first, they say whose the files are. */
  function* search(top: string) {
    const { found, isCut } = yield* find(top)
    if (isCut) host.log(tooMany(top, limits))
    const kept = found.filter(keeps)
    for (const manifest of kept.filter(isManifest)) {
      const root = dirname(manifest)
      for (const path of kept) {
        if (!isFeatureFile(path) || !isInside(root, path)) continue
        workspace.prepare(path)
        yield
      }
      workspace.open(manifest)
      yield
    }
    for (const path of kept) {
      workspace.open(path)
      yield
    }
  }
  function* find(top: string) {
    const found: string[] = []
    const queue = [top]
    for (const folder of queue) {
      for (const name of files.list(folder)) {
        if (!name.endsWith('/')) {
          if (isOurs(name)) found.push(join(folder, name))
        } else if (!isSkippedFolder(name)) queue.push(join(folder, name.slice(0, -1)))
      }
      if (found.length > limits.files || queue.length > limits.folders) break
      yield
    }
    return { found: found.slice(0, limits.files), isCut: found.length > limits.files || queue.length > limits.folders }
  }
  const start = (top: string) =>
    inSlices(search(top), workspace.isBusy, (error) => host.failed(`looking through ${top}`, error))

  return {
    contain,
    add: (folder) => {
      folders.add(folder)
      start(folder)
    },
    remove: (folder) => {
      folders.delete(folder)
      workspace.drop((path) => !keeps(path))
    },
    changed: (path, event) => {
      if (isOurs(path)) {
        if (event === 'created' && keeps(path)) workspace.keep(path)
        if (event === 'deleted') workspace.drop((kept) => kept === path)
        return true
      }
      if (isDataFile(path) && !host.isFolder(path)) return true
      if (isModuleFile(path) && workspace.imports(path)) return true
      if (event === 'deleted') {
        if (!workspace.folders().has(path)) return false
        workspace.drop((kept) => isInside(path, kept))
        return true
      }
      if (event === 'changed' || !keeps(path) || !host.isFolder(path)) return false
      start(path)
      return true
    },
  }
}

const isOurs = (path: string): boolean => isFeatureFile(path) || isManifest(path)

const isInside = (folder: string, path: string): boolean => path.startsWith(folder === '/' ? folder : `${folder}/`)

const isSkipped = (folder: string, path: string): boolean =>
  relative(folder, path)
    .split('/')
    .some((part) => isSkippedFolder(`${part}/`))

const tooMany = (folder: string, { files, folders }: Limits): string =>
  `${folder} is large: only the first ${files} feature files in its first ${folders} folders are checked before they are opened.`
