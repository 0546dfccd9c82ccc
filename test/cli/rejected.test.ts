import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver } from './support.ts'

/** Of 40 orders one price is no number, one row has a cell too many; of the shops one size is none. */
const files = {
  'modeldriver.json': JSON.stringify({
    client_name: 'acme',
    models: [
      {
        model_name: 'sales',
        features: 'sales.features.ts',
        data: 'orders.csv',
        joins: [{ from: 'shops.csv', on: 'shop' }],
        columns: { price: 'number' },
      },
      { model_name: 'after', features: 'after.features.ts', input: 'sales.outputs' },
    ],
  }),
  'sales.features.ts': 'export const per_size = (price, size) => price / size\n',
  'after.features.ts': 'export const twice = (per_size) => per_size * 2\n',
  'orders.csv': `shop,price\n${'a,2\n'.repeat(38)}a,n/a\na,1,5\n`,
  'shops.csv': `shop,size\n${Array.from({ length: 30 }, (_, shop) => `s${shop},${shop}\n`).join('')}a,2\nz,big\n`,
}
const listed = `file,row,column,text,reason,kind
orders.csv,40,price,n/a,not a number,cell
orders.csv,41,"","a,1,5","has 3 cells, the header has 2",row
shops.csv,33,size,big,not a number,cell
`

test('what could not be read of a file and of those it is joined with is shown, and stands in the report and in a file', () => {
  const folder = folderWith(files)
  const shown = modeldriver(folder, 'run')
  expect(shown.code).toBe(0)
  expect(shown.out).toContain('3 unreadable cells or rows set aside')
  expect(shown.out).toContain('  price, line 40: "n/a" (not a number)\n')
  expect(shown.out).toContain('  shops.csv · size, line 33: "big" (not a number)\n')
  const report = JSON.parse(modeldriver(folder, 'run', '--json').out)
  expect(report.models[0]).toMatchObject({ rejected: [{ row: 40 }, { row: 41 }], joins: [{ rejected: [{ row: 33 }] }] })
  expect(modeldriver(folder, 'run', '--out', 'out', '--stages').code).toBe(0)
  const text = (path: string) => readFileSync(join(folder, 'out', path), 'utf8')
  expect(text('sales.rejected.csv')).toBe(listed)
  expect(text('acme/sales/01_preprocess/rejected.csv')).toBe(listed)
  expect(text('acme/after/01_preprocess/rejected.csv')).toBe('file,row,column,text,reason,kind\n')
})

test('what is set aside is said where results are written, whichever tables that are', () => {
  const folder = folderWith(files)
  const { code, note } = modeldriver(folder, 'run', '--out', 'out', '--tables', 'outputs')
  expect(code).toBe(0)
  expect(note).toContain(`2 rows of 40 (5 %) of orders.csv could not be read as a whole:
  price, line 40: "n/a" (not a number)
  line 41: "a,1,5" (has 3 cells, the header has 2)
1 row of 32 (3 %) of shops.csv could not be read as a whole:
  size, line 33: "big" (not a number)
`)
})

test('columns that nothing asks for are not read, and so not set aside, unless rows are written or counted', () => {
  const folder = folderWith({
    ...files,
    'modeldriver.json': files['modeldriver.json'].replace('"price":"number"', '"price":"number","note":"number"'),
    'orders.csv': files['orders.csv'].replace(/,/g, ',x,').replace('x', 'note'),
  })
  const ofSales = (...args: string[]) => {
    const [sales] = JSON.parse(modeldriver(folder, 'run', '--json', ...args).out).models
    return [sales.columns_read, sales.columns_not_read, sales.rejected.length]
  }
  expect(modeldriver(folder, 'run').out).toContain('of orders.csv (2 of its 3 columns)')
  expect(ofSales()).toEqual([2, 1, 2])
  expect(ofSales('--out', 'out', '--tables', 'outputs,rejected', '--format', 'parquet')).toEqual([2, 1, 2])
  expect(readdirSync(join(folder, 'out')).sort()).toEqual([
    'after.outputs.parquet',
    'sales.outputs.parquet',
    'sales.rejected.parquet',
  ])
  expect(ofSales('--out', 'out')).toEqual([3, 0, 41])
  expect(ofSales('--stages')).toEqual([3, 0, 41])
  expect(ofSales('--max-rejected', '50')).toEqual([3, 0, 41])
})

test.each([
  [
    '0',
    1,
    'error 2 rows of 40 (5 %) of orders.csv could not be read; every row must be read (--max-rejected 0).\n  price, line 40: "n/a" (not a number)\n',
  ],
  ['4', 1, 'at most 4 % may be set aside (--max-rejected 4).'],
  ['5', 0, ''],
])('--max-rejected %s', (percent, code, said) => {
  const folder = folderWith(files)
  const { code: ended, note } = modeldriver(folder, 'run', '--out', 'out', '--max-rejected', percent)
  expect(ended).toBe(code)
  expect(note).toContain(said)
  expect(note.includes('wrote ')).toBe(code === 0)
})

test('--max-rejected is a number of percent', () => {
  const { code, note } = modeldriver(folderWith(files), 'run', '--max-rejected', 'some')
  expect(code).toBe(2)
  expect(note).toContain('It must be a number from 0 to 100.')
})
