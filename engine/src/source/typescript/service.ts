import { ts } from './parse.ts'

/** TypeScript's own language service over one file. Made when first asked; the last few texts are remembered. */
export type ServiceOf = (path: string, text: string) => ts.LanguageService

const remembered = 4

export function serviceMemory(): ServiceOf {
  const known = new Map<string, { readonly text: string; readonly service: ts.LanguageService }>()
  return (path, text) => {
    const before = known.get(path)
    known.delete(path)
    const entry = before?.text === text ? before : { text, service: serviceFor(path, text) }
    known.set(path, entry)
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return entry.service
  }
}

/** Sees nothing but this text: no library, no other module. What it says of names inside the file is exact all the same. */
function serviceFor(path: string, text: string): ts.LanguageService {
  const settings: ts.CompilerOptions = {
    allowJs: true,
    noLib: true,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.Latest,
  }
  return ts.createLanguageService({
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [path],
    // Nothing ever changes, so nothing is looked at again.
    getProjectVersion: () => '1',
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => (name === path ? ts.ScriptSnapshot.fromString(text) : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '',
    fileExists: (name) => name === path,
    readFile: (name) => (name === path ? text : undefined),
  })
}

/** Every place where the name at `offset` is written, with what has to stand around another name there. */
export function namePlaces(service: ts.LanguageService, path: string, offset: number): readonly ts.RenameLocation[] {
  const preferences: ts.UserPreferences = { providePrefixAndSuffixTextForRename: true }
  return service.findRenameLocations(path, offset, false, false, preferences) ?? []
}

/** The innermost node that begins at `offset`, names first. */
export function nodeAt(source: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = source
  const visit = (node: ts.Node): void => {
    // The trivia before a node is only scanned where it matters.
    if (node.pos > offset || node.end <= offset || node.getStart(source) > offset) return
    found = node
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return found
}
