import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clone } from '../support/clone.ts'

// The settings of docs/editors.md against what they start and what they are for.

const page = readFileSync(join(clone, 'docs/editors.md'), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text)
const [neovim = '', enable = ''] = blocks('lua')
const helix = blocks('toml')

const texts = (list: string | undefined) => [...(list ?? '').matchAll(/["']([^"']*)["']/g)].map(([, text = '']) => text)
/** The list that a setting is given, in Lua's braces or TOML's brackets. */
const listOf = (settings: string, name: string) =>
  texts(new RegExp(`\\b${name} = [{[]([^}\\]]*)[}\\]]`).exec(settings)?.[1])

test('every editor starts the program of the server package, with options that it knows', () => {
  const { bin } = JSON.parse(readFileSync(join(clone, 'server/package.json'), 'utf8')) as {
    bin: Record<string, string>
  }
  const [command = '', ...options] = listOf(neovim, 'cmd')
  expect(command in bin).toBe(true)
  expect([...texts(/^command = (.*)$/m.exec(helix[0] ?? '')?.[1]), ...listOf(helix[0] ?? '', 'args')]).toEqual([
    command,
    ...options,
  ])
  const program = join(clone, 'server', bin[command] ?? '')
  const run = (...more: readonly string[]) =>
    spawnSync(process.execPath, [program, ...options, ...more], { encoding: 'utf8', input: '' })
  expect(run('--version').status).toBe(0)
  expect(run('--nothing').stderr).toContain("'--nothing' is not an option.")
})

test('Neovim enables the file that the settings are in, for the file types of our files', () => {
  expect(page).toContain('`~/.config/nvim/lsp/modeldriver.lua`')
  expect(enable.trim()).toBe("vim.lsp.enable('modeldriver')")
  expect(listOf(neovim, 'filetypes')).toEqual(['typescript', 'javascript', 'json', 'jsonc'])
})

test('Neovim asks for the files that are ours and for no others', () => {
  // Lua's patterns of the page, as far as they are used there: %. is a dot, ? and [ ] and $ are as in JavaScript.
  const patterns = [...neovim.matchAll(/name:match\('([^']*)'\)/g)].map(
    ([, pattern = '']) => new RegExp(pattern.replaceAll('%.', '\\.')),
  )
  const isOurs = (name: string) => patterns.some((pattern) => pattern.test(name))
  const names = ['a.features.ts', 'a.features.mts', 'a.features.js', 'a.features.mjs', 'modeldriver.json']
  expect(names.filter((name) => !isOurs(`/p/${name}`))).toEqual([])
  expect(['/p/features.ts', '/p/a.ts', '/p/a.features.tsx', '/p/package.json'].filter(isOurs)).toEqual([])
})

test('Helix names every server that it is given', () => {
  const known = [...page.matchAll(/^\[language-server\.(.*)\]$/gm)].map(([, name]) => name)
  const builtIn = ['typescript-language-server', 'vscode-json-language-server']
  const used = helix.flatMap((settings) =>
    [...settings.matchAll(/^language-servers = \[(.*)\]$/gm)].flatMap(([, list]) => texts(list)),
  )
  expect(used.length).toBeGreaterThan(6)
  expect(used.filter((name) => !known.includes(name) && !builtIn.includes(name))).toEqual([])
})
