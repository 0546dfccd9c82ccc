import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeAll, eventually, open, openShop, replace, shopData, workspaceUri } from './workspace.ts'

const textOf = async (uri: vscode.Uri): Promise<string> =>
  Buffer.from(await vscode.workspace.fs.readFile(uri)).toString()

/** Does what changes a file, and waits until its text on disk is as wanted. */
async function untilWritten(
  uri: vscode.Uri,
  wanted: (text: string) => boolean,
  change: () => PromiseLike<unknown>,
): Promise<string> {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*.d.ts'),
  )
  try {
    const written = new vscode.EventEmitter<void>()
    let text = ''
    watcher.onDidChange(async () => {
      text = await textOf(uri)
      written.fire()
    })
    await change()
    return await eventually(written.event, () => (wanted(text) ? text : undefined))
  } finally {
    watcher.dispose()
  }
}

const file = (name: string) => workspaceUri('host', 'types', name)
const declarations = () => file('modeldriver.d.ts')

describe('modeldriver.d.ts', () => {
  afterEach(closeAll)

  it('is offered where an import has no types, and then it has', async () => {
    const editor = await openShop(
      'imported types',
      `// group_by: pin
import { round } from 'modeldriver'
export const margin = (revenue, cost) => round(revenue - cost, 2)
`,
    )
    const said = (...words: readonly string[]) =>
      vscode.languages
        .getDiagnostics(editor.document.uri)
        .find(
          ({ severity, message }) =>
            severity === vscode.DiagnosticSeverity.Error && words.some((word) => message.includes(word)),
        )
    const missing = await eventually(vscode.languages.onDidChangeDiagnostics, () => said('Cannot find module'))
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      missing.range,
      vscode.CodeActionKind.QuickFix.value,
    )
    const make = actions.find(({ title }) => title.startsWith('Make modeldriver.d.ts'))
    assert.ok(make?.command, actions.map(({ title }) => title).join(', '))
    await vscode.commands.executeCommand(make.command.command, ...(make.command.arguments ?? []))
    await eventually(vscode.languages.onDidChangeDiagnostics, () =>
      said('Cannot find module', 'implicitly has') ? undefined : true,
    )
  })

  it('is made by its command, opened, and read by TypeScript also when it is closed again', async () => {
    await openShop('types')
    assert.equal(await vscode.commands.executeCommand('modeldriver.generateTypes'), declarations().toString())
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), declarations().toString())
    const text = vscode.window.activeTextEditor?.document.getText() ?? ''
    for (const part of [/revenue: number/, /cost: number/, /pin: string/]) assert.match(text, part)
    // Without a tsconfig.json TypeScript would forget it with its tab.
    assert.match(await textOf(file('tsconfig.json')), /"\*\*\/modeldriver\.d\.ts"/)
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor')

    const editor = await open(file('shop.features.ts'))
    await replace(editor, 'margin(revenue, cost)', 'margin({ revenue, cost }: Row)')
    await replace(editor, '(revenue - cost)', '(revenue - cost.length)')
    // What a column is, said by TypeScript itself.
    const isError = ({ source, severity }: vscode.Diagnostic) =>
      source === 'ts' && severity === vscode.DiagnosticSeverity.Error
    const [error, ...more] = await eventually(vscode.languages.onDidChangeDiagnostics, () => {
      const errors = vscode.languages.getDiagnostics(editor.document.uri).filter(isError)
      return errors.some(({ message }) => message.includes("'length'")) ? errors : undefined
    })
    assert.match(error?.message ?? '', /'length' does not exist on type 'number'/)
    assert.deepEqual(more, [])
  })

  it('follows the header of the data, the levels of features and the list of files', async () => {
    const editor = await openShop('types')
    const header = await untilWritten(
      declarations(),
      (text) => /sales: number/.test(text),
      () => vscode.workspace.fs.writeFile(file('shop.csv'), Buffer.from(shopData.replace('revenue', 'sales'))),
    )
    assert.doesNotMatch(header, /revenue: number/)
    await untilWritten(
      declarations(),
      (text) => /revenue: number/.test(text),
      () => vscode.workspace.fs.writeFile(file('shop.csv'), Buffer.from(shopData)),
    )
    const isPerGroup = (text: string) => /['"]total['"]/.test(text)
    assert.ok(isPerGroup(await textOf(declarations())))
    await untilWritten(
      declarations(),
      (text) => !isPerGroup(text),
      () => replace(editor, 'return revenue.sum()', '//#row'),
    )
    await untilWritten(
      declarations(),
      (text) => /more\.features/.test(text),
      async () => {
        await vscode.workspace.fs.writeFile(
          file('more.features.ts'),
          Buffer.from('export const more = (cost) => cost\n'),
        )
        const model = { model_name: 'shop', features: ['*.features.ts'], data: 'shop.csv', group_by: 'pin' }
        await vscode.workspace.fs.writeFile(file('modeldriver.json'), Buffer.from(JSON.stringify({ models: [model] })))
      },
    )
  })
})
