import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith, root, shop } from './support.ts'

/** Runs a script that imports the package by its name, as users of the clone do. */
function node(script: string): { readonly out: string; readonly note: string } {
  const file = join(root, `dist/.library-${process.pid}-${Math.floor(performance.now())}.mjs`)
  onTestFinished(() => rmSync(file, { force: true }))
  writeFileSync(file, script)
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8' })
  return { out: stdout, note: stderr }
}

test('a pipeline of a manifest', () => {
  const folder = folderWith(shop)
  const { out, note } = node(`
    import { ModelPipeline } from 'modeldriver'
    const { sales, score } = await ModelPipeline.fromManifest(${JSON.stringify(folder)}).execute()
    console.log(JSON.stringify([sales.attributes.objects(), score.output.objects()]))`)
  expect(note).toBe('')
  expect(JSON.parse(out)).toEqual([
    [
      { pin: 'a', total: 150, best_share: 100 / 150 },
      { pin: 'b', total: 200, best_share: 1 },
    ],
    [{ score: 100 }, { score: 200 }],
  ])
})

test('models in code, and the functions of feature files', () => {
  const { out, note } = node(`
    import { table } from 'arquero'
    import { ModelDriver, ModelPipeline, round } from 'modeldriver'
    const rate = 3
    const sales = new ModelDriver({ model_name: 'sales', group_by: 'pin' })
      .registerFilter(function third(revenue) { return round(revenue / rate, 1) })
      .registerAttribute(function total(third) { return third.sum() })
    const score = new ModelDriver({ model_name: 'score', seq: 2 }).registerFilter((total) => total * 10, 'score')
    const orders = table({ pin: ['a', 'b', 'a'], revenue: [10, 20, 2] })
    const results = await new ModelPipeline([score, sales]).execute(orders)
    console.log(JSON.stringify(results.score.output.objects()), sales.getRequiredInputs())`)
  expect(note).toBe('')
  // by hand: 3.3 + 0.7, 6.7
  expect(out).toBe(`[{"score":40},{"score":67}] [ 'pin', 'revenue' ]\n`)
})

test('features are loaded from files, saved to files, and the stages of a model are kept', () => {
  const folder = folderWith(shop)
  const { out, note } = node(`
    import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
    import { table } from 'arquero'
    import { DependencyResolver, FeatureRegistry, ModelDriver } from 'modeldriver'
    const folder = ${JSON.stringify(folder)}
    const sales = new ModelDriver({ model_name: 'sales', client_name: 'acme', group_by: 'pin' })
      .loadFeaturesFromModule(folder + '/sales.features.ts')
      .registerAttribute((total, best_share) => total * best_share, 'score')
      .setOutputAttributes(['score'])
    const orders = table({ pin: ['a', 'b', 'a'], revenue: [100, 200, 50], cost: [60, 150, null] })
    const { output } = sales.execute(orders, { saveIntermediates: folder + '/stages' })
    console.log(JSON.stringify(output.objects()))
    console.log(readdirSync(folder + '/stages/acme/sales').join())
    console.log(readFileSync(folder + '/stages/acme/sales/04_output/outputs.csv', 'utf8'))
    sales.saveFeaturesToModule(folder + '/saved/all.features.ts')
    const again = new FeatureRegistry().loadFeaturesFromModule(folder + '/saved/all.features.ts')
    again.saveFeaturesToModule(folder + '/saved/again.features.ts')
    const [first, second] = ['all', 'again'].map((name) => readFileSync(folder + '/saved/' + name + '.features.ts', 'utf8'))
    console.log(first === second, new DependencyResolver(again).resolve(['score']).join())
    const copy = new FeatureRegistry().loadFeaturesFromModule(folder + '/sales.features.ts')
    copy.saveFeaturesToModule(folder + '/copy.features.ts')
    console.log(readFileSync(folder + '/copy.features.ts', 'utf8') === readFileSync(folder + '/sales.features.ts', 'utf8'))
    const own = folder + '/own.features.ts'
    writeFileSync(own, '// by hand\\n\\nexport const kept = (x) =>  x   // as it was\\n')
    const edit = new FeatureRegistry().registerFilter((price) => price * 2, 'twice')
    edit.addFeatureToModule(own, 'twice')
    const changed = new FeatureRegistry().registerFilter((price) => price + price, 'twice').replaceFeatureInModule(own, 'twice')
    console.log(readFileSync(own, 'utf8'))
    changed.removeFeatureFromModule(own, 'twice')
    console.log(readFileSync(own, 'utf8'))
    for (const act of [() => edit.saveFeaturesToModule(own), () => edit.addFeatureToModule(own, 'kept'), () => edit.removeFeatureFromModule(own, 'twice')])
      try { act() } catch (error) { console.log(error.message.replaceAll(folder, '')) }
    for (const wrong of ['/none.features.ts', '/sales.csv'])
      try { copy.loadFeaturesFromModule(folder + wrong) } catch (error) { console.log(error.message.replace(folder, '')) }
    for (const wrong of ['/copy.ts', '/copy.features.js'])
      try { copy.saveFeaturesToModule(folder + wrong) } catch (error) { console.log(error.message.replace(folder, '')) }`)
  expect(note).toBe('')
  // by hand: total 150 and 200; the best share of a is 100 / 150
  expect(out.split('\n')).toEqual([
    JSON.stringify([
      { pin: 'a', score: 150 * (100 / 150) },
      { pin: 'b', score: 200 },
    ]),
    '01_preprocess,02_features,03_attributes,04_output,execution_metadata.json',
    'pin,score',
    'a,100',
    'b,200',
    '',
    'true total,share,best_share,score',
    'true',
    '// by hand',
    '',
    'export const kept = (x) =>  x   // as it was',
    '',
    'export const twice = (price) => price + price',
    '',
    '// by hand',
    '',
    'export const kept = (x) =>  x   // as it was',
    '',
    "Nothing was saved to /own.features.ts: it has 'kept' too, which would be lost. addFeatureToModule() adds to it.",
    "There is no feature 'kept'.",
    "Nothing was changed. /own.features.ts has no 'twice'.",
    'Cannot read /none.features.ts: file not found.',
    "'/sales.csv' is no feature file: those are code, as sales.features.ts is (or .mts, .js, .mjs). Data is given to execute(table).",
    "'/copy.ts' must end with .features.ts or .features.js: that is how feature files are known.",
    'Nothing was saved to /copy.features.js: Type annotations can only be used in TypeScript files. Save to .features.ts instead.',
    '',
  ])
})

test('an error says what is wrong', () => {
  const folder = folderWith({ ...shop, 'sales.features.ts': 'export const total = (revnue) => revnue.sum()' })
  const { out } = node(`
    import { ModelPipeline } from 'modeldriver'
    await ModelPipeline.fromManifest(${JSON.stringify(folder)}).execute().catch((error) => console.log(error.message))`)
  expect(out).toContain("Model 'sales' could not be computed.")
  expect(out).toContain("Did you mean 'revenue'?")
})

test('programs in TypeScript have types, and words that are none are refused', () => {
  const typed = join(root, `test-results/typed ${process.pid}`)
  onTestFinished(() => rmSync(typed, { recursive: true, force: true }))
  mkdirSync(typed, { recursive: true })
  writeFileSync(
    join(typed, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        module: 'nodenext',
        target: 'es2023',
        noEmit: true,
        skipLibCheck: true,
        types: [],
      },
      files: ['sales.ts'],
    }),
  )
  writeFileSync(
    join(typed, 'sales.ts'),
    `import { type ColumnTable, table } from 'arquero'
import { type Column, DependencyResolver, FeatureRegistry, ModelDriver, type ModelDriverConfig, ModelError, ModelPipeline, round } from 'modeldriver'
const shops = table({ shop: ['a'], area: [3] })
const config: ModelDriverConfig = { model_name: 'sales', group_by: 'pin', joins: [{ from: shops, on: 'shop' }] }
const sales = new ModelDriver(config)
  .registerFilter((revenue, cost) => revenue - cost, 'profit')
  .registerFilter(function margin(revenue: number, cost = 0) { return round((revenue - cost) / revenue, 2) })
  .registerAttribute((profit: Column<number>) => profit.sum(), { name: 'total', inputs: ['profit'], isAggregation: true })
  .registerAttributesBatch({ best: (revenue: Column) => revenue.max() })
  .setOutputAttributes({ sum: 'total' })
export const output: ColumnTable = sales.execute(shops, { saveIntermediates: 'out', tables: { shops } }).output
export const order: readonly string[] = new DependencyResolver(new FeatureRegistry().registerFilter((a) => a, 'x')).resolve()
export const reasons = (error: unknown): readonly string[] => (error instanceof ModelError ? error.problems : [])
export const results = async () => [
  (await new ModelPipeline([sales]).execute(shops, { tables: { shops } })).sales?.attributes?.print(),
  await ModelPipeline.fromManifest('samples/retail').execute({ model: 'daily', sampleRows: 5 }),
]
// @ts-expect-error a misspelt word
new ModelDriver({ model_name: 'm', groupby: 'pin' })
// @ts-expect-error the name of a model is needed
new ModelDriver({})
// @ts-expect-error a table is needed
sales.execute([{ pin: 'a' }])
`,
  )
  const run = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  expect(run('scripts/types.mjs')).toMatchObject({ status: 0 })
  expect(run('node_modules/typescript/bin/tsc', '-p', typed)).toMatchObject({ stdout: '', status: 0 })
})
