import type { RenameResult } from '@modeldriver/protocol'
import { afterEach, expect, test } from 'vitest'
import type { PrepareRenameResult, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
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
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs", "outputs": ["size"] }
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
b,5,1
`

const at = (path: string, text: string) => ({
  textDocument: { uri: server.uri(path) },
  position: TextDocument.create('', '', 0, server.text(path)).positionAt(server.text(path).indexOf(text)),
})

const rename = (path: string, text: string, newName: string) =>
  server.request<WorkspaceEdit | null>('textDocument/rename', { ...at(path, text), newName })

/** Does in the editor what an answer says: all files are open. */
function apply(edits: Readonly<Record<string, readonly TextEdit[]>>): void {
  for (const path of ['/modeldriver.json', '/sales.features.ts', '/score.features.ts']) {
    const own = edits[server.uri(path)] ?? []
    const before = TextDocument.create('', '', 0, server.text(path))
    const after = TextDocument.applyEdits(before, [...own])
    server.replace(path, 0, before.getText().length, after)
  }
}

test('a feature is renamed from a parameter of a later model, and nothing is wrong afterwards', async () => {
  server = await serverFor(chain, { capabilities: {} })
  for (const path of ['/modeldriver.json', '/sales.features.ts', '/score.features.ts']) server.open(path)
  const prepared = await server.request<PrepareRenameResult>(
    'textDocument/prepareRename',
    at('/score.features.ts', 'turnover)'),
  )
  expect(prepared).toEqual({
    range: { start: { line: 0, character: 21 }, end: { line: 0, character: 29 } },
    placeholder: 'turnover',
  })

  const edit = await rename('/score.features.ts', 'turnover)', 'takings')
  apply(edit?.changes ?? {})
  expect(server.text('/sales.features.ts')).toContain('export const takings = (revenue)')
  expect(server.text('/score.features.ts')).toContain('(takings) => (takings > 100')
  await server.settled('/score.features.ts')
  for (const path of ['/modeldriver.json', '/sales.features.ts', '/score.features.ts'])
    expect(server.problems(path)).toEqual([])
})

test('what is not ours is answered with nothing', async () => {
  server = await serverFor(chain)
  server.open('/score.features.ts')
  expect(await server.request('textDocument/prepareRename', at('/score.features.ts', "'large'"))).toBeNull()
  expect(await rename('/score.features.ts', "'large'", 'x')).toBeNull()
})

test('what cannot be is refused with a sentence', async () => {
  server = await serverFor(chain)
  server.open('/sales.features.ts')
  const refusal = "'quantity' is already a column of model 'sales' (from sales.csv (3 columns)). Choose another name."
  await expect(rename('/sales.features.ts', 'turnover', 'quantity')).rejects.toThrow(refusal)
  const params = { ...at('/sales.features.ts', 'turnover'), newName: 'quantity' }
  expect(await server.request('modeldriver/rename', params)).toEqual({ kind: 'refused', message: refusal })
  expect(server.notifications.filter(({ method }) => method === 'window/logMessage')).toEqual([])
})

test('an editor that knows notes is asked to confirm an alias for a column of the data', async () => {
  server = await serverFor(chain, {
    capabilities: { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } },
  })
  server.open('/sales.features.ts')
  const edit = await rename('/sales.features.ts', 'price, quantity)', 'unit_price')
  expect(edit?.changeAnnotations).toEqual({
    confirm: {
      label:
        "Read column 'price' as 'unit_price'. sales.csv is not changed: modeldriver.json says from now on under which name its column 'price' is read.",
      needsConfirmation: true,
    },
  })
  const lastEntry = server.text('/modeldriver.json').split('\n')[2] ?? ''
  const behind = { line: 2, character: lastEntry.indexOf(' },') }
  expect(edit?.documentChanges).toContainEqual({
    textDocument: { uri: server.uri('/modeldriver.json'), version: null },
    edits: [
      {
        annotationId: 'confirm',
        newText: ', "columns": { "unit_price": { "from": "price" } }',
        range: { start: behind, end: behind },
      },
    ],
  })
  expect(edit?.documentChanges).toContainEqual(
    expect.objectContaining({ textDocument: { uri: server.uri('/sales.features.ts'), version: 1 } }),
  )
})

test('our own client is told what to confirm, and where functions are that others may use', async () => {
  server = await serverFor(chain)
  server.open('/sales.features.ts')
  const ask = (text: string, newName: string) =>
    server.request<RenameResult>('modeldriver/rename', { ...at('/sales.features.ts', text), newName })
  expect(await ask('price, quantity)', 'unit_price')).toMatchObject({
    kind: 'edits',
    alias: { title: "Read column 'price' as 'unit_price'" },
    functions: [],
  })
  expect(await ask('revenue)', 'income')).toMatchObject({
    functions: [
      {
        uri: server.uri('/sales.features.ts'),
        range: { start: { line: 0, character: 13 }, end: { line: 0, character: 20 } },
        newName: 'income',
      },
    ],
  })
})
