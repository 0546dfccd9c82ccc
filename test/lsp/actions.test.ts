import { afterEach, expect, test } from 'vitest'
import type { CodeAction } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const shop = `
//- /shop.features.ts
// group_by: pin
export function share(revenu, total) {
  return revenu / total
}

export function total(revenue) { //#agg
  return revenue.sum()
}
//- /shop.csv
pin,revenue,cost
A,10,4
`

/** What the editor is offered at the first `marked` text of a file. */
async function actions(path: string, marked: string, context: object = {}): Promise<readonly CodeAction[]> {
  const document = TextDocument.create('', '', 0, server.text(path))
  const start = document.getText().indexOf(marked)
  const range = { start: document.positionAt(start), end: document.positionAt(start) }
  return server.request('textDocument/codeAction', {
    textDocument: { uri: server.uri(path) },
    range,
    context: { diagnostics: server.diagnostics(path), ...context },
  })
}

const titles = (all: readonly CodeAction[]) => all.map(({ title }) => title)

test('a repair carries the diagnostic it is for and the version of the text; once made, the diagnostic goes', async () => {
  server = await serverFor(shop)
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  const offered = await actions('/shop.features.ts', 'revenu,')
  const [change] = offered
  expect(change).toMatchObject({ title: "Change to 'revenue'", kind: 'quickfix', isPreferred: true })
  expect(change?.diagnostics).toEqual(server.diagnostics('/shop.features.ts'))
  expect(change?.edit?.documentChanges).toMatchObject([{ textDocument: { version: 1 } }])
  server.apply(change?.edit)
  await server.settled('/shop.features.ts')
  expect(server.problems('/shop.features.ts')).toEqual([])
})

test('repairs count in unsaved texts; elsewhere there are none', async () => {
  server = await serverFor(shop)
  server.open('/shop.features.ts')
  server.edit('/shop.features.ts', 'revenu, total', 'cots, total')
  expect(titles(await actions('/shop.features.ts', 'cots,'))).toContain("Change to 'cost'")
  expect(titles(await actions('/shop.features.ts', 'return revenu'))).toEqual(['Sort features by dependency'])
})

test('the head of a feature offers its other level, a parameter a default; the file its order when asked for', async () => {
  server = await serverFor(shop)
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  expect(titles(await actions('/shop.features.ts', 'revenue) {'))).toEqual(
    expect.arrayContaining(['Mark as #row', "Add default to 'revenue'", 'Sort features by dependency']),
  )
  const only = { only: ['source.modeldriver.sortFeatures'] }
  const [sort, ...others] = await actions('/shop.features.ts', 'revenue) {', only)
  expect(others).toEqual([])
  server.apply(sort?.edit)
  expect(server.text('/shop.features.ts').indexOf('function total')).toBeLessThan(
    server.text('/shop.features.ts').indexOf('function share'),
  )
  expect(await actions('/shop.features.ts', 'revenue) {', only)).toEqual([])
  expect(titles(await actions('/shop.features.ts', 'revenue) {', { triggerKind: 2 }))).not.toContain(
    'Sort features by dependency',
  )
})

test('an editor that knows no versions gets plain changes', async () => {
  server = await serverFor(shop, { capabilities: {} })
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  const [change] = await actions('/shop.features.ts', 'revenu,')
  expect(Object.keys(change?.edit?.changes ?? {})).toEqual([server.uri('/shop.features.ts')])
})
