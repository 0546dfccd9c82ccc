import { afterEach, expect, test } from 'vitest'
import type { CodeAction } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serverFor } from './support/fixture.ts'
import { defaultCapabilities, type Server } from './support/server.ts'

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

test('a problem can be ignored where it is: the reason is typed over, and then the problem is gone', async () => {
  const workspace = { workspaceEdit: { documentChanges: true, snippetEditSupport: true } }
  server = await serverFor(shop, { capabilities: { workspace } })
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  const ignore = (await actions('/shop.features.ts', 'revenu,')).find(({ title }) => title === 'Ignore MD001 here')
  expect(ignore?.edit?.documentChanges).toMatchObject([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet
    { edits: [{ snippet: { kind: 'snippet', value: '// md-ignore MD001: because ${1:…}\n' } }] },
  ])
  server.edit('/shop.features.ts', 'export function share', '// md-ignore MD001: because …\nexport function share')
  await server.settled('/shop.features.ts')
  expect(
    server
      .problems('/shop.features.ts')
      .map((line) => line.slice(0, 5))
      .sort(),
  ).toEqual(['MD001', 'MD035'])
  server.edit('/shop.features.ts', '…', 'it comes next year')
  await server.settled('/shop.features.ts')
  expect(server.problems('/shop.features.ts')).toEqual([])
})

test('the manifest has repairs and the same way out', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [
      { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "group_by": "pim" } ] }
    //- /d.csv
    pin,x
    A,1
    //- /a.features.ts
    export const most = (x) => x.max()
  `)
  server.open('/modeldriver.json')
  server.open('/a.features.ts')
  await server.settled('/a.features.ts')
  const offered = await actions('/modeldriver.json', 'pim')
  expect(titles(offered)).toEqual(expect.arrayContaining(["Change to 'pin'", 'Ignore MD005 here']))
  server.apply(offered.find(({ title }) => title === "Change to 'pin'")?.edit)
  await server.settled('/a.features.ts')
  expect(server.problems('/modeldriver.json')).toEqual([])
})

test('a feature that takes Row asks our own editor for the types of it', async () => {
  server = await serverFor(shop)
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  const convert = (await actions('/shop.features.ts', 'revenue) {')).find(({ title }) => title.startsWith('Convert'))
  expect(convert).toMatchObject({
    title: 'Convert to { … }: Group',
    command: { command: 'modeldriver.generateTypes', arguments: [server.uri('/shop.features.ts'), true] },
  })
})

test('what TypeScript says of parameters without types has repairs here; each carries what it answers', async () => {
  server = await serverFor(shop)
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  const position = { line: 5, character: 22 }
  const untyped = {
    range: { start: position, end: { ...position, character: 29 } },
    code: 7006,
    source: 'ts',
    message: "Parameter 'revenue' implicitly has an 'any' type.",
  }
  const offered = await actions('/shop.features.ts', 'revenue) {', { diagnostics: [untyped] })
  const [config, types] = offered.filter(({ diagnostics }) => diagnostics?.[0]?.code === 7006)
  expect(config?.title).toBe('Make tsconfig.json, so that parameters need no types')
  // Files are made by our own client: an edit would leave them unsaved, and TypeScript would not see them.
  expect(config).toMatchObject({ command: { command: 'modeldriver.generateTypes' } })
  expect(config).not.toHaveProperty('edit')
  expect(types?.diagnostics).toEqual([untyped])
  server.apply(types?.edit)
  expect(server.text('/shop.features.ts')).toContain('total(revenue: Column<number>)')
})

test('a table function is converted when asked for; where it cannot be, editors that show reasons get one', async () => {
  const asked = (marked: string) =>
    actions('/shop.features.ts', marked, { only: ['refactor.rewrite.modeldriver.features'] })
  const fixture = `
//- /modeldriver.json
{ "models": [{ "model_name": "shop", "features": ["shop.features.ts"], "data": "shop.csv", "legacy_mode": true,
  "frames": { "clean": { "inputs": ["revenue", "cost"], "outputs": ["profit"] }, "drop": { "inputs": ["cost"], "outputs": ["some"] } } }] }
//- /shop.features.ts
export const clean = (table) => table.derive({ profit: (d) => d.revenue - d.cost })
export const drop = (table) => table.filter((d) => d.cost > 1).derive({ some: () => 1 })
//- /shop.csv
pin,revenue,cost
A,10,4
`
  server = await serverFor(fixture, {
    capabilities: {
      ...defaultCapabilities,
      textDocument: { ...defaultCapabilities.textDocument, codeAction: { disabledSupport: true } },
    },
  })
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  expect(await asked('drop')).toEqual([
    {
      title: 'Convert to features',
      kind: 'refactor.rewrite.modeldriver.features',
      disabled: { reason: "'drop' calls .filter(), which leaves rows out." },
    },
  ])
  server.open('/modeldriver.json')
  await server.settled('/modeldriver.json')
  const [convert, ...others] = await asked('clean')
  expect(others).toEqual([])
  server.apply(convert?.edit)
  await server.settled('/shop.features.ts')
  expect(server.text('/shop.features.ts')).toContain(
    'export const profit = (revenue, cost) => revenue - cost\nexport const drop',
  )
  expect(server.text('/modeldriver.json')).not.toContain('clean')
  expect(server.problems('/shop.features.ts')).toEqual([])
  await server.stop()

  server = await serverFor(fixture)
  server.open('/shop.features.ts')
  await server.settled('/shop.features.ts')
  expect(await asked('drop')).toEqual([])
})
