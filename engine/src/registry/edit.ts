import type { ImportedName } from '../source/typescript/features.ts'
import { type OutlinePart, outlineOf } from '../source/typescript/outline.ts'
import { type CodeFile, type FeatureCode, moduleFrom } from './code.ts'
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
  if (declaring(parts, code.name)) return { refused: `${file.path} has a '${code.name}' already.` }
  return withNeeds(file, code, parts, (helpers) => {
    const before = file.text.trimEnd()
    return `${[...(before === '' ? [] : [before]), ...helpers, code.text].join('\n\n')}\n`
  })
}

/** The file with another declaration in the place of the feature's own. */
export function replaceFeature(file: CodeFile, code: FeatureCode): Changed {
  const parts = outlineOf(file.path, file.text)
  const own = aloneIn(file, parts, code.name)
  if ('refused' in own) return own
  const others = parts.filter((part) => part !== own)
  return withNeeds(file, code, others, (helpers) => {
    const { start, end } = own.span
    return file.text.slice(0, start) + [...helpers, code.text].join('\n\n') + file.text.slice(end)
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
  const before = text.slice(0, own.span.start)
  const after = text.slice(own.span.end + gap)
  if (after !== '') return { text: before + after }
  return { text: before.trim() === '' ? '' : `${before.trimEnd()}\n` }
}

/** Adds what the code needs: `place` puts the helpers that are not there, and the feature itself. */
function withNeeds(
  file: CodeFile,
  code: FeatureCode,
  parts: readonly OutlinePart[],
  place: (helpers: readonly string[]) => string,
): Changed {
  const helpers: string[] = []
  for (const helper of code.helpers) {
    const name = helper.declares.find((declared) => declaring(parts, declared))
    const there = name === undefined ? undefined : declaring(parts, name)
    if (!there) helpers.push(helper.text)
    else if (file.text.slice(there.span.start, there.span.end) !== helper.text)
      return { refused: `'${code.name}' needs '${name}', and ${file.path} has another '${name}'.` }
  }
  const missing: ImportedName[] = []
  for (const name of code.imports) {
    const wanted = { ...name, from: moduleFrom(code.path, name.from, file.path) }
    const there = declaring(parts, name.local)
    if (!there) missing.push(wanted)
    else if (!there.imports?.some((other) => isSame(other, wanted)))
      return {
        refused: `'${code.name}' needs '${name.local}' of '${wanted.from}', and ${file.path} has another '${name.local}'.`,
      }
  }
  return { text: withImports({ path: file.path, text: place(helpers) }, missing) }
}

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
  if (listed && isExportList(file, listed))
    return { refused: `${file.path} exports '${name}' in a list; write 'export' where it is declared.` }
  return own
}

const isExportList = ({ text }: CodeFile, { from, span }: OutlinePart): boolean =>
  /^export\s*\{/.test(text.slice(from, span.end))

const isOnlyComments = ({ text }: CodeFile): boolean => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').trim() === ''

const unreadable = ({ path }: CodeFile): { readonly refused: string } => ({
  refused: `${path} cannot be read to its end; correct its syntax first.`,
})
