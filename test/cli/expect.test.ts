import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

const files = {
  'sales.csv': 'shop,price\na,1\nb,2\n',
  'sales.features.ts':
    '// group_by: shop\nexport function double(price) { return price * 2 }\nexport function total(price) { return price.sum() }\n',
  'sales.expect.json': `{
  "expectations": [
    { "name": "two shops", "model": "sales", "rows": [{ "shop": "x", "price": 3 }, { "shop": "y", "price": 4 }],
      "expect": { "rows": [{ "double": 6 }, { "double": 8 }], "groups": [{ "shop": "x", "total": 3 }, { "shop": "y", "total": 4 }] } },
    { "name": "a missing price", "model": "sales", "rows": [{ "shop": "x", "price": null }],
      "expect": { "rows": [{ "double": null }] } }
  ]
}
`,
}

test('expectations are computed; exit code 1 when one is not met, with what is otherwise', () => {
  const folder = folderWith(files)
  const met = modeldriver(folder, 'test')
  expect(met).toMatchObject({ code: 0, note: '' })
  expect(met.out).toContain('2 of 2 expectations met.')
  const features = join(folder, 'sales.features.ts')
  writeFileSync(features, readFileSync(features, 'utf8').replace('price * 2', 'price * 3'))
  const { code, out } = modeldriver(folder, 'test', 'sales.expect.json')
  expect(code).toBe(1)
  expect(out).toContain(
    'NOT MET two shops\n            double of row 1: expected 6, is 9\n            double of row 2: expected 8, is 12\n',
  )
  expect(out).toContain('met     a missing price')
  expect(out).toContain('1 of 2 expectations met.')
})

test.each([
  [{ 'a.txt': '' }, '.', 'written by hand it is { "expectations": [ { "name"'],
  [{ 'a.txt': '' }, 'b', "There is no 'b'."],
  [{ 'a.txt': '' }, 'a.txt', "'a.txt' is no file of expectations"],
  [{ ...files, 'sales.expect.json': '{' }, '.', 'sales.expect.json is not valid JSON'],
  [{ 'sales.expect.json': '{"expectations": []}' }, '.', 'No model is known for'],
])('%#: a wrong path or file is told, with exit code 2', (content, path, words) => {
  const { code, note } = modeldriver(folderWith(content as unknown as Record<string, string>), 'test', path)
  expect(note).toContain(words)
  expect(note).not.toContain('ModelDriver itself failed')
  expect(code).toBe(2)
})
