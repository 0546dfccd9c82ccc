import type { CodeError } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'
import { withHabits } from './habits.ts'
import { syntaxErrors, type ts } from './parse.ts'
import type { Part } from './parts.ts'
import type { Chunk, DeclarationFacts } from './statement.ts'

/** Why the file cannot be loaded: what cannot be parsed, what the language refuses, and what is not read here. */
export function errorsOf(source: ts.SourceFile, parts: readonly Part[], text: string): readonly CodeError[] {
  const refused = parts.flatMap(({ chunk, facts }) => facts.refused.map((error) => shiftError(error, chunk.start)))
  const deep = parts.filter(({ facts }) => facts.isTooDeep).map(({ chunk }) => unread(startOf(chunk)))
  const broken = syntaxErrors(source).map((error, i) => (i === 0 ? withHabits(error, source.text) : error))
  const rest = [...deep, ...(source.text === text ? [] : [unread(0)])]
  const all = [...refused, ...tooEarly(parts), ...declaredAgain(parts)]
  return broken[0]?.kind === 'habit' ? [...broken, ...all, ...rest] : [...all, ...broken, ...rest]
}

/** Names that are used, while the file is loaded, above what gives them their value. */
function tooEarly(parts: readonly Part[]): readonly CodeError[] {
  if (parts.every(({ facts }) => facts.eager.length === 0)) return []
  const later = new Map<string, number>()
  for (const [at, { facts }] of parts.entries())
    for (const { name, isHoisted } of facts.declarations) if (!isHoisted && !later.has(name)) later.set(name, at)
  return parts.flatMap(({ chunk, facts }, at) =>
    facts.eager
      .filter(({ name }) => (later.get(name) ?? -1) > at)
      .map(({ name, span }) =>
        refusedAt(shift(span, chunk.start), `'${name}' is used before it has its value. Move its declaration up.`),
      ),
  )
}

/** Functions and constants of one name, of which at least one is no feature: of those MD003 tells. */
function declaredAgain(parts: readonly Part[]): readonly CodeError[] {
  const seen = new Map<string, DeclarationFacts>()
  const errors: CodeError[] = []
  for (const { chunk, facts } of parts) {
    for (const each of facts.declarations) {
      if (each.bodyless) continue
      const before = seen.get(each.name)
      const areFeatures = before?.exportedAs !== undefined && each.exportedAs !== undefined
      if (before && !areFeatures)
        errors.push(
          refusedAt(shift(each.nameSpan, chunk.start), `'${each.name}' is declared twice in this file. Rename one.`),
        )
      seen.set(each.name, each)
    }
  }
  return errors
}

const refusedAt = (span: Span, message: string): CodeError => ({ message, span, after: span.start, kind: 'refused' })

const startOf = ({ statement, start }: Chunk): number => statement?.getStart() ?? start

const unread = (start: number): CodeError => ({
  message: 'This is nested too deeply to be read. Take it apart into several functions.',
  span: { start, end: start + 1 },
  after: start,
  kind: 'deep',
})

const shiftError = ({ fix, ...error }: CodeError, by: number): CodeError => ({
  ...error,
  span: shift(error.span, by),
  after: error.after + by,
  ...(fix && { fix: { ...fix, span: shift(fix.span, by) } }),
})

const shift = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by })
