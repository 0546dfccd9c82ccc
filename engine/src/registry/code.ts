import { dirname, join, pathFrom } from '../model/paths.ts'
import type { ImportedName } from '../source/typescript/features.ts'
import { modulesOf, type OutlinePart, outlineOf } from '../source/typescript/outline.ts'

/** A file of features, as text. */
export interface CodeFile {
  readonly path: string
  readonly text: string
}

/** A feature's code as it is written, with everything of its file that it needs. */
export interface FeatureCode {
  readonly name: string
  /** The file it is from; relative imports count from there. */
  readonly path: string
  /** The names it needs of other modules. */
  readonly imports: readonly ImportedName[]
  /** Helpers, constants and types it needs, directly or through each other, and what is done with them, in the order of their file. */
  readonly helpers: readonly CodePart[]
  /** Its declaration with the comments that belong to it. */
  readonly text: string
}

export interface CodePart {
  readonly declares: readonly string[]
  readonly text: string
}

/** The code of a feature that a file declares. Undefined when it does not, or cannot be read to its end. */
export function featureCode({ path, text }: CodeFile, name: string): FeatureCode | undefined {
  const parts = outlineOf(path, text)
  const own = parts.find((part) => !part.imports && part.declares.includes(name))
  if (!own) return undefined
  const needed = neededBy(own, parts, text)
  const names = new Set([own, ...needed].flatMap(({ imports, needs }) => (imports ? [] : needs)))
  return {
    name,
    path,
    imports: parts.flatMap(({ imports = [] }) => imports.filter(({ local }) => local === '' || names.has(local))),
    helpers: parts
      .filter((part) => needed.has(part) && !part.imports)
      .map((part) => ({ declares: part.declares, text: text.slice(part.span.start, part.span.end) })),
    text: exported(text, own),
  }
}

/** A declaration that a list of the file exports is exported where it stands instead. */
function exported(text: string, { span, from }: OutlinePart): string {
  const declaration = text.slice(from, span.end)
  const own = /^export\b/.test(declaration) ? declaration : `export ${declaration}`
  return text.slice(span.start, from) + own
}

/**
 * The parts of a file that a part needs, directly or through others, and the statements that do something with one of them: without
 * `rates.set('north', 2)` a feature that asks `rates` would be another one.
 */
function neededBy(own: OutlinePart, parts: readonly OutlinePart[], text: string): ReadonlySet<OutlinePart> {
  const needed = new Set<OutlinePart>()
  const queue = [own]
  for (const { needs, declares, imports } of queue) {
    for (const part of parts) {
      if (part === own || needed.has(part)) continue
      const isAsked = part.declares.some((name) => needs.includes(name))
      const isChanging = isStatement(part, text) && !imports && part.needs.some((name) => declares.includes(name))
      if (!isAsked && !isChanging) continue
      needed.add(part)
      queue.push(part)
    }
  }
  return needed
}

/** It does something when the file is loaded, and declares nothing. */
const isStatement = ({ declares, imports, from, span }: OutlinePart, text: string): boolean =>
  declares.length === 0 && !imports && !/^export\b/.test(text.slice(from, span.end))

/** The module's name as another file writes it: a relative one leads to the same file from there. */
export function moduleFrom(from: string, written: string, to: string): string {
  if (!/^\.\.?(\/|$)/.test(written) || dirname(from) === dirname(to)) return written
  const path = pathFrom(dirname(to), join(dirname(from), written))
  return path.startsWith('.') ? path : `./${path}`
}

/** The text of a file, or of a part of one, as it has to be at another path: relative modules lead where they led. */
export function movedFile({ path, text }: CodeFile, to: string): string {
  if (dirname(path) === dirname(to)) return text
  let moved = text
  for (const { name, span } of [...modulesOf(path, text)].reverse())
    moved = moved.slice(0, span.start) + moduleFrom(path, name, to) + moved.slice(span.end)
  return moved
}
