import { randomBytes } from 'node:crypto'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { pageHtml } from './html.ts'

export type PageKind = 'graph' | 'results'

const titleOf = (kind: PageKind): string => (kind === 'graph' ? t('Dependency Graph') : t('Run Results'))

export function createPanel(kind: PageKind): vscode.WebviewPanel {
  const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
  return vscode.window.createWebviewPanel(`modeldriver.${kind}`, titleOf(kind), where)
}

/** Gives a new or restored panel its page. */
export function loadPage(panel: vscode.WebviewPanel, kind: PageKind, extensionUri: vscode.Uri): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist', 'webview')
  const { webview } = panel
  const address = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, file)).toString()
  webview.options = { enableScripts: true, localResourceRoots: [dist] }
  webview.html = pageHtml({
    view: kind,
    title: titleOf(kind),
    script: address(`${kind}.js`),
    style: address(`${kind}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
  })
}
