import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { KeptMessage } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { pageHtml } from './html.ts'
import { readPageMessage } from './messages.ts'

export type PageKind = 'graph' | 'results'

const keptKey = (kind: PageKind): string => `modeldriver.${kind}.kept`
const titleOf = (kind: PageKind): string => (kind === 'graph' ? t('Dependency Graph') : t('Run Results'))

export function createPanel(kind: PageKind, viewColumn: vscode.ViewColumn): vscode.WebviewPanel {
  const where = { viewColumn, preserveFocus: true }
  return vscode.window.createWebviewPanel(`modeldriver.${kind}`, titleOf(kind), where)
}

/** Beside the code; from another page below it, so that all are seen; from the walkthrough that stands beside the code, in its place. It begins without what was kept. */
export async function openPanel(
  kind: PageKind,
  { workspaceState }: vscode.ExtensionContext,
): Promise<vscode.WebviewPanel> {
  void workspaceState.update(keptKey(kind), undefined)
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window
  const isBesideCode = activeTextEditor === undefined && visibleTextEditors.length > 0
  if (isBesideCode && tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview)
    await vscode.commands.executeCommand('workbench.action.newGroupBelow')
  return createPanel(kind, isBesideCode ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside)
}

/** Gives a new or restored panel its page. `received` is told what the page says, except how it is looked at, which is kept. */
export function loadPage(
  panel: vscode.WebviewPanel,
  kind: PageKind,
  { extensionUri, workspaceState }: vscode.ExtensionContext,
  received: (message: unknown) => void,
): void {
  const key = keptKey(kind)
  panel.webview.onDidReceiveMessage((raw) => {
    const message = readPageMessage(raw)
    if (message?.kind === 'keep') return void workspaceState.update(key, message.state)
    const kept: KeptMessage = { kind: 'kept', state: workspaceState.get(key) }
    if (message) void panel.webview.postMessage(kept)
    received(raw)
  })
  const text = (file: string): string =>
    readFileSync(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', file).fsPath, 'utf8')
  const words = vscode.l10n.bundle
  panel.webview.options = { enableScripts: true, localResourceRoots: [] }
  panel.webview.html = pageHtml({
    view: kind,
    title: titleOf(kind),
    script: text(`${kind}.js`),
    style: text(`${kind}.css`),
    nonce: randomBytes(16).toString('base64'),
    language: words === undefined ? 'en' : vscode.env.language,
    words,
  })
}
