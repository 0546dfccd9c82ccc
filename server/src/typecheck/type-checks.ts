import { type Analysis, type Problem, shadowProject, typeProblems } from '@modeldriver/engine'
import type { CheckAnswer, CheckRequest, WorkerMemory } from './messages.ts'

/** The thread that checks: a `Worker`, or what stands for one. */
export interface CheckThread {
  readonly postMessage: (request: CheckRequest) => void
  readonly terminate: () => unknown
}

export interface ThreadEvents {
  readonly answered: (answer: CheckAnswer) => void
  /** It ended by itself: it crashed, or ran out of memory. */
  readonly ended: (reason: string) => void
}

export interface TypeChecksHost {
  readonly start: (memory: WorkerMemory, events: ThreadEvents) => CheckThread
  readonly textOf: (path: string) => string | undefined
  /** What is known of a project is older than its files: it will be told again. */
  readonly isBusy: () => boolean
  /** Problems of a project are known, or known to be none. */
  readonly found: (project: string) => void
  readonly failed: (doing: string, error: unknown) => void
  readonly waitMs?: number
  readonly idleMs?: number
  readonly longestMs?: number
}

/** Checks the types of projects when nobody typed for a moment, in another thread that ends when it is not needed for long. */
export interface TypeChecks {
  /** A project was analysed anew: it will be checked, and what is being checked is checked again. */
  readonly changed: (project: string, analysis: Analysis) => void
  readonly closed: (project: string) => void
  /** What was found last, of the files that are as they were then. */
  readonly problemsOf: (project: string, analysis: Analysis) => readonly Problem[]
}

/** So many failures in a row, and a project is not checked any more. */
const mostCrashes = 3

interface Check {
  readonly id: number
  readonly project: string
  readonly analysis: Analysis
}

export function createTypeChecks(host: TypeChecksHost): TypeChecks {
  const { waitMs = 400, idleMs = 30_000, longestMs = 20_000 } = host
  const memory: WorkerMemory = { latest: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) }
  const latest = new Int32Array(memory.latest)
  const open = new Map<string, Analysis>()
  const found = new Map<
    string,
    { readonly files: Analysis['snapshot']['files']; readonly problems: readonly Problem[] }
  >()
  let thread: CheckThread | undefined
  let running: Check | undefined
  /** What the thread works on or has still to begin with, the oldest first: a check that is given up does not always end at once. */
  let handed: readonly Check[] = []
  let tooLong: NodeJS.Timeout | undefined
  let waiting: NodeJS.Timeout | undefined
  let idle: NodeJS.Timeout | undefined
  const crashes = new Map<string, number>()

  const want = (project: string, analysis: Analysis) => {
    if ((crashes.get(project) ?? 0) < mostCrashes) open.set(project, analysis)
  }
  const giveUp = () => {
    if (!running) return
    Atomics.add(latest, 0, 1)
    if (!open.has(running.project)) want(running.project, running.analysis)
    running = undefined
  }
  const stop = () => {
    void thread?.terminate()
    thread = undefined
    handed = []
    clearTimeout(tooLong)
  }
  const watch = () => {
    clearTimeout(tooLong)
    const [oldest] = handed
    if (!oldest) return
    tooLong = setTimeout(() => {
      const next = running
      stop()
      crashed(oldest.project, `It took longer than ${longestMs / 1000} seconds and was ended.`)
      if (next && next !== oldest) want(next.project, next.analysis)
      later()
    }, longestMs)
    tooLong.unref()
  }
  const later = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      waiting = undefined
      next()
    }, waitMs)
    waiting.unref()
  }
  const next = () => {
    const [first] = open
    if (running || !first) return
    if (host.isBusy()) return later()
    clearTimeout(idle)
    const [project, analysis] = first
    open.delete(project)
    const id = Atomics.add(latest, 0, 1) + 1
    running = { id, project, analysis }
    try {
      thread ??= host.start(memory, { answered, ended })
      thread.postMessage({ id, project, files: shadowProject(analysis, host.textOf) })
      handed = [...handed, running]
      if (handed.length === 1) watch()
    } catch (error) {
      crashed(project, error)
    }
  }
  const crashed = (project: string, reason: unknown) => {
    running = undefined
    crashes.set(project, (crashes.get(project) ?? 0) + 1)
    host.failed(`checking the types of ${project}`, reason)
  }
  const answered = (answer: CheckAnswer) => {
    handed = handed.filter(({ id }) => id !== answer.id)
    watch()
    if (running?.id !== answer.id) return
    const { project, analysis } = running
    if (answer.kind === 'failed') crashed(project, answer.reason)
    if (answer.kind === 'found') {
      running = undefined
      crashes.delete(project)
      found.set(project, { files: analysis.snapshot.files, problems: typeProblems(analysis, answer.findings) })
      host.found(project)
    }
    if (open.size > 0 && !waiting) next()
    else {
      idle = setTimeout(stop, idleMs)
      idle.unref()
    }
  }
  const ended = (reason: string) => {
    thread = undefined
    stop()
    if (running) crashed(running.project, reason)
  }

  return {
    changed: (project, analysis) => {
      giveUp()
      want(project, analysis)
      later()
    },
    closed: (project) => {
      open.delete(project)
      found.delete(project)
      if (running?.project === project) {
        giveUp()
        open.delete(project)
      }
    },
    problemsOf: (project, { snapshot }) => {
      const known = found.get(project)
      return known?.problems.filter(({ path }) => known.files.get(path) === snapshot.files.get(path)) ?? []
    },
  }
}
