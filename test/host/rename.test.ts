import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, open, openShop, workspaceUri } from './workspace.ts'

const renameEdit = (uri: vscode.Uri, position: vscode.Position, newName: string): Thenable<vscode.WorkspaceEdit> =>
  vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', uri, position, newName)

/** The place of `$0` in `marked`, a piece of a document's text. */
function placeOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const at = document.getText().indexOf(marked.replace('$0', ''))
  assert.ok(at >= 0, `${marked} is in ${document.fileName}`)
  return document.positionAt(at + marked.indexOf('$0'))
}

const filesOf = (edit: vscode.WorkspaceEdit): readonly string[] =>
  edit
    .entries()
    .map(([uri]) => uri.path.slice(uri.path.lastIndexOf('/') + 1))
    .sort()

const textOf = async (uri: vscode.Uri): Promise<string> => (await vscode.workspace.openTextDocument(uri)).getText()

/** What a rename by hand gives: the word, wherever it stands outside of comments. */
const renamedByHand = (text: string, before: string, after: string): string =>
  text
    .split('\n')
    .map((line) => (/^\s*(\/\*|\/\/)/.test(line) ? line : line.replace(new RegExp(`\\b${before}\\b`, 'g'), after)))
    .join('\n')

describe('Rename Symbol', () => {
  afterEach(closeAll)

  it('on a parameter of another model renames the feature in every file, as one edit', async () => {
    const names = ['transactions', 'daily', 'customer_profile'].map((name) => `${name}.features.ts`)
    const uris = names.map((name) => workspaceUri('retail', name))
    const before = await Promise.all(uris.map(textOf))
    const { document } = await open(workspaceUri('retail', 'customer_profile.features.ts'))
    const edit = await renameEdit(document.uri, placeOf(document, 'lifetime_revenue($0revenue)'), 'income')
    assert.deepEqual(filesOf(edit), [...names].sort())
    assert.ok(await vscode.workspace.applyEdit(edit))
    const after = await Promise.all(uris.map(textOf))
    assert.deepEqual(
      after,
      before.map((text) => renamedByHand(text, 'revenue', 'income')),
    )
  })

  it('changes the manifest in the same edit, and follows a name from there', async () => {
    const daily = await open(workspaceUri('retail', 'daily.features.ts'))
    const expected = ['daily.features.ts', 'modeldriver.json', 'transactions.features.ts']
    const fromUse = await renameEdit(daily.document.uri, placeOf(daily.document, 'return dt_$0date.slice'), 'sale_day')
    assert.deepEqual(filesOf(fromUse), expected)
    const manifest = await open(workspaceUri('retail', 'modeldriver.json'))
    const place = placeOf(manifest.document, '"group_by": "dt_d$0ate"')
    const fromManifest = await renameEdit(manifest.document.uri, place, 'sale_day')
    assert.deepEqual(filesOf(fromManifest), expected)
    assert.ok(await vscode.workspace.applyEdit(fromManifest))
    assert.match(manifest.document.getText(), /"group_by": "sale_day"/)
    assert.match(daily.document.getText(), /month\(sale_day\) \{\n {2}return sale_day\.slice/)
  })

  it('is one step to undo', async () => {
    const editor = await openShop('undo')
    const before = editor.document.getText()
    const edit = await renameEdit(
      editor.document.uri,
      placeOf(editor.document, 'share(revenue, $0total)'),
      'everything',
    )
    assert.ok(await vscode.workspace.applyEdit(edit))
    assert.equal(editor.document.getText(), before.replaceAll('total', 'everything'))
    await vscode.commands.executeCommand('undo')
    assert.equal(editor.document.getText(), before)
  })

  it('is left to TypeScript for a helper and for a variable', async () => {
    const { document } = await open(workspaceUri('retail', 'customer_profile.features.ts'))
    const helper = await renameEdit(document.uri, placeOf(document, 'return per$0cent(lifetime_margin'), 'per_hundred')
    assert.deepEqual(filesOf(helper), ['customer_profile.features.ts'])
    assert.equal(helper.get(document.uri).length, document.getText().split('percent(').length - 1)
    const variable = await renameEdit(document.uri, placeOf(document, 'const it$0ems ='), 'amounts')
    assert.equal(variable.get(document.uri).length, document.getText().match(/\bitems\b(?!,)/g)?.length)
  })

  it('of a name that cannot be changes nothing, nor does TypeScript then', async () => {
    const { document } = await open(workspaceUri('retail', 'transactions.features.ts'))
    const edit = await renameEdit(document.uri, placeOf(document, 'function $0revenue('), 'margin')
    assert.equal(edit.size, 0)
  })

  it('follows a feature into a script that imports it', async () => {
    const editor = await openShop('script')
    const script = "import { margin } from './shop.features'\n\nconsole.log(margin(3, 2))\n"
    const uri = workspaceUri('host', 'script', 'script.ts')
    await vscode.workspace.fs.writeFile(uri, Buffer.from(script))
    const { document } = await open(uri, vscode.ViewColumn.Two)
    const edit = await renameEdit(editor.document.uri, placeOf(editor.document, 'function mar$0gin'), 'profit')
    assert.deepEqual(filesOf(edit), ['script.ts', 'shop.features.ts'])
    assert.equal(edit.get(editor.document.uri).length, 1)
    assert.ok(await vscode.workspace.applyEdit(edit))
    assert.match(document.getText(), /import \{ profit(| as margin) \} from/)
    assert.match(editor.document.getText(), /function profit\(revenue, cost\)/)
  })

  it('has a command of its own, for the case that another extension answers first', async () => {
    const editor = await openShop('command')
    const position = placeOf(editor.document, 'share(revenue, $0total)')
    const rename = (name: string) =>
      vscode.commands.executeCommand<boolean>('modeldriver.rename', editor.document.uri, position, name)
    assert.equal(await rename('margin'), false)
    assert.equal(await rename('everything'), true)
    assert.match(editor.document.getText(), /share\(revenue, everything\) \{\n {2}return revenue \/ everything/)
  })
})
