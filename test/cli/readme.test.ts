import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

/** What README.md tells a reader to type works as it stands there. */

const root = resolve(import.meta.dirname, '../..')
const cli = join(root, 'dist/cli.js')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const block = (start: string): string => {
  const found = [...readme.matchAll(/```\w*\n([\s\S]*?)```/g)].map((match) => match[1] as string)
  const text = found.find((candidate) => candidate.startsWith(start))
  if (text === undefined) throw new Error(`README.md has no block that starts with: ${start}`)
  return text
}

const folder = mkdtempSync(join(tmpdir(), 'modeldriver-readme-'))
const scripts = join(root, 'test-results', 'readme')
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(scripts, { recursive: true, force: true })
})

const printedBy = (name: string): string => {
  mkdirSync(scripts, { recursive: true })
  writeFileSync(join(scripts, name), block(`// ${name}`))
  return execFileSync(process.execPath, [join(scripts, name)], { cwd: root, encoding: 'utf8' })
}

test('the program', () => expect(printedBy('report.mjs')).toContain('day_revenue'))

test('features in code', () => {
  expect(printedBy('in-code.mjs')).toMatch(
    /\[ 'pin', 'revenue', 'cost' \] Model sales, per pin[\s\S]*total_profit[\s\S]*profit_per_area/,
  )
  const saved = join(root, 'test-results/profit.features.js')
  expect(readFileSync(saved, 'utf8')).toContain('export const total_profit = (profit) => profit.sum()')
  rmSync(saved)
})

const commands = block('npx modeldriver check')
  .split('\n')
  .filter((line) => line.startsWith('npx modeldriver '))
  .map((line) => line.replace(/\s+#.*$/, ''))

test('there are commands to try', () => expect(commands.length).toBeGreaterThan(6))

test.each(commands)('%s', (command) => {
  cpSync(join(root, 'samples'), join(folder, 'samples'), { recursive: true })
  const words = command.split(' ').slice(2)
  // Throws when the exit code is not 0.
  execFileSync(process.execPath, [cli, ...words], { cwd: folder, stdio: 'pipe' })
})

test('the features at the top', () => {
  const own = join(folder, 'top')
  mkdirSync(own)
  cpSync(join(root, 'samples/property/property.csv'), join(own, 'property.csv'))
  writeFileSync(join(own, 'property.features.ts'), block('// property.features.ts'))
  const printed = execFileSync(process.execPath, [cli, 'run', own], { encoding: 'utf8' })
  expect(printed).toContain('median_price')
  expect(printed).toContain('price_level')
  expect(checked(own)).toBe('No problems in 3 features of 1 model.\n')
})

test('the manifest of a pipeline', () => {
  const own = join(folder, 'pipeline')
  cpSync(join(root, 'samples/retail'), own, { recursive: true })
  rmSync(join(own, 'customer_profile.features.ts'))
  writeFileSync(join(own, 'modeldriver.json'), block('{\n  "client_name"'))
  expect(checked(join(own, 'modeldriver.json'))).toMatch(/^No problems in \d+ features of 2 models\.$/m)
})

const checked = (path: string) => execFileSync(process.execPath, [cli, 'check', path], { encoding: 'utf8' })
