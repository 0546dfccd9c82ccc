import type {
  FromResultsPage,
  Page,
  PageColumn,
  RunnerMessage,
  RunProblem,
  RunSummary,
  TableQuestion,
  ToResultsPage,
  TracedCell,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { RunTarget, RunView } from '../runner/runs.ts'
import type { Supervisor } from '../runner/supervisor.ts'
import { number } from '../values/texts.ts'
import { openLine } from '../views/open.ts'
import { readResultsMessage } from './messages.ts'
import { loadPage, openPanel } from './page.ts'

const targetKey = 'modeldriver.results.target'

/** What the page's buttons do. */
export interface ResultsActions {
  readonly again: () => void
  readonly cancel: () => void
  /** After a window reload: what was shown, so that *Run again* knows. */
  readonly remember: (target: RunTarget) => void
  readonly showInGraph: (path: string, line: number) => void
  /** Which cell the page shows the trace of, if any. */
  readonly traced: (cell: TracedCell | undefined) => void
}

/** The results of the last run. Its data stays in the runner; the page asks for the rows it shows. */
export class ResultsPanel implements RunView, vscode.Disposable {
  readonly #context: vscode.ExtensionContext
  readonly #supervisor: Supervisor
  readonly #actions: () => ResultsActions
  #panel: vscode.WebviewPanel | undefined
  #isOpening = false
  /** What was said last, and the last result; a page that was hidden gets both again. */
  #message: ToResultsPage | undefined
  #result: ToResultsPage | undefined

  constructor(context: vscode.ExtensionContext, supervisor: Supervisor, actions: () => ResultsActions) {
    this.#context = context
    this.#supervisor = supervisor
    this.#actions = actions
  }

  running(target: RunTarget, isQuiet: boolean): void {
    if (isQuiet) return
    if (this.#panel === undefined) void this.#open()
    else this.#panel.reveal(undefined, true)
    void this.#context.workspaceState.update(targetKey, target)
    this.#post({ kind: 'running', ...(target.model && { model: target.model }) })
  }

  ran(summary: RunSummary, { model, feature }: RunTarget): void {
    const show = model === undefined ? undefined : { model, ...(feature !== undefined && { feature }) }
    this.#post({ kind: 'ran', summary, ...(show && { show }) })
  }

  failed(problems: readonly RunProblem[]): void {
    this.#post({ kind: 'error', problems })
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false
  }

  async #open(): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    try {
      this.#take(await openPanel('results', this.#context))
    } finally {
      this.#isOpening = false
    }
  }

  /** Takes over the panel of the window before a reload. */
  restore(panel: vscode.WebviewPanel): void {
    const target = this.#context.workspaceState.get<RunTarget>(targetKey)
    if (target !== undefined) this.#actions().remember(target)
    const reloaded = { message: t('The window or its extensions were started again. Run again to see the results.') }
    this.#message ??= { kind: 'error', problems: [reloaded], isGone: true }
    this.#take(panel)
  }

  dispose(): void {
    this.#panel?.dispose()
  }

  #take(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose()
    this.#panel = panel
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return
      this.#panel = undefined
      this.#actions().traced(undefined)
    })
    loadPage(panel, 'results', this.#context, (raw) => {
      const message = readResultsMessage(raw)
      if (message !== undefined) void this.#received(message)
    })
  }

  #post(message: ToResultsPage): void {
    this.#message = message
    if (message.kind === 'ran') this.#result = message
    this.#reply(message)
  }

  async #received(message: FromResultsPage): Promise<void> {
    if (message.kind === 'ready') {
      // While it runs again, and when that fails, the result before stays.
      for (const message of new Set([this.#result, this.#message])) if (message !== undefined) this.#reply(message)
    } else if (message.kind === 'open') await openLine(message.path, message.line, message.character)
    else if (message.kind === 'runAgain') this.#actions().again()
    else if (message.kind === 'cancel') this.#actions().cancel()
    else if (message.kind === 'showInGraph') this.#actions().showInGraph(message.path, message.line)
    else if (message.kind === 'traced') this.#actions().traced(message.cell)
    else if (message.kind === 'copy') await this.#copy(message)
    else if (message.kind === 'export') await this.#export(message)
    else await this.#answer(message)
  }

  async #answer(question: TableQuestion): Promise<void> {
    const { id, ...asked } = question
    const answer = await this.#supervisor.ask(asked)
    if (answer === undefined) this.#gone()
    else if (answer.kind === 'page') this.#reply({ ...answer, id, page: detached(answer.page) })
    else if (answer.kind === 'failed') this.#reply({ kind: 'refused', id, message: messageOf(answer) })
    else if (isAbout(answer)) this.#reply({ ...answer, id })
  }

  async #copy({ kind: _, ...block }: Extract<FromResultsPage, { readonly kind: 'copy' }>): Promise<void> {
    this.#sayWaiting()
    const answer = await this.#supervisor.ask({ ...block, kind: 'range', as: 'text' })
    if (answer === undefined) return this.#gone()
    if (answer.kind === 'failed') return void vscode.window.showErrorMessage(messageOf(answer))
    if (answer.kind !== 'text') return
    await vscode.env.clipboard.writeText(answer.text)
    this.#reply({ kind: 'done', message: t('Copied with header.') })
  }

  async #export(what: Extract<FromResultsPage, { readonly kind: 'export' }>): Promise<void> {
    const target = this.#context.workspaceState.get<RunTarget>(targetKey)
    const folder = target && vscode.Uri.joinPath(vscode.Uri.file(target.project), '..')
    const name = `${what.model}-${what.table}.csv`
    const uri = await vscode.window.showSaveDialog({
      title: t('Export Table'),
      filters: exportFilters,
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    })
    if (uri === undefined) return
    this.#sayWaiting()
    const answer = await this.#supervisor.ask({ ...what, path: uri.fsPath })
    if (answer === undefined) return this.#gone()
    if (answer.kind === 'failed') return void vscode.window.showErrorMessage(messageOf(answer))
    if (answer.kind !== 'exported') return
    const { rows } = answer
    const { fsPath } = uri
    const message =
      rows === 1 ? t('1 row written to {0}.', fsPath) : t('{0} rows written to {1}.', number(rows), fsPath)
    this.#reply({ kind: 'done', message })
    const chosen = await vscode.window.showInformationMessage(message, t('Open'))
    if (chosen !== undefined) await vscode.commands.executeCommand('vscode.open', uri)
  }

  /** The process that has the results is busy with a run. */
  #sayWaiting(): void {
    if (this.#supervisor.running) this.#reply({ kind: 'done', message: t('Waiting for the run…') })
  }

  /** The process that held the results has ended. */
  #gone(): void {
    const before = this.#message
    this.#result = undefined
    const gone = { message: t('The run process that held these results has ended. Run again to see them.') }
    if (before?.kind === 'ran') this.#post({ kind: 'error', problems: [gone], isGone: true })
    // Such as a cancelled run, whose page still shows the results of the one before.
    else if (before?.kind === 'error' && before.problems.at(-1)?.message !== gone.message)
      this.#post({ kind: 'error', problems: [...before.problems, gone] })
  }

  #reply(message: ToResultsPage): void {
    void this.#panel?.webview.postMessage(message)
  }
}

type AboutTable = Extract<RunnerMessage, { readonly kind: 'view' | 'statistics' | 'trace' | 'columns' }>
const isAbout = (answer: RunnerMessage): answer is AboutTable =>
  ['view', 'statistics', 'trace', 'columns'].includes(answer.kind)

/** By what the runner can write. */
const exportFilters = {
  CSV: ['csv'],
  Excel: ['xlsx'],
  JSON: ['json', 'ndjson'],
  Parquet: ['parquet'],
  Arrow: ['arrow'],
  TSV: ['tsv'],
}

const messageOf = ({ problems }: Extract<RunnerMessage, { readonly kind: 'failed' }>): string =>
  problems.map((problem) => problem.message).join('\n')

/** Numbers come as views of the whole process message, which VS Code would copy along: give each its own buffer. */
function detached(page: Page): Page {
  const own = (column: PageColumn): PageColumn =>
    column.values instanceof Float64Array ? ({ ...column, values: column.values.slice() } as PageColumn) : column
  return { ...page, columns: page.columns.map(own) }
}
