import { findNodeAtOffset, type JSONPath, modify, type Node } from 'jsonc-parser'
import type { TextEdit } from '../ir/edit.ts'
import { appendProperty, inlineJson } from './manifestInsert.ts'
import { type ManifestPath, nodeAt, treeOf } from './manifestPlaces.ts'

// Changes of the text of modeldriver.json that keep everything around them: comments, lines, the form of the rest.

/** Sets, adds or (undefined) removes a value. An index of -1 adds to the end of a list. */
export function setInManifest(path: string, text: string, at: ManifestPath, value: unknown): readonly TextEdit[] {
  const there = nodeAt(text, at)
  const name = at.at(-1)
  if (!there && value !== undefined && name !== undefined) {
    const around = at.slice(0, -1)
    return typeof name === 'number'
      ? appendEntry(path, text, around, value)
      : appendProperty(path, text, around, name, value)
  }
  const span = there && { start: there.offset, end: there.offset + there.length }
  if (span && value !== undefined && !text.slice(span.start, span.end).includes('\n'))
    return [{ path, span, text: inlineJson(value) }]
  const [, indent = '  '] = /\n([ \t]+)"/.exec(text) ?? []
  const isTab = indent.startsWith('\t')
  const formattingOptions = { insertSpaces: !isTab, tabSize: isTab ? 1 : indent.length, eol: lineEnd(text) }
  return modify(text, [...at] as JSONPath, value, { formattingOptions }).map(({ offset, length, content }) => ({
    path,
    span: { start: offset, end: offset + length },
    text: content,
  }))
}

/** A new entry behind the others of a list, which is made when it is not there: on their line, or on a line of its own. */
function appendEntry(path: string, text: string, list: ManifestPath, value: unknown): readonly TextEdit[] {
  const node = nodeAt(text, list)
  if (!node) return setInManifest(path, text, list, [value])
  const insert = (at: number, added: string): TextEdit => ({ path, span: { start: at, end: at }, text: added })
  const written = inlineJson(value)
  const [first] = node.children ?? []
  const last = node.children?.at(-1)
  if (!first || !last)
    return [{ path, span: { start: node.offset, end: node.offset + node.length }, text: `[${written}]` }]
  const end = last.offset + last.length
  if (!text.slice(node.offset, first.offset).includes('\n')) return [insert(end, `, ${written}`)]
  // A comment beside the last entry stays with it.
  const [rest = '', comma] = /^(,)?(?:[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/))?/.exec(text.slice(end)) ?? []
  const line = `${lineEnd(text)}${blanksBefore(text, last.offset)}${written}${comma ?? ''}`
  if (rest === '') return [insert(end, `,${line}`)]
  return [...(comma === undefined ? [insert(end, ',')] : []), insert(end + rest.length, line)]
}

/** The blanks before the first thing of the line in which something stands. */
function blanksBefore(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}

const lineEnd = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

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
