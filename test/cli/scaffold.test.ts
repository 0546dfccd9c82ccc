import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

/** What TypeScript's own compiler says of a folder, with nothing installed there or above. */
function compiled(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: folder,
  })
  return stdout + stderr
}

const features = `// group_by: pin
import { type Column, round } from 'modeldriver'

export const net = (revenue, rate = 0.19) => round(revenue / (1 + rate), 2)
export const total = (net: Column) => net.sum()
export const share = ({ net, total }: Row) => net / total
`

test('what init writes is all that TypeScript needs', () => {
  const folder = folderWith({ 'orders.csv': 'pin,revenue\na,1\n', 'orders.features.ts': features })
  expect(modeldriver(folder, 'init').code).toBe(0)
  expect(compiled(folder)).toBe('')

  writeFileSync(
    join(folder, 'orders.features.ts'),
    features.replace('round(revenue', 'rond(revenue').replace('round }', 'rond }'),
  )
  expect(compiled(folder)).toMatch(/^orders\.features\.ts\(2,23\): error TS2724: .*'rond'.* Did you mean 'round'\?\n$/)
})

test('features written after init', () => {
  const folder = folderWith({ 'orders.csv': 'pin,revenue\na,1\n' })
  expect(modeldriver(folder, 'init').code).toBe(0)
  writeFileSync(join(folder, 'orders.features.ts'), features.replace('{ net, total }: Row', 'net, total'))
  expect(compiled(folder)).toBe('')
  expect(modeldriver(folder, 'types').code).toBe(0)
  writeFileSync(join(folder, 'orders.features.ts'), features)
  expect(compiled(folder)).toBe('')
})

test('init finds the header below titles, and says so', () => {
  const folder = folderWith({ 'sales.csv': 'Sales of the north\n\npin,revenue\na,1\nb,2\n' })
  expect(modeldriver(folder, 'init').note).toContain('sales.csv: the names of its columns stand in row 3, below')
  expect(readFileSync(join(folder, 'modeldriver.json'), 'utf8')).toContain('"header_row": 3')
  writeFileSync(join(folder, 'sales.features.ts'), 'export const double = (revenue) => revenue * 2\n')
  expect(modeldriver(folder, 'check')).toMatchObject({ code: 0, out: expect.not.stringContaining('MD') })
})
