import type { TracedCell } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { isOurs, portable } from '../files.ts'
import type { Language } from '../language/client.ts'
import type { GraphPanel } from '../panels/graph.ts'
import type { LastRun } from '../runner/lastRun.ts'
import { short } from './texts.ts'
import type { RunValues } from './values.ts'

interface Parts {
  readonly language: Language
  readonly last: LastRun
  readonly values: RunValues
  readonly graph: GraphPanel
}

/** A cell whose trace the results show, in graph and code too: until another is shown, none is, something runs, or an edit. */
export class TraceMarks implements vscode.Disposable {
  readonly #parts: Parts
  readonly #look = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightBackground'),
    borderStyle: 'solid',
    borderWidth: '1px',
    borderColor: new vscode.ThemeColor('editor.wordHighlightBorder'),
    borderRadius: '3px',
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  })
  readonly #listeners: vscode.Disposable
  #cell: TracedCell | undefined
  #draws = 0

  constructor(parts: Parts) {
    this.#parts = parts
    this.#listeners = vscode.Disposable.from(
      this.#look,
      parts.last.onChanged(() => this.show(undefined)),
      vscode.window.onDidChangeVisibleTextEditors(() => void this.#draw()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && isOurs(document.uri)) this.show(undefined)
      }),
    )
  }

  show(cell: TracedCell | undefined): void {
    const { last, graph } = this.#parts
    if (this.#cell === undefined && cell === undefined) return
    this.#cell = cell
    if (last.summary !== undefined) graph.trace(last.summary.project, cell)
    void this.#draw()
  }

  dispose(): void {
    this.#listeners.dispose()
  }

  async #draw(): Promise<void> {
    const mine = ++this.#draws
    const cell = this.#cell
    const model = this.#parts.last.summary?.models.find((each) => each.model === cell?.model)
    const path = model?.features.find(({ feature }) => feature === cell?.column)?.file.path
    const editors = vscode.window.visibleTextEditors
    const isThere = ({ document }: vscode.TextEditor): boolean =>
      path !== undefined && portable(document.uri.fsPath) === portable(path)
    const document = editors.find(isThere)?.document
    const marks = cell && document ? await this.#marks(document, cell) : []
    if (mine !== this.#draws) return
    for (const editor of editors) editor.setDecorations(this.#look, isThere(editor) ? marks : [])
  }

  /** The feature's name and its parameters, each with the value that it had. */
  async #marks(document: vscode.TextDocument, cell: TracedCell): Promise<vscode.DecorationOptions[]> {
    const { language, values } = this.#parts
    const line = values.lineOf(document.uri.fsPath, cell.column)
    const at =
      line === undefined || line >= document.lineCount ? -1 : document.lineAt(line).text.search(named(cell.column))
    if (line === undefined || at < 0) return []
    const name = document.getWordRangeAtPosition(new vscode.Position(line, at))
    const inputs = await language.inputPlaces(document.uri, new vscode.Position(line, at))
    return [
      ...(name ? [mark(name, cell.value)] : []),
      ...inputs.flatMap((range) => {
        const value = cell.inputs[document.getText(range).replace(/^(['"])(.*)\1$/, '$2')]
        return value === undefined ? [] : [mark(range, value)]
      }),
    ]
  }
}

const named = (name: string): RegExp => {
  const letter = '[\\p{L}\\p{N}_$]'
  return new RegExp(`(?<!${letter})${name.replaceAll('$', '\\$&')}(?!${letter})`, 'u')
}

const mark = (range: vscode.Range, value: string): vscode.DecorationOptions => ({
  range,
  renderOptions: {
    after: {
      contentText: `= ${short(value)}`,
      margin: '0 0 0 0.5ch',
      color: new vscode.ThemeColor('editorInlayHint.foreground'),
      backgroundColor: new vscode.ThemeColor('editorInlayHint.background'),
    },
  },
})
