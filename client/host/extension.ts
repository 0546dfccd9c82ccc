import * as vscode from 'vscode'
import { commandIds } from './commands/ids.ts'
import { featureFilePattern, isOurs, manifestPattern } from './files.ts'
import type { Product } from './product.ts'

/*
 * The doorkeeper. VS Code has no "a file of this name was opened" activation event: `workspaceContains` misses a single
 * file in an empty window and a feature file written into a project that had none, so `onLanguage:typescript` and
 * `onLanguage:javascript` are needed too. They fire for every project in these languages; therefore activation does
 * nothing but look at file names. The product (language client, panels, runner) is loaded and evaluated at the first
 * file of ours, or at the first of our commands.
 */

let product: Promise<Product> | undefined

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const start = (): Promise<Product> => {
    product ??= import('./product.ts').then((module) => module.startProduct(context))
    return product
  }
  const startFor = (document: vscode.TextDocument): void => {
    if (isOurs(document.uri.path)) void start()
  }

  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<unknown> => (await start()).commands[id](...args)
    context.subscriptions.push(vscode.commands.registerCommand(id, run))
  }
  for (const kind of ['graph', 'results'] as const) {
    const deserializeWebviewPanel = async (panel: vscode.WebviewPanel): Promise<void> =>
      (await start()).restorePanel(kind, panel)
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(`modeldriver.${kind}`, { deserializeWebviewPanel }),
    )
  }
  context.subscriptions.push(vscode.workspace.onDidOpenTextDocument(startFor))
  vscode.workspace.textDocuments.forEach(startFor)
  if (product === undefined && (await workspaceHasOurs())) void start()
}

export async function deactivate(): Promise<void> {
  await (await product)?.stop()
}

async function workspaceHasOurs(): Promise<boolean> {
  if (vscode.workspace.workspaceFolders === undefined) return false
  const pattern = `{${manifestPattern},${featureFilePattern}}`
  return (await vscode.workspace.findFiles(pattern, '**/node_modules/**', 1)).length > 0
}
