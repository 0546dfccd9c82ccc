import type { Span } from '../ir/span.ts'
import type { AnnotatedKind } from '../source/annotation.ts'
import { ts } from '../source/typescript/parse.ts'
import { judge, judgeDefault } from './judge.ts'
import type { LibraryTexts } from './libraries.ts'
import { checkedName, makeProgram, type ProgramFile } from './program.ts'
import { type WrongResult, wrongResults } from './results.ts'
import { placeWithout, type ShadowFeature, type ShadowFile, withInsertions } from './shadow.ts'
import { shadowPath } from './shadowProject.ts'
import { unsaid } from './unsaid.ts'

/** One place where a body asks of a value what it cannot do. */
export interface TypeFinding {
  readonly model: string
  readonly path: string
  readonly feature: string
  readonly span: Span
  readonly message: string
  /** What kind of mistake it is. Absent: MD019. */
  readonly code?: 'MD027'
  /** The input that the message is about. */
  readonly input?: string
  /** Names that may have been meant instead of what stands at `span`. */
  readonly suggestions?: readonly string[]
  /** What the input is taken for. */
  readonly wanted?: AnnotatedKind
}

export interface TypeChecker {
  /** Throws `Cancelled` when `isCancelled` says so. Files that did not change, and read no others, are not checked again. */
  readonly check: (files: readonly ShadowFile[], options?: CheckOptions) => readonly TypeFinding[]
}

export interface CheckOptions {
  readonly isCancelled?: () => boolean
  /** No TypeScript service tells the author what is wrong whatever the data: it is said here. */
  readonly isAlone?: boolean
  /** What is remembered is remembered apart for each: a project. */
  readonly scope?: string
}

/** The check was given up. */
export class Cancelled extends Error {}

/**
 * Checks feature files whose parameters have no types: in a copy they get the types of what they read, and what TypeScript then
 * says, and did not say before, is told in the words of data.
 */
export function makeTypeChecker(libraries: LibraryTexts): TypeChecker {
  const parsedLibraries = new Map<string, ts.SourceFile>()
  const scopes = new Map<string, Scope>()
  const scopeOf = (name: string): Scope => {
    const scope = scopes.get(name) ?? { parsed: new Map<string, ts.SourceFile>(), known: new Map<string, Known>() }
    scopes.delete(name)
    scopes.set(name, scope)
    const [oldest] = scopes.keys()
    if (scopes.size > mostScopes && oldest !== undefined) scopes.delete(oldest)
    return scope
  }

  return {
    check(files, { isCancelled = () => false, scope: name = '', isAlone = false } = {}) {
      const scope = scopeOf(name)
      const all = files.map(
        (file): Checked => ({ file, name: nameOf(file), text: withInsertions(file.text, file.insertions) }),
      )
      const everything = all.map(({ text }) => text).join('\n')
      const keyOf = ({ file, text }: Checked) =>
        `${JSON.stringify(file.features)}\n${readsOthers(text) ? everything : text}`
      const after = new Map<string, Known>()
      const open: Checked[] = []
      for (const checked of all) {
        const before = scope.known.get(checked.name)
        if (before?.key === keyOf(checked)) after.set(checked.name, before)
        else open.push(checked)
      }
      if (open.length > 0) {
        const program = makeProgram(all, libraries, { libraries: parsedLibraries, files: scope.parsed })
        const token = tokenOf(isCancelled)
        const original = once(() => {
          const written = all.map(({ file, name }) => ({ name, text: file.text }))
          return makeProgram(written, libraries, { libraries: parsedLibraries, files: new Map() })
        })
        for (const checked of open)
          after.set(checked.name, {
            key: keyOf(checked),
            findings: findingsIn(checked, program, original, token, isAlone),
          })
      }
      scope.known = after
      return all.flatMap(({ name }) => after.get(name)?.findings ?? [])
    },
  }
}

interface Scope {
  readonly parsed: Map<string, ts.SourceFile>
  known: ReadonlyMap<string, Known>
}

/** Projects of which something is remembered. */
const mostScopes = 6

interface Known {
  readonly key: string
  readonly findings: readonly TypeFinding[]
}

interface Checked extends ProgramFile {
  readonly file: ShadowFile
}

const nameOf = ({ model, path }: ShadowFile): string => checkedName(shadowPath(model, path))

const readsOthers = (text: string): boolean => /\bimport\b|\bfrom\s*['"]/.test(text)

/** Something that is written another way than TypeScript wants it: what else it says of the function says little of the data. */
const disagreements: ReadonlySet<number> = new Set([2322, 2739, 2740, 2741, 2719])

/** `a < b > (c)` and the like: what was read is not what was meant. */
const misreadings: ReadonlySet<number> = new Set([2693, 2749])

function findingsIn(
  { file, name }: Checked,
  program: ts.Program,
  original: () => ts.Program,
  token: ts.CancellationToken,
  isAlone: boolean,
): readonly TypeFinding[] {
  const { features, insertions } = file
  const results = resultsIn({ file, name }, program)
  const found = diagnosticsOf(program, name, token).flatMap((diagnostic) => {
    const start = placeWithout(insertions, diagnostic.start)
    const end = placeWithout(insertions, diagnostic.start + diagnostic.length)
    const feature = start === undefined ? undefined : featureAt(features, start)
    return start === undefined || end === undefined || !feature ? [] : [{ diagnostic, feature, span: { start, end } }]
  })
  if (found.length === 0) return results
  const before = diagnosticsOf(original(), name, token)
  const saidAnyway = new Set(before.map(({ start }) => start))
  // JavaScript is not checked in editors unless it asks for that.
  const isSaid = isAlone || /\.[cm]?js$/.test(file.path) ? () => false : (start: number) => saidAnyway.has(start)
  const own = found.filter(({ span }) => !isSaid(span.start))
  const unclear = new Set([
    ...own.filter(({ diagnostic }) => disagreements.has(diagnostic.code)).map(({ feature }) => feature),
    ...before.filter(({ code }) => misreadings.has(code)).map(({ start }) => featureAt(features, start)),
  ])
  const checker = program.getTypeChecker()
  const complaints = own.flatMap(({ diagnostic, feature, span }) => {
    const verdict = (unclear.has(feature) ? judgeDefault : judge)(diagnostic, feature, checker)
    return verdict ? [{ model: file.model, path: file.path, feature: feature.name, span, ...verdict }] : []
  })
  const isUnclear = new Set([...unclear].map((feature) => feature?.name))
  return [...complaints, ...results.filter(({ feature }) => !isUnclear.has(feature))]
}

/** What features give that no column can hold, and what gives nothing though nobody complains. */
function resultsIn({ file, name }: Pick<Checked, 'file' | 'name'>, program: ts.Program): readonly TypeFinding[] {
  const source = program.getSourceFile(name)
  if (!source) return []
  const { model, path, insertions, features } = file
  const checker = program.getTypeChecker()
  const placed = ({ node, message }: WrongResult) => {
    const start = placeWithout(insertions, node.getStart(source))
    const end = placeWithout(insertions, node.end)
    return start === undefined || end === undefined ? [] : [{ model, path, span: { start, end }, message }]
  }
  return [
    ...features.flatMap((feature) =>
      wrongResults(source, checker, feature.name, feature.exportName)
        .flatMap(placed)
        .map((found) => ({ ...found, feature: feature.name, code: 'MD027' as const })),
    ),
    ...unsaid(source, checker)
      .flatMap(placed)
      .flatMap((found) => {
        const feature = featureAt(features, found.span.start)
        return feature ? [{ ...found, feature: feature.name }] : []
      }),
  ]
}

function diagnosticsOf(
  program: ts.Program,
  name: string,
  token: ts.CancellationToken,
): readonly ts.DiagnosticWithLocation[] {
  const source = program.getSourceFile(name)
  if (!source) return []
  try {
    return program
      .getSemanticDiagnostics(source, token)
      .filter((each): each is ts.DiagnosticWithLocation => each.start !== undefined)
  } catch (error) {
    if (error instanceof ts.OperationCanceledException) throw new Cancelled('The check was given up.')
    throw error
  }
}

const featureAt = (features: readonly ShadowFeature[], offset: number): ShadowFeature | undefined =>
  features.find(({ span }) => span.start <= offset && offset < span.end)

const tokenOf = (isCancelled: () => boolean): ts.CancellationToken => ({
  isCancellationRequested: isCancelled,
  throwIfCancellationRequested() {
    if (isCancelled()) throw new ts.OperationCanceledException()
  },
})

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
