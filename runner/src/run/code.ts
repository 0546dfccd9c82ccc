import {
  dirname,
  type Feature,
  type FeatureReader,
  join,
  type ModuleCode,
  moduleCandidates,
  moduleCode,
} from '@modeldriver/engine'

/** What a feature's results follow from beside its inputs, or why they cannot be taken from an earlier run. */
export type FeatureCode = { readonly fingerprint: string } | { readonly reason: string }

export interface CodeSources {
  readonly readText: (path: string) => string | undefined
  /** Modules as they were read last. */
  readonly modules: ModuleCodes
  readonly digest: (parts: readonly unknown[]) => string
}

export interface ModuleCodes {
  of(path: string, text: string): ModuleCode
}

/** Keeps what was read of each module until its text is another one. */
export function createModuleCodes(): ModuleCodes {
  const known = new Map<string, { readonly text: string; readonly code: ModuleCode }>()
  return {
    of(path, text) {
      const before = known.get(path)
      if (before?.text === text) return before.code
      const code = moduleCode(path, text)
      known.set(path, { text, code })
      return code
    },
  }
}

/** The code of the features in these files: of each with the helpers, constants and modules that it uses, and no others. */
export function codeOfFeatures(files: readonly string[], sources: CodeSources): (feature: Feature) => FeatureCode {
  const loaded = loadedModules(files, sources)
  const loose = [...loaded.values()].flatMap(({ code }) => code.loose ?? [])
  const imported = new Set([...loaded.values()].flatMap(({ code, pathOf }) => code.loads.map(pathOf)))
  const isUnsafe = [...loaded].some(([path, module]) => changesOthers(module, !imported.has(path)))
  return (feature) => {
    if (feature.frame) return { reason: 'is made by a table function' }
    const used = usedCode(feature, loaded, sources)
    if ('reason' in used) return used
    if (used.object !== undefined && isUnsafe) return { reason: `uses '${used.object}', which other code may change` }
    return { fingerprint: sources.digest([feature.fingerprint, used.parts, loose]) }
  }
}

interface Loaded {
  readonly code: ModuleCode
  /** What the names of modules that it loads stand for; undefined for a package. */
  readonly pathOf: (from: string) => string | undefined
}

/** The file that a file loads by this name; undefined for a package. */
const moduleLoaded = (path: string, from: string, readText: CodeSources['readText']): string | undefined =>
  isRelative(from)
    ? moduleCandidates(join(dirname(path), from)).find((candidate) => readText(candidate) !== undefined)
    : undefined

/** The functions that files import from others, read as features are. */
export const importedFunctions =
  (readText: CodeSources['readText'], reader: FeatureReader) =>
  (path: string, from: string, name: string): Feature | undefined => {
    const target = moduleLoaded(path, from, readText)
    const text = target === undefined ? undefined : readText(target)
    if (target === undefined || text === undefined) return undefined
    return reader.read(target, text).features.find(({ exportName }) => exportName === name)
  }

/** Feature files and what they load, and what that loads; data and packages left out. */
function loadedModules(files: readonly string[], { readText, modules }: CodeSources): ReadonlyMap<string, Loaded> {
  const loaded = new Map<string, Loaded>()
  const pathOf = (path: string) => (from: string) => moduleLoaded(path, from, readText)
  const paths = new Set(files)
  for (const path of paths) {
    const text = path.endsWith('.json') ? undefined : readText(path)
    if (text === undefined) continue
    const own: Loaded = { code: modules.of(path, text), pathOf: pathOf(path) }
    loaded.set(path, own)
    for (const from of own.code.loads) {
      const target = own.pathOf(from)
      if (target !== undefined) paths.add(target)
    }
  }
  return loaded
}

/** Its functions may change objects of other code. What a feature that nobody else calls does to its inputs is not meant. */
function changesOthers({ code: { changes, loads, declarations } }: Loaded, isOnlyRun: boolean): boolean {
  if (changes.isOther || loads.some((from) => !isRelative(from) && from !== library)) return true
  const isCalled = (name: string) =>
    !isOnlyRun || [...declarations].some(([other, { needs }]) => other !== name && needs.includes(name))
  return [...changes.parameters].some(isCalled)
}

const library = 'modeldriver'
const isRelative = (from: string): boolean => /^\.{1,2}\//.test(from)

/** `object`: a name that may stand for something that can be changed. */
type UsedCode = { readonly parts: readonly string[]; readonly object?: string } | { readonly reason: string }

/** A name that is used; `isHeld`: what it gives may be in an object of the module. */
interface Use {
  readonly path: string
  readonly name: string
  readonly isHeld: boolean
}

/** Goes from name to name, through the modules. */
function usedCode(
  { path, exportName }: Feature,
  loaded: ReadonlyMap<string, Loaded>,
  { readText, digest }: CodeSources,
): UsedCode {
  const parts: string[] = []
  let object: string | undefined
  const used = new Map<string, Use>()
  const use = (path: string, name: string, isHeld: boolean) =>
    used.set(`${path}\n${name}\n${isHeld}`, { path, name, isHeld })
  const local = loaded.get(path)?.code.exports.get(exportName)
  if (local === undefined) return { reason: 'is not declared in its file' }
  use(path, local, false)
  // Grows while it is walked through.
  for (const { path, name, isHeld } of used.values()) {
    const { code, pathOf } = loaded.get(path) as Loaded
    if (code.loose !== undefined) return { reason: 'stands in a file that does something while it is loaded' }
    const declared = code.declarations.get(name)
    if (declared) {
      if (declared.unsteady !== undefined) return { reason: `uses ${declared.unsteady}` }
      if (code.changes.names.has(name)) return { reason: `uses '${name}', which is changed` }
      const isObject = declared.isObject ?? false
      if (declared.keepsState && (isHeld || isObject))
        return { reason: `uses '${name}', which remembers something from call to call` }
      if (isObject) object ??= name
      parts.push(name, declared.hash)
      for (const need of declared.needs) use(path, need, isHeld || isObject)
      continue
    }
    const { from, name: wanted } = code.imports.get(name) ?? {}
    if (from === library) continue
    if (from === undefined || wanted === undefined) return { reason: `uses '${name}', which is not read` }
    const target = pathOf(from)
    if (target === undefined) return { reason: `uses '${name}' of '${from}'` }
    const module = loaded.get(target)
    if (!module) {
      object ??= name
      parts.push(name, digest([readText(target)]))
    } else if (wanted === '*') for (const each of module.code.exports.values()) use(target, each, isHeld)
    else {
      const there = module.code.exports.get(wanted)
      if (there === undefined) return { reason: `uses '${name}', which '${from}' takes from elsewhere` }
      use(target, there, isHeld)
    }
  }
  return { parts, ...(object !== undefined && { object }) }
}
