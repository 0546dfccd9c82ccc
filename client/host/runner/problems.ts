import type { RunProblem } from '@modeldriver/protocol'
import * as vscode from 'vscode'

/** Problems of the last run as diagnostics, at the author's lines; a file's go when it is edited. */
export class RunProblems implements vscode.Disposable {
  readonly #problemsPage: vscode.Uri
  readonly #collection = vscode.languages.createDiagnosticCollection('modeldriver.run')
  readonly #listeners = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) this.#collection.delete(document.uri)
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) this.#leaveToAnalysis(uri)
    }),
  )

  /** `problemsPage` is docs/problems.md. */
  constructor(problemsPage: vscode.Uri) {
    this.#problemsPage = problemsPage
  }

  clear(): void {
    this.#collection.clear()
  }

  show(problems: readonly RunProblem[]): void {
    this.#collection.clear()
    for (const path of new Set(problems.map((problem) => problem.path))) {
      if (path === undefined) continue
      const uri = vscode.Uri.file(path)
      const here = problems.filter((problem) => problem.path === path)
      const diagnostics = here.map((problem) => toDiagnostic(problem, this.#problemsPage))
      this.#collection.set(uri, unsaid(uri, diagnostics))
    }
  }

  /** Once the analysis says it, it goes when the analysis has it no more, such as when a lost file is there again. */
  #leaveToAnalysis(uri: vscode.Uri): void {
    const own = this.#collection.get(uri) ?? []
    if (own.length === 0) return
    const left = unsaid(uri, own)
    if (left.length < own.length) this.#collection.set(uri, left)
  }

  dispose(): void {
    this.#listeners.dispose()
    this.#collection.dispose()
  }
}

const source = 'modeldriver run'

/** What the analysis already says of a line, or as an error of the same place, is not said twice. */
function unsaid(uri: vscode.Uri, own: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  const analysed = vscode.languages.getDiagnostics(uri).filter((known) => known.source !== source)
  const isSaid = ({ code, range: { start } }: vscode.Diagnostic): boolean =>
    analysed.some(
      (known) =>
        (code !== undefined && codeOf(known) === codeOf({ code }) && known.range.start.line === start.line) ||
        (known.source === 'modeldriver' && isError(known) && known.range.start.isEqual(start)),
    )
  return own.filter((problem) => !isSaid(problem))
}

const isError = ({ severity }: vscode.Diagnostic): boolean => severity === vscode.DiagnosticSeverity.Error

function codeOf({ code }: Pick<vscode.Diagnostic, 'code'>): unknown {
  return typeof code === 'object' ? code.value : code
}

function toDiagnostic(problem: RunProblem, page: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problem.message, vscode.DiagnosticSeverity.Error)
  diagnostic.source = source
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
