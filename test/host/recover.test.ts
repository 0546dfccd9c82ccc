import * as assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import type { RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { closeAll, codeOf, diagnostics, open, openShop, pageTab, replace, shopData, workspaceUri } from './workspace.ts'

type Outcome =
  | { readonly kind: 'ran'; readonly summary: RunSummary }
  | { readonly kind: 'failed'; readonly problems: readonly { readonly message: string; readonly path?: string }[] }

const run = (uri: vscode.Uri): Thenable<Outcome | undefined> =>
  vscode.commands.executeCommand('modeldriver.run', uri.toString())

/** Rows of the first model, or what was said instead. */
async function rowsOrWhy(uri: vscode.Uri): Promise<number | string> {
  const outcome = await run(uri)
  if (outcome?.kind === 'ran') return outcome.summary.models[0]?.rows.count ?? 'no model'
  return outcome?.problems.map(({ message }) => message).join('\n') ?? 'nothing'
}

const isOfRun = ({ source }: vscode.Diagnostic): boolean => source === 'modeldriver run'
const ofRun = (found: readonly vscode.Diagnostic[]) => found.filter(isOfRun)

describe('the sample data is lost and comes back', () => {
  const settings = () => vscode.workspace.getConfiguration('modeldriver')
  const data = (folder: string) => workspaceUri('host', folder, 'shop.csv')
  const manifestOf = (folder: string) => workspaceUri('host', folder, 'modeldriver.json')
  const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text))
  const manifest = {
    models: [{ model_name: 'shop', features: 'shop.features.ts', data: 'shop.csv', group_by: 'pin' }],
  }
  afterEach(async () => {
    await settings().update('values', undefined, true)
    await closeAll()
  })

  async function openLosing(folder: string): Promise<vscode.TextEditor> {
    await write(manifestOf(folder), JSON.stringify(manifest, null, 2))
    const editor = await openShop(folder)
    await replace(editor, '(revenue - cost) / revenue', '(revenue - cost) / cost')
    return editor
  }

  it('each run says what is wrong with it, then it works as before; what was typed stays', async () => {
    const editor = await openLosing('lost')
    const { uri } = editor.document
    const typed = editor.document.getText()
    assert.equal(await rowsOrWhy(uri), 4)
    await vscode.workspace.fs.delete(data('lost'))
    assert.equal(await rowsOrWhy(uri), 'Cannot read shop.csv: file not found.')
    await diagnostics(manifestOf('lost'), (all) => all.some((one) => codeOf(one) === 'MD026'))
    await write(data('lost'), '')
    assert.equal(await rowsOrWhy(uri), 'Cannot read shop.csv: it is empty.')
    await vscode.workspace.fs.delete(data('lost'))
    await vscode.workspace.fs.createDirectory(data('lost'))
    assert.equal(await rowsOrWhy(uri), 'Cannot read shop.csv: it is a folder.')
    await vscode.workspace.fs.delete(data('lost'))
    await write(data('lost'), shopData.split('\n').slice(0, 3).join('\n'))
    assert.equal(await rowsOrWhy(uri), 2)
    await write(data('lost'), shopData)
    assert.equal(await rowsOrWhy(uri), 4)
    await diagnostics(manifestOf('lost'), (all) => all.length === 0)
    assert.equal(editor.document.getText(), typed)
    assert.equal(editor.document.isDirty, true)
  })

  it('while edits run the model, too', async () => {
    const editor = await openLosing('lost live')
    const { uri } = editor.document
    await settings().update('values', 'live', true)
    assert.equal(await rowsOrWhy(uri), 4)
    await vscode.workspace.fs.delete(data('lost live'))
    const told = diagnostics(manifestOf('lost live'), (all) => all.length > 0)
    await replace(editor, '/ cost', '/ (cost + 1)')
    await told
    await write(data('lost live'), shopData)
    await diagnostics(manifestOf('lost live'), (all) => all.every((one) => isOfRun(one) || codeOf(one) !== 'MD026'))
    await replace(editor, '/ (cost + 1)', '/ cost.missing()')
    const [found] = ofRun(await diagnostics(uri, (all) => ofRun(all).length > 0))
    assert.match(found?.message ?? '', /'margin' failed at row 1/)
  })
})

describe('folders with unusual names', () => {
  afterEach(closeAll)

  const long = 'x'.repeat(120)
  for (const [what, folder] of [
    ['spaces, letters of all kinds, and what addresses use', "odd/Año 日本 é #1 100% a&b+c;d=e (x) [y] {z} 'q' ~$!@"],
    ['a very long path', `${long}/${long}/${long}`],
    ['a link', 'linked'],
  ] as const)
    it(`${what}: checks, definitions, run, its problems, graph`, async () => {
      if (folder === 'linked') {
        await openShop('real')
        await closeAll()
        symlinkSync(workspaceUri('host', 'real').fsPath, workspaceUri('host', 'linked').fsPath)
      } else await openShop(folder)
      const editor = await open(workspaceUri('host', ...folder.split('/'), 'shop.features.ts'))
      const { document } = editor
      await replace(editor, 'margin(revenue, cost)', 'margin(revenue, csot)')
      await diagnostics(document.uri, (all) => all.some((one) => codeOf(one) === 'MD001'))
      await replace(editor, 'csot', 'cost')
      await diagnostics(document.uri, (all) => all.length === 0)

      const at = document.positionAt(document.getText().indexOf('share(revenue, total)') + 'share(revenue, t'.length)
      const targets = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        at,
      )
      const uris = targets.map((target) => ('targetUri' in target ? target.targetUri : target.uri).toString())
      assert.ok(uris.includes(document.uri.toString()), uris.join(', '))

      // What is typed and not saved runs, and fails at its place in the file that is open.
      await replace(editor, 'return revenue / total', 'return total.nothing.at.all')
      assert.equal(await rowsOrWhy(document.uri), 4)
      const [found] = ofRun(await diagnostics(document.uri, (all) => ofRun(all).length > 0))
      assert.match(document.lineAt(found?.range.start.line ?? 0).text, /return total\.nothing\.at\.all/)

      await vscode.commands.executeCommand('modeldriver.showGraph', document.uri.toString())
      await pageTab('graph', /shop/)
    })
})

describe('a file that is on no disk', () => {
  let provider: vscode.Disposable
  before(() => {
    provider = vscode.workspace.registerFileSystemProvider('memfs', new Memory())
  })
  after(async () => {
    await closeAll()
    provider.dispose()
  })

  it('is left alone, and commands about it compute nothing and break nothing', async () => {
    await openShop('beside memory')
    const { document } = await open(vscode.Uri.parse('memfs:/repository/shop.features.ts'))
    assert.match(document.getText(), /export function margin/)
    for (const command of ['run', 'showGraph', 'showInputs', 'createManifest', 'generateTypes'])
      assert.equal(await vscode.commands.executeCommand(`modeldriver.${command}`, document.uri.toString()), undefined)
    const report = JSON.parse(await vscode.commands.executeCommand<string>('modeldriver.copyDiagnostics'))
    assert.equal(report.server, 'running')
    assert.deepEqual(
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'modeldriver'),
      [],
    )
    assert.equal(await rowsOrWhy(workspaceUri('host', 'beside memory', 'shop.features.ts')), 4)
  })
})

/** A file system that holds the same feature file under every name. */
class Memory implements vscode.FileSystemProvider {
  readonly #bytes = Buffer.from('export function margin(revenue, csot) {\n  return revenue - csot\n}\n')
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined)
  stat = (): vscode.FileStat => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.#bytes.length })
  readDirectory = (): [string, vscode.FileType][] => []
  readFile = (): Uint8Array => this.#bytes
  createDirectory = (): void => undefined
  writeFile = (): void => undefined
  delete = (): void => undefined
  rename = (): void => undefined
}
