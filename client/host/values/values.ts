import { lstatSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { type ColumnSummary, type FeatureValue, featureValues, isBrief, type RunSummary } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { isFeatureFile, isManifest, isOnDisk, isOurs, portable } from '../files.ts'
import { type FileChange, type Language, languageSelector } from '../language/client.ts'
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

interface Run {
  readonly summary: RunSummary
  /** When it began, in ms since 1970: what changed before is in it. */
  readonly since: number
}

/** What the last run of each project found, behind the features and in hovers. A change of a file that it was made from makes it stale. */
export class RunValues implements RunView, vscode.Disposable {
  /** By path of the feature file. */
  readonly #files = new Map<string, readonly Placed[]>()
  /** Files whose values are those of another text. */
  readonly #stale = new Set<string>()
  /** The last run of each project. */
  readonly #runs = new Map<string, Run>()
  /** When the last run began, and what was not saved then. */
  #began = 0
  #unsaved: ReadonlySet<string> = new Set()
  /** While a run is under way, the changes since it began, by path: what it finds is of the texts before them. */
  #meanwhile: Map<string, readonly LineChange[]> | undefined
  readonly #fresh = vscode.window.createTextEditorDecorationType(look('editorInlayHint.foreground'))
  readonly #old = vscode.window.createTextEditorDecorationType(look('disabledForeground', 'italic'))
  readonly #becameStale = new vscode.EventEmitter<void>()
  readonly #changedElsewhere = new vscode.EventEmitter<string>()
  readonly #listeners: vscode.Disposable

  readonly #ask: Supervisor['ask']
  /** What the last run of a project found is old from now on. */
  readonly onBecameStale = this.#becameStale.event
  /** Something that the last run of a project was made from changed, other than by an edit of a feature file or manifest: the project. */
  readonly onChangedElsewhere = this.#changedElsewhere.event

  constructor(ask: Supervisor['ask'], language: Pick<Language, 'onFileChanged'>) {
    this.#ask = ask
    this.#listeners = vscode.Disposable.from(
      this.#fresh,
      this.#old,
      this.#becameStale,
      this.#changedElsewhere,
      language.onFileChanged((change) => this.#changedOnDisk(change)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => isOnDisk(uri) && this.#closed(portable(uri.fsPath))),
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
    this.#began = Date.now()
    const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && isOnDisk(uri))
    this.#unsaved = new Set(unsaved.map(({ uri }) => portable(uri.fsPath)))
  }

  failed(): void {
    this.#meanwhile = undefined
  }

  ran(summary: RunSummary, _: RunTarget): void {
    const meanwhile = this.#meanwhile ?? new Map<string, readonly LineChange[]>()
    this.#meanwhile = undefined
    this.#forget(summary.project)
    this.#runs.set(summary.project, { summary, since: this.#began })
    for (const value of summary.models.flatMap(featureValues)) {
      const path = portable(value.feature.file.path)
      const lines = movedBy(value.feature, meanwhile.get(path) ?? [])
      if (lines !== undefined) this.#files.set(path, [...(this.#files.get(path) ?? []), { value, ...lines }])
    }
    for (const path of meanwhile.keys()) {
      const projects = this.#makeStale(path)
      if (!isOurs(vscode.Uri.file(path))) this.#tellElsewhere(projects)
    }
    this.#draw()
  }

  /** Whether what the last run of a project was made from changed since it began. */
  isStale(project: string): boolean {
    return this.#featureFiles(project).some((path) => this.#stale.has(path))
  }

  /** The line of a feature's name, as it is now; unknown when the feature was deleted. */
  lineOf(path: string, feature: string): number | undefined {
    return this.#files.get(portable(path))?.find(({ value }) => value.feature.feature === feature)?.line
  }

  dispose(): void {
    this.#listeners.dispose()
  }

  #featureFiles(project: string): readonly string[] {
    const { models = [] } = this.#runs.get(project)?.summary ?? {}
    return models.flatMap(({ features }) => features.map(({ file }) => portable(file.path)))
  }

  #forget(project: string): void {
    for (const path of this.#featureFiles(project)) {
      this.#files.delete(path)
      this.#stale.delete(path)
    }
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isOnDisk(document.uri)) return
    const projects = this.#changed(portable(document.uri.fsPath), contentChanges)
    if (!isOurs(document.uri)) this.#tellElsewhere(projects)
  }

  /** Of what stands in an editor, the text there counts. */
  #changedOnDisk({ path, isNew }: FileChange): void {
    const isRead = this.#meanwhile !== undefined || [...this.#runs.values()].some((run) => isOf(run, path, isNew))
    if (!isRead) return
    if (vscode.workspace.textDocuments.some(({ uri }) => isOnDisk(uri) && portable(uri.fsPath) === path)) return
    this.#tellElsewhere(this.#changed(path, [], changedAt(path), isNew))
  }

  /** What was typed, run and thrown away is not what the file holds. */
  #closed(path: string): void {
    if (!this.#unsaved.has(path) || changedAt(path) >= this.#began) return
    this.#tellElsewhere(this.#changed(path, []))
  }

  #tellElsewhere(projects: readonly string[]): void {
    for (const project of projects) this.#changedElsewhere.fire(project)
  }

  /** The projects whose last run was made from a file that changed; `at`: when, in ms since 1970, where it was not right now. */
  #changed(
    path: string,
    changes: readonly vscode.TextDocumentContentChangeEvent[],
    at = Number.POSITIVE_INFINITY,
    isNew = false,
  ): readonly string[] {
    if (at >= this.#began) this.#meanwhile?.set(path, [...(this.#meanwhile.get(path) ?? []), ...changes])
    const placed = this.#files.get(path)
    if (placed)
      this.#files.set(
        path,
        placed.flatMap(({ value, ...lines }) => {
          const moved = movedBy(lines, changes)
          return moved === undefined ? [] : [{ value, ...moved }]
        }),
      )
    const projects = this.#makeStale(path, at, isNew)
    if (projects.length > 0) this.#draw()
    return projects
  }

  /** What a change of a file changes further on is not known before the next run: all values of its project are stale. */
  #makeStale(path: string, at = Number.POSITIVE_INFINITY, isNew = false): readonly string[] {
    const before = this.#stale.size
    const projects = [...this.#runs]
      .filter(([, run]) => at >= run.since && isOf(run, path, isNew))
      .map(([project]) => project)
    for (const project of projects) for (const each of this.#featureFiles(project)) this.#stale.add(each)
    if (this.#stale.size > before) this.#becameStale.fire()
    return projects
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
    for (const { summary } of this.#runs.values()) {
      const { run, models } = summary
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

/** Whether a run was made from a file, or from files in a folder; from a new one, where it looked for others like it. */
const isOf = ({ summary: { files, project } }: Run, path: string, isNew: boolean): boolean =>
  files.some((file) => file === path || file.startsWith(`${path}/`)) ||
  (isNew && isFeatureFile(path) && isManifest(project) && files.includes(`${posix.dirname(path)}/`))

/** When a file became what it is, or a link to it, in ms since 1970; now, when it was deleted. */
function changedAt(path: string): number {
  try {
    return Math.max(...[statSync(path), lstatSync(path)].flatMap(({ mtimeMs, ctimeMs }) => [mtimeMs, ctimeMs]))
  } catch {
    return Date.now()
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
