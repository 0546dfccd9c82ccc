import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser'
import type { TextEdit } from '../ir/edit.ts'
import type { ManifestPath } from './manifestPlaces.ts'

// Properties are added the way the author writes: on the line of the others, or on lines of their own. No other character changes.

/** Adds a property behind the others of an object, which is made when it is not there. Nothing when the object around it is missing. */
export function appendProperty(
  path: string,
  text: string,
  object: ManifestPath,
  name: string,
  value: unknown,
): readonly TextEdit[] {
  const node = nodeAt(text, object)
  const key = object.at(-1)
  if (!node && typeof key === 'string') return appendProperty(path, text, object.slice(0, -1), key, { [name]: value })
  if (node?.type !== 'object') return []
  const written = propertyOf(name, value)
  const insert = (at: number, added: string): TextEdit => ({ path, span: { start: at, end: at }, text: added })
  const [first] = node.children ?? []
  const last = node.children?.at(-1)
  if (!first || !last)
    return [insert(node.offset + 1, /^\s*\}/.test(text.slice(node.offset + 1)) ? ` ${written} ` : written)]
  const end = last.offset + last.length
  if (!text.slice(node.offset, first.offset).includes('\n')) return [insert(end, `, ${written}`)]
  // A comment behind the last property stays with it.
  const rest = /^[ \t]*(,?)[ \t]*((\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)[ \t]*)?(?=\r?\n)/.exec(text.slice(end))
  const line = `${eolOf(text)}${indentOf(text, last.offset)}${written}`
  if (!rest) return [insert(end, `,${line}`)]
  const lineEnd = end + rest[0].trimEnd().length
  if (rest[1] === ',') return [insert(lineEnd, `${line},`)]
  return lineEnd === end ? [insert(end, `,${line}`)] : [insert(end, ','), insert(lineEnd, line)]
}

/** Adds a property before the others of an object. */
export function prependProperty(
  path: string,
  text: string,
  object: ManifestPath,
  name: string,
  value: unknown,
): readonly TextEdit[] {
  const node = nodeAt(text, object)
  const [first] = node?.type === 'object' ? (node.children ?? []) : []
  if (!node || !first) return appendProperty(path, text, object, name, value)
  const isOnLines = text.slice(node.offset, first.offset).includes('\n')
  const between = isOnLines ? `${eolOf(text)}${indentOf(text, first.offset)}` : ' '
  return [{ path, span: { start: first.offset, end: first.offset }, text: `${propertyOf(name, value)},${between}` }]
}

/** JSON on one line, with blanks where people write them. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inlineJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const properties = Object.entries(value).map(([name, inner]) => propertyOf(name, inner))
  return properties.length > 0 ? `{ ${properties.join(', ')} }` : '{}'
}

const propertyOf = (name: string, value: unknown): string => `${JSON.stringify(name)}: ${inlineJson(value)}`

const nodeAt = (text: string, path: ManifestPath): Node | undefined => {
  const root = parseTree(text, [], { allowTrailingComma: true })
  return root && findNodeAtLocation(root, [...path] as JSONPath)
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** The blanks before the first character of the line that `offset` is in. */
const indentOf = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? ''
