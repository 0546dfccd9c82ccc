import * as vscode from 'vscode'
import type { Middleware } from 'vscode-languageclient/node'
import { steppedBack } from './steppedBack.ts'

export interface BesideTypeScript extends vscode.Disposable {
  readonly middleware: Pick<Middleware, 'handleDiagnostics'>
}

interface Shown {
  readonly uri: vscode.Uri
  readonly diagnostics: vscode.Diagnostic[]
  /** As the server said them. */
  readonly severities: readonly vscode.DiagnosticSeverity[]
  readonly show: (uri: vscode.Uri, diagnostics: vscode.Diagnostic[]) => void
}

/** Our problems step back where TypeScript's service says the same mistake, and come forward again when it no longer does. */
export function besideTypeScript(): BesideTypeScript {
  const shown = new Map<string, Shown>()
  /** Gives each diagnostic the severity that it has beside the others, and says whether one has another than before. */
  const weigh = ({ uri, diagnostics, severities }: Shown): boolean => {
    const back = steppedBack(diagnostics, vscode.languages.getDiagnostics(uri))
    let isChanged = false
    diagnostics.forEach((diagnostic, i) => {
      const severity = back.has(diagnostic) ? vscode.DiagnosticSeverity.Information : severities[i]
      if (severity === undefined || diagnostic.severity === severity) return
      diagnostic.severity = severity
      isChanged = true
    })
    return isChanged
  }
  const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      const own = shown.get(uri.toString())
      if (own && weigh(own)) own.show(own.uri, own.diagnostics)
    }
  })
  return {
    middleware: {
      handleDiagnostics: (uri, diagnostics, show) => {
        const own = { uri, diagnostics, severities: diagnostics.map(({ severity }) => severity), show }
        if (diagnostics.length > 0) shown.set(uri.toString(), own)
        else shown.delete(uri.toString())
        weigh(own)
        show(uri, diagnostics)
      },
    },
    dispose: () => listener.dispose(),
  }
}
