import * as assert from 'node:assert/strict'
import { columnOf, makeTable } from '@modeldriver/engine'
import type { ModelSummary, RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { type TableFormat, writeFiles } from '../../runner/src/files/write.ts'
import {
  closeAll,
  codeOf,
  diagnostics,
  open,
  openShop,
  pageTab,
  replace,
  shopData,
  shopFeatures,
  workspaceUri,
} from './workspace.ts'

type Outcome =
  | { kind: 'ran'; summary: RunSummary }
  | { kind: 'failed'; problems: { message: string }[] }
  | { kind: 'cancelled' }

const run = (uri: vscode.Uri, feature?: string): Thenable<Outcome> =>
  vscode.commands.executeCommand('modeldriver.run', uri.toString(), feature)

async function ran(uri: vscode.Uri): Promise<ModelSummary> {
  const outcome = await run(uri)
  assert.equal(outcome.kind, 'ran', JSON.stringify(outcome))
  const model = outcome.kind === 'ran' ? outcome.summary.models[0] : undefined
  assert.ok(model)
  return model
}

const column = ({ rows, groups }: ModelSummary, table: 'rows' | 'groups', name: string) =>
  (table === 'rows' ? rows : groups)?.columns.find((one) => one.name === name)

/** The paragraphs that the hover behind a text says of the last run. */
async function lastRunHover(document: vscode.TextDocument, before: string): Promise<readonly string[]> {
  const at = document.positionAt(document.getText().indexOf(before) + before.length)
  const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at)
  const texts = found.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  )
  const ours = texts.filter((text) => text.startsWith('**In the last run**')).join()
  return ours.replaceAll('&nbsp;', ' ').split('\n\n')
}

const setting = (name: string, value: unknown) =>
  vscode.workspace.getConfiguration('modeldriver').update(name, value, true)

const near = (actual: number | undefined, expected: number) =>
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-12, `${actual} is ${expected}`)

describe('run on sample', () => {
  afterEach(async () => {
    await setting('run.featureTimeoutSeconds', undefined)
    await setting('sample.rows', undefined)
    await closeAll()
  })

  // By hand, from shopData: margin .4, 0, missing, .75; total A 150, B 80; share 2/3, 1/3, missing, 1.
  it('computes the model and shows the results', async () => {
    const { document } = await openShop('run')
    const model = await ran(document.uri)
    assert.equal(model.rows.count, 4)
    assert.equal(model.groups?.count, 2)
    near(column(model, 'rows', 'margin')?.mean, 1.15 / 3)
    assert.equal(column(model, 'rows', 'margin')?.missing, 1)
    near(column(model, 'groups', 'total')?.mean, 115)
    near(column(model, 'rows', 'share')?.mean, 2 / 3)
    await pageTab('results', /Results/)
  })

  it('what is on the screen runs, saved or not', async () => {
    const editor = await openShop('unsaved')
    await replace(editor, '(revenue - cost) / revenue', 'cost * 2')
    // 120, 100 and 40; the row without revenue stays missing.
    near(column(await ran(editor.document.uri), 'rows', 'margin')?.mean, 260 / 3)
    assert.equal(editor.document.isDirty, true)
  })

  it('so does code that is imported, and a change of it makes what was found old', async () => {
    const editor = await openShop(
      'helped',
      "import { rate } from './rates'\n\nexport function tax(revenue) {\n  return revenue * rate\n}\n",
    )
    const rates = workspaceUri('host', 'helped', 'rates.ts')
    await vscode.workspace.fs.writeFile(rates, Buffer.from('export const rate = 0.5\n'))
    near(column(await ran(editor.document.uri), 'rows', 'tax')?.max, 50)
    const helper = await open(rates)
    await replace(helper, '0.5', '0.25')
    assert.match((await lastRunHover(editor.document, 'function '))[0] ?? '', /, before the last change: 4 rows$/)
    near(column(await ran(editor.document.uri), 'rows', 'tax')?.max, 25)
    assert.match((await lastRunHover(editor.document, 'function '))[0] ?? '', / of shop: 4 rows$/)
    assert.equal(helper.document.isDirty, true)
  })

  it('a feature file that was never saved runs on the data beside where it will be', async () => {
    await openShop('never saved')
    const file = (name: string) => workspaceUri('host', 'never saved', name)
    await vscode.workspace.fs.writeFile(file('till.csv'), Buffer.from(shopData))
    const { document } = await open(file('till.features.ts').with({ scheme: 'untitled' }))
    const edit = new vscode.WorkspaceEdit()
    edit.insert(
      document.uri,
      new vscode.Position(0, 0),
      shopFeatures.replace('share(revenue, total)', 'share(revenue, totl)'),
    )
    await vscode.workspace.applyEdit(edit)
    const [wrong] = await diagnostics(document.uri, (found) => found.length > 0)
    assert.equal(wrong && codeOf(wrong), 'MD001')
    await replace({ document }, 'share(revenue, totl)', 'share(revenue, total)')
    near(column(await ran(document.uri), 'groups', 'total')?.mean, 115)
  })

  it('a hover says what the last run found in a column or feature, and that it was before the last change', async () => {
    const editor = await openShop('hovered')
    const { document } = editor
    await ran(document.uri)
    const hover = (before: string) => lastRunHover(document, before)
    const [group, image, facts] = await hover('share(revenue, ')
    assert.equal(group, '**In the last run** of shop: 2 groups')
    assert.match(image ?? '', /^!\[Distribution of total\]\(data:image\/svg\+xml;base64,/)
    assert.equal(facts, 'min 80 · median 115 · mean 115 · max 150 · std 49.5 · 2 different · 0 % missing')
    const [column, , ofColumn] = await hover('margin(revenue, ')
    assert.equal(column, '**In the last run** of shop: 4 rows')
    assert.equal(ofColumn, 'min 10 · median 35 · mean 35 · max 60 · std 23.8 · 4 different · 0 % missing')
    await replace(editor, 'revenue / total', 'revenue / (total + 1)')
    const stale = '**In the last run** of shop, before the last change: 2 groups'
    assert.deepEqual(await hover('share(revenue, '), [stale, image, facts])
  })

  it('the sample can be limited', async () => {
    const { document } = await openShop('limited')
    await setting('sample.rows', 2)
    assert.equal((await ran(document.uri)).rows.count, 2)
  })

  it('an endless loop is stopped and told at its line; the other features are computed', async () => {
    await setting('run.featureTimeoutSeconds', 0.5)
    const editor = await openShop('loop', `${shopFeatures}\nexport function stuck(cost) {\n  for (;;) {}\n}\n`)
    const { document } = editor
    const outcome = await run(document.uri)
    const [error] = await diagnostics(document.uri, (all) => all.some(({ source }) => source === 'modeldriver run'))
    assert.match(JSON.stringify(outcome), /stuck/)
    assert.ok(error)
    const at = document
      .getText()
      .split('\n')
      .findIndex((line) => line.includes('function stuck'))
    assert.ok(
      error.range.start.line - at <= 1 && error.range.start.line >= at,
      `${error.range.start.line} is about ${at}`,
    )
    if (outcome.kind === 'ran')
      near(outcome.summary.models[0] && column(outcome.summary.models[0], 'groups', 'total')?.mean, 115)
    await replace(editor, 'for (;;) {}', 'return cost')
    await diagnostics(document.uri, (all) => all.every(({ source }) => source !== 'modeldriver run'))
    near(column(await ran(document.uri), 'rows', 'stuck')?.mean, 35)
  })

  it('a feature that throws, and one that returns an object, are told at their lines', async () => {
    const bad = `
export function thrown(cost) {
  const limits = undefined
  return cost > limits.upper
}
export function object(cost) {
  return { cost }
}
`
    const { document } = await openShop('bad', shopFeatures + bad)
    const model = await ran(document.uri)
    near(column(model, 'groups', 'total')?.mean, 115)
    const found = await diagnostics(
      document.uri,
      (all) => all.filter(({ source }) => source === 'modeldriver run').length >= 2,
    )
    const lines = document.getText().split('\n')
    const ofRun = found.filter(({ source }) => source === 'modeldriver run')
    const at = (text: string) => ofRun.filter(({ range }) => lines[range.start.line]?.includes(text))
    assert.equal(at('limits.upper').length, 1, JSON.stringify(found))
    assert.equal(at('function object').length + at('return { cost }').length, 1, JSON.stringify(found))
    assert.ok(found.some((one) => codeOf(one) === 'MD027'))
  })

  const wrong = [
    ['MD004', shopFeatures.replace('// group_by: pin', '// no key')],
    ['MD001', `${shopFeatures}\nexport function lost(\n  cost,\n  revenu_,\n) {\n  return cost + revenu_\n}\n`],
    ['MD002', `${shopFeatures}\nexport const one = (two) => two\nexport const two = (one) => one\n`],
  ] as const
  for (const [code, features] of wrong)
    it(`what the check says of a feature (${code}) is not said again by the run`, async () => {
      const { document } = await openShop(`said-${code}`, features)
      const codes = (found: readonly vscode.Diagnostic[]) => found.map((one) => `${one.source} ${codeOf(one)}`)
      const before = await diagnostics(document.uri, (found) => found.some((one) => codeOf(one) === code))
      await run(document.uri)
      await pageTab('results', /Results/)
      assert.deepEqual(codes(await diagnostics(document.uri, () => true)), codes(before))
    })

  for (const format of ['csv', 'csv.gz', 'parquet', 'arrow', 'xlsx', 'json'] satisfies TableFormat[])
    it(`what changed in a sample (.${format}) since the run before is counted`, async () => {
      const folder = `changed ${format}`
      const data = `sold.${format}`
      const sell = (...revenue: (number | null)[]) => {
        const pin = revenue.map((_, row) => (row < 2 ? 'A' : 'B'))
        const cost = revenue.map((_, row) => 10 * (row + 1))
        const columns = [
          ['pin', columnOf(pin)],
          ['revenue', columnOf(revenue)],
          ['cost', columnOf(cost)],
        ] as const
        writeFiles([{ path: workspaceUri('host', folder, data).fsPath, table: makeTable(columns), format }])
      }
      sell(100, 50, null, 80)
      const models = [{ model_name: 'shop', features: 'shop.features.ts', data, group_by: 'pin' }]
      const manifest = Buffer.from(JSON.stringify({ models }))
      await vscode.workspace.fs.writeFile(workspaceUri('host', folder, 'modeldriver.json'), manifest)
      const { document } = await openShop(folder)
      assert.equal((await ran(document.uri)).rows.changes, undefined)
      const same = { addedRows: 0, removedRows: 0, cells: {}, addedColumns: [], removedColumns: [] }

      // A: 100 and 70 of 170 in place of 150; B: 90 of 90 in place of 80 of 80.
      sell(100, 70, null, 90)
      const edited = await ran(document.uri)
      assert.deepEqual(edited.rows.changes, { ...same, cells: { revenue: 2, margin: 2, share: 2 } })
      assert.deepEqual(edited.groups?.changes, { ...same, cells: { total: 2 } })
      sell(100, 70, null, 90, 30)
      const longer = await ran(document.uri)
      assert.deepEqual(longer.rows.changes, { ...same, addedRows: 1, cells: { share: 1 } })
      assert.deepEqual(longer.groups?.changes, { ...same, cells: { total: 1 } })
      assert.deepEqual((await ran(document.uri)).rows.changes, same)
    })

  it('can be cancelled', async () => {
    await setting('run.featureTimeoutSeconds', 60)
    const { document } = await openShop('cancel', `${shopFeatures}\nexport function stuck(cost) {\n  for (;;) {}\n}\n`)
    const outcome = run(document.uri)
    await pageTab('results', /Results/)
    await vscode.commands.executeCommand('modeldriver.cancelRun')
    assert.deepEqual(await outcome, { kind: 'cancelled' })
  })
})
