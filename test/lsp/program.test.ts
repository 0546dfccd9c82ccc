import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clone } from '../support/clone.ts'
import { serverFor } from './support/fixture.ts'

// What other editors start (docs/editors.md); it needs the built dist/.

const program = join(clone, 'server/bin/modeldriver-language-server.mjs')
const { version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')) as { version: string }

test('started from another folder it serves over stdio, and ends with the editor', async () => {
  const server = await serverFor(
    `
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    export const net = (gros) => gros
    //- /m.csv
    gross
    1
  `,
    { program },
  )
  await server.until(() => server.problems('/a.features.ts').length > 0)
  expect(server.problems('/a.features.ts')[0]).toMatch(/^MD001 'gros' .*Did you mean 'gross'\?/)
  server.open('/a.features.ts')
  server.edit('/a.features.ts', '(gros) => gros', '(gross) => gross')
  await server.until(() => server.problems('/a.features.ts').length === 0)
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: tmpdir(),
    encoding: 'utf8',
    input: '',
  })
  return { code: status, out: stdout, error: stderr }
}

test('its version and its help', () => {
  expect(run('--version')).toEqual({ code: 0, out: `${version}\n`, error: '' })
  expect(run('--help')).toEqual({
    code: 0,
    out: expect.stringContaining('Usage: modeldriver-language-server --stdio'),
    error: '',
  })
})

test.each([
  [[], 'It talks to an editor, which starts it with --stdio.'],
  [['--port', '4000'], "'--port' is not an option."],
  [['--stdio', 'extra'], "'extra' is not an option."],
])('started with %j it says what is wrong', (args, reason) => {
  const hint = "'modeldriver-language-server --help' shows how it is started."
  expect(run(...args)).toEqual({ code: 2, out: '', error: `${reason}\n${hint}\n` })
})

test('an editor that goes away without a word ends it', () => {
  expect(run('--stdio').code).toBe(1)
})
