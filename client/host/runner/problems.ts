import type { RunProblem } from '@modeldriver/protocol'
import * as vscode from 'vscode'

/** Problems of the last run as diagnostics, at the author's lines; a file's go when it is edited. */
export class RunProblems implements vscode.Disposable {
  readonly #problemsPage: vscode.Uri
  readonly #collection = vscode.languages.createDiagnosticCollection('modeldriver.run')
  readonly #edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) this.#collection.delete(document.uri)
  })

  /** `problemsPage` is docs/problems.md. */
  constructor(problemsPage: vscode.Uri) {
    this.#problemsPage = problemsPage
  }

  clear(): void {
    this.#collection.clear()
  }

  /** What the analysis already says of a line is not said twice. */
  show(problems: readonly RunProblem[]): void {
    this.#collection.clear()
    for (const path of new Set(problems.map((problem) => problem.path))) {
      if (path === undefined) continue
      const uri = vscode.Uri.file(path)
      const analysed = vscode.languages.getDiagnostics(uri)
      const isNew = ({ code, line }: RunProblem): boolean =>
        code === undefined || !analysed.some((known) => codeOf(known) === code && known.range.start.line === line)
      const here = problems.filter((problem) => problem.path === path && isNew(problem))
      this.#collection.set(
        uri,
        here.map((problem) => toDiagnostic(problem, this.#problemsPage)),
      )
    }
  }

  dispose(): void {
    this.#edits.dispose()
    this.#collection.dispose()
  }
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code
}

function toDiagnostic(problem: RunProblem, page: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problem.message, vscode.DiagnosticSeverity.Error)
  diagnostic.source = 'modeldriver run'
  if (problem.code !== undefined)
    diagnostic.code = { value: problem.code, target: page.with({ fragment: problem.code.toLowerCase() }) }
  return diagnostic
}

/** From the problem's character, or the line's first one, to the end of the line's text. */
function rangeOf({ path, line = 0, character }: RunProblem): vscode.Range {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.uri.fsPath === vscode.Uri.file(path ?? '').fsPath,
  )
  if (open === undefined || line >= open.lineCount) return new vscode.Range(line, character ?? 0, line, character ?? 0)
  const text = open.lineAt(line)
  return new vscode.Range(line, character ?? text.firstNonWhitespaceCharacterIndex, line, text.range.end.character)
}
