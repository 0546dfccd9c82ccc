import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { peakMb } from './measure.ts'

/** How a contestant is started, once with each table; it gets the folder of the table's columns as `{data}`. */
export interface Candidate {
  readonly name: string
  readonly command: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** It takes too long for more rows. */
  readonly mostRows?: number
}

/**
 * A contestant that has read its table, alive in its own process. It is asked by a line on stdin and answers by a line of JSON:
 * at first `{ version }`; to `run`, or `run WHAT`, `{ ms }` that the computation took, measured inside; to `results FOLDER`, `{}` when the columns
 * `rows.NAME.f64` and `groups.NAME.f64` (`WHAT.NAME.f64`) of the last run are written.
 */
export interface Peer {
  readonly name: string
  readonly version: string
  /** `what`: one of several computations that it knows. */
  readonly run: (what?: string) => Promise<number>
  readonly writeResults: (folder: string) => Promise<void>
  /** The most memory it had since it has read its table, in MB. */
  readonly peakMb: () => number | undefined
  /** Resolves when the process has ended and its memory is free. */
  readonly close: () => Promise<void>
}

export async function startPeer({ name, command, env }: Candidate, folder: string): Promise<Peer> {
  const [program = '', ...options] = command.map((word) => (word === '{data}' ? folder : word))
  const child = spawn(program, options, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
  const answer = answers(name, child)
  const ask = async (line: string): Promise<Record<string, unknown>> => {
    child.stdin.write(`${line}\n`)
    return await answer()
  }
  const { version } = await answer()
  forgetPeak(child)
  return {
    name,
    version: String(version),
    run: async (what) => Number((await ask(what === undefined ? 'run' : `run ${what}`)).ms),
    writeResults: async (to) => {
      await ask(`results ${to}`)
    },
    peakMb: () => (child.pid === undefined ? undefined : peakMb(child.pid)),
    close: async () => {
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

/** The lines that a process says, one for each call. */
function answers(name: string, child: ChildProcess): () => Promise<Record<string, unknown>> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  return async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error(`${name} ended (${child.signalCode ?? child.exitCode ?? 'no exit code yet'})`)
    return JSON.parse(value) as Record<string, unknown>
  }
}

/** Linux counts the most memory from here; elsewhere it counts the reading too. */
function forgetPeak({ pid }: ChildProcess): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // No Linux.
  }
}
