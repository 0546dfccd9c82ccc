import type { Span } from '../../ir/span.ts'
import { groupByIn } from '../directives.ts'
import { blockAbove, type Comment, commentsBetween } from './comments.ts'
import { declaredIn, importedBy } from './features.ts'
import { isTooDeep, parseFile, syntaxErrors, type ts } from './parse.ts'
import { freeNames } from './references.ts'
import { cutIntoChunks } from './statement.ts'

/** A piece of a file that stays in one piece when it is moved: a statement, or a function with its overloads. */
export interface OutlinePart {
  /** With the comments directly above it, and those that follow on its last line. */
  readonly span: Span
  readonly declares: readonly string[]
  /** Names it needs from elsewhere; inputs are none. */
  readonly needs: readonly string[]
}

/**
 * The parts of a file in their order; between them stand only blank lines and comments of their own. None when the file
 * cannot be read to its end.
 */
export function outlineOf(path: string, text: string): readonly OutlinePart[] {
  const source = parseFile(path, text)
  if (syntaxErrors(source).length > 0) return []
  const parts: OutlinePart[] = []
  let isSignature = false
  for (const { start, end, statement } of cutIntoChunks(source)) {
    if (!statement || isTooDeep(statement)) continue
    const from = statement.getStart()
    const above = blockAbove(text, commentsBetween(text, { start, end: from }, undefined), from)
    const own = parts.length === 0 ? withoutFileHead(above) : above
    const part = {
      span: { start: own[0]?.start ?? from, end },
      declares: namesOf(statement),
      needs: freeNames(statement),
    }
    const before = parts.at(-1)
    if (before && isSignature && before.declares[0] === part.declares[0]) parts[parts.length - 1] = joined(before, part)
    else parts.push(part)
    isSignature = declaredIn(statement).some(({ bodyless }) => bodyless)
  }
  return parts
}

const namesOf = (statement: ts.Statement): readonly string[] => [
  ...declaredIn(statement).map(({ name }) => name),
  ...importedBy(statement).map(({ local }) => local),
]

const joined = (before: OutlinePart, after: OutlinePart): OutlinePart => ({
  span: { start: before.span.start, end: after.span.end },
  declares: before.declares,
  needs: [...before.needs, ...after.needs],
})

/** The comments of the first statement without those that speak of the whole file: key, notes to tools, references. */
function withoutFileHead(comments: readonly Comment[]): readonly Comment[] {
  const last = comments.findLastIndex(
    (comment) =>
      groupByIn([comment]) !== undefined ||
      /^\/\/\/|^.{2,4}\s*(@ts-|eslint|biome|@license|copyright)/i.test(comment.text),
  )
  return comments.slice(last + 1)
}
