import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { processesOf } from '../support/processes.ts'
import {
  closeAll,
  codeOf,
  diagnostics,
  extensionId,
  open,
  openShop,
  replace,
  shopData,
  shopFeatures,
  workspaceUri,
} from './workspace.ts'

const lenses = (uri: vscode.Uri): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 100)

const ours = (all: readonly vscode.CodeLens[]): vscode.Command[] =>
  all.flatMap(({ command }) => (command?.command.startsWith('modeldriver.') ? [command] : []))

describe('while typing', () => {
  afterEach(closeAll)

  it('a misspelt column is an error that names the one meant, and goes when it is corrected; nothing is saved', async () => {
    const editor = await openShop('typing')
    const { document } = editor
    await replace(editor, 'margin(revenue, cost)', 'margin(revenue, csot)')
    const [error] = await diagnostics(document.uri, (found) => found.some((one) => codeOf(one) === 'MD001'))
    assert.ok(error)
    assert.equal(document.getText(error.range), 'csot')
    assert.equal(error.severity, vscode.DiagnosticSeverity.Error)
    assert.match(error.message, /csot.*Did you mean 'cost'\?/s)
    await replace(editor, 'csot', 'cost')
    await diagnostics(document.uri, (found) => found.every((one) => codeOf(one) !== 'MD001'))
    assert.equal(document.isDirty, true)
  })

  it('a cycle is told with its path at each member', async () => {
    const editor = await openShop('cycle')
    await replace(editor, 'total(revenue)', 'total(revenue, share)')
    const found = await diagnostics(
      editor.document.uri,
      (all) => all.filter((one) => codeOf(one) === 'MD002').length > 1,
    )
    const cycles = found.filter((one) => codeOf(one) === 'MD002')
    for (const { message } of cycles) assert.match(message, /share.*total|total.*share/s)
    assert.deepEqual(cycles.map(({ range }) => editor.document.getText(range)).sort(), ['share', 'total'])
  })

  it("editing the data's header updates the feature file, before and after it is saved", async () => {
    const editor = await openShop('header')
    const data = await open(workspaceUri('host', 'header', 'shop.csv'), vscode.ViewColumn.Two)
    await replace(data, 'cost', 'costs')
    await diagnostics(editor.document.uri, (all) => all.some((one) => codeOf(one) === 'MD001'))
    await vscode.commands.executeCommand('workbench.action.files.revert')
    await diagnostics(editor.document.uri, (all) => all.every((one) => codeOf(one) !== 'MD001'))
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor')
    const write = (text: string) => vscode.workspace.fs.writeFile(data.document.uri, Buffer.from(text))
    await write(shopData.replace('revenue', 'sales'))
    await diagnostics(editor.document.uri, (all) => all.some((one) => codeOf(one) === 'MD001'))
  })
})

describe('code lenses', () => {
  const settings = () => vscode.workspace.getConfiguration('modeldriver.codeLens')
  afterEach(async () => {
    for (const name of ['enabled', 'run', 'level', 'inputs', 'usedBy']) await settings().update(name, undefined, true)
    await closeAll()
  })

  it('say the level and why, the inputs and the users; their commands exist', async () => {
    const { document } = await openShop('lenses')
    const commands = ours(await lenses(document.uri))
    const titles = (feature: string) =>
      commands.flatMap(({ title, arguments: args }) => (args?.[1] === feature ? [title] : [])).join(' | ')
    assert.match(titles('margin'), /Run.*row.*2 inputs: revenue, cost/s)
    assert.match(titles('total'), /per pin.*#agg.*1 input: revenue.*used by 1/s)
    assert.match(titles('share'), /row.*2 inputs: revenue, total/s)
    const registered = new Set(await vscode.commands.getCommands(true))
    assert.deepEqual(
      commands.filter(({ command }) => !registered.has(command)),
      [],
    )
    assert.deepEqual(new Set(commands.map(({ arguments: args }) => args?.[0])), new Set([document.uri.toString()]))
  })

  it('can be switched off', async () => {
    const { document } = await openShop('lenses')
    await settings().update('enabled', false, true)
    assert.deepEqual(ours(await lenses(document.uri)), [])
  })

  for (const [name, part] of Object.entries({ run: 'Run', level: 'per pin', inputs: '1 input', usedBy: 'used by 1' }))
    it(`can be switched off part by part: ${name}`, async () => {
      const { document } = await openShop('lenses')
      const titles = async () =>
        ours(await lenses(document.uri)).flatMap(({ title, arguments: args }) => (args?.[1] === 'total' ? [title] : []))
      const all = await titles()
      assert.equal(all.length, 4)
      await settings().update(name, false, true)
      assert.deepEqual(
        await titles(),
        all.filter((title) => !title.includes(part)),
      )
      assert.equal((await titles()).length, 3)
    })

  it('follow the text', async () => {
    const editor = await openShop('lenses', shopFeatures)
    await replace(editor, 'export function share(revenue, total)', 'export function part(revenue, total)')
    const features = ours(await lenses(editor.document.uri)).map(({ arguments: args }) => args?.[1])
    assert.ok(features.includes('part') && !features.includes('share'), features.join(', '))
  })
})

describe('hints between the words', () => {
  const settings = () => vscode.workspace.getConfiguration('modeldriver.inlayHints')
  afterEach(async () => {
    for (const name of ['types', 'levels']) await settings().update(name, undefined, true)
    await closeAll()
  })

  it('types and levels are switched one by one', async () => {
    const { document } = await openShop('hints')
    const all = new vscode.Range(0, 0, document.lineCount, 0)
    const labels = async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      )
      return [...new Set(hints.map(({ label }) => (typeof label === 'string' ? label : '')))].sort()
    }
    const types = [': Column<number>', ': number']
    assert.deepEqual(await labels(), [' → group', ...types])
    await settings().update('types', false, true)
    assert.deepEqual(await labels(), [' → group'])
    await settings().update('levels', false, true)
    assert.deepEqual(await labels(), [])
    await settings().update('types', true, true)
    assert.deepEqual(await labels(), types)
  })
})

describe('the server', () => {
  afterEach(closeAll)

  it('can be restarted: another process takes its place and checks what is typed', async () => {
    const folder = vscode.extensions.getExtension(extensionId)?.extensionPath ?? ''
    const servers = () => processesOf(folder, '/dist/server.js')
    const editor = await openShop('restart')
    await lenses(editor.document.uri)
    const before = servers()
    assert.equal(before.length, 1)
    await vscode.commands.executeCommand('modeldriver.restartServer')
    assert.equal(servers().filter((server) => !before.includes(server)).length, 1)
    await replace(editor, 'cost)', 'csot)')
    await diagnostics(editor.document.uri, (found) => found.some((one) => codeOf(one) === 'MD001'))
  })
})
