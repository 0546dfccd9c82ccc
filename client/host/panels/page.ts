import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { pageHtml } from './html.ts'

export type PageKind = 'graph' | 'results'

const titleOf = (kind: PageKind): string => (kind === 'graph' ? t('Dependency Graph') : t('Run Results'))

export function createPanel(kind: PageKind, viewColumn = besideCode()): vscode.WebviewPanel {
  const where = { viewColumn, preserveFocus: true }
  return vscode.window.createWebviewPanel(`modeldriver.${kind}`, titleOf(kind), where)
}

/** Beside the code; from what stands there, such as the walkthrough or another page of ours, in its place. */
function besideCode(): vscode.ViewColumn {
  const { activeTextEditor, visibleTextEditors } = vscode.window
  return activeTextEditor === undefined && visibleTextEditors.length > 0
    ? vscode.ViewColumn.Active
    : vscode.ViewColumn.Beside
}

/** Gives a new or restored panel its page. */
export function loadPage(panel: vscode.WebviewPanel, kind: PageKind, extensionUri: vscode.Uri): void {
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
