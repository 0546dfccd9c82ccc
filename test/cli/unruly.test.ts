import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dist, folderWith, modeldriver } from './support.ts'

const data = { 'a.csv': 'n\n1\n2\n' }

test.each(['exit(0)', 'abort()', 'kill(process.pid)'])('process.%s in a feature fails that feature only', (call) => {
  const folder = folderWith({
    ...data,
    'a.features.ts': `export const ends = (n) => process.${call}\nexport const fine = (n) => n + 1\n`,
  })
  const { code, out, note } = modeldriver(folder, 'run', 'a.features.ts')
  expect(code).toBe(1)
  expect(out).toContain('fine')
  expect(note).toContain(
    `'ends' failed at row 1: it called process.${call.split('(')[0]}(); a feature gives a value and nothing else`,
  )
  expect(modeldriver(folder, 'run', 'a.features.ts', '--out', 'results').code).toBe(1)
  expect(existsSync(join(folder, 'results'))).toBe(false)
  const json = modeldriver(folder, 'run', 'a.features.ts', '--json')
  expect(json.code).toBe(1)
  expect(JSON.parse(json.out).models[0].features).toHaveLength(2)
})

test('process.exit while a file is loaded, and from a timer', () => {
  const loading = folderWith({ ...data, 'a.features.ts': 'process.exit(0)\nexport const f = (n) => n\n' })
  const loaded = modeldriver(loading, 'run', 'a.features.ts')
  expect(loaded.code).toBe(1)
  expect(loaded.note).toContain('a.features.ts:1:9 error a.features.ts cannot be loaded: it called process.exit()')
  const later = folderWith({
    ...data,
    'a.features.ts': 'export function f(n) {\n  setTimeout(() => process.exit(0), 0)\n  return n\n}\n',
  })
  const { code, out, note } = modeldriver(later, 'run', 'a.features.ts')
  expect(code).toBe(1)
  expect(out).toContain('2 rows of a.csv')
  expect(note).toContain('it called process.exit()')
})

test('what features print goes to stderr', () => {
  const folder = folderWith({
    ...data,
    'a.features.ts': "console.log('loading')\nexport function f(n) {\n  console.log('row', n)\n  return n\n}\n",
  })
  const { code, out, note } = modeldriver(folder, 'run', 'a.features.ts', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ models: [{ model: 'a', rows: 2 }] })
  expect(note).toBe("loading\nrow 1\nrow 2\n1 warning about 'f': 'modeldriver check a.features.ts' says more.\n")
})

test.each(["setTimeout(() => { throw new Error('later') })", "Promise.reject(new Error('later'))"])(
  '%s: one sentence, no stack, exit code 1',
  (start) => {
    const folder = folderWith({ ...data, 'a.features.ts': `export function f(n) {\n  ${start}\n  return n\n}\n` })
    const { code, out, note } = modeldriver(folder, 'run', 'a.features.ts', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ models: [{ rows: 2 }] })
    expect(note).toContain(
      'error A feature started something that failed after it had given its value: later. Features give their value at once, without timers and promises.\n',
    )
    expect(note).not.toMatch(/^ +at /m)
  },
)

test('a file that cannot be loaded is said once', () => {
  const folder = folderWith({
    ...data,
    'a.features.ts': 'throw new Error("no luck")\nexport const f = (n) => n\nexport const g = (n) => n\n',
  })
  const { code, note } = modeldriver(folder, 'run', 'a.features.ts')
  expect(code).toBe(1)
  expect(note).toBe('a.features.ts:1:7 error a.features.ts cannot be loaded: no luck\n')
  const [f, g] = JSON.parse(modeldriver(folder, 'run', 'a.features.ts', '--json').out).models[0].features
  expect([f.error.cause, g.error.cause]).toEqual([undefined, 'f'])
})

test.skipIf(process.platform !== 'linux')('--out where nothing can be written', () => {
  const folder = folderWith({ ...data, 'a.features.ts': 'export const f = (n) => n\n' })
  const says = (out: string) => modeldriver(folder, 'run', 'a.features.ts', '--out', out)
  expect(says('/proc/xyz')).toMatchObject({
    code: 2,
    note: 'Cannot write to /proc/xyz: a folder cannot be made there. What was there before is unchanged.\n',
  })
  expect(says('a.csv')).toMatchObject({
    code: 2,
    note: `Cannot write to ${join(folder, 'a.csv')}: it is a file, not a folder. What was there before is unchanged.\n`,
  })
})

test.skipIf(process.platform === 'win32')('a reader of the results that goes away early is no mistake', () => {
  const rows = Array.from({ length: 30_000 }, (_, row) => row).join('\n')
  const folder = folderWith({ 'a.csv': `n\n${rows}\n`, 'a.features.ts': 'export const f = (n) => n\n' })
  const command = `"${process.execPath}" "${join(dist, 'cli.js')}" run a.features.ts --rows 30000 | head -1`
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toContain('a · 30 000 rows')
  expect(stderr).toBe('')
})
