import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from 'arquero'
import { expect, test } from 'vitest'
import { FeatureRegistry, ModelDriver, ModelPipeline } from './library.ts'
import { folderWith } from './testFolder.ts'

const sales = table({ pin: ['a', 'b'], n: [1, 2], sold: [new Date(0), null], none: [null, null] })
type Function = (...inputs: never[]) => unknown

test.each<[string, Function, 'row' | 'group', string | undefined]>([
  ['a formula', (pin) => pin - 1, 'row', `'pin' is text in table (e.g. "a"), so nothing can be subtracted from it.`],
  [
    'a comparison',
    (pin) => pin > 3,
    'row',
    `'pin' is text in table (e.g. "a"), so it cannot be compared with a number.`,
  ],
  [
    'an aggregate',
    (pin: { sum(): number }) => pin.sum(),
    'group',
    `'pin' is text in table (e.g. "a"), but 'sum' needs numbers.`,
  ],
  ['a method', (n: string) => n.toUpperCase(), 'row', "'n' is a number in table (e.g. 1), which has no 'toUpperCase'."],
  ['values of the right type', (n, sold) => n * 2 + (sold as Date).getMonth(), 'row', undefined],
  ['nothing is known of a column without values', (none) => none * 2, 'row', undefined],
])('data of another type than features need: %s', (_, call, level, message) => {
  const model = new ModelDriver({ model_name: 'm', group_by: [] })
  if (level === 'row') model.registerFilter(call, 'made')
  else model.registerAttribute(call, 'made')
  const found = model.validateInputData(sales).map(({ code, feature, message }) => ({ code, feature, message }))
  expect(found).toEqual(message === undefined ? [] : [{ code: 'MD019', feature: 'made', message }])
  if (message !== undefined) expect(() => model.execute(sales)).toThrow("'made'")
})

test('only what the outputs need is asked of the data, and features of features and joins too', () => {
  const model = new ModelDriver({ model_name: 'm', joins: [{ from: 'shops', on: 'pin' }] })
    .registerFilter((pin) => pin, 'label')
    .registerFilter((label) => label * 2, 'twice')
    .registerFilter((n) => n + 1, 'more')
  const check = (outputs: string, pin: unknown[]) =>
    model
      .validateInputData(sales, { outputs, tables: { shops: table({ pin, area: [1] }) } })
      .map(({ message }) => message)
  expect(check('more', ['a'])).toEqual([])
  expect(check('twice', ['a'])).toEqual(["'label' is text, so it cannot be multiplied."])
  expect(check('more', [1])).toEqual([
    `Join key 'pin' is text in table (e.g. "a") and a number in shops, so no row would match. Make them alike.`,
  ])
})

const metadataIn = (folder: string, model: string) =>
  JSON.parse(readFileSync(join(folder, 'acme', model, 'execution_metadata.json'), 'utf8'))
const said = {
  versions: { node: process.versions.node },
  client_name: 'acme',
  inputs: [{ rows: 3, fingerprint: expect.stringMatching(/^[\w-]{43}$/) }],
  features: [{ feature: 'total', fingerprint: expect.any(String) }],
  plan: { group_by: ['pin'], order: ['total'] },
  run: { rows: 3, groups: 1, rows_without_key: 1, rejected: [], features: [{ feature: 'total', error: null }] },
  problems: [],
}

test('the stages of models in code are those of a run', async () => {
  const folder = folderWith({})
  const sales = table({ pin: ['a', 'a', null], n: [1, 2, 3] })
  const first = new ModelDriver({ model_name: 'first', client_name: 'acme', group_by: 'pin' }).registerAttribute(
    (n) => n.sum(),
    'total',
  )
  const then = new ModelDriver({ model_name: 'then', client_name: 'acme', seq: 2 }).registerFilter(
    (total) => -total,
    'less',
  )
  first.execute(sales, { saveIntermediates: join(folder, 'one') })
  expect(metadataIn(join(folder, 'one'), 'first')).toMatchObject({ ...said, project: null })

  const models = new ModelPipeline([first, then])
  await models.execute(sales, { saveIntermediates: join(folder, 'all') })
  expect(metadataIn(join(folder, 'all'), 'first')).toMatchObject(said)
  expect(readFileSync(join(folder, 'all/acme/then/04_output/outputs.csv'), 'utf8')).toBe('less\n-3\n')

  const wrong = new ModelDriver({ model_name: 'wrong', client_name: 'acme', seq: 3 }).registerFilter(
    (total) => total.x.y,
    'w',
  )
  const failing = new ModelPipeline([first, wrong]).execute(sales, { saveIntermediates: join(folder, 'none') })
  await expect(failing).rejects.toThrow("'w'")
  expect(existsSync(join(folder, 'none'))).toBe(false)
  await expect(models.execute(sales, { saveIntermediates: 5 as never })).rejects.toThrow(
    "'saveIntermediates' is true or the path of a folder, not 5.",
  )
})

test('the stages of a manifest', async () => {
  const models = [{ model_name: 'm', data: 'd.csv', features: 'm.features.ts', group_by: 'pin' }]
  const folder = folderWith({
    'modeldriver.json': JSON.stringify({ client_name: 'acme', output_base: 'made', models }),
    'd.csv': 'pin,n\na,1\na,2\n,3\n',
    'm.features.ts': 'export const total = (n) => n.sum()\n',
  })
  await ModelPipeline.fromManifest(folder).execute({ saveIntermediates: true })
  const inputs = [{ name: 'd.csv', rows: 3, sha256: expect.any(String) }]
  expect(metadataIn(join(folder, 'made'), 'm')).toMatchObject({ ...said, inputs })
})

test('a model puts its features into files, changes them there and takes them out again', () => {
  const file = `${folderWith({ 'm.features.js': 'export const one = (n) => n\n' })}/m.features.js`
  const model = new ModelDriver({ model_name: 'm' }).registerFilter((n) => n * 2, 'twice')
  expect(model.addFeatureToModule(file, 'twice')).toBe(model)
  expect(readFileSync(file, 'utf8')).toContain('n * 2')
  const other = new ModelDriver({ model_name: 'm' }).registerFilter((n) => n + n, 'twice')
  other.replaceFeatureInModule(file, 'twice')
  expect(readFileSync(file, 'utf8')).toContain('n + n')
  expect(other.removeFeatureFromModule(file, 'twice')).toBe(other)
  expect(readFileSync(file, 'utf8').trim()).toBe('export const one = (n) => n')
})

test('features of the registry are put into files by name', () => {
  const registry = new FeatureRegistry().registerFilter((n) => n * 2, 'twice')
  const asked = () => registry.addFeatureToModule('m.features.js', ((n: number) => n) as never)
  expect(asked).toThrow(
    "addFeatureToModule('sales.features.ts', 'margin') needs the name of a feature behind the file, not a function",
  )
  expect(() => registry.addFeatureToModule(undefined as never, 'twice')).toThrow(
    'addFeatureToModule() needs the path of a file',
  )
})

const sold = {
  'modeldriver.json': JSON.stringify({
    models: [
      { model_name: 'sales', features: 'sales.features.ts', data: 'sales.csv', columns: { price: 'number' } },
      { model_name: 'after', features: 'after.features.ts', input: 'sales.outputs' },
    ],
  }),
  'sales.features.ts': 'export const twice = (price) => price * 2\n',
  'after.features.ts': 'export const four = (twice) => twice * 2\n',
  'sales.csv': `pin,price\n${'a,2\n'.repeat(38)}a,n/a\na,1,5\na,3`,
}

test('a pipeline of files hands on what could not be read, and what is odd', async () => {
  const { sales, after } = await ModelPipeline.fromManifest(folderWith(sold)).execute()
  expect(sales?.filtered.numRows()).toBe(40)
  expect(sales?.rejected.objects()).toEqual([
    { file: 'sales.csv', row: 40, column: 'price', text: 'n/a', reason: 'not a number', kind: 'cell' },
    { file: 'sales.csv', row: 41, column: '', text: 'a,1,5', reason: 'has 3 cells, the header has 2', kind: 'row' },
  ])
  expect(after?.rejected.numRows()).toBe(0)
  expect(sales?.warnings).toEqual([])
  const cut = folderWith({ ...sold, 'sales.csv': `${sold['sales.csv']}\na` })
  const { sales: other } = await ModelPipeline.fromManifest(cut).execute()
  expect(other?.warnings).toEqual([
    'sales.csv ends in the middle of a row, in line 43: what follows may be missing. Copy the file again if it is not whole.',
  ])
})

test.each<[string, string, readonly string[]]>([
  [
    'many cells that are no numbers',
    'pin,price\na,1\na,NA\na,2\nb,-\n',
    [
      '2 rows of 4 (50 %) of sales.csv could not be read. If they are no values, say so in the manifest: "missing": ["NA", "-"]; "rejected" lists them all.',
    ],
  ],
  [
    'a header that says a name twice',
    'pin,price,pin\na,1,b\n',
    ["sales.csv: 'pin' stands 2 times in the header; from left to right it is read as 'pin', 'pin_2'."],
  ],
  ['nothing but a header', 'pin,price\n', ['sales.csv has no rows below its header.']],
  [
    'what is noted of a column',
    'pin,price\na,9007199254740993\n',
    ["sales.csv: Column 'price': It holds whole numbers"],
  ],
])('a pipeline of files warns as a run does: %s', async (_, csv, warnings) => {
  const { sales, after } = await ModelPipeline.fromManifest(folderWith({ ...sold, 'sales.csv': csv })).execute()
  expect(sales?.warnings).toEqual(warnings.map((warning) => expect.stringContaining(warning)))
  expect(after?.warnings).toEqual([])
})

test.each<[string, (folder: string) => unknown]>([
  ["There is no '", (folder) => ModelPipeline.fromManifest(`${folder}/nope.json`)],
  ["There is no '", (folder) => new ModelPipeline({ path: `${folder}/nope` })],
  ["sales.csv' is no modeldriver.json", (folder) => ModelPipeline.fromManifest(`${folder}/sales.csv`)],
  [
    "sales.csv' is no feature file: those are code, as sales.features.ts is",
    (folder) => new FeatureRegistry().loadFeaturesFromModule(`${folder}/sales.csv`),
  ],
])('a path that is no such file is said at once: %s', (message, act) => {
  expect(() => act(folderWith(sold))).toThrow(message)
})

test('a pipeline of files takes its options first', async () => {
  const pipeline = ModelPipeline.fromManifest(folderWith(sold))
  const both = pipeline.execute as (first: unknown, second: unknown) => Promise<unknown>
  await expect(both.call(pipeline, undefined, { saveIntermediates: true })).rejects.toThrow(
    'A pipeline of a manifest is given no table, so its options come first: execute({ saveIntermediates: true }).',
  )
})

test('text that looks like numbers is among the warnings of what orders it', async () => {
  const root = folderWith({
    'trips.csv': 'pin,km\na,10\na,9\na,-\n',
    'trips.features.ts':
      '// group_by: pin\nexport const most = (km) => km.max()\nexport const n = (km) => km.count()\n',
  })
  const { trips } = await ModelPipeline.fromManifest(`${root}/trips.features.ts`).execute()
  expect(trips?.warnings).toEqual([
    expect.stringMatching(
      /^most: 'km\.max\(\)' orders texts letter by letter, .* "missing": \["-"\] in modeldriver\.json\./,
    ),
  ])
})

test('nothing of a pipeline of files runs where a later model cannot', async () => {
  const folder = folderWith({
    ...sold,
    'sales.features.ts': "export const twice = (price) => { throw new Error('it ran') }\n",
    'after.features.ts': 'export const four = (twise) => twise * 2\n',
  })
  const error = await ModelPipeline.fromManifest(folder).execute().catch(String)
  expect(error).toContain("'twise'")
  expect(error).not.toContain('it ran')
})

const fees = `import { part } from './part'
export const fee = (x) => part(x)
export const isCode = (x) => x.includes('.')
`

test.each<[string, string, string | undefined]>([
  [
    'text in a helper that calculates',
    '(price) => fee(price)',
    "'made' cannot be computed: 'price' is text, and it is taken for a number.",
  ],
  ['text in a helper of text', '(price) => isCode(price)', undefined],
  ['numbers', '(qty) => fee(qty)', undefined],
])('helpers that a loaded file imports are followed: %s', (_, made, message) => {
  const root = folderWith({
    'fees.ts': fees,
    'part.ts': 'export const part = (x) => x / 10\n',
    'made.features.ts': `import { fee, isCode } from './fees'\nexport const made = ${made}\n`,
  })
  const model = new ModelDriver({ model_name: 'm' }).loadFeaturesFromModule(`${root}/made.features.ts`)
  const compute = () => model.execute(table({ price: ['1.000', '12'], qty: [1, 2] })).filtered.array('made')
  if (message !== undefined) expect(compute).toThrow(message)
  else expect(compute()).toEqual(made.includes('isCode') ? [true, false] : [0.1, 0.2])
})
