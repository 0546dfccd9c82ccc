import { homedir } from 'node:os'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import { runSettings } from '../settings.ts'
import { activeUri } from '../views/active.ts'

/** Puts what a bug report needs on the clipboard: versions, settings, the model and its problems. No data, no code. */
export const copyDiagnostics = (context: vscode.ExtensionContext, language: Language) => async (): Promise<string> => {
  const uri = activeUri()
  const target = uri && language.running ? await language.target(uri.toString()) : undefined
  const { version } = context.extension.packageJSON as { readonly version: string }
  const report = {
    modeldriver: version,
    vscode: `${vscode.version} (${vscode.env.appName}, ${vscode.env.remoteName ?? 'local'})`,
    node: `${process.version} ${process.platform} ${process.arch}`,
    server: language.running ? 'running' : 'not running',
    trusted: vscode.workspace.isTrusted,
    settings: runSettings(),
    target: target ?? 'none',
    problems: problemCounts(),
  }
  const text = JSON.stringify(report, null, 2).replaceAll(homedir(), '~')
  await vscode.env.clipboard.writeText(text)
  void vscode.window.showInformationMessage(t('Copied. Read it before you send it: it names your project folder.'))
  return text
}

function problemCounts(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [, diagnostics] of vscode.languages.getDiagnostics()) {
    for (const { source, code } of diagnostics) {
      if (!source?.startsWith('modeldriver')) continue
      const name = typeof code === 'object' ? String(code.value) : String(code ?? 'run')
      counts[name] = (counts[name] ?? 0) + 1
    }
  }
  return counts
}
