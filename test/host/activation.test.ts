import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, extensionId, open, openShop, workspaceUri } from './workspace.ts'

interface Manifest {
  readonly activationEvents: readonly string[]
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[]
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }
    readonly grammars: readonly { readonly path: string }[]
    readonly jsonValidation: readonly { readonly url: string }[]
  }
}

const extension = () => {
  const found = vscode.extensions.getExtension(extensionId)
  assert.ok(found, 'the extension is installed')
  return found
}

describe('the extension', () => {
  afterEach(closeAll)

  it('starts with a feature file and registers every command that it contributes', async () => {
    await openShop('activation')
    await extension().activate()
    assert.equal(extension().isActive, true)
    const { contributes } = extension().packageJSON as Manifest
    const registered = new Set(await vscode.commands.getCommands(true))
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command))
    assert.deepEqual(missing, [])
  })

  it('contributes settings that VS Code knows, with their defaults', () => {
    const { properties } = (extension().packageJSON as Manifest).contributes.configuration
    const known = vscode.workspace.getConfiguration()
    for (const [name, { default: value }] of Object.entries(properties)) assert.equal(known.get(name), value, name)
  })

  it('ships the files that it contributes', async () => {
    const { grammars, jsonValidation } = (extension().packageJSON as Manifest).contributes
    const paths = [...grammars.map(({ path }) => path), ...jsonValidation.map(({ url }) => url), 'media/icon.png']
    for (const path of paths) await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension().extensionUri, path))
  })

  it('copies what a bug report needs, without the home folder', async () => {
    await openShop('activation')
    const text = await vscode.commands.executeCommand<string>('modeldriver.copyDiagnostics')
    const report = JSON.parse(text)
    assert.equal(report.server, 'running')
    assert.equal(report.target.model, 'shop')
    assert.equal(await vscode.env.clipboard.readText(), text)
  })
})

describe('modeldriver.json', () => {
  afterEach(closeAll)

  it('may have comments, and its schema offers the words of a model', async () => {
    await vscode.extensions.getExtension('vscode.json-language-features')?.activate()
    const uri = workspaceUri('host', 'manifest', 'modeldriver.json')
    await vscode.workspace.fs.writeFile(uri, Buffer.from('// a comment\n{\n  "models": [{  }]\n}\n'))
    const { document } = await open(uri)
    assert.equal(document.languageId, 'jsonc')
    const at = document.positionAt(document.getText().indexOf('{  }') + 2)
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at,
    )
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    for (const word of ['model_name', 'seq', 'features', 'data', 'group_by', 'outputs'])
      assert.ok(labels.includes(word), `${word} is among ${labels.join(', ')}`)
  })
})
