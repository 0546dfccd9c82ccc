import { config } from '@vscode/l10n'
import * as vscode from 'vscode'
import { commandIds } from './commands/ids.ts'
import { featureFilePattern, isOurs, manifestPattern } from './files.ts'
import type { ModelsNode } from './models/nodes.ts'
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
  config({ contents: vscode.l10n.bundle ?? {} })
  let isGivenBack = false
  const start = (): Promise<Product> => {
    product ??= import('./product.ts').then((module) => module.startProduct(context, () => isGivenBack))
    return product
  }
  const startFor = (document: vscode.TextDocument): void => {
    if (isOurs(document.uri)) void start()
  }

  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<unknown> => (await start()).commands[id](...args)
    context.subscriptions.push(vscode.commands.registerCommand(id, run))
  }
  for (const kind of ['graph', 'results'] as const) {
    const deserializeWebviewPanel = async (panel: vscode.WebviewPanel): Promise<void> => {
      isGivenBack = true
      const { restorePanel } = await start()
      restorePanel(kind, panel)
    }
    context.subscriptions.push(
      vscode.window.registerWebviewPanelSerializer(`modeldriver.${kind}`, { deserializeWebviewPanel }),
    )
  }
  context.subscriptions.push(
    vscode.window.registerTreeDataProvider('modeldriver.models', laterTree(start)),
    vscode.workspace.onDidOpenTextDocument(startFor),
  )
  vscode.workspace.textDocuments.forEach(startFor)
  if (product === undefined && (await workspaceHasOurs())) void start()
}

/** The tree of models, which starts the product when somebody looks at it. */
function laterTree(start: () => Promise<Product>): vscode.TreeDataProvider<ModelsNode> {
  const changed = new vscode.EventEmitter<ModelsNode | undefined>()
  let tree: Product['models'] | undefined
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => tree?.getTreeItem(node) ?? new vscode.TreeItem(node.label),
    getChildren: async (node) => {
      if (tree === undefined) {
        tree = (await start()).models
        tree.onDidChangeTreeData?.(() => changed.fire(undefined))
      }
      return tree.getChildren(node)
    },
  }
}

export async function deactivate(): Promise<void> {
  await (await product)?.stop()
}

async function workspaceHasOurs(): Promise<boolean> {
  if (vscode.workspace.workspaceFolders === undefined) return false
  const pattern = `{${manifestPattern},${featureFilePattern}}`
  return (await vscode.workspace.findFiles(pattern, '**/node_modules/**', 1)).length > 0
}
