import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serverFor } from './support/fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'modeldriver-hook-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a line for each load of the ts-morph bundle. */
const hook = join(folder, 'hook.cjs')
writeFileSync(
  hook,
  `const Module = require('node:module')
  const load = Module._load
  Module._load = function (request, ...rest) {
    if (/ts-morph/.test(request)) process.stderr.write('loads ts-morph\\n')
    return load.call(this, request, ...rest)
  }`,
)

const files = `
  //- /a.features.ts
  export const b = (cost) => cost
  //- /a.csv
  cost
  1
`

test('initialize is answered before ts-morph is loaded; a folder of the workspace or the first feature file loads it', async () => {
  const nodeArguments = ['--require', hook]
  const idle = await serverFor(files, { nodeArguments, folders: [] })
  expect(idle.initialized.serverInfo).toEqual({ name: 'modeldriver' })
  expect(idle.initialized.capabilities).toMatchObject({
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
  })
  // Of these the editor asks one provider only, or shows a second set: they are TypeScript's.
  const left = [
    'documentSymbolProvider',
    'semanticTokensProvider',
    'documentFormattingProvider',
    'foldingRangeProvider',
  ]
  expect(Object.keys(idle.initialized.capabilities).filter((name) => left.includes(name))).toEqual([])
  expect(await idle.stop()).toBe(0)
  expect(idle.errors()).toBe('')

  const single = await serverFor(files, { nodeArguments, folders: [] })
  single.open('/a.features.ts')
  await single.settled('/a.features.ts')
  expect(await single.stop()).toBe(0)
  expect(single.errors()).toBe('loads ts-morph\n')

  const workspace = await serverFor(files.replace('b = (cost)', 'b = (cots)'), { nodeArguments })
  await workspace.until(() => workspace.problems('/a.features.ts').length === 1)
  expect(await workspace.stop()).toBe(0)
  expect(workspace.errors()).toBe('loads ts-morph\n')
})
