import { type DataHeader, type FeatureReader, type FileSystem, typeScriptReader } from '@modeldriver/engine'
import { createDataStore, type DataStore } from '../files/data.ts'
import type { Overlay } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { createReadings, type Readings } from '../files/unchanged.ts'
import { createLoader, type ModuleLoader } from '../load/modules.ts'
import { createModuleCodes, type ModuleCodes } from './code.ts'
import type { Memory } from './memory.ts'

/** What makes the next run of a project fast: files, modules and data that did not change are taken as they are. */
export interface RunSession {
  readonly loader: ModuleLoader
  readonly data: DataStore
  readonly reader: FeatureReader
  readonly headers: Readings<DataHeader>
  readonly modules: ModuleCodes
  /** Features whose code and inputs did not change are not computed again. */
  readonly memory?: Memory
}

const keptFiles = 64

/** `dataOf` may know data that was read in other processes. */
export function createSession(memory?: Memory, dataOf = (store: DataStore) => store): RunSession {
  return {
    loader: createLoader(),
    data: dataOf(createDataStore(keptFiles)),
    reader: typeScriptReader(),
    headers: createReadings(keptFiles),
    modules: createModuleCodes(),
    ...(memory && { memory }),
  }
}

export interface RunFiles extends FileSystem {
  /** What was read until now, or looked for and not there; folders that were looked through end with `/`. */
  readonly asked: () => readonly string[]
}

/** The files of this machine for one run, seen through unsaved texts: a text is read once, headers of data files that did not change not again. */
export function filesOf({ headers }: Pick<RunSession, 'headers'>, overlay: Overlay = {}): RunFiles {
  const files = diskFiles(overlay)
  const texts = new Map<string, string | undefined>()
  const others = new Set<string>()
  return {
    ...files,
    asked: () => [...texts.keys(), ...others],
    list(folder) {
      others.add(`${folder}/`)
      return files.list(folder)
    },
    readText(path) {
      if (!texts.has(path)) texts.set(path, files.readText(path))
      return texts.get(path)
    },
    readHeader(path, options) {
      others.add(path)
      if (Object.hasOwn(overlay, path)) return files.readHeader(path, options)
      const { known, keep } = headers.of(path, [options])
      const header = known ?? files.readHeader(path, options)
      if (!known) keep(header)
      return header
    },
  }
}
