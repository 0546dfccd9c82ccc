import type { ImportedName } from '../source/typescript/features.ts'
import { type OutlinePart, outlineOf } from '../source/typescript/outline.ts'
import { type CodeFile, type FeatureCode, moduleFrom, movedFile } from './code.ts'
import { withImports } from './imports.ts'

/** The text of a file after a change, or why nothing was changed, as a sentence. */
export type Changed = { readonly text: string } | { readonly refused: string }

/**
 * The file with one more feature at its end, and what the feature needs beside it: helpers before it, imports at the head.
 * Nothing that stands there is touched. Refused when a name it brings means something else there.
 */
export function addFeature(file: CodeFile, code: FeatureCode): Changed {
  const parts = outlineOf(file.path, file.text)
  if (parts.length === 0 && file.text.trim() !== '' && !isOnlyComments(file)) return unreadable(file)
  const there = declaring(parts, code.name)
  // Another feature that calls it has brought it along.
  if (there && file.text.slice(there.span.start, there.span.end) === textsOf(file, code).own) return { text: file.text }
  if (there) return { refused: `${file.path} has a '${code.name}' already.` }
  return withNeeds(file, code, parts, (helpers, own, end) => {
    const before = file.text.trim() === '' ? file.text : file.text + end.repeat(2 - lineEndsAfter(file.text))
    return `${before}${[...helpers, own].join(end + end)}${end}`
  })
}

/** The file with another declaration in the place of the feature's own. */
export function replaceFeature(file: CodeFile, code: FeatureCode): Changed {
  const parts = outlineOf(file.path, file.text)
  const own = aloneIn(file, parts, code.name)
  if ('refused' in own) return own
  const others = parts.filter((part) => part !== own)
  return withNeeds(file, code, others, (helpers, text, end) => {
    const { span } = own
    return file.text.slice(0, span.start) + [...helpers, text].join(end + end) + file.text.slice(span.end)
  })
}

/** The file without a feature and the gap below it. Its helpers stay: others may need them. */
export function removeFeature(file: CodeFile, name: string): Changed {
  const { path, text } = file
  const parts = outlineOf(path, text)
  const own = aloneIn(file, parts, name)
  if ('refused' in own) return own
  const user = parts.find((part) => part !== own && part.needs.includes(name))
  if (user) return { refused: `'${user.declares[0] ?? 'a statement'}' of ${path} calls '${name}'.` }
  const gap = /^(?:[^\S\n]*\n)*/.exec(text.slice(own.span.end))?.[0].length ?? 0
  const end = lineEnd(text, text)
  const before = text.slice(0, own.span.start)
  const after = text.slice(own.span.end + gap)
  if (after !== '') return { text: before + after }
  return { text: before.trim() === '' ? '' : before.trimEnd() + end }
}

/** The line end of a file, else that of what comes into it. */
const lineEnd = (file: string, added: string): string => (/\r?\n/.exec(file) ?? /\r?\n/.exec(added))?.[0] ?? '\n'

/** How many of the last two lines are blank already. */
const lineEndsAfter = (text: string): number => Math.min(2, /(?:\r?\n)*$/.exec(text)?.[0].match(/\n/g)?.length ?? 0)

/** The texts of a feature and its helpers as they are in a file: with its line ends, and relative modules as seen from there. */
function textsOf(file: CodeFile, { path, text, helpers }: FeatureCode) {
  const end = lineEnd(file.text, text)
  const there = (part: string) => movedFile({ path, text: part }, file.path).replace(/\r?\n/g, end)
  return { end, own: there(text), helpers: helpers.map((helper) => ({ ...helper, text: there(helper.text) })) }
}

/** Adds what the code needs: `place` puts the helpers that are not there, and the feature itself. */
function withNeeds(
  file: CodeFile,
  code: FeatureCode,
  parts: readonly OutlinePart[],
  place: (helpers: readonly string[], own: string, end: string) => string,
): Changed {
  const helpers: string[] = []
  const texts = textsOf(file, code)
  const textOf = ({ span }: OutlinePart): string => file.text.slice(span.start, span.end)
  for (const { declares, text } of texts.helpers) {
    const name = declares.find((declared) => declaring(parts, declared))
    const there = name === undefined ? undefined : declaring(parts, name)
    if (there && textOf(there) !== text)
      return { refused: `'${code.name}' needs '${name}', and ${file.path} has another '${name}'.` }
    const isThere = there ?? (declares.length === 0 && parts.some((part) => textOf(part) === text))
    if (!isThere) helpers.push(text)
  }
  for (const text of [...helpers, texts.own]) {
    const name = exportedIn(file.path, text).find((each) => parts.some(({ exports }) => exports.includes(each)))
    if (name !== undefined) return { refused: `${file.path} exports something else as '${name}' already.` }
  }
  const missing: ImportedName[] = []
  for (const name of code.imports) {
    const wanted = { ...name, from: moduleFrom(code.path, name.from, file.path) }
    if (parts.some(({ imports }) => imports?.some((other) => isSame(other, wanted)))) continue
    const there = declaring(parts, name.local)
    if (!there) missing.push(wanted)
    else
      return {
        refused: `'${code.name}' needs '${name.local}' of '${wanted.from}', and ${file.path} has another '${name.local}'.`,
      }
  }
  return { text: withImports({ path: file.path, text: place(helpers, texts.own, texts.end) }, missing, texts.end) }
}

/** The names that a declaration exports. */
const exportedIn = (path: string, text: string): readonly string[] =>
  outlineOf(path, text).flatMap(({ declares, from, span }) =>
    /^export\b/.test(text.slice(from, span.end)) ? declares : [],
  )

const declaring = (parts: readonly OutlinePart[], name: string): OutlinePart | undefined =>
  parts.find(({ declares }) => declares.includes(name))

const isSame = (a: ImportedName, b: ImportedName): boolean =>
  a.local === b.local && a.name === b.name && a.from === b.from

/** The part that declares a feature and nothing else. */
function aloneIn(
  file: CodeFile,
  parts: readonly OutlinePart[],
  name: string,
): OutlinePart | { readonly refused: string } {
  const own = declaring(parts, name)
  if (!own && parts.length === 0 && file.text.trim() !== '') return unreadable(file)
  if (!own) return { refused: `${file.path} has no '${name}'.` }
  if (own.imports) return { refused: `${file.path} imports '${name}' from elsewhere.` }
  const others = own.declares.filter((other) => other !== name)
  if (others.length > 0)
    return { refused: `'${name}' is declared in one statement with '${others[0]}' in ${file.path}; give each its own.` }
  const listed = parts.find((part) => part !== own && part.declares.length === 0 && part.needs.includes(name))
  const list = listed && /^export\s*(\{|default\b)/.exec(file.text.slice(listed.from, listed.span.end))?.[1]
  if (list === undefined) return own
  const how = list === '{' ? 'in a list' : 'by default, in a statement of its own'
  return { refused: `${file.path} exports '${name}' ${how}; write 'export' where it is declared.` }
}

const isOnlyComments = ({ text }: CodeFile): boolean => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').trim() === ''

const unreadable = ({ path }: CodeFile): { readonly refused: string } => ({
  refused: `${path} cannot be read to its end; correct its syntax first.`,
})
