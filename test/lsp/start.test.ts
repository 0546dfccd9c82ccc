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
  export const b = (c) => c
  //- /a.csv
  c
  1
`

test('initialize is answered before ts-morph is loaded; the first feature file loads it', async () => {
  const idle = await serverFor(files, { nodeArguments: ['--require', hook] })
  expect(idle.initialized.capabilities).toEqual({
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    definitionProvider: true,
    codeLensProvider: { resolveProvider: false },
  })
  expect(await idle.stop()).toBe(0)
  expect(idle.errors()).toBe('')

  const busy = await serverFor(files, { nodeArguments: ['--require', hook] })
  busy.open('/a.features.ts')
  await busy.settled('/a.features.ts')
  expect(await busy.stop()).toBe(0)
  expect(busy.errors()).toBe('loads ts-morph\n')
})
