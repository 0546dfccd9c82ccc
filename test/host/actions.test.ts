import * as assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import * as vscode from 'vscode'
import { closeAll, codeOf, diagnostics, eventually, open, openShop, replace, workspaceUri } from './workspace.ts'

/** What the light bulb offers at a text of the document. */
async function actions({ document }: vscode.TextEditor, marked: string, kind?: string): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(marked))
  const found: (vscode.CodeAction | vscode.Command)[] = await vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
    kind,
  )
  return found.filter((one): one is vscode.CodeAction => 'edit' in one)
}

async function make(all: readonly vscode.CodeAction[], title: string): Promise<void> {
  const action = all.find((one) => one.title === title)
  assert.ok(action?.edit, `${title} is among ${all.map((one) => one.title).join(', ')}`)
  assert.ok(await vscode.workspace.applyEdit(action.edit))
}

describe('the light bulb', () => {
  afterEach(closeAll)

  it('repairs what a diagnostic says; the diagnostic goes, nothing is saved', async () => {
    const editor = await openShop('repair')
    await replace(editor, 'margin(revenue, cost)', 'margin(revenue, csot)')
    await diagnostics(editor.document.uri, (found) => found.some((one) => codeOf(one) === 'MD001'))
    const offered = await actions(editor, 'csot', vscode.CodeActionKind.QuickFix.value)
    const change = offered.find(({ title }) => title === "Change to 'cost'")
    assert.equal(change?.isPreferred, true)
    await make(offered, "Change to 'cost'")
    await diagnostics(editor.document.uri, (found) => found.length === 0)
    assert.match(editor.document.getText(), /margin\(revenue, cost\)/)
    assert.equal(editor.document.isDirty, true)
  })

  it('ignores a problem once there is a reason, and says when there is nothing to ignore any more', async () => {
    const editor = await openShop('ignored')
    const codes = (...wanted: readonly string[]) =>
      diagnostics(editor.document.uri, (found) => found.map(codeOf).sort().join() === wanted.join())
    await replace(
      editor,
      'margin(revenue, cost) {\n  return (revenue - cost)',
      'margin(revenue, csot) {\n  return (revenue - csot)',
    )
    await codes('MD001')
    await make(await actions(editor, 'csot', vscode.CodeActionKind.QuickFix.value), 'Ignore MD001 here')
    await codes('MD001', 'MD035')
    await replace(editor, 'MD001: because …', 'MD001: comes with the next export')
    await codes()
    await replace(editor, 'csot) {\n  return (revenue - csot)', 'cost) {\n  return (revenue - cost)')
    await codes('MD035')
  })

  it('offers the other level and a default at the head of a feature, and TypeScript still offers its own', async () => {
    const editor = await openShop('rewrite')
    const offered = await actions(editor, 'cost)', vscode.CodeActionKind.Refactor.value)
    await make(offered, "Add default to 'cost'")
    assert.match(editor.document.getText(), /margin\(revenue, cost = 0\)/)
  })

  it('sorts a file by dependency, as a source action of its own', async () => {
    const editor = await openShop(
      'sort',
      'export const b = (a) => a + 1\n\n// first\nexport const a = (revenue) => revenue\n',
    )
    const kind = 'source.modeldriver.sortFeatures'
    await make(await actions(editor, 'b', kind), 'Sort features by dependency')
    assert.equal(
      editor.document.getText(),
      '// first\nexport const a = (revenue) => revenue\n\nexport const b = (a) => a + 1\n',
    )
    assert.deepEqual(await actions(editor, 'b', kind), [])
  })

  it('makes the types of a feature that is to take Row, and stays where it is', async () => {
    const editor = await openShop('declarations')
    const convert = (await actions(editor, 'cost)')).find(({ title }) => title === 'Convert to { … }: Row')
    assert.ok(convert?.command)
    await vscode.commands.executeCommand(convert.command.command, ...(convert.command.arguments ?? []))
    assert.match(
      readFileSync(workspaceUri('host', 'declarations', 'modeldriver.d.ts').fsPath, 'utf8'),
      /revenue: number/,
    )
    assert.equal(vscode.window.activeTextEditor, editor)
  })
})

describe('the code of a problem', () => {
  afterEach(closeAll)

  it('leads to its section of a page that ships with the extension', async () => {
    const editor = await openShop('link')
    await replace(editor, 'cost)', 'csot)')
    const [problem] = await diagnostics(editor.document.uri, (found) => found.some((one) => codeOf(one) === 'MD001'))
    assert.ok(typeof problem?.code === 'object')
    const { target } = problem.code
    assert.equal(target.fragment, 'md001')
    assert.match(readFileSync(target.fsPath, 'utf8'), /^## MD001$/m)
  })

  it('is shown as a page to read, at its section', async () => {
    const page = workspaceUri('modeldriver-0.0.0', 'docs', 'problems.md')
    await vscode.workspace.fs.writeFile(
      page,
      Buffer.from(`# Problems\n\n${'text\n\n'.repeat(90)}## MD002\n\nCycles.\n`),
    )
    // What a click does, whoever shows the link.
    await vscode.commands.executeCommand('vscode.open', page.with({ fragment: 'md002' }))
    const tab = await eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('problems.md')),
    )
    assert.ok(tab.input instanceof vscode.TabInputCustom, 'the page is rendered')
    assert.equal(tab.input.viewType, 'vscode.markdown.preview.editor')
    assert.equal(tab.input.uri.fragment, 'md002')
  })
})

describe('table functions', () => {
  afterEach(closeAll)

  it('converts the table function at the cursor into features by a command; the manifest forgets it', async () => {
    const manifest = workspaceUri('host', 'tables', 'modeldriver.json')
    const frames =
      '"legacy_mode": true, "frames": { "clean": { "inputs": ["revenue", "cost"], "outputs": ["profit"] } }'
    const models = `{ "models": [{ "model_name": "tables", "features": ["*.features.ts"], "data": "shop.csv", ${frames} }] }`
    await vscode.workspace.fs.writeFile(manifest, Buffer.from(models))
    const code = `export function clean(table) {
  return table.derive({ profit: (d) => d.revenue - d.cost })
}

export const half = (proft, cost) => proft / cost
`
    const editor = await openShop('tables', code)
    await diagnostics(editor.document.uri, (found) => found.map(codeOf).join() === 'MD001')
    editor.selection = new vscode.Selection(1, 4, 1, 4)
    assert.equal(await vscode.commands.executeCommand('modeldriver.convertToFeatures'), true)
    assert.match(editor.document.getText(), /^export const profit = \(revenue, cost\) => revenue - cost\n/)
    assert.equal(await vscode.commands.executeCommand('modeldriver.convertToFeatures'), false)
    const { document } = await open(manifest)
    assert.doesNotMatch(document.getText(), /legacy_mode|frames/)
  })
})
