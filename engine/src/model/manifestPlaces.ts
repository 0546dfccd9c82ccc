import {
  findNodeAtLocation,
  findNodeAtOffset,
  getLocation,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser'
import type { TextEdit } from '../ir/edit.ts'
import type { Span } from '../ir/span.ts'

// Where things stand in the text of modeldriver.json, and how they are changed with everything around them kept.

/** Keys and indexes from the top: `['models', 0, 'outputs', 2]`. */
export type ManifestPath = readonly (string | number)[]

/** The entry of a model in `models`, found by the place of its name. */
export function pathOfModel(text: string, nameSpan: Span): ManifestPath {
  return getLocation(text, nameSpan.start).path.slice(0, 2)
}

/** The place of a value; texts without their quotes. */
export function valueAt(text: string, path: ManifestPath): Span | undefined {
  const node = nodeAt(text, path)
  return node && innerSpan(node)
}

/** The place of a property's name, without its quotes. */
export function keyAt(text: string, path: ManifestPath): Span | undefined {
  const [key] = nodeAt(text, path)?.parent?.children ?? []
  return key?.type === 'string' && typeof path.at(-1) === 'string' ? innerSpan(key) : undefined
}

/** Sets, adds or (undefined) removes a value; comments and the form of the rest stay as they are. */
export function setInManifest(path: string, text: string, at: ManifestPath, value: unknown): readonly TextEdit[] {
  const edit = value === undefined ? undefined : editInLine(text, at, value)
  if (edit) return [{ path, ...edit }]
  const formattingOptions = { ...indentationOf(text), eol: text.includes('\r\n') ? '\r\n' : '\n' }
  const isInsertion = typeof at.at(-1) === 'number' && nodeAt(text, at) === undefined
  return modify(text, [...at] as JSONPath, value, { formattingOptions, isArrayInsertion: isInsertion }).map(
    ({ offset, length, content }) => ({ path, span: { start: offset, end: offset + length }, text: content }),
  )
}

/** What is written in one line stays in one line: a value that is replaced, a new property or entry. */
function editInLine(text: string, at: ManifestPath, value: unknown): Omit<TextEdit, 'path'> | undefined {
  const before = nodeAt(text, at)
  if (before) {
    const span = { start: before.offset, end: before.offset + before.length }
    return text.slice(span.start, span.end).includes('\n') ? undefined : { span, text: inLine(value) }
  }
  const parent = at.length > 0 ? nodeAt(text, at.slice(0, -1)) : undefined
  if (!parent || (parent.type !== 'object' && parent.type !== 'array')) return undefined
  if (text.slice(parent.offset, parent.offset + parent.length).includes('\n')) return undefined
  const written = parent.type === 'array' ? inLine(value) : `${JSON.stringify(String(at.at(-1)))}: ${inLine(value)}`
  const last = parent.children?.at(-1)
  if (last) {
    const end = last.offset + last.length
    return { span: { start: end, end }, text: `, ${written}` }
  }
  const inside = { start: parent.offset + 1, end: parent.offset + parent.length - 1 }
  return { span: inside, text: parent.type === 'array' ? written : ` ${written} ` }
}

/** `{ "a": ["b", "c"] }`: JSON as people write it in one line. */
export function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inLine(each)}`)
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}'
}

function indentationOf(text: string): { readonly insertSpaces: boolean; readonly tabSize: number } {
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? []
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length }
}

let last: { readonly text: string; readonly root: Node | undefined } | undefined

function treeOf(text: string): Node | undefined {
  if (last?.text !== text) last = { text, root: parseTree(text, [], { allowTrailingComma: true }) }
  return last.root
}

export function nodeAt(text: string, path: ManifestPath): Node | undefined {
  const root = treeOf(text)
  return root && findNodeAtLocation(root, [...path] as JSONPath)
}

/** The place of a value in the tree; texts without their quotes. */
export const innerSpan = ({ type, offset, length }: Node): Span =>
  type === 'string' ? { start: offset + 1, end: offset + length - 1 } : { start: offset, end: offset + length }

/** Takes the property or the entry of a list away in which `offset` is, with the comma that belongs to it. */
export function removeAt(path: string, text: string, offset: number): readonly TextEdit[] {
  const root = treeOf(text)
  const inside = root && findNodeAtOffset(root, offset, true)
  const item = inside && itemOf(inside)
  const items = item?.parent?.children ?? []
  const at = item ? items.indexOf(item) : -1
  if (!item || at < 0) return []
  const next = items[at + 1]
  const before = items[at - 1]
  const end = item.offset + item.length
  const cut = (from: number, to: number) => [{ path, span: { start: from, end: to }, text: '' }]
  if (next) return cut(item.offset, next.offset)
  if (before) return cut(before.offset + before.length, end)
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0
  const blank = /^\s*(?=[\]}])/.exec(text.slice(end + comma))?.[0].length
  return blank === undefined
    ? cut(item.offset, end + comma)
    : cut(text.slice(0, item.offset).trimEnd().length, end + comma + blank)
}

/** The property around a key or a value, or the value itself when it stands in a list. */
function itemOf(node: Node): Node | undefined {
  if (node.type === 'property' || node.parent?.type === 'array') return node
  return node.parent?.type === 'property' ? node.parent : undefined
}
