import { isDeepStrictEqual } from 'node:util'
import {
  type FromGraphPage,
  featureValues,
  type GraphFormat,
  type GraphView,
  type RunOverlay,
  type RunSummary,
  type ToGraphPage,
  type TracedCell,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isOurs } from '../files.ts'
import { type Language, notRunning } from '../language/client.ts'
import { featureAt, nodeNamed } from '../language/featureAt.ts'
import type { RunTarget, RunView } from '../runner/runs.ts'
import type { RunValues } from '../values/values.ts'
import { openPlace } from '../views/open.ts'
import { readGraphMessage } from './messages.ts'
import { loadPage, openPanel } from './page.ts'

const shownKey = 'modeldriver.graph.uri'

/** The dependency graph: one panel that follows the active feature file and the feature at the cursor. */
export class GraphPanel implements RunView, vscode.Disposable {
  readonly #context: vscode.ExtensionContext
  readonly #language: Language
  readonly #run: (target: RunTarget) => unknown
  readonly #listeners: vscode.Disposable
  #panel: vscode.WebviewPanel | undefined
  #uri: string | undefined
  /** The feature at the cursor, or the one that was asked for: its id, its name, or a line of it. */
  #select: string | number | undefined
  /** Whether the page has not been told of it yet. What it was told once is not said again: its user may have walked on. */
  #isToSelect = false
  #isReady = false
  #message: ToGraphPage | undefined
  #refreshes = 0
  /** What the last run of each project says of its features. */
  readonly #ran = new Map<string, RunOverlay['nodes']>()
  #traced: { readonly project: string; readonly cell: TracedCell } | undefined
  readonly #isStale: (project: string) => boolean

  constructor(
    context: vscode.ExtensionContext,
    language: Language,
    values: Pick<RunValues, 'isStale' | 'onBecameStale'>,
    run: (target: RunTarget) => unknown,
  ) {
    this.#context = context
    this.#language = language
    this.#run = run
    this.#isStale = (project) => values.isStale(project)
    this.#listeners = vscode.Disposable.from(
      language.onChanged(() => void this.#refresh()),
      values.onBecameStale(() => this.#postOverlay()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#followCursor(textEditor)),
    )
  }

  /**
   * Opens or reveals the graph of a file's pipeline, at a feature: the named one, else the one at the cursor of the
   * file's editor. Resolves when it was sent.
   */
  async show(uri: string, feature?: string): Promise<void> {
    await this.#open(uri, feature ?? cursorLine(uri))
  }

  /** The same, at the feature of a line. */
  async showAt(uri: string, line: number): Promise<void> {
    await this.#open(uri, line)
  }

  /** The page loads while the server is asked. */
  async #open(uri: string, select: string | number | undefined): Promise<void> {
    this.#uri = uri
    this.#select = select
    this.#isToSelect = select !== undefined
    if (this.#panel === undefined) this.#take(await openPanel('graph', this.#context))
    else this.#panel.reveal(undefined, true)
    await this.#refresh()
  }

  /** Takes over the panel of the window before a reload. */
  restore(panel: vscode.WebviewPanel): void {
    this.#take(panel)
    void this.#refresh()
  }

  #take(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose()
    this.#panel = panel
    this.#isReady = false
    this.#uri ??= this.#context.workspaceState.get<string>(shownKey)
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined
    })
    // A page that is hidden is thrown away, and a new one made when it is shown.
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#isReady = false
    })
    loadPage(panel, 'graph', this.#context, (message) => this.#received(message))
  }

  /** Shows what a cell of a project's run was made from, or nothing of the kind any more. */
  trace(project: string, cell: TracedCell | undefined): void {
    this.#traced = cell && { project, cell }
    this.#postTraced()
  }

  #postTraced(): void {
    if (this.#message?.kind !== 'graph') return
    const cell = this.#traced?.project === this.#message.view.project ? this.#traced.cell : undefined
    void this.#panel?.webview.postMessage({ kind: 'traced', ...(cell && { cell }) } satisfies ToGraphPage)
  }

  running(): void {}

  failed(): void {}

  ran(summary: RunSummary): void {
    const nodes = summary.models.flatMap(featureValues).map(({ model, feature: of, column, count }) => {
      const { feature, ms, isKept, error } = of
      const values = column ? { count, missing: column.missing } : { count: 0, missing: 0 }
      const run = { ms, ...values, ...(isKept && { isKept }), ...(error && { error: error.message }) }
      return [`${model}/${feature}`, run] as const
    })
    this.#ran.set(summary.project, Object.fromEntries(nodes))
    this.#postOverlay()
  }

  #postOverlay(): void {
    if (this.#message?.kind !== 'graph') return
    const { project } = this.#message.view
    const nodes = this.#ran.get(project)
    if (nodes === undefined) return
    const run = { nodes, isStale: this.#isStale(project) }
    void this.#panel?.webview.postMessage({ kind: 'run', run } satisfies ToGraphPage)
  }

  async #export({ format, content }: Extract<FromGraphPage, { readonly kind: 'export' }>): Promise<void> {
    if (this.#message?.kind !== 'graph') return
    const { project, title } = this.#message.view
    const name = `${title.replace(/\.json$/, '')}-graph.${endings[format]}`
    const uri = await vscode.window.showSaveDialog({
      title: t('Export Graph'),
      defaultUri: vscode.Uri.joinPath(vscode.Uri.file(project), '..', name),
    })
    if (uri === undefined) return
    try {
      await vscode.workspace.fs.writeFile(uri, Buffer.from(content, format === 'png' ? 'base64' : 'utf8'))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      await vscode.window.showErrorMessage(t('The graph could not be written to {0}: {1}', uri.fsPath, why))
      return
    }
    const chosen = await vscode.window.showInformationMessage(t('The graph is in {0}.', uri.fsPath), t('Open'))
    if (chosen !== undefined) await vscode.commands.executeCommand('vscode.open', uri)
  }

  dispose(): void {
    this.#listeners.dispose()
    this.#panel?.dispose()
  }

  #received(raw: unknown): void {
    const message = readGraphMessage(raw)
    if (message?.kind === 'ready') {
      this.#isReady = true
      this.#post()
    } else if (message?.kind === 'export') void this.#export(message)
    else if (message?.kind === 'open') void openPlace(message.place)
    else if (message?.kind === 'run' && this.#message?.kind === 'graph')
      this.#run({ project: this.#message.view.project, model: message.model })
  }

  #follow(editor: vscode.TextEditor | undefined): void {
    const uri = editor?.document.uri
    if (this.#panel === undefined || uri === undefined || !isOurs(uri)) return
    if (uri.toString() === this.#uri) return
    this.#uri = uri.toString()
    this.#select = undefined
    this.#isToSelect = false
    void this.#refresh()
  }

  #followCursor({ document, selection }: vscode.TextEditor): void {
    const uri = document.uri.toString()
    if (this.#panel === undefined || uri !== this.#uri || this.#message?.kind !== 'graph') return
    const node = featureAt(this.#message.view, uri, selection.active.line)
    if (node === undefined || node.id === this.#select) return
    this.#select = node.id
    this.#isToSelect = !this.#isReady
    void this.#panel.webview.postMessage({ kind: 'select', node: node.id } satisfies ToGraphPage)
  }

  async #refresh(): Promise<void> {
    const panel = this.#panel
    const uri = this.#uri
    if (panel === undefined) return
    const mine = ++this.#refreshes
    const view = uri === undefined ? null : await this.#language.graph(uri)
    if (mine !== this.#refreshes || panel !== this.#panel) return
    const before = this.#message
    // What was drawn stays until a server answers again.
    if (view === undefined && before?.kind === 'graph') return
    if (!view || uri === undefined) {
      const isUnknown = view === null || this.#language.alive
      const message = isUnknown ? t('No model is known for this file. Open a feature file of a model.') : notRunning()
      this.#message = { kind: 'error', message }
    } else {
      this.#select = idOf(view, uri, this.#select)
      this.#isToSelect &&= this.#select !== undefined
      this.#message = { kind: 'graph', view }
      panel.title = t('Graph: {0}', view.title)
      void this.#context.workspaceState.update(shownKey, uri)
    }
    // Nothing is new, such as after a change of another project.
    if (!this.#isToSelect && isDeepStrictEqual(this.#message, before)) return
    this.#post()
  }

  #post(): void {
    if (this.#message === undefined) return
    const select = this.#isToSelect && this.#message.kind === 'graph' && typeof this.#select === 'string'
    // A page that is not ready yet may not hear it.
    if (select && this.#isReady) this.#isToSelect = false
    void this.#panel?.webview.postMessage(select ? { ...this.#message, select: this.#select } : this.#message)
    this.#postOverlay()
    if (this.#traced !== undefined) this.#postTraced()
  }
}

function idOf(view: GraphView, uri: string, select: string | number | undefined): string | undefined {
  if (typeof select === 'number') return featureAt(view, uri, select)?.id
  return select === undefined ? undefined : (nodeNamed(view, select)?.id ?? select)
}

const endings: Readonly<Record<GraphFormat, string>> = { svg: 'svg', png: 'png', mermaid: 'mmd', dot: 'dot' }

function cursorLine(uri: string): number | undefined {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window
  const editor = [active, ...visible].find((each) => each?.document.uri.toString() === uri)
  return editor?.selection.active.line
}
