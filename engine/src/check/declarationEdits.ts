import type { AnalysedModel } from '../ir/analysis.ts'
import type { TextEdit } from '../ir/edit.ts'
import type { Directive, Feature, FeatureFile } from '../ir/feature.ts'
import type { Span } from '../ir/span.ts'
import { outlineOf } from '../source/typescript/outline.ts'
import { replace, rewriteNames } from './edits.ts'

// Changes of whole functions and of their markers, of which repairs are made.

/** The name with the first number that no column and no feature of the model has: `margin_2`. */
export function numberedName(analysed: AnalysedModel, name: string): string {
  for (let number = 2; ; number++) if (isFree(analysed, `${name}_${number}`)) return `${name}_${number}`
}

export const freeName = (analysed: AnalysedModel, wanted: string): string =>
  isFree(analysed, wanted) ? wanted : numberedName(analysed, wanted)

const isFree = ({ features, columns }: AnalysedModel, name: string): boolean =>
  !features.has(name) && !columns?.has(name)

/**
 * Gives a function another name, also where the functions of its file call it. Undefined where the name stands in other places
 * too: in overloads, or in a list of exports.
 */
export function renameFunction(
  feature: Feature,
  name: string,
  { features, helpers }: FeatureFile,
  text: string,
): readonly TextEdit[] | undefined {
  const { path, name: old, nameSpan, span } = feature
  const isListed = nameSpan.start < span.start || span.end < nameSpan.end
  const isTwice = features.filter((other) => other.name === old).length > 1
  const edits = [replace(path, nameSpan, name)]
  if (isListed || (statementOf(feature, text) && isTwice)) return edits
  if (!statementOf(feature, text)) return undefined
  for (const user of [...features, ...helpers]) {
    const calls = user.sites.own.filter((site) => site.name === old)
    edits.push(...rewriteNames(path, user.span.start, calls, name))
  }
  return edits
}

/** Takes a function away with the comments directly above it and the gap below. Undefined when it shares its statement. */
export function removeFunction(feature: Feature, text: string): TextEdit | undefined {
  const statement = statementOf(feature, text)
  if (!statement) return undefined
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1
  const isAlone = text.slice(lineStart, statement.start).trim() === ''
  const gap = /^(?:[^\S\n]*\n)*/.exec(text.slice(statement.end))?.[0].length ?? 0
  return replace(feature.path, { start: isAlone ? lineStart : statement.start, end: statement.end + gap }, '')
}

/** The statement of a function that is exported where it is declared, once, and alone; with its comments. */
function statementOf({ path, name, span }: Feature, text: string): Span | undefined {
  if (!/^export\b/.test(text.slice(span.start))) return undefined
  const part = outlineOf(path, text).find((each) => each.span.start <= span.start && span.end <= each.span.end)
  if (part?.declares.length !== 1) return undefined
  const signatures = text.slice(part.span.start, part.span.end).split(`function ${name}`).length - 1
  return signatures > 1 ? undefined : part.span
}

/** Takes markers out of their comments; a comment that says nothing else goes with its line. */
export const removeMarkers = (path: string, directives: readonly Directive[], text: string): readonly TextEdit[] =>
  directives.map(({ span }) => replace(path, markerSpan(span, text), ''))

function markerSpan({ start, end }: Span, text: string): Span {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineBreak = text.indexOf('\n', end)
  const lineEnd = lineBreak < 0 ? text.length : lineBreak
  const before = /\/\/+[^\S\n]*$|\/\*+[^\S\n]*$|^[^\S\n]*\*?[^\S\n]*$/.exec(text.slice(lineStart, start))
  const after = text.slice(end, lineEnd)
  const close = before?.[0].startsWith('/*') ? /^[^\S\n]*\*+\//.exec(after) : /^\s*$/.exec(after)
  // The comment says more: only the word goes.
  if (!before || !close) return { start, end: end + (/^[^\S\n]*/.exec(after)?.[0].length ?? 0) }
  const comment = { start: lineStart + before.index, end: end + close[0].length }
  const isAlone = text.slice(lineStart, comment.start).trim() === '' && text.slice(comment.end, lineEnd).trim() === ''
  if (isAlone) return { start: lineStart, end: Math.min(lineEnd + 1, text.length) }
  const blanks = /[^\S\n]*$/.exec(text.slice(lineStart, comment.start))?.[0].length ?? 0
  return { start: comment.start - blanks, end: comment.end }
}
