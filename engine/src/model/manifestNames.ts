import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser'
import type { Span } from '../ir/span.ts'
import type { ManifestPath } from './manifestPlaces.ts'

/** Where a column or feature is named in a model's entry. */
export type ManifestRole =
  | 'group_by'
  | 'group_order'
  /** The feature or column that is given on. */
  | 'output'
  /** The name it is given on under, when that is written: `"net": "profit"`. */
  | 'output name'
  /** The name of an entry of `columns`. */
  | 'column'
  /** What the entry's column is called where it comes from. */
  | 'column source'
  | 'kind'
  | 'target'
  | 'join key'
  /** A column taken from the joined table; `from` is that table as written. */
  | 'join column'
  | 'frame column'

export interface ManifestName {
  /** Place of the model in the list of models. */
  readonly model: number
  readonly role: ManifestRole
  readonly name: string
  /** Without the quotes. */
  readonly span: Span
  /** The value or property that the name stands in. */
  readonly path: ManifestPath
  readonly from?: string
}

/** Every name of a column or feature in the text of a manifest, in the order of the text. Never throws. */
export function manifestNames(text: string): readonly ManifestName[] {
  const names = modelsIn(text).flatMap(namesOfModel)
  return [...names].sort((a, b) => a.span.start - b.span.start)
}

/** A text of a manifest that may be a path. */
export interface ManifestFile {
  readonly role: 'features' | 'data' | 'input' | 'join'
  readonly name: string
  /** Without the quotes. */
  readonly span: Span
}

/** What a manifest says of files: patterns of feature files, data, and inputs and joins, which may be tables of models instead. */
export function manifestPaths(text: string): readonly ManifestFile[] {
  return modelsIn(text).flatMap((node) => {
    const files = (role: ManifestFile['role'], path: ManifestPath): readonly ManifestFile[] =>
      find(node, path).map(({ name, span }) => ({ role, name, span }))
    const joins = findNodeAtLocation(node, ['joins'])?.children ?? []
    return [
      ...files('features', ['features']),
      ...files('data', ['data']),
      ...files('input', ['input']),
      ...joins.flatMap((_, index) => files('join', ['joins', index, 'from'])),
    ]
  })
}

function modelsIn(text: string): readonly Node[] {
  const root = parseTree(text, [], { allowTrailingComma: true })
  const models = root && findNodeAtLocation(root, ['models'])
  return models?.type === 'array' ? (models.children ?? []) : []
}

function namesOfModel(node: Node, model: number): readonly ManifestName[] {
  const at = (...path: readonly string[]): readonly Found[] => find(node, path)
  const name = (role: ManifestRole, found: readonly Found[], from?: string): readonly ManifestName[] =>
    found.map(({ name, span, path }) => ({
      model,
      role,
      name,
      span,
      path: ['models', model, ...path],
      ...(from !== undefined && { from }),
    }))
  const columns = keysOf(node, ['columns'])
  const joins = findNodeAtLocation(node, ['joins'])?.children ?? []
  return [
    ...name('group_by', at('group_by')),
    ...name('group_order', at('group_order')),
    ...name('output', at('outputs')),
    ...name('output name', keysOf(node, ['outputs'])),
    ...name('column', columns),
    ...name(
      'column source',
      columns.flatMap((column) => find(node, [...column.path, 'from'])),
    ),
    ...name('kind', keysOf(node, ['kinds'])),
    ...name('target', at('target')),
    ...joins.flatMap((_, index) => [
      ...name('join key', find(node, ['joins', index, 'on'])),
      ...name(
        'join column',
        find(node, ['joins', index, 'columns']),
        findNodeAtLocation(node, ['joins', index, 'from'])?.value,
      ),
    ]),
    ...keysOf(node, ['frames']).flatMap(({ path }) =>
      ['inputs', 'outputs'].flatMap((side) => name('frame column', find(node, [...path, side]))),
    ),
  ]
}

interface Found {
  readonly name: string
  readonly span: Span
  readonly path: ManifestPath
}

/** The texts at a place: one, those of a list, or the values of an object. */
function find(root: Node, path: ManifestPath): readonly Found[] {
  const node = findNodeAtLocation(root, [...path])
  if (node?.type === 'string') return [textOf(node, path)]
  if (node?.type === 'array')
    return (node.children ?? []).flatMap((item, index) =>
      item.type === 'string' ? [textOf(item, [...path, index])] : [],
    )
  return propertiesOf(node).flatMap(([key, value]) =>
    value?.type === 'string' ? [textOf(value, [...path, key.value])] : [],
  )
}

function keysOf(root: Node, path: ManifestPath): readonly Found[] {
  return propertiesOf(findNodeAtLocation(root, [...path])).map(([key]) => textOf(key, [...path, key.value]))
}

function propertiesOf(node: Node | undefined): readonly (readonly [Node, Node | undefined])[] {
  if (node?.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key ? [[key, value] as const] : []))
}

const textOf = ({ value, offset, length }: Node, path: ManifestPath): Found => ({
  name: value,
  span: { start: offset + 1, end: offset + length - 1 },
  path,
})
