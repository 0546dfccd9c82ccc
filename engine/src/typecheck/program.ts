import { ts } from '../source/typescript/parse.ts'
import { columnDeclaration, libraryDeclaration, rowColumnDeclaration } from './declarations.ts'
import type { LibraryTexts } from './libraries.ts'

/** A text under the name that the checker knows it by. */
export interface ProgramFile {
  readonly name: string
  readonly text: string
}

const declarations: ProgramFile = {
  name: '/modeldriver.d.ts',
  text: `declare namespace ModelDriver {
${columnDeclaration}
${rowColumnDeclaration}
type ValueOf<F> = F extends (...inputs: any[]) => infer R ? Value<R> : any
type Value<R> = 0 extends 1 & R ? any : [R] extends [never] ? any : [R] extends [number] ? number : [R] extends [string] ? string
  : [R] extends [boolean] ? boolean : [R] extends [Date] ? Date : any
}
declare module 'modeldriver' {
export import Column = ModelDriver.Column
import Addable = ModelDriver.Addable
import Found = ModelDriver.Found
export const Column: { from<T>(values: Iterable<T | null | undefined>): Column<T> }
${libraryDeclaration}
}
type Row<Model = any> = any
type Group<Model = any> = any
declare function isNaN(value: unknown): boolean
declare function isFinite(value: unknown): boolean
declare function parseFloat(value: unknown): number
declare function parseInt(value: unknown, radix?: number): number
`,
}

/** Only the kinds of values count: whether one may be missing is no question here. */
const options: ts.CompilerOptions = {
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: [],
  strict: false,
  noImplicitAny: false,
  strictNullChecks: false,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
}

const libraryFolder = '/lib/'

/** What is parsed already; what is parsed anew is added. */
export interface Parsed {
  readonly libraries: Map<string, ts.SourceFile>
  readonly files: Map<string, ts.SourceFile>
}

/** A TypeScript program of these texts. */
export function makeProgram(files: readonly ProgramFile[], libraries: LibraryTexts, parsed: Parsed): ts.Program {
  const texts = new Map([declarations, ...files].map(({ name, text }) => [name, text]))
  const isLibrary = (name: string) => name.startsWith(libraryFolder)
  const textOf = (name: string) => (isLibrary(name) ? libraries.get(name.slice(libraryFolder.length)) : texts.get(name))
  for (const name of parsed.files.keys()) if (!texts.has(name)) parsed.files.delete(name)
  return ts.createProgram([...texts.keys()], options, {
    fileExists: (name) => textOf(name) !== undefined,
    readFile: textOf,
    getSourceFile(name, target) {
      const text = textOf(name)
      const place = isLibrary(name) ? parsed.libraries : parsed.files
      const known = place.get(name)
      if (text === undefined || known?.text === text) return known
      const wanted = typeof target === 'object' ? target : { languageVersion: target }
      const file = ts.createSourceFile(name, text, { ...wanted, jsDocParsingMode }, false, ts.ScriptKind.TS)
      place.set(name, file)
      return file
    },
    getDefaultLibFileName: () => `${libraryFolder}lib.es2023.d.ts`,
    getDefaultLibLocation: () => libraryFolder.slice(0, -1),
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
    jsDocParsingMode,
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: resolved(text, from, texts) })),
  })
}

const jsDocParsingMode = ts.JSDocParsingMode.ParseNone

/** Feature files of a model find each other; every other module is unknown. */
function resolved(
  specifier: string,
  from: string,
  texts: ReadonlyMap<string, string>,
): ts.ResolvedModuleFull | undefined {
  const base = specifier.startsWith('/') ? specifier : joined(from, specifier)
  const bare = base.replace(/\.[mc]?[jt]s$/, '')
  const name = [base, ...extensions.map((extension) => `${bare}${extension}`)]
    .map(checkedName)
    .find((candidate) => texts.has(candidate))
  return name === undefined
    ? undefined
    : { resolvedFileName: name, extension: ts.Extension.Ts, isExternalLibraryImport: false }
}

const extensions = ['.ts', '.mts', '.js', '.mjs']

/** Every file is checked as TypeScript, whatever its extension. */
export const checkedName = (path: string): string => `${path}.check.ts`

function joined(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
