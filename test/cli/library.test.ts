import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
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

test('an error says what is wrong', () => {
  const folder = folderWith({ ...shop, 'sales.features.ts': 'export const total = (revnue) => revnue.sum()' })
  const { out } = node(`
    import { ModelPipeline } from 'modeldriver'
    await ModelPipeline.fromManifest(${JSON.stringify(folder)}).execute().catch((error) => console.log(error.message))`)
  expect(out).toContain("Model 'sales' could not be computed.")
  expect(out).toContain("Did you mean 'revenue'?")
})
