import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver, root } from './support.ts'

const retail = join(root, 'samples/retail')
const property = join(root, 'samples/property/property.features.ts')

test.skipIf(!existsSync(join(retail, 'modeldriver.json')))('retail: checked, run, and broken by one letter', () => {
  expect(modeldriver(root, 'check', 'samples/retail').out).toMatch(/^No problems in \d+ features of 3 models\.\n$/)
  const run = modeldriver(root, 'run', 'samples/retail')
  expect(run).toMatchObject({ code: 0, note: '' })
  expect(run.out).toContain('daily · per ')

  const copy = folderWith({})
  cpSync(retail, copy, { recursive: true })
  const file = readdirSync(copy).find((name) => name.startsWith('daily') && name.endsWith('.features.ts')) as string
  const text = readFileSync(join(copy, file), 'utf8')
  const [, column = ''] = /export (?:const \w+ = |function \w+)\((\w+)/.exec(text) ?? []
  writeFileSync(join(copy, file), text.replace(`(${column}`, `(${column}x`))
  const broken = modeldriver(copy, 'check')
  expect(broken.code).toBe(1)
  expect(broken.out).toContain(`'${column}'`)
})

test.skipIf(!existsSync(property))('property: a feature file beside its data', () => {
  expect(modeldriver(root, 'check', 'samples/property').out).toMatch(/^No problems in \d+ features of 1 model\.\n$/)
  expect(modeldriver(root, 'run', 'samples/property/property.features.ts')).toMatchObject({ code: 0, note: '' })
})
