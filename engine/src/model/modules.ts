import type { FoundModule } from '../ir/analysis.ts'
import type { FeatureFile } from '../ir/feature.ts'
import type { FileSystem } from './files.ts'
import { basename, dirname, join } from './paths.ts'
import { closest } from './suggest.ts'

/** What is known of the modules that feature files import, by `moduleKey`; `known` ones are not looked for again. */
export function findModules(
  files: Iterable<FeatureFile>,
  fs: FileSystem,
  known: ReadonlyMap<string, FoundModule> = new Map(),
): ReadonlyMap<string, FoundModule> {
  const found = new Map(known)
  for (const { path, imports = [] } of files) {
    for (const { from } of imports) {
      const key = moduleKey(path, from)
      if (key !== undefined && !found.has(key))
        found.set(key, isRelative(from) ? fileModule(key, fs) : packageModule(key, fs))
    }
  }
  return found.size === known.size ? known : found
}

/** Under which an import of a file is looked up; undefined for what is always there. */
export function moduleKey(path: string, from: string): string | undefined {
  if (isRelative(from)) return join(dirname(path), from)
  const [scope = '', name] = from.split('/')
  const wanted = scope.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope
  return builtIn.test(wanted) ? undefined : join(dirname(path), `node_modules/${wanted}`)
}

/** What a module's text says of its names. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [])
}

/** Files that an import may mean, in the order of preference. `./a.js` may be written for `a.ts`, as TypeScript has it. */
export function moduleCandidates(path: string): readonly string[] {
  const asTypeScript = path.replace(/\.([cm]?)js$/, '.$1ts')
  return [
    ...(/\.(?:[cm]?[jt]s|json)$/.test(path) ? [path] : []),
    ...(asTypeScript === path ? [] : [asTypeScript]),
    ...['.ts', '.mts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'].map((ending) => path + ending),
  ]
}

/** Whether an import of a file may mean this one; JSON files are data, too. */
export const isModuleFile = (path: string): boolean => /(?<!\.d)\.[cm]?[jt]s$/.test(path)

const isRelative = (from: string): boolean => /^\.{1,2}\//.test(from)

function fileModule(key: string, fs: FileSystem): FoundModule {
  for (const path of moduleCandidates(key)) {
    const text = fs.readText(path)
    if (text !== undefined) return { path, ...(!/\.json$/.test(path) && { names: namesIn(text) }) }
  }
  const beside = fs.list(dirname(key)).filter((name) => /\.(?:[cm]?[jt]s|json)$/.test(name))
  const names = beside.map((name) => name.replace(/\.[cm]?[jt]s$/, ''))
  return { near: closest(basename(key).replace(/\.[cm]?[jt]s$/, ''), names) }
}

/** Packages are looked for in every folder up the tree. */
function packageModule(key: string, fs: FileSystem): FoundModule {
  const [from = '', name = ''] = key.split('/node_modules/')
  const [scope, own] = name.split('/')
  for (let folder = from || '/'; ; folder = dirname(folder)) {
    const there = fs.list(join(folder, own === undefined ? 'node_modules' : `node_modules/${scope}`))
    if (there.includes(`${own ?? name}/`) || fs.list(folder).some((file) => /^\.pnp\.c?js$/.test(file)))
      return { path: join(folder, `node_modules/${name}`) }
    if (folder === dirname(folder)) return { near: [] }
  }
}

/** `node:fs` and the others that need no package; table functions get the copy of Arquero that makes their tables. */
const builtIn =
  /^(?:node:.*|modeldriver|arquero|assert|async_hooks|buffer|child_process|cluster|console|constants|crypto|dgram|dns|domain|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|punycode|querystring|readline|stream|string_decoder|sys|timers|tls|tty|url|util|v8|vm|wasi|worker_threads|zlib)$/
