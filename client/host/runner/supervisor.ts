import { type ChildProcess, fork } from 'node:child_process'
import type { RunnerMessage, RunnerRequest, RunProblem, RunRequest, RunSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { brokenEnd, type Progress, tooLong } from './blame.ts'

export interface SupervisorOptions {
  /** The runner's process module (`dist/runner.js`). */
  readonly module: string
  /** Lines that the runner and the author's features print. */
  readonly log: (line: string) => void
}

export interface RunLimits {
  readonly memoryMb: number
  readonly runTimeoutMs: number
}

export type RunOutcome =
  | { readonly kind: 'ran'; readonly summary: RunSummary }
  | { readonly kind: 'failed'; readonly problems: readonly RunProblem[] }
  | { readonly kind: 'cancelled' }

type Unnumbered<R> = R extends { readonly id: number } ? Omit<R, 'id'> : never
/** What may be asked of a finished run. */
export type Question = Exclude<Unnumbered<RunnerRequest>, { readonly kind: 'run' }>
type Answer = Extract<RunnerMessage, { readonly id: number }>

/** The runner stops a feature at its own limit; only one that does not let it (native code) needs the kill, this much later. */
const graceMs = 2000
const errorsKept = 16_384
/** A cancelled run that has not stopped by then is ended with its process; until then it is told so again and again. */
const stopMs = 3000
const tellMs = 100

interface Running {
  readonly id: number
  readonly end: (outcome: RunOutcome) => void
  readonly onProgress: (progress: Progress) => void
  readonly featureTimeoutMs: number
  readonly wholeRun: NodeJS.Timeout
  feature?: { readonly progress: Progress; readonly timer: NodeJS.Timeout | undefined }
}

/**
 * Keeps one runner process: started on demand, kept warm with the results of the runs before, killed on time-out and when
 * a cancelled run does not stop. A crash, a kill or an
 * endless loop is told as a problem at the feature that was being computed; nothing of it reaches the extension host.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #questions = new Map<number, (answer: Answer | undefined) => void>()
  #child: ChildProcess | undefined
  #childMemoryMb = 0
  #running: Running | undefined
  /** The run that was cancelled and has not stopped yet. */
  #stopping: { readonly id: number; readonly stopped: Promise<void>; readonly end: () => void } | undefined
  #lastId = 0
  #starts = 0
  /** A run begins as soon as the cancelled one has stopped. */
  #isWaiting = false
  /** The end of what the process wrote to its error stream in this run. */
  #errors = ''

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /** Runs a project. A run that is under way is cancelled first. Never rejects. */
  async run(
    request: Omit<RunRequest, 'kind' | 'id'>,
    limits: RunLimits,
    onProgress: (progress: Progress) => void,
  ): Promise<RunOutcome> {
    this.cancel()
    const start = ++this.#starts
    if (this.#stopping) {
      this.#isWaiting = true
      await this.#stopping.stopped
      // Another run was asked for meanwhile, or none any more.
      if (start !== this.#starts) return { kind: 'cancelled' }
      this.#isWaiting = false
    }
    if (this.#childMemoryMb !== limits.memoryMb) this.#kill()
    this.#errors = ''
    const id = ++this.#lastId
    return new Promise((resolve) => {
      const wholeRun = setTimeout(
        () => this.#stopped(tooLong(this.#running?.feature?.progress, limits.runTimeoutMs)),
        limits.runTimeoutMs,
      )
      this.#running = { id, end: resolve, onProgress, featureTimeoutMs: request.featureTimeoutMs, wholeRun }
      this.#send({ kind: 'run', id, ...request }, limits.memoryMb)
    })
  }

  /** Asks for a page or a view of a finished run; undefined when the process that held it is gone. */
  ask(question: Question): Promise<Answer | undefined> {
    if (this.#child === undefined) return Promise.resolve(undefined)
    const id = ++this.#lastId
    return new Promise((resolve) => {
      this.#questions.set(id, resolve)
      this.#send({ ...question, id }, this.#childMemoryMb)
    })
  }

  /** The same for what needs no run before: starts a process when there is none. Undefined when it ends meanwhile. */
  request(question: Question, memoryMb: number): Promise<Answer | undefined> {
    if (this.#child === undefined) this.#start(memoryMb)
    return this.ask(question)
  }

  get running(): boolean {
    return this.#running !== undefined || this.#isWaiting
  }

  /** Stops the run under way. What other runs found stays, unless this one does not let itself be stopped. */
  cancel(): void {
    this.#starts++
    this.#isWaiting = false
    const id = this.#running?.id
    if (id === undefined) return
    this.#finish({ kind: 'cancelled' })
    this.#stop(id)
  }

  #stop(id: number): void {
    const child = this.#child
    let end = (): void => {}
    const stopped = new Promise<void>((resolve) => {
      const tell = setInterval(() => child?.kill('SIGINT'), tellMs)
      const late = setTimeout(() => this.#kill(), stopMs)
      end = () => {
        clearInterval(tell)
        clearTimeout(late)
        this.#stopping = undefined
        resolve()
      }
    })
    this.#stopping = { id, stopped, end }
    child?.kill('SIGINT')
  }

  dispose(): void {
    this.cancel()
    this.#kill()
  }

  #send(request: RunnerRequest, memoryMb: number): void {
    const child = this.#child ?? this.#start(memoryMb)
    child.send(request, (error) => {
      if (error !== null) this.#options.log(`The run process did not take a request: ${error.message}`)
    })
  }

  #start(memoryMb: number): ChildProcess {
    const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...env } = process.env
    const child = fork(this.#options.module, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${memoryMb}`],
      // VS Code's own executable is Electron; with this it behaves as plain Node.
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    })
    this.#child = child
    this.#childMemoryMb = memoryMb
    child.on('message', (message) => this.#received(message as RunnerMessage))
    child.stdout?.on('data', (bytes: Buffer) => this.#options.log(bytes.toString().trimEnd()))
    child.stderr?.on('data', (bytes: Buffer) => {
      const text = bytes.toString()
      this.#errors = (this.#errors + text).slice(-errorsKept)
      this.#options.log(text.trimEnd())
    })
    child.on('error', (error) => this.#ended(child, error.message))
    child.on('close', (code, signal) => this.#ended(child, signal ?? t('exit code {0}', String(code))))
    return child
  }

  #received(message: RunnerMessage): void {
    if (message.kind === 'ready') return
    if (message.kind === 'progress') this.#progressed(message)
    else if (message.id === this.#stopping?.id) this.#stopping.end()
    else if (message.id !== this.#running?.id) {
      this.#questions.get(message.id)?.(message)
      this.#questions.delete(message.id)
    } else if (message.kind === 'ran') this.#finish({ kind: 'ran', summary: message.summary })
    else if (message.kind === 'failed') this.#finish({ kind: 'failed', problems: message.problems })
  }

  #progressed(message: Progress & { readonly id: number }): void {
    const run = this.#running
    if (run === undefined || message.id !== run.id) return
    clearTimeout(run.feature?.timer)
    const { featureTimeoutMs: limit } = run
    const timer =
      message.feature === undefined
        ? undefined
        : setTimeout(() => this.#stopped(tooLong(message, limit)), limit + graceMs)
    run.feature = { progress: message, timer }
    run.onProgress(message)
  }

  #stopped(problem: RunProblem): void {
    this.#kill()
    this.#finish({ kind: 'failed', problems: [problem] })
  }

  #ended(child: ChildProcess, how: string): void {
    if (child !== this.#child) return
    this.#options.log(`The run process ended (${how}).`)
    this.#forget()
    const progress = this.#running?.feature?.progress
    this.#finish({ kind: 'failed', problems: [brokenEnd(progress, how, this.#errors, this.#childMemoryMb)] })
  }

  #finish(outcome: RunOutcome): void {
    const run = this.#running
    if (run === undefined) return
    this.#running = undefined
    clearTimeout(run.wholeRun)
    clearTimeout(run.feature?.timer)
    run.end(outcome)
  }

  #kill(): void {
    const child = this.#child
    this.#forget()
    child?.kill('SIGKILL')
  }

  /** The process is gone, and with it every result it held. */
  #forget(): void {
    this.#child = undefined
    this.#stopping?.end()
    for (const answer of this.#questions.values()) answer(undefined)
    this.#questions.clear()
  }
}
