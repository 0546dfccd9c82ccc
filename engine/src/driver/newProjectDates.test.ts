import { expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { memoryFiles } from '../testing/fixture.ts'
import { newProject } from './newProject.ts'

/** The columns and notes of the manifest that is made. */
function made(data: string, features: string) {
  const files = memoryFiles(
    new Map([
      ['/w/o.csv', data],
      ['/w/o.features.ts', features],
    ]),
  )
  const { manifest, notes } = newProject('/w', { files, reader: typeScriptReader() })
  const text = manifest.replace(/^\s*\/\/.*$/gm, '')
  return { columns: JSON.parse(text).models[0].columns ?? {}, notes }
}

const german = ['01.02.2024', '13.03.2024', '28.02.2024']
const table = (columns: Readonly<Record<string, readonly string[]>>): string => {
  const rows = Object.values(columns)[0]?.map((_, row) => Object.values(columns).map((cells) => cells[row]))
  return [Object.keys(columns), ...(rows ?? [])].map((cells) => `${cells.join(',')}\n`).join('')
}
const day = { type: 'date', format: 'dd.MM.yyyy' }

test.each<[string, readonly string[], object]>([
  ['of one order', german, { sold: day }],
  [
    'with a time of day',
    german.map((each) => `${each} 08:15`),
    { sold: { type: 'datetime', format: 'dd.MM.yyyy HH:mm' } },
  ],
  ['beside marks', [...german, 'NA', '-'], { sold: { ...day, missing: ['NA', '-'] } }],
  [
    'some with one digit, below the first rows',
    [...german, '04.04.2024', '05.04.2024', '6.4.2024'],
    { sold: { type: 'date', format: 'd.M.yyyy' } },
  ],
  ['one that is none', [...german, '04.04.2024', '05.04.2024', '31.02.2024'], {}],
  ['of two orders that both fit', ['01/02/2024', '03/04/2024'], {}],
  ['of one order by one of them', ['01/02/2024', '13/04/2024'], { sold: { type: 'date', format: 'dd/MM/yyyy' } }],
  ['that are read without', ['2024-01-02', '2024-02-03'], {}],
  ['a word', [...german, 'soon'], {}],
])('dates: %s', (_, sold, columns) => {
  expect(made(table({ sold }), 'export const latest = (sold) => sold.max() //#agg').columns).toEqual(columns)
})

test.each([
  'export const f = (sold) => sold.getMonth()',
  'export const f = (sold) => new Date(sold).getTime()',
  "import { year, daysBetween } from 'modeldriver'\nexport const f = (sold, other) => daysBetween(other, sold) + year(sold)",
  'export const f = (sold, other) => sold > other',
  'export const f = (sold, other) => other - sold',
  "export const f = (sold) => sold >= new Date('2024-02-02')",
  'export const f = (sold) => (sold == null ? 0 : 1)',
  'export const f = (sold) => sold.max().getTime() - sold.min().getTime() //#agg',
  'export const f = (sold) => sold.max() //#agg\nexport const g = (f) => f.getDate() //#agg',
  'export const f = (sold: Date) => sold.getMonth()',
  'export const f = (price) => price * 2',
])('dates that features take for dates: %s', (features) => {
  expect(made(table({ sold: german, other: german, price: ['1', '2', '3'] }), features).columns).toEqual({
    sold: day,
    other: day,
  })
})

test.each([
  'export const f = (sold) => sold.slice(6)',
  'export const f = (sold: string) => sold.length',
  'export const f = (sold, region) => region + sold',
  `export const f = (sold, region) => \`\${region} \${sold}\``,
  'export const f = (sold) => sold',
  "export const f = (sold) => sold === '01.02.2024'",
  "export const f = (sold) => '01.02.2024' < sold",
  'export const f = (sold) => sold.max().slice(6) //#agg',
  'export const f = (sold) => sold.max() //#agg\nexport const g = (f) => f.slice(6) //#agg',
  'const own = (text) => text.slice(6)\nexport const f = (sold) => own(sold)',
  'export const f = (sold, region) => sold > region',
  'export const f = (sold, other) => sold > other\nexport const g = (other) => other.slice(6)',
])('no dates where a feature takes them for texts: %s', (features) => {
  const { columns } = made(table({ sold: german, other: german, region: ['a', 'b', 'c'] }), features)
  expect(columns.sold).toBeUndefined()
})

const many = (count: number, cell: string): readonly string[] => Array.from({ length: count }, () => cell)
const ages = ['21', '45', '80', '33']
const note = (value: number, times: number, side: string) =>
  `o.csv: ${value} stands in 'age' (${times} times), ${side} all others. If that is no value, give it "missing": ["${value}"].`

test.each<[string, readonly string[], readonly string[]]>([
  ['below zero', [...ages, ...many(3, '-999')], [note(-999, 3, 'below')]],
  ['as decimals', [...ages, '1.5', ...many(4, '-99.0')], [note(-99, 4, 'below')]],
  ['below zero, not far', ['1', '5000', ...many(3, '-999')], [note(-999, 3, 'below')]],
  ['far above', [...ages, ...many(5, '9999')], [note(9999, 5, 'above')]],
  ['both', [...ages, ...many(3, '-99'), ...many(4, '999')], [note(-99, 3, 'below'), note(999, 4, 'above')]],
  ['two of them', [...ages, ...many(3, '-99'), ...many(3, '-999')], [note(-999, 3, 'below'), note(-99, 3, 'below')]],
  ['twice only', [...ages, ...many(2, '-999')], []],
  ['not far above', [...ages, ...many(5, '99')], []],
  ['among others below zero', ['-1500', '3000', ...many(5, '-999')], []],
  ['other numbers', [...ages, ...many(5, '-1'), ...many(5, '5000')], []],
  ['nothing else', many(5, '-999'), []],
  ['one other', ['5', ...many(5, '999')], []],
])('codes for nothing are named: %s', (_, age, notes) => {
  const { columns, ...more } = made(table({ age }), 'export const f = (age) => age.mean() //#agg')
  expect(columns).toEqual({})
  expect(more.notes).toEqual(notes)
})

test('codes and words in more columns are one note each', () => {
  const { columns, notes } = made(
    table({
      age: [...ages, 'NA', ...many(3, '-999')],
      size: [...ages, ...many(4, '-999')],
      region: ['NA', '-', ...many(6, 'North')],
      note: [...many(7, 'x'), 'NA'],
      code: [...many(7, 'x'), '?'],
    }),
    'export const f = (age, size) => age + size',
  )
  expect(columns).toEqual({ age: { missing: ['NA'] } })
  expect(notes).toEqual([
    `o.csv: "NA" in 'age' stands for a missing value; "missing" says so.`,
    `o.csv: "NA", "-" also stand as text in 'region' (2 times), 'note' (once). If they are no values there either, give them "missing": ["NA", "-"].`,
    `o.csv: -999 stands in 'age' (3 times), 'size' (4 times), below all others. If that is no value, add "-999" to their "missing".`,
  ])
})

test('words that a feature names are known to its author', () => {
  const { notes } = made(
    table({ age: [...ages, 'NA'], region: [...ages.map(() => 'North'), '-'] }),
    "export const f = (age, region) => (region === '-' ? 0 : age)",
  )
  expect(notes).toEqual([`o.csv: "NA" in 'age' stands for a missing value; "missing" says so.`])
})
