import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, modeldriver, modeldriverIn, shop } from './support.ts'

const withoutTimes = (text: string) => text.replace(/\d+ ms/g, '# ms')

test('the time zone of the machine changes nothing', () => {
  const folder = folderWith({
    'o.csv': 'opened\n2024-01-01 00:30\n',
    'o.features.ts': 'export const f = (opened: Date) => opened.getFullYear() * 100 + opened.getHours()\n',
  })
  const { out } = modeldriverIn({ TZ: 'America/New_York' }, folder, 'run')
  expect(out).toContain('202400')
})

test('a table without rows, and a column without values', () => {
  const features = `// group_by: k
export const all = (x) => x.sum()
export const typical = (x) => x.median()
export const spread = (x) => x.max() - x.min() + x.std()
`
  const rows = { 'o.csv': 'k,x\na,\na,\n', 'o.features.ts': features }
  expect(modeldriver(folderWith(rows), 'run')).toMatchObject({ code: 0, out: expect.stringMatching(/a +0 +· +·/) })
  expect(modeldriver(folderWith({ ...rows, 'o.csv': 'k,x\n' }), 'run')).toMatchObject({ code: 0 })
})

test('a header that stands twice is told where it is read', () => {
  const folder = folderWith({
    'o.csv': 'pin,revenue,revenue\na,1,5\n',
    'o.features.ts': 'export const twice = (revenue) => revenue * 2\n',
  })
  const said =
    "warning o.csv: 'revenue' stands 2 times in the header; from left to right it is read as 'revenue', 'revenue_2'.\n"
  expect(modeldriver(folder, 'run').note).toBe(said)
  expect(modeldriver(folder, 'run', '--out', 'out').note).toContain(said)
})

test('with a key, renamed outputs of one value per row are in the rows, and everything says so', () => {
  const models = [
    {
      model_name: 'm',
      data: 'o.csv',
      features: 'm.features.ts',
      group_by: 'pin',
      outputs: { SHARE: 'sh', TOTAL: 's' },
    },
  ]
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({ models }),
    'o.csv': 'pin,x\na,1\na,3\n',
    'm.features.ts': 'export const s = (x) => x.sum()\nexport const sh = (x, s) => x / s\n',
  })
  expect(modeldriver(folder, 'plan').out).toContain('  outputs: pin, TOTAL (from s)\n  in the rows: SHARE (from sh)\n')
  expect(modeldriver(folder, 'run').out).toMatch(/rows\npin +SHARE +x\n/)
  const { models: told } = JSON.parse(modeldriver(folder, 'run', '--out', 'out', '--json').out)
  expect(told).toMatchObject([{ outputs: ['pin', 'TOTAL'], outputs_in_rows: ['SHARE'] }])
  const written = (name: string) => readFileSync(join(folder, 'out', name), 'utf8')
  expect(written('m.outputs.csv')).toBe('pin,TOTAL\na,4\n')
  expect(written('m.rows.csv')).toBe('pin,x,sh,SHARE\na,1,0.25,0.25\na,3,0.75,0.75\n')
})

test('features stand beside what they read, of joined files too', () => {
  const models = [{ model_name: 'm', data: 'o.csv', features: 'm.features.ts', joins: [{ from: 'p.csv', on: 'pin' }] }]
  const files = { 'o.csv': 'pin,x\na,6\n', 'p.csv': 'Pin,area,region\na,2,north\n' }
  const folder = folderWith({
    ...files,
    'modeldriver.json': JSON.stringify({ models }),
    'm.features.ts': 'export const s = (x, area) => x / area\n',
  })
  expect(modeldriver(folder, 'run').out).toMatch(/rows\ns +x +pin +area\n─.*\n3 +6 +a +2\n/)
  const grouped = folderWith({
    ...files,
    'modeldriver.json': JSON.stringify({ models: models.map((model) => ({ ...model, group_by: 'region' })) }),
    'm.features.ts': 'export const s = (x, area) => x / area\n',
  })
  expect(modeldriver(grouped, 'run').out).toMatch(/rows\nregion +s +pin +x +area\n/)
})

test('columns that are not known because the first line is a title', () => {
  const folder = folderWith({
    'o.csv': 'Report 2024\npin,revenue\na,1\nb,2\n',
    'o.features.ts': 'export const twice = (revenue) => revenue * 2\n',
  })
  const { code, note } = modeldriver(folder, 'run')
  expect(code).toBe(1)
  expect(note).toContain('MD001')
  expect(note).toContain('it looks like a title, not like the header')
})

test('prints the head of each result', () => {
  const { code, out, note } = modeldriver(folderWith(shop), 'run')
  expect(note).toBe('')
  expect(code).toBe(0)
  expect(withoutTimes(out)).toMatchInlineSnapshot(`
    "sales · per pin · 4 rows of data/orders.csv (3 of its 5 columns) · 2 groups · 1 row without key · # ms

    groups
    pin  total  best_share
    ───  ─────  ──────────
    a      150      0.6667
    b      200      1.0000

    rows
    pin  margin   share  revenue  cost
    ───  ──────  ──────  ───────  ────
    a        40  0.6667      100    60
    b        25  1.0000      200   150
    a         ·  0.3333       50     ·
    ·        50       ·       10     5

    score · 2 rows of sales.outputs · # ms

    rows
    score  total  best_share
    ─────  ─────  ──────────
      100    150      0.6667
      200    200      1.0000

    "
  `)
})

test.each([
  [
    ['--format', 'parquet'],
    '--format parquet says how files are written, but no files are asked for: add --out <dir>, or --stages.\n',
  ],
  [['--tables', 'outputs'], '--tables says which files are written: add --out <dir>, the folder for them.\n'],
  [['--out', 'o', '--tables', 'output'], "'output' is no table. There are rows, groups, outputs, rejected."],
])('%j is no use alone', (args, said) => {
  const folder = folderWith(shop)
  const { code, out, note } = modeldriver(folder, 'run', ...args)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(note).toContain(said)
})

test('one model with the models it reads; some outputs with what they need', () => {
  const folder = folderWith(shop)
  const sales = modeldriver(folder, 'run', '--model', 'sales').out
  expect(sales).toContain('sales · per pin')
  expect(sales).not.toContain('score ·')
  const total = modeldriver(folder, 'run', '--outputs', 'total').out
  expect(total).toContain('total')
  expect(total).not.toContain('margin')
  expect(modeldriver(folder, 'run', '--outputs', 'score').out).toContain('score ·')
})

test('--out writes rows, groups and outputs', () => {
  const folder = folderWith(shop)
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  expect(readdirSync(join(folder, 'results'))).toEqual([
    'sales.groups.csv',
    'sales.outputs.csv',
    'sales.rejected.csv',
    'sales.rows.csv',
    'score.outputs.csv',
    'score.rows.csv',
  ])
  // by hand: a 100 + 50, b 200; the row without pin belongs to no group
  expect(readFileSync(join(folder, 'results/sales.outputs.csv'), 'utf8')).toBe(
    'pin,total,best_share\na,150,0.6666666666666666\nb,200,1\n',
  )
  expect(readFileSync(join(folder, 'results/score.outputs.csv'), 'utf8')).toBe('score\n100\n200\n')
  expect(readFileSync(join(folder, 'results/sales.rows.csv'), 'utf8').split('\n')[3]).toBe(
    'a,,50,,2024-01-04,,0.3333333333333333',
  )
})

test.each(['json', 'parquet', 'arrow', 'xlsx', 'tsv.gz'] as const)(
  '--format %s, and what was written can be the input',
  (format) => {
    const folder = folderWith(shop)
    expect(modeldriver(folder, 'run', '--model', 'sales', '--out', 'results', '--format', format).code).toBe(0)
    const input = `results/sales.outputs.${format}`
    const { code, out } = modeldriver(folder, 'run', '--model', 'score', '--input', input, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out).models).toMatchObject([{ model: 'score', input, rows: 2 }])
  },
)

test('--stages writes the four stages and what was done', () => {
  const folder = folderWith({ ...shop, 'data/orders.csv': `${shop['data/orders.csv']}a,1,2\n` })
  expect(modeldriver(folder, 'run', '--out', 'out', '--stages').code).toBe(0)
  const sales = join(folder, 'out/acme/sales')
  expect(readdirSync(sales)).toEqual([
    '01_preprocess',
    '02_features',
    '03_attributes',
    '04_output',
    'execution_metadata.json',
  ])
  expect(readFileSync(join(sales, '01_preprocess/rejected.csv'), 'utf8')).toBe(
    'file,row,column,text,reason,kind\ndata/orders.csv,6,"","a,1,2","has 3 cells, the header has 5",row\n',
  )
  const metadata = JSON.parse(readFileSync(join(sales, 'execution_metadata.json'), 'utf8'))
  expect(metadata).toMatchObject({
    client_name: 'acme',
    model_name: 'sales',
    inputs: [{ name: 'data/orders.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    plan: { group_by: ['pin'], required_inputs: ['pin', 'revenue', 'cost'] },
    run: { rows: 4, groups: 2, rows_without_key: 1, rejected: [{ row: 6 }] },
    problems: [],
  })
  expect(existsSync(join(folder, 'out/acme/score/03_attributes'))).toBe(false)
  const score = JSON.parse(readFileSync(join(folder, 'out/acme/score/execution_metadata.json'), 'utf8'))
  expect(score.inputs).toEqual([{ name: 'sales.outputs', rows: 2, fingerprint: expect.stringMatching(/^[\w-]{43}$/) }])
  expect(score).toMatchObject({
    versions: { modeldriver: expect.any(String), node: process.versions.node },
    features: [{ feature: 'score', fingerprint: expect.any(String) }],
    run: { ms: expect.any(Number), features: [{ feature: 'score', ms: expect.any(Number), count: 2, error: null }] },
  })
})

test('--json is the report, alone on stdout', () => {
  const { code, out } = modeldriver(folderWith(shop), 'run', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    models: [
      {
        model: 'sales',
        rows: 4,
        groups: 2,
        rows_without_key: 1,
        features: expect.arrayContaining([
          expect.objectContaining({ feature: 'margin', level: 'row', count: 4, missing: 1, error: null }),
        ]),
      },
      { model: 'score', input: 'sales.outputs' },
    ],
    problems: [],
    files: [],
  })
})

test('analysis errors: exit code 1, nothing runs, nothing is written', () => {
  const misspelt = shop['sales.features.ts'].replace('cost: number', 'csot: number')
  const folder = folderWith({ ...shop, 'sales.features.ts': misspelt })
  const { code, out, note } = modeldriver(folder, 'run', '--out', 'results')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(note).toContain("Did you mean 'cost'?")
  expect(note).toContain('1 error: nothing was run.')
  expect(existsSync(join(folder, 'results'))).toBe(false)
  expect(JSON.parse(modeldriver(folder, 'run', '--json').out)).toMatchObject({
    problems: [{ code: 'MD001' }],
    files: [],
  })
})

const broken = {
  'a.csv': 'n\n1\n2\n',
  'a.features.ts': `export const fine = (n) => n + 1
export function endless(n) {
  while (n > 0) {}
  return n
}
export function throws(n) {
  const map = {}
  return map[n].x
}
export const object = (n) => ({ n })
export const hopeless = (n) => /^(a+)+$/.test('a'.repeat(40) + 'b' + n)
export const behind = (throws) => throws + 1
`,
}

test('features that fail are each reported at their line; the others are computed', () => {
  const { code, out, note } = modeldriver(folderWith(broken), 'run', 'a.features.ts', '--timeout', '1')
  expect(code).toBe(1)
  expect(withoutTimes(out)).toMatchInlineSnapshot(`
    "a · 2 rows of a.csv · # ms

    rows
    fine  n
    ────  ─
       2  1
       3  2

    "
  `)
  expect(note).toMatchInlineSnapshot(`
    "a.features.ts:2:17 error 'endless' was stopped after 1 s. Look for a loop that does not end, or allow more time.
    a.features.ts:8:17 error 'throws' failed at row 1: Cannot read properties of undefined (reading 'x'). (n = 1)
    a.features.ts:10:14 error MD027 'object' returned an object with n at row 1; return one number, text, true or false, date or null. (n = 1)
    a.features.ts:11:14 error 'hopeless' was stopped after 1 s. Look for a loop that does not end, or allow more time.
    a.features.ts:12:14 error 'behind' is not computed: it needs 'throws', which failed.
    "
  `)
})

test('what was there stays when a feature fails', () => {
  const folder = folderWith({ ...broken, 'results/a.outputs.csv': 'yesterday' })
  const { code, note } = modeldriver(folder, 'run', 'a.features.ts', '--timeout', '1', '--out', 'results')
  expect(code).toBe(1)
  expect(note).toContain('Nothing was written, because of the errors above.')
  expect(readdirSync(join(folder, 'results'))).toEqual(['a.outputs.csv'])
  expect(readFileSync(join(folder, 'results/a.outputs.csv'), 'utf8')).toBe('yesterday')
})

test('where words for a missing value could not be read: that the manifest can say so', () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i}\n`).join('')
  const folder = folderWith({
    'modeldriver.json':
      '{ "models": [{ "model_name": "a", "features": ["a.features.ts"], "data": "a.csv", "columns": { "n": "number" } }] }',
    'a.csv': `n,m\n NA,1\n-,2\nNA,3\n${rows}`,
    'a.features.ts': 'export const f = (n, m) => n * m\n',
  })
  expect(modeldriver(folder, 'run').note).toBe(
    'warning 3 rows of 23 (13 %) of a.csv could not be read. If they are no values, say so in the manifest: "missing": ["NA", "-"]; --json and --out list them all.\n',
  )
  const { models } = JSON.parse(modeldriver(folder, 'run', '--json').out)
  expect(models[0].warnings).toEqual([
    '3 rows of 23 (13 %) of a.csv could not be read. If they are no values, say so in the manifest: "missing": ["NA", "-"]; "rejected" lists them all.',
  ])
})

test.each([
  ['n,m\n', 'a.csv has no rows below its header.'],
  ['n,m,n\n1,2,3\n', "a.csv: 'n' stands 2 times in the header; from left to right it is read as 'n', 'n_2'."],
])('what is odd about %j is printed, and stands in the report', (csv, said) => {
  const folder = folderWith({ 'a.csv': csv, 'a.features.ts': 'export const f = (n, m) => n * m\n' })
  expect(modeldriver(folder, 'run')).toMatchObject({ code: 0, note: expect.stringContaining(`warning ${said}\n`) })
  const [model] = JSON.parse(modeldriver(folder, 'run', '--json').out).models
  expect([model.warnings, model.notes]).toEqual([[said], []])
})

test('without group features the groups of no key are not printed', () => {
  const folder = folderWith({
    'modeldriver.json':
      '{ "models": [{ "model_name": "a", "features": "a.features.ts", "data": "a.csv", "group_by": [] }] }',
    'a.csv': 'n\n1\n',
    'a.features.ts': 'export const f = (n) => n * 2\n',
  })
  expect(modeldriver(folder, 'run').out.split('\n').slice(1)).toEqual(['', 'rows', 'f  n', '─  ─', '2  1', '', ''])
})

test('some of what could not be read is shown; when it is much, how to read it', () => {
  const many = Array.from({ length: 20 }, (_, i) => `${i},${i}`).join('\n')
  const folder = folderWith({
    'modeldriver.json':
      '{ "models": [{ "model_name": "a", "features": ["a.features.ts"], "data": "a.csv", "columns": { "n": "number" } }] }',
    'a.csv': `n,m\n12.50 EUR,1\n3,4,5\nfree,2\nnone,3\n${many}\n`,
    'a.features.ts': 'export const f = (n, m) => n * m\n',
  })
  const { code, out, note } = modeldriver(folder, 'run')
  expect(code).toBe(0)
  expect(out.split('\n').slice(1, 5)).toEqual([
    '  n, line 2: "12.50 EUR" (not a number)',
    '  line 3: "3,4,5" (has 3 cells, the header has 2)',
    '  n, line 4: "free" (not a number)',
    '  … 1 more',
  ])
  expect(note).toBe(
    'warning 4 rows of 24 (17 %) of a.csv could not be read. Say how to read them with "formats" or "columns" in the manifest; --json and --out list them all.\n',
  )
})

test.each([
  [
    'a model',
    ['--model', 'score', '--outputs', 'scor'],
    "There is no feature or column 'scor' in model 'score'. Did you mean 'score'?",
  ],
  ['a pipeline', ['--outputs', 'best_shar'], "There is no feature or column 'best_shar'. Did you mean 'best_share'?"],
  ['a model by name', ['--model', 'sals'], "There is no model 'sals'. Did you mean 'sales'? Models: sales, score."],
])('wrong names of %s are wrong usage', (_, args, message) => {
  const folder = folderWith(shop)
  expect(modeldriver(folder, 'run', ...args)).toEqual({ code: 2, out: '', note: `${message}\n` })
  expect(modeldriver(folder, 'plan', ...args)).toEqual({ code: 2, out: '', note: `${message}\n` })
})

test('groups that are ordered by text with numbers in it are told, also when a feature makes the text', () => {
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({
      models: [{ model_name: 'm', features: 'm.features.ts', data: 'o.csv', group_by: 'week', group_order: 'week' }],
    }),
    'o.csv': 'n,sold\n1,5\n2,6\n10,7\n',
    'm.features.ts':
      "export const week = (n: number) => 'W' + n\nexport const total = (sold) => sold.sum()\nexport const up = (total) => total - total.lag(1)\n",
  })
  const said =
    "'week' is text, in whose order 'W10' stands before 'W2', so the group before is another one than its number says."
  expect(modeldriver(folder, 'run').note).toContain(`warning m: ${said}`)
  expect(JSON.parse(modeldriver(folder, 'run', '--json').out).models[0].warnings[0]).toContain(said)
})

const doubtful = {
  'o.csv': 'paid,n\nyes,1\nno,2\n',
  'o.features.ts': `export const open = (paid, n) => (paid ? 0 : n)
export const squared = (n) => n ^ 2
export const cubed = (n) => n ^ 3
export const fourth = (n) => n ^ 4
export const fifth = (n) => n ^ 5
export const twice = (n) => n * 2
export function chosen(n) {
  if (Math.random() > 0.5) throw new Error('no')
  throw new Error('no')
}
`,
}

test('what the check warns of is counted when the numbers are there', () => {
  const folder = folderWith(doubtful)
  const { code, note } = modeldriver(folder, 'run', '--outputs', 'open,twice')
  expect([code, note]).toEqual([0, "1 warning about 'open': 'modeldriver check o.features.ts' says more.\n"])
  expect(modeldriver(folder, 'run', '--outputs', 'squared,open,cubed,fourth,fifth', '--out', 'out').note).toMatch(
    /^5 warnings about 'open', 'squared', 'cubed' and 2 others: 'modeldriver check o\.features\.ts' says more\.$/m,
  )
  expect(modeldriver(folder, 'check', 'o.features.ts').out).toContain('MD037')
})

test('text that looks like numbers or dates is counted where it is ordered or joined', () => {
  const folder = folderWith({
    's.csv': 'pin,price,km,day,zip\na,100,10,01.02.2024,01067\na,7,-,28.02.2024,20095\nb,80,9,13.03.2024,10115\n',
    's.features.ts': `// group_by: pin
export const total = (price, km) => price.sum() + km.max()
export const latest = (day) => day.max()
export const area = (zip) => zip.max()
`,
  })
  const { code, note } = modeldriver(folder, 'run')
  expect([code, note]).toEqual([
    0,
    "2 warnings about 'total' and 'latest': 'modeldriver check s.features.ts' says more.\n",
  ])
})

test('warnings about what was not computed are not told, nor those of a feature that failed', () => {
  const folder = folderWith(doubtful)
  expect(modeldriver(folder, 'run', '--outputs', 'twice').note).toBe('')
  const { code, note } = modeldriver(folder, 'run', '--outputs', 'chosen')
  expect([code, note]).toEqual([1, expect.not.stringContaining('warning')])
})

test('warnings in the report, and whole where the check has another input', () => {
  const folder = folderWith({ ...doubtful, 'other.csv': 'paid,n\nja,1\nnein,2\n' })
  const { check_warnings } = JSON.parse(modeldriver(folder, 'run', '--outputs', 'open', '--json').out)
  expect(check_warnings).toMatchObject([{ code: 'MD037', file: 'o.features.ts', feature: 'open', severity: 'warning' }])
  expect(modeldriver(folder, 'run', '--outputs', 'open', '--input', 'other.csv').note).toContain(
    "o.features.ts:1:35 warning MD037 'paid' is text in other.csv",
  )
})
