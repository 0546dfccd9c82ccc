import * as assert from 'node:assert/strict'
import * as vscode from 'vscode'

export const extensionId = 'modeldriver.modeldriver'

/** Four sales of two shops, one without revenue. */
export const shopData = 'pin,revenue,cost\nA,100,60\nA,50,50\nB,,10\nB,80,20\n'

export const shopFeatures = `// group_by: pin

/** Share of the revenue that is left. */
export function margin(revenue, cost) {
  return (revenue - cost) / revenue
}

export function total(revenue) { //#agg
  return revenue.sum()
}

export function share(revenue, total) {
  return revenue / total
}
`

export function workspaceUri(...path: readonly string[]): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]
  assert.ok(folder, 'the suite needs a workspace folder')
  return vscode.Uri.joinPath(folder.uri, ...path)
}

/** Writes a feature file beside its data into a folder of its own, and opens it. */
export async function openShop(folder: string, features = shopFeatures): Promise<vscode.TextEditor> {
  const write = (name: string, text: string) =>
    vscode.workspace.fs.writeFile(workspaceUri('host', folder, name), Buffer.from(text))
  await write('shop.csv', shopData)
  await write('shop.features.ts', features)
  return open(workspaceUri('host', folder, 'shop.features.ts'))
}

export async function open(uri: vscode.Uri, viewColumn = vscode.ViewColumn.One): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uri, { viewColumn, preview: false })
}

/** Replaces the first `before` of a document by `after`, as typing does: nothing is saved. */
export async function replace(
  { document }: Pick<vscode.TextEditor, 'document'>,
  before: string,
  after: string,
): Promise<void> {
  const offset = document.getText().indexOf(before)
  assert.ok(offset >= 0, `${before} is in the document`)
  const edit = new vscode.WorkspaceEdit()
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + before.length))
  edit.replace(document.uri, range, after)
  assert.ok(await vscode.workspace.applyEdit(edit))
}

/** Puts the text on disk back into the window and closes every editor, so that no test sees another's edits. */
export async function closeAll(): Promise<void> {
  const own = workspaceUri().path
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty || !document.uri.path.startsWith(own)) continue
    await open(document.uri)
    await vscode.commands.executeCommand('workbench.action.files.revert')
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors')
}

/** Checks now and at each event until there is an answer; the test's own limit bounds the wait. */
export function eventually<T>(event: vscode.Event<unknown>, check: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = check()
      if (found !== undefined) resolve(found)
      return found !== undefined
    }
    if (look()) return
    const listener = event(() => {
      if (look()) listener.dispose()
    })
  })
}

/** Our diagnostics of a file, once they are as wanted. */
export function diagnostics(
  uri: vscode.Uri,
  wanted: (ours: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source?.startsWith('modeldriver'))
    return wanted(ours) ? ours : undefined
  })
}

export const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code)

/** The tab of a page of ours, once its title is as wanted. */
export function pageTab(kind: 'graph' | 'results', title: RegExp): Promise<vscode.Tab> {
  const isOurs = ({ input, label }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputWebview && input.viewType.endsWith(`modeldriver.${kind}`) && title.test(label)
  return eventually(vscode.window.tabGroups.onDidChangeTabs, () =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(isOurs),
  )
}
