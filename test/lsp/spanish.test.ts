import { afterEach, expect, test } from 'vitest'
import type { CodeAction, CodeLens, Hover, InlayHint } from 'vscode-languageserver'
import { salesPipeline, serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const path = '/sales.features.ts'
const titles = async () => {
  const lenses = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri(path) } })
  return lenses.map(({ command }) => command?.title)
}

test('in a Spanish editor lenses, hints, hovers and repairs are Spanish; problems are what they are everywhere', async () => {
  server = await serverFor(salesPipeline, { locale: 'es-MX' })
  const textDocument = { uri: server.uri(path) }
  server.open(path)
  expect(await titles()).toEqual([
    '▶ Ejecutar',
    'fila · un valor por fila',
    '2 entradas: price, quantity',
    'usada por 1',
    '▶ Ejecutar',
    'por shop · #agg',
    '1 entrada: revenue',
    'usada por 1',
  ])
  const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } }
  const hints = await server.request<InlayHint[]>('textDocument/inlayHint', { textDocument, range })
  expect(hints.map(({ label }) => label)).toContain(' → grupo')
  const hover = await server.request<Hover>('textDocument/hover', {
    textDocument,
    position: { line: 1, character: 25 },
  })
  expect(hover.contents).toMatchObject({
    value: expect.stringContaining(
      '**price** · entero · columna de sales.csv\n\n`2`, `5`\n\n2 filas: de 2 a 5 · ninguno falta',
    ),
  })

  server.edit(path, 'price, quantity', 'pric, quantity')
  await server.settled(path)
  const [diagnostic] = server.diagnostics(path)
  expect(diagnostic?.message).toMatch(/^No column or feature is named 'pric'/)
  const offered = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: diagnostic?.range,
    context: { diagnostics: [diagnostic] },
  })
  expect(offered.map(({ title }) => title)).toEqual(expect.arrayContaining(["Cambiar a 'price'", 'Ignorar MD001 aquí']))
})

test.each(['de', undefined])('where there are no words for the language (%s) they are English', async (locale) => {
  server = await serverFor(salesPipeline, locale === undefined ? {} : { locale })
  server.open(path)
  expect((await titles()).slice(0, 2)).toEqual(['▶ Run', 'row · one value per row'])
})
