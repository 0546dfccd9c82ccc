import { problemLine, problemsOf, type RunProblem, type RunSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import { runSettings } from '../settings.ts'
import type { Progress } from './blame.ts'
import { unsavedTexts } from './overlay.ts'
import type { RunProblems } from './problems.ts'
import type { RunOutcome, Supervisor } from './supervisor.ts'
import { mayRun } from './trust.ts'

/** What to run and what to show of it. */
export interface RunTarget {
  /** Manifest or feature file. */
  readonly project: string
  readonly model?: string
  readonly feature?: string
}

/** Where a run is shown. */
export interface RunView {
  /** `isQuiet`: nobody asked for this run by hand. */
  running(target: RunTarget, isQuiet: boolean): void
  ran(summary: RunSummary, target: RunTarget): void
  failed(problems: readonly RunProblem[]): void
}

const progressAfterMs = 300

/** The runs of this window, one at a time: what is on the screen runs, its problems stand at the author's lines. */
export class Runs {
  #last: RunTarget | undefined
  #starts = 0
  readonly #supervisor: Supervisor
  readonly #language: Language
  readonly #problems: RunProblems
  readonly #views: readonly RunView[]
  /** The results are on the screen, with all that there is to say of the run. */
  readonly #isShown: () => boolean

  constructor(
    supervisor: Supervisor,
    language: Language,
    problems: RunProblems,
    views: readonly RunView[],
    isShown: () => boolean,
  ) {
    this.#supervisor = supervisor
    this.#language = language
    this.#problems = problems
    this.#views = views
    this.#isShown = isShown
  }

  /** The outcome, or undefined when the workspace is not trusted. A quiet run opens nothing and asks nothing. */
  async start(target: RunTarget, isQuiet = false): Promise<RunOutcome | undefined> {
    if (isQuiet ? !vscode.workspace.isTrusted : !(await mayRun())) return undefined
    const mine = ++this.#starts
    this.#last = target
    this.#problems.clear()
    this.#tellViews((view) => view.running(target, isQuiet))
    const outcome = await this.#computed(target, isQuiet)
    // Another run was started instead: what is shown is about that one.
    if (mine !== this.#starts) return outcome
    if (outcome.kind === 'cancelled') this.#tellViews((view) => view.failed([{ message: t('The run was cancelled.') }]))
    else if (outcome.kind === 'ran') {
      this.#tellViews((view) => view.ran(outcome.summary, isQuiet ? { project: target.project } : target))
      this.#tell(problemsOf(outcome.summary), isQuiet)
      // It was shown: when this is run again, what is looked at then stays in sight.
      const { feature: _, ...whole } = target
      this.#last = whole
    } else {
      const problems = await Promise.all(outcome.problems.map((problem) => this.#placed(problem)))
      if (mine !== this.#starts) return outcome
      this.#tellViews((view) => view.failed(problems))
      this.#tell(problems, isQuiet)
    }
    return outcome
  }

  get running(): boolean {
    return this.#supervisor.running
  }

  #tellViews(tell: (view: RunView) => void): void {
    for (const view of this.#views) tell(view)
  }

  async again(): Promise<void> {
    if (this.#last !== undefined) await this.start(this.#last)
  }

  /** For a restored window: what *Run again* means there. */
  remember(target: RunTarget): void {
    this.#last ??= target
  }

  cancel(): void {
    this.#supervisor.cancel()
  }

  async #computed({ project, model }: RunTarget, isQuiet: boolean): Promise<RunOutcome> {
    const { sampleRows, featureTimeoutMs, ...limits } = runSettings()
    const request = { project, overlay: unsavedTexts(), sampleRows, featureTimeoutMs, ...(model && { model }) }
    const progress = new vscode.EventEmitter<Progress>()
    let latest: Progress | undefined
    const run = this.#supervisor.run(request, limits, (step) => {
      latest = step
      progress.fire(step)
    })
    const slow = isQuiet
      ? undefined
      : setTimeout(() => this.#showProgress(run, progress.event, latest), progressAfterMs)
    const outcome = await run
    clearTimeout(slow)
    progress.dispose()
    return outcome
  }

  #showProgress(run: Promise<RunOutcome>, steps: vscode.Event<Progress>, latest: Progress | undefined): void {
    const options = { location: vscode.ProgressLocation.Notification, title: t('Running model'), cancellable: true }
    void vscode.window.withProgress(options, (report, token) => {
      const tell = ({ model, feature }: Progress): void =>
        report.report({ message: feature === undefined ? model : `${model} · ${feature}` })
      token.onCancellationRequested(() => this.cancel())
      steps(tell)
      if (latest !== undefined) tell(latest)
      return run
    })
  }

  /** No message lies over the results, which say it themselves: VS Code takes none back, so it would lie over the next ones, too. */
  #tell(problems: readonly RunProblem[], isQuiet: boolean): void {
    this.#problems.show(problems)
    const [first] = problems
    if (first === undefined || isQuiet || this.#isShown()) return
    const said = problemLine(first)
    const message = problems.length > 1 ? t('{0} (and {1} more, see Problems)', said, problems.length - 1) : said
    void offerToGo(message, first)
  }

  /** A crash is known by feature only; its line is where the analysis has it. */
  async #placed(problem: RunProblem): Promise<RunProblem> {
    const { path, line, model, feature } = problem
    if (path === undefined || line !== undefined || feature === undefined) return problem
    const graph = await this.#language.graph(vscode.Uri.file(path).toString())
    const start = graph?.nodes.find((node) => node.id === `${model}/${feature}`)?.place?.range.start
    return start === undefined ? problem : { ...problem, line: start.line, character: start.character }
  }
}

async function offerToGo(message: string, { path, line = 0, character = 0 }: RunProblem): Promise<void> {
  const go = t('Go to Code')
  const chosen = await vscode.window.showErrorMessage(message, ...(path === undefined ? [] : [go]))
  if (chosen !== go || path === undefined) return
  const at = new vscode.Position(line, character)
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(at, at) })
}
