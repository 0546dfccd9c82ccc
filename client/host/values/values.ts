import { type ColumnSummary, type FeatureValue, featureValues, isBrief, type RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { isOurs, portable } from '../files.ts'
import { type Language, languageSelector } from '../language/client.ts'
import type { RunTarget, RunView } from '../runner/runs.ts'
import type { Supervisor } from '../runner/supervisor.ts'
import { valuesSetting, valuesShown } from '../settings.ts'
import { hoverText } from './hover.ts'
import { type LineChange, type Lines, movedBy } from './lines.ts'
import { columnNamed, type Pointed } from './pointed.ts'
import { valueText } from './texts.ts'

/** A value at its feature's last line, mostly a brace: so it is seen however narrow the editor is beside the results. */
interface Placed extends Lines {
  readonly value: FeatureValue
}

/** What the last run of each project found, behind the features and in hovers. An edit makes it stale. */
export class RunValues implements RunView, vscode.Disposable {
  /** By path of the feature file. */
  readonly #files = new Map<string, readonly Placed[]>()
  /** Files whose values are those of another text. */
  readonly #stale = new Set<string>()
  /** The summary of the last run of each project. */
  readonly #runs = new Map<string, RunSummary>()
  /** While a run is under way, the changes since it began, by path: what it finds is of the texts before them. */
  #meanwhile: Map<string, readonly LineChange[]> | undefined
  readonly #fresh = vscode.window.createTextEditorDecorationType(look('editorInlayHint.foreground'))
  readonly #old = vscode.window.createTextEditorDecorationType(look('disabledForeground', 'italic'))
  readonly #becameStale = new vscode.EventEmitter<void>()
  readonly #listeners: vscode.Disposable

  readonly #ask: Supervisor['ask']
  /** What the last run of a project found is old from now on. */
  readonly onBecameStale = this.#becameStale.event

  constructor(ask: Supervisor['ask'], language: Pick<Language, 'onChanged'>) {
    this.#ask = ask
    this.#listeners = vscode.Disposable.from(
      this.#fresh,
      this.#old,
      this.#becameStale,
      language.onChanged(({ project, isOnDisk }) => isOnDisk && this.#changed(portable(project), [])),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(valuesSetting)) this.#draw()
      }),
      vscode.languages.registerHoverProvider(languageSelector, {
        provideHover: (document, position) => this.#hover(document, position),
      }),
    )
  }

  running(): void {
    this.#meanwhile = new Map()
  }

  failed(): void {
    this.#meanwhile = undefined
  }

  ran(summary: RunSummary, _: RunTarget): void {
    const meanwhile = this.#meanwhile ?? new Map<string, readonly LineChange[]>()
    this.#meanwhile = undefined
    this.#forget(summary.project)
    this.#runs.set(summary.project, summary)
    for (const value of summary.models.flatMap(featureValues)) {
      const path = portable(value.feature.file.path)
      const lines = movedBy(value.feature, meanwhile.get(path) ?? [])
      if (lines !== undefined) this.#files.set(path, [...(this.#files.get(path) ?? []), { value, ...lines }])
    }
    for (const path of meanwhile.keys()) this.#makeStale(path)
    this.#draw()
  }

  /** Whether a project was edited since its last run began. */
  isStale(project: string): boolean {
    return (this.#runs.get(project)?.models ?? []).some(({ features }) =>
      features.some(({ file }) => this.#stale.has(portable(file.path))),
    )
  }

  /** The line of a feature's name, as it is now; unknown when the feature was deleted. */
  lineOf(path: string, feature: string): number | undefined {
    return this.#files.get(portable(path))?.find(({ value }) => value.feature.feature === feature)?.line
  }

  dispose(): void {
    this.#listeners.dispose()
  }

  #forget(project: string): void {
    for (const model of this.#runs.get(project)?.models ?? [])
      for (const { file } of model.features) {
        this.#files.delete(portable(file.path))
        this.#stale.delete(portable(file.path))
      }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isOurs(document.uri)) return
    const path = portable(document.uri.fsPath)
    this.#changed(path, contentChanges)
  }

  #changed(path: string, contentChanges: readonly vscode.TextDocumentContentChangeEvent[]): void {
    this.#meanwhile?.set(path, [...(this.#meanwhile.get(path) ?? []), ...contentChanges])
    const placed = this.#files.get(path)
    if (placed)
      this.#files.set(
        path,
        placed.flatMap(({ value, ...at }) => {
          const lines = movedBy(at, contentChanges)
          return lines === undefined ? [] : [{ value, ...lines }]
        }),
      )
    this.#makeStale(path)
    this.#draw()
  }

  /** What an edit of a file changes further on is not known before the next run: all values of its project are stale. */
  #makeStale(path: string): void {
    const before = this.#stale.size
    for (const { project, models } of this.#runs.values()) {
      const paths = models.flatMap(({ features }) => features.map(({ file }) => portable(file.path)))
      if (portable(project) === path || paths.includes(path)) for (const each of paths) this.#stale.add(each)
    }
    if (this.#stale.size > before) this.#becameStale.fire()
  }

  #draw(): void {
    const isShown = valuesShown() !== 'off'
    for (const editor of vscode.window.visibleTextEditors) {
      const path = portable(editor.document.uri.fsPath)
      const placed = isShown ? (this.#files.get(path) ?? []) : []
      const decorations = placed
        .filter(({ endLine }) => endLine < editor.document.lineCount)
        .map(({ value, endLine }) => decoration(editor.document.lineAt(endLine), valueText(value)))
      const isStale = this.#stale.has(path)
      editor.setDecorations(this.#fresh, isStale ? [] : decorations)
      editor.setDecorations(this.#old, isStale ? decorations : [])
    }
  }

  async #hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const path = portable(document.uri.fsPath)
    const range = document.getWordRangeAtPosition(position)
    if (range === undefined || !this.#files.has(path)) return undefined
    const word = document.getText(range)
    for (const { run, models } of this.#runs.values()) {
      const own = models.filter(({ features }) => features.some(({ file }) => portable(file.path) === path))
      const found = columnNamed(own, word)
      if (found === undefined) continue
      const column = await this.#whole(run, found)
      return new vscode.Hover(hoverText({ ...found, column }, word, this.#stale.has(path), isDark()), range)
    }
    return undefined
  }

  /** All that is known of a column; only what came with its run while the runner is at work, or when it has forgotten the run. */
  async #whole(run: string, { model: { model }, table, column }: Pointed): Promise<ColumnSummary> {
    if (!isBrief(column) || this.#meanwhile) return column
    const answer = await this.#ask({ kind: 'columns', run, model, table, columns: [column.name] })
    return (answer?.kind === 'columns' && answer.columns[0]) || column
  }
}

function look(colour: string, fontStyle?: string): vscode.DecorationRenderOptions {
  const color = new vscode.ThemeColor(colour)
  return {
    after: { margin: '0 0 0 2em', color, ...(fontStyle && { fontStyle }) },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  }
}

const decoration = ({ range }: vscode.TextLine, contentText: string): vscode.DecorationOptions => ({
  range: new vscode.Range(range.end, range.end),
  renderOptions: { after: { contentText } },
})

function isDark(): boolean {
  const { kind } = vscode.window.activeColorTheme
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast
}
