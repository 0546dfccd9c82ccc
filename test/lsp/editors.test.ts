import { afterEach, expect, test } from 'vitest'
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Hover,
  WorkspaceEdit,
} from 'vscode-languageserver'
import { serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

// What other editors say of themselves, as far as it matters here, and what they get.

const helix: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
  workspace: {
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: false },
  },
  textDocument: {
    completion: {
      completionItem: { snippetSupport: true, insertReplaceSupport: true, deprecatedSupport: true },
    },
    hover: { contentFormat: ['markdown'] },
    rename: { dynamicRegistration: false, prepareSupport: true },
    publishDiagnostics: { versionSupport: true },
  },
}

const neovim: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: false, didSave: true },
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
      },
      completionList: { itemDefaults: ['editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
}

const shop = `
//- /shop.features.ts
// group_by: pin
/* 𝒙 */ export const margin = (revenue, csot) => revenue - csot
export const total = (revenue) => revenue.sum() //#agg
//- /shop.csv
pin,revenue,cost,Unit Price
A,100,60,1
B,80,20,2
`

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const path = '/shop.features.ts'
const ask = <T>(method: string, marked: string, more: object = {}) => {
  const text = server.text(path)
  const before = text.slice(0, text.indexOf(marked.replace('|', '')) + marked.indexOf('|')).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  return server.request<T>(method, {
    textDocument: { uri: server.uri(path) },
    position,
    range: { start: position, end: position },
    ...more,
  })
}

test.each<[string, ClientCapabilities]>([
  ['an editor that says nothing of itself', {}],
  ['Helix', helix],
  ['Neovim', neovim],
])('%s, with a single file and no folder', async (_, capabilities) => {
  server = await serverFor(shop, { capabilities, folders: [], initializationOptions: null })
  expect(server.initialized.capabilities.positionEncoding ?? 'utf-16').toBe('utf-16')
  server.open(path)
  await server.settled(path)
  expect(server.problems(path)).toEqual([expect.stringMatching(/^MD001 'csot' .*Did you mean 'cost'\?/)])

  const { hover: hovers, completion } = capabilities.textDocument ?? {}
  const isMarkdown = hovers?.contentFormat?.includes('markdown')
  const hover = await ask<Hover>('textDocument/hover', 'margin = (reve|nue')
  expect(hover.contents).toEqual({
    kind: isMarkdown ? 'markdown' : 'plaintext',
    value: expect.stringContaining(`${isMarkdown ? '**revenue**' : 'revenue'} · integer · column of shop.csv`),
  })
  expect(JSON.stringify(hover)).not.toContain('command:')

  const list = await ask<CompletionList>('textDocument/completion', 'total = (|revenue')
  const item = list.items.find(({ label }) => label === 'Unit Price')
  const at = { line: 2, character: 22 }
  const range = { start: at, end: at }
  const edit = item?.textEdit ?? { newText: item?.textEditText, range: list.itemDefaults?.editRange }
  expect(edit).toEqual(
    completion?.completionItem?.insertReplaceSupport
      ? { newText: 'Unit_Price', insert: range, replace: { start: at, end: { line: 2, character: 29 } } }
      : { newText: 'Unit_Price', range },
  )
  expect(list.items.every(({ insertTextFormat }) => insertTextFormat === undefined)).toBe(true)
  const { documentation } = await server.request<CompletionItem>('completionItem/resolve', item ?? {})
  expect(documentation).toMatchObject({
    kind: completion?.completionItem?.documentationFormat?.includes('markdown') ? 'markdown' : 'plaintext',
  })

  const lenses = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri(path) } })
  expect(new Set(lenses.map(({ command }) => command?.command))).toEqual(new Set(['']))
  const [fix] = await ask<CodeAction[]>('textDocument/codeAction', 'cs|ot', { context: { diagnostics: [] } })
  const renamed = await ask<WorkspaceEdit>('textDocument/rename', 'to|tal', { newName: 'turnover' })
  for (const change of [fix?.edit, renamed]) {
    const isVersioned = capabilities.workspace?.workspaceEdit?.documentChanges === true
    expect(Object.keys(change ?? {})).toEqual([isVersioned ? 'documentChanges' : 'changes'])
  }
})
