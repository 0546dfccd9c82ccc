import { afterEach, expect, test } from 'vitest'
import type { CodeLens, Hover, Location, PublishDiagnosticsParams } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

// A feature file that was never saved: the editor has its text and the place where it will be (`untitled:/…`).

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const text = `// group_by: pin
export const margin = (revenue, csot) => revenue - csot
export const total = (revenue) => revenue.sum() //#agg
`
const data = `
//- /shop.csv
pin,revenue,cost
A,1,2
`

/** Opens the text without a file beside the data, and gives its address. */
function openUnsaved(): string {
  const uri = server.uri('/shop.features.ts').replace('file://', 'untitled:')
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version: 1, text } })
  return uri
}

/** What was last said of an address; undefined: never anything. */
function codesAt(uri: string): readonly unknown[] | undefined {
  const said = server.notifications.flatMap(({ method, params }) => {
    const found = params as PublishDiagnosticsParams
    return method === 'textDocument/publishDiagnostics' && found.uri === uri ? [found] : []
  })
  return said.at(-1)?.diagnostics.map(({ code }) => code)
}

test('is checked against the data beside it, and answered, under its own address', async () => {
  server = await serverFor(data)
  const uri = openUnsaved()
  await server.until(() => codesAt(uri) !== undefined)
  expect(codesAt(uri)).toEqual(['MD001'])
  const at = (search: string) => ({
    textDocument: { uri },
    position: TextDocument.create(uri, '', 0, text).positionAt(text.indexOf(search)),
  })
  const lenses = await server.request<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })
  expect(lenses.map(({ command }) => command?.title)).toContain('per pin · #agg')
  expect(new Set(lenses.map(({ command }) => command?.arguments?.[0]))).toEqual(new Set([uri]))
  const hover = await server.request<Hover>('textDocument/hover', at('revenue.sum'))
  expect(JSON.stringify(hover.contents)).toContain('shop.csv')
  const places = await server.request<readonly Location[]>('textDocument/references', {
    ...at('margin'),
    context: { includeDeclaration: true },
  })
  expect(places.map((place) => place.uri)).toEqual([uri])
  const target = await server.request<{ model: string }>('modeldriver/target', { uri })
  expect(target.model).toBe('shop')
})

test('follows what is typed; closed, nothing is said of it any more', async () => {
  server = await serverFor(data)
  const uri = openUnsaved()
  await server.until(() => codesAt(uri)?.length === 1)
  const mended = [{ text: text.replaceAll('csot', 'cost') }]
  server.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: mended })
  await server.until(() => codesAt(uri)?.length === 0)
  server.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text }] })
  await server.until(() => codesAt(uri)?.length === 1)
  server.notify('textDocument/didClose', { textDocument: { uri } })
  await server.until(() => codesAt(uri)?.length === 0)
})

test('saved, its problems are said of the file and no more of the text that it was', async () => {
  server = await serverFor(data)
  const uri = openUnsaved()
  await server.until(() => codesAt(uri)?.length === 1)
  server.write('/shop.features.ts', text)
  server.open('/shop.features.ts')
  server.notify('textDocument/didClose', { textDocument: { uri } })
  await server.until(() => codesAt(uri)?.length === 0 && server.problems('/shop.features.ts').length === 1)
})
