import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { WorkspaceEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { clone } from '../support/clone.ts'
import { type Server, startServer } from './support/server.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.errors()).toBe('')
    expect(await server.stop()).toBe(0)
  }
})

/** The retail sample, of its data the head. */
const retail = new Map(
  [
    'modeldriver.json',
    'transactions.features.ts',
    'daily.features.ts',
    'customer_profile.features.ts',
    'data/transactions.csv',
  ].map((name) => {
    const text = readFileSync(join(clone, 'samples/retail', name), 'utf8')
    return [`/retail/${name}`, name.endsWith('.csv') ? text.split('\n').slice(0, 200).join('\n') : text]
  }),
)
const transactions = '/retail/transactions.features.ts'
const daily = '/retail/daily.features.ts'
const profile = '/retail/customer_profile.features.ts'

async function start(files: ReadonlyMap<string, string>): Promise<Server> {
  const server = await startServer(files)
  servers.push(server)
  return server
}

/** Found a moment later by the types, when nobody types. */
const later: ReadonlySet<unknown> = new Set(['MD019', 'MD027'])

/** What the server has said of every file at once, wherever the folder is. */
function said(server: Server, paths: Iterable<string>): Readonly<Record<string, unknown>> {
  const root = server.uri('/')
  const atOnce = (path: string) => server.diagnostics(path).filter(({ code }) => !later.has(code))
  const text = JSON.stringify(Object.fromEntries([...paths].map((path) => [path, atOnce(path)])))
  return JSON.parse(text.replaceAll(root, 'file:///').replaceAll(encodeURI(decodeURI(root)), 'file:///'))
}

/** Applies an edit as an editor does: to open texts as changes, to others on disk. Gives how to undo it. */
function apply(server: Server, edit: WorkspaceEdit, open: ReadonlySet<string>, paths: readonly string[]): () => void {
  const edits = new Map(Object.entries(edit.changes ?? {}))
  const changed = paths.filter((path) => edits.has(server.uri(path)))
  expect(changed).toHaveLength(edits.size)
  const set = (path: string, text: string) => {
    if (open.has(path)) server.replace(path, 0, server.text(path).length, text)
    else server.write(path, text)
  }
  const before = new Map(changed.map((path) => [path, server.text(path)]))
  for (const path of changed) {
    const document = TextDocument.create('', '', 0, server.text(path))
    set(path, TextDocument.applyEdits(document, edits.get(server.uri(path)) ?? []))
  }
  return () => {
    for (const [path, text] of before) set(path, text)
  }
}

const typed = `
/** Typed letter by letter, with a mistake that stays. */
export function net_share(net_revenue, revenu, hour) {
  if (hour > 12) return net_revenue / revenu
  return [net_revenue, "half a
}
export const nothing = (nothing) => nothing
`

test('a long session ends with what a fresh start says of the same files', async () => {
  const server = await start(retail)
  const open = new Set([transactions, daily])
  for (const path of open) server.open(path)
  await server.settled(daily)
  const clean = said(server, retail.keys())

  // 200 keystrokes at the end of an open file.
  expect(typed.length).toBeGreaterThanOrEqual(200)
  for (const [at, letter] of [...typed].entries()) {
    const end = server.text(transactions).length
    server.replace(transactions, end, end, letter)
    if (at % 3 === 0) await server.settled(transactions)
  }
  await server.settled(transactions)
  expect(server.problems(transactions).length).toBeGreaterThan(1)

  // A rename across the pipeline, and its undo.
  const at = TextDocument.create('', '', 0, server.text(transactions))
  const edit = await server.request<WorkspaceEdit>('textDocument/rename', {
    textDocument: { uri: server.uri(transactions) },
    position: at.positionAt(at.getText().indexOf('margin(net_revenue')),
    newName: 'gross_profit',
  })
  const undo = apply(server, edit, open, [...retail.keys()])
  await server.settled(transactions)
  undo()

  // A file moves away and comes back; another one is deleted and restored, a third one while it is open.
  server.move(profile, '/retail/old/profile.features.ts')
  await server.settled(daily)
  expect(server.problems('/retail/modeldriver.json').some((line) => line.startsWith('MD030'))).toBe(true)
  server.move('/retail/old/profile.features.ts', profile)
  server.write('/retail/data/transactions.csv', undefined)
  await server.settled(daily)
  expect(server.problems('/retail/modeldriver.json').some((line) => line.startsWith('MD026'))).toBe(true)
  server.write('/retail/data/transactions.csv', retail.get('/retail/data/transactions.csv'))
  server.close(daily)
  open.delete(daily)
  server.write(daily, undefined)
  await server.settled(transactions)
  server.write(daily, retail.get(daily))
  await server.settled(transactions)

  const files = new Map([...retail.keys()].map((path) => [path, server.text(path)]))
  expect(files.get(daily)).toBe(retail.get(daily))
  const fresh = await start(files)
  await fresh.settled(transactions)
  expect(said(server, files.keys())).toEqual(said(fresh, files.keys()))

  // And back at the beginning.
  server.replace(transactions, 0, server.text(transactions).length, retail.get(transactions) as string)
  await server.settled(transactions)
  expect(said(server, files.keys())).toEqual(clean)
})
