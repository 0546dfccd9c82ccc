import { afterEach, expect, test } from 'vitest'
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentLink,
  Location,
  WorkspaceSymbol,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const chain = `
//- /modeldriver.json
{
  "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv", "group_by": "shop" },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs" }
  ]
}
//- /sales.features.ts
export const revenue = (price, quantity) => price * quantity
export const turnover = (revenue) => revenue.sum() //#agg
//- /score.features.ts
export const size = (turnover) => (turnover > 100 ? 'large' : 'small')
//- /sales.csv
shop,price,quantity
a,2,3
`

const document = (path: string) => TextDocument.create(server.uri(path), '', 0, server.text(path))

const at = (path: string, text: string) => ({
  textDocument: { uri: server.uri(path) },
  position: document(path).positionAt(server.text(path).indexOf(text)),
})

/** A place as the line that it is in. */
const shown = ({ uri, range }: Location) =>
  `${['/modeldriver.json', '/sales.features.ts', '/score.features.ts', '/sales.csv'].find((path) => server.uri(path) === uri)}:${range.start.line}`

test('definition, declaration, implementation and references of a parameter', async () => {
  server = await serverFor(chain)
  server.open('/score.features.ts')
  const place = at('/score.features.ts', 'turnover)')
  for (const method of ['definition', 'declaration', 'implementation'])
    expect(shown(await server.request<Location>(`textDocument/${method}`, place))).toBe('/sales.features.ts:1')
  const references = await server.request<Location[]>('textDocument/references', {
    ...place,
    context: { includeDeclaration: true },
  })
  expect(references.map(shown)).toEqual(['/sales.features.ts:1', '/score.features.ts:0'])
})

test('the manifest leads to columns and files', async () => {
  server = await serverFor(chain)
  server.open('/modeldriver.json')
  const key = await server.request<Location>('textDocument/definition', at('/modeldriver.json', 'shop"'))
  expect(shown(key)).toBe('/sales.csv:0')
  const links = await server.request<DocumentLink[]>('textDocument/documentLink', {
    textDocument: { uri: server.uri('/modeldriver.json') },
  })
  expect(links.map(({ range, target }) => [document('/modeldriver.json').getText(range), target])).toEqual([
    ['sales.features.ts', server.uri('/sales.features.ts')],
    ['sales.csv', server.uri('/sales.csv')],
    ['score.features.ts', server.uri('/score.features.ts')],
  ])
})

test('columns of the workspace are found by name, also while no file is open', async () => {
  server = await serverFor(chain)
  await server.settled('/modeldriver.json')
  const found = await server.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'pri' })
  expect(found).toEqual([
    {
      name: 'price',
      kind: 8,
      containerName: 'sales.csv',
      location: {
        uri: server.uri('/sales.csv'),
        range: { start: { line: 0, character: 5 }, end: { line: 0, character: 10 } },
      },
    },
  ])
})

test('call hierarchy follows the lineage through models, down to the header', async () => {
  server = await serverFor(chain)
  server.open('/score.features.ts')
  const prepare = (path: string, text: string) =>
    server.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(path, text))
  const outgoing = (item: CallHierarchyItem | undefined) =>
    server.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item })
  const [size] = await prepare('/score.features.ts', 'size')
  expect(size).toMatchObject({ name: 'size', kind: 12, detail: 'model score · row · one value per row' })
  const [turnover] = await outgoing(size)
  expect(turnover?.fromRanges).toEqual([{ start: { line: 0, character: 21 }, end: { line: 0, character: 29 } }])
  const [revenue] = await outgoing(turnover?.to)
  const columns = await outgoing(revenue?.to)
  expect(
    columns.map(({ to }) => `${to.name} ${to.detail} ${shown({ uri: to.uri, range: to.selectionRange })}`),
  ).toEqual(['price sales.csv · integer /sales.csv:0', 'quantity sales.csv · integer /sales.csv:0'])
  const readers = await server.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
    item: columns[0]?.to,
  })
  expect(readers.map(({ from }) => from.name)).toEqual(['revenue'])
  expect(await server.request('callHierarchy/outgoingCalls', { item: { ...size, data: 'something else' } })).toEqual([])
})
