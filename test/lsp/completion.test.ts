import { afterEach, expect, test } from 'vitest'
import type { CompletionItem, CompletionList } from 'vscode-languageserver'
import { serverFor } from './support/fixture.ts'
import type { Server, ServerOptions } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const sales = `
//- /sales.features.ts
// group_by: shop
export const turnover = (price) => price.sum() //#agg
export const size = (turnover) => turnover > 100
//- /sales.csv
shop,price,Unit Price
a,2,3
b,5,1
`

const start = async (options?: ServerOptions) => {
  server = await serverFor(sales, options)
  server.open('/sales.features.ts')
}

/** The completions behind `before`, which is somewhere in the open text. */
const complete = (before: string) => {
  const lines = server.text('/sales.features.ts').split('\n')
  const line = lines.findIndex((each) => each.includes(before))
  const position = { line, character: (lines[line]?.indexOf(before) ?? 0) + before.length }
  const textDocument = { uri: server.uri('/sales.features.ts') }
  return server.request<CompletionList | null>('textDocument/completion', { textDocument, position })
}

test('a list has one range for all; what is said of an item comes when it is asked for', async () => {
  await start()
  server.edit('/sales.features.ts', 'size = (turnover)', 'size = (pr, turnover)')
  const list = await complete('size = (pr')
  const at = (character: number) => ({ line: 2, character })
  expect(list?.itemDefaults).toEqual({
    editRange: { insert: { start: at(21), end: at(23) }, replace: { start: at(21), end: at(23) } },
  })
  expect(list?.items.map(({ label, textEditText }) => textEditText ?? label)).toEqual(['shop', 'price', 'Unit_Price'])
  const [, price] = list?.items ?? []
  expect(price).toMatchObject({ labelDetails: { detail: '  integer', description: 'sales.csv' } })
  expect(price?.documentation).toBeUndefined()
  const resolved = await server.request<CompletionItem>('completionItem/resolve', price ?? {})
  expect(resolved.documentation).toEqual({ kind: 'markdown', value: expect.stringContaining('`2`, `5`') })
})

test('an editor that can do little gets plain edits and plain text', async () => {
  await start({ capabilities: {} })
  const list = await complete('size = (')
  expect(list?.items[2]).toMatchObject({
    label: 'Unit Price',
    detail: 'integer · sales.csv',
    textEdit: {
      newText: 'Unit_Price',
      range: { start: { line: 2, character: 21 }, end: { line: 2, character: 21 } },
    },
  })
  const resolved = await server.request<CompletionItem>('completionItem/resolve', list?.items[1] ?? {})
  expect(resolved.documentation).toEqual({ kind: 'plaintext', value: expect.stringContaining('2, 5') })
})

test('the text that was typed last counts, and a body is left to TypeScript', async () => {
  await start()
  server.edit('/sales.features.ts', 'export const size', 'export function share(price, \n\nexport const size')
  expect((await complete('share(price, '))?.items.map(({ label }) => label)).toEqual([
    'shop',
    'Unit Price',
    'turnover',
    'size',
  ])
  expect(await complete('=> tur')).toBeNull()
})
