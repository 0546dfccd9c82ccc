import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, eventually, openShop, pageTab } from './workspace.ts'

/** Accepts the selected entry of a quick pick, again and again until the command that showed it has ended. */
async function acceptFirst<T>(command: Thenable<T>, ...before: readonly string[]): Promise<T> {
  let ended = false
  const result = Promise.resolve(command).finally(() => {
    ended = true
  })
  while (!ended)
    for (const key of [...before, 'workbench.action.acceptSelectedQuickOpenItem'])
      await vscode.commands.executeCommand(key)
  return result
}

const lineOfCursor = () => vscode.window.activeTextEditor?.selection.active.line

describe('lineage', () => {
  afterEach(closeAll)

  it('upstream inputs are picked from a list, and the pick jumps to its place', async () => {
    const { document } = await openShop('lineage')
    const uri = document.uri.toString()
    const picked = await acceptFirst(vscode.commands.executeCommand<string>('modeldriver.showInputs', uri, 'share'))
    // The first direct input of share(revenue, total) is the column, whose place is the data's header.
    assert.equal(picked, 'revenue')
    const editor = vscode.window.activeTextEditor
    assert.equal(editor?.document.fileName.endsWith('shop.csv'), true)
    assert.equal(editor?.document.getText(editor.selection), 'revenue')
  })

  it('users of a feature too', async () => {
    const { document } = await openShop('lineage')
    const uri = document.uri.toString()
    assert.equal(await acceptFirst(vscode.commands.executeCommand('modeldriver.showUsers', uri, 'total')), 'share')
    const line = document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('function share'))
    await eventually(vscode.window.onDidChangeTextEditorSelection, () => (lineOfCursor() === line ? true : undefined))
  })

  it('without arguments the command is about the feature at the cursor', async () => {
    const editor = await openShop('lineage')
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((text) => text.includes('revenue.sum()'))
    editor.selection = new vscode.Selection(line, 2, line, 2)
    assert.equal(await acceptFirst(vscode.commands.executeCommand('modeldriver.showUsers')), 'share')
  })

  it('the last entry of the list shows the feature in the graph', async () => {
    const { document } = await openShop('lineage')
    const show = () => vscode.commands.executeCommand('modeldriver.showInputs', document.uri.toString(), 'share')
    // The list may come between the two keys: then it was its first entry.
    while ((await acceptFirst(show(), 'quickInput.last')) !== undefined);
    await pageTab('graph', /^Graph: shop\.features\.ts$/)
  })

  it('the graph opens beside the code and names the project', async () => {
    const { document } = await openShop('lineage')
    await vscode.commands.executeCommand('modeldriver.showGraph', document.uri.toString(), 'share')
    const tab = await pageTab('graph', /^Graph: shop\.features\.ts$/)
    assert.notEqual(tab.group.viewColumn, vscode.ViewColumn.One)
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString())
  })
})
