import { findNodeAtLocation, getLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser'
import type { Span } from '../ir/span.ts'

// Where things stand in the text of modeldriver.json.

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

let last: { readonly text: string; readonly root: Node | undefined } | undefined

/** The tree of a text; of the last one it is kept. */
export function treeOf(text: string): Node | undefined {
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
