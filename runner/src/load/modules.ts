import { createRequire } from 'node:module'
import { posix } from 'node:path'
import { compileFunction } from 'node:vm'
import { closest, moduleCandidates, present } from '@modeldriver/engine'
import * as arquero from 'arquero'
import { guarded, isTimeout } from './guard.ts'
import { presentName, withoutNull } from './missing.ts'
import { frameOf, type Place, placeAt } from './stacks.ts'
import { type Transpiled, transpile } from './transpile.ts'

/** A feature module, ready: its exports by name. */
export interface LoadedModule {
  readonly exports: Readonly<Record<string, unknown>>
}

/** Why a module could not be loaded, at the author's line (0-based) where one is known. */
export class LoadError extends Error {
  readonly place: Place
  readonly code?: string
  constructor(message: string, place: Place, code?: string) {
    super(message)
    this.place = place
    if (code !== undefined) this.code = code
  }
}

export interface LoaderOptions {
  /** Text of a file: what is on the screen, else what is on disk; undefined when there is none. */
  readonly readText: (path: string) => string | undefined
  /** What `import … from 'modeldriver'` gives. */
  readonly library: object
  readonly timeoutMs: number
}

export interface ModuleLoader {
  /** Loads a module and what it imports; a module whose text (and imports' text) is unchanged is not evaluated again. */
  load(path: string, options: LoaderOptions): LoadedModule
  /** The author's place of the topmost frame of a stack that lies in a loaded file. */
  placeOf(stack: string): Place | undefined
}

// Arquero reads the text of expressions and knows only the functions that it was told of: `d.price ?? 0` calls this one.
arquero.addFunction(presentName, present, { override: true })

interface Entry {
  readonly text: string
  readonly exports: Record<string, unknown>
  /** Other author files it imports. */
  readonly imports: Set<string>
}

/**
 * Loads feature files into this process. The text is transpiled and run by node under the file's own name, so that
 * break points and stack traces work. Relative imports of TypeScript and JavaScript files are loaded the same way.
 */
export function createLoader(): ModuleLoader {
  const programs = new Map<string, { readonly text: string; readonly program: Transpiled }>()
  const entries = new Map<string, Entry>()

  const programOf = (path: string, text: string): Transpiled => {
    const known = programs.get(path)
    if (known?.text === text) return known.program
    const program = transpile(path, text)
    programs.set(path, { text, program })
    return program
  }

  /** Modules whose code is running. */
  const begun = new Set<string>()

  const isFresh = (path: string, options: LoaderOptions, asked: Set<string>): boolean => {
    if (asked.has(path)) return true
    asked.add(path)
    const entry = entries.get(path)
    if (entry === undefined || options.readText(path) !== entry.text) return false
    return [...entry.imports].every((imported) => isFresh(imported, options, asked))
  }

  const evaluate = (path: string, options: LoaderOptions): Entry => {
    const known = entries.get(path)
    if (known !== undefined && isFresh(path, options, new Set())) return known
    const text = options.readText(path)
    if (text === undefined)
      throw new LoadError(`Cannot read ${posix.basename(path)}: file not found.`, { path, line: 0, character: 0 })
    const program = programOf(path, text)
    if (program.syntaxError !== undefined) {
      const { message, offset } = program.syntaxError
      const place = placeAt(path, text, offset)
      const where = `${posix.basename(path)} cannot be loaded, line ${place.line + 1}`
      throw new LoadError(`${where}: ${message}`, place, 'MD034')
    }
    refuseUnknownHelper(path, text, program, options.library)
    const entry: Entry = { text, exports: {}, imports: new Set() }
    // Set before it runs: files that import each other see what is exported so far, as in node.
    entries.set(path, entry)
    begun.add(path)
    const module = { exports: entry.exports, filename: path }
    try {
      const names = ['exports', 'require', 'module', '__filename', '__dirname', presentName]
      const body = compileFunction(program.code, names, { filename: path })
      body(entry.exports, requireFor(path, entry, options), module, path, posix.dirname(path), present)
    } catch (error) {
      entries.delete(path)
      throw error
    }
    begun.delete(path)
    const replaced = module.exports
    if (replaced !== entry.exports && replaced !== null && typeof replaced === 'object') {
      const copy = { ...entry, exports: replaced }
      entries.set(path, copy)
      return copy
    }
    return entry
  }

  const requireFor = (path: string, entry: Entry, options: LoaderOptions) => {
    const nodeRequire = createRequire(path)
    return (name: string): unknown => {
      if (name === 'modeldriver') return options.library
      // Table functions are given tables of this very copy.
      if (name === 'arquero') return arquero
      if (!/^\.{1,2}\//.test(name)) return nodeRequire(name)
      const target = moduleCandidates(posix.join(posix.dirname(path), name)).find(
        (candidate) => options.readText(candidate) !== undefined,
      )
      if (target === undefined) throw new Error(`Cannot find '${name}', imported by ${posix.basename(path)}.`)
      entry.imports.add(target)
      if (!target.endsWith('.json')) return evaluate(target, options).exports
      return withoutNull(JSON.parse(options.readText(target) ?? ''))
    }
  }

  const placeOf = (stack: string): Place | undefined => {
    for (const line of stack.split('\n')) {
      const frame = frameOf(line, (path) => programs.has(path))
      const known = frame && programs.get(frame.path)
      if (!frame || !known) continue
      const entry = known.program.map.findEntry(frame.line, frame.character)
      if (!('originalLine' in entry)) continue
      return { path: frame.path, line: entry.originalLine, character: entry.originalColumn }
    }
    return undefined
  }

  const load = (path: string, options: LoaderOptions): LoadedModule => {
    const known = entries.get(path)
    if (known !== undefined && isFresh(path, options, new Set())) return { exports: known.exports }
    try {
      return { exports: guarded(options.timeoutMs, () => evaluate(path, options)).exports }
    } catch (error) {
      // What was ended from outside ran no `catch` of its own.
      for (const half of begun) entries.delete(half)
      begun.clear()
      throw asLoadError(error, path, options, placeOf)
    }
  }

  return { load, placeOf }
}

/** @throws LoadError when the file uses something that it imports from the library, which has no such thing */
function refuseUnknownHelper(path: string, text: string, { libraryImports }: Transpiled, library: object): void {
  const unknown = libraryImports.find(({ name }) => !(name in library))
  if (unknown === undefined) return
  const [near] = closest(unknown.name, Object.keys(library))
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`
  throw new LoadError(`modeldriver has no function '${unknown.name}'.${hint}`, placeAt(path, text, unknown.offset))
}

function asLoadError(
  error: unknown,
  path: string,
  options: LoaderOptions,
  placeOf: (stack: string) => Place | undefined,
): LoadError {
  if (error instanceof LoadError) return error
  const start = { path, line: 0, character: 0 }
  const file = posix.basename(path)
  if (isTimeout(error)) {
    return new LoadError(`${file} did not finish loading within ${options.timeoutMs / 1000} s.`, start)
  }
  if (!(error instanceof Error)) return new LoadError(`${file} cannot be loaded: it threw ${String(error)}.`, start)
  const message = error.message.split('\n')[0] ?? error.name
  return new LoadError(`${file} cannot be loaded: ${message}`, placeOf(error.stack ?? '') ?? start)
}
