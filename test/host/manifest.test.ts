import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, codeOf, diagnostics, openShop, workspaceUri } from './workspace.ts'

const textOf = async (uri: vscode.Uri) => Buffer.from(await vscode.workspace.fs.readFile(uri)).toString()

describe('create modeldriver.json', () => {
  afterEach(closeAll)

  it('writes down what was guessed, with the data that is known, and opens it', async () => {
    const { document } = await openShop('created')
    const manifest = workspaceUri('host', 'created', 'modeldriver.json')
    assert.equal(await vscode.commands.executeCommand('modeldriver.createManifest'), manifest.toString())
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), manifest.toString())
    const { models } = JSON.parse(await textOf(manifest))
    assert.deepEqual(models, [
      { model_name: 'shop', seq: 1, features: ['shop.features.ts'], data: 'shop.csv', group_by: 'pin' },
    ])
    assert.match(await textOf(workspaceUri('host', 'created', 'tsconfig.json')), /"noImplicitAny": false/)
    await diagnostics(document.uri, (found) => found.every((one) => !codeOf(one)?.toString().startsWith('MD')))
    assert.deepEqual(vscode.languages.getDiagnostics(manifest), [])
  })

  it('opens the one that is there', async () => {
    await openShop('created')
    const manifest = workspaceUri('host', 'created', 'modeldriver.json')
    const before = await textOf(manifest)
    assert.equal(await vscode.commands.executeCommand('modeldriver.createManifest'), manifest.toString())
    assert.equal(await textOf(manifest), before)
  })
})
