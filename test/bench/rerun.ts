import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunnerMessage, RunnerRequest, RunSummary } from '@modeldriver/protocol'
import { cpuMs, type Spread, spreadOf } from './measure.ts'

export interface RerunResult {
  readonly first: { readonly ms: number; readonly features: number; readonly rows: number }
  readonly edits: readonly {
    readonly what: string
    /** Features that were computed. */
    readonly computed: number
    /** From the request to its summary, seen by who asks. */
    readonly elapsed: Spread
    /** The same, as time that the runner's main thread was on a processor. */
    readonly cpu: Spread | undefined
  }[]
}

const root = resolve('samples/retail')
const warmUp = 20
const samples = 100

/** Each edit is another one than all before, so that nothing is known of it. */
const edits: readonly {
  readonly what: string
  readonly file: string
  readonly edit: (text: string, n: number) => string
}[] = [
  {
    what: 'a feature that no other reads (`share_of_day`)',
    file: 'daily.features.ts',
    edit: (text, n) => text.replace('percent(revenue, day_revenue)', `${n} + percent(revenue, day_revenue)`),
  },
  {
    what: 'a feature and what follows from it (`median_line`)',
    file: 'daily.features.ts',
    edit: (text, n) => text.replace('.filter((paid) => paid > 0)', `.filter((paid) => paid > ${n / 10})`),
  },
  {
    what: 'the feature that most others follow from (`revenue`)',
    file: 'transactions.features.ts',
    edit: (text, n) => text.replace('cents(quantity * unit_price', `cents(${n / 1000} + quantity * unit_price`),
  },
  { what: 'a comment', file: 'daily.features.ts', edit: (text, n) => `// ${n}\n${text}` },
]

/** Drives the built runner as the editor does: the edited text is unsaved, the result is a summary. */
export async function rerunBench(note: (line: string) => void): Promise<RerunResult> {
  const runner = startRunner()
  const started = performance.now()
  const { models } = await runner.run({})
  const ms = performance.now() - started
  const features = models.flatMap((model) => model.features)
  const results: RerunResult['edits'][number][] = []
  for (const { what, file, edit } of edits) {
    note(`${what} …`)
    const path = `${root}/${file}`
    const text = readFileSync(path, 'utf8')
    const elapsed: number[] = []
    const cpu: number[] = []
    let computed = 0
    for (let n = 1; n <= warmUp + samples; n++) {
      const edited = edit(text, n)
      if (edited === text) throw new Error(`samples/retail/${file} has no ${what}.`)
      const cpuBefore = cpuMs(runner.pid)
      const begun = performance.now()
      const summary = await runner.run({ [path]: edited })
      const taken = performance.now() - begun
      const cpuAfter = cpuMs(runner.pid)
      computed = summary.models.flatMap((model) => model.features).filter(({ isKept }) => !isKept).length
      if (n <= warmUp) continue
      elapsed.push(taken)
      if (cpuBefore !== undefined && cpuAfter !== undefined) cpu.push(cpuAfter - cpuBefore)
    }
    results.push({ what, computed, elapsed: spreadOf(elapsed), cpu: cpu.length > 0 ? spreadOf(cpu) : undefined })
  }
  runner.stop()
  return { first: { ms, features: features.length, rows: models[0]?.rows.count ?? 0 }, edits: results }
}

function startRunner() {
  const child: ChildProcess = fork(resolve('dist/runner.js'), [], { serialization: 'advanced' })
  let last = 0
  return {
    pid: child.pid as number,
    run: (overlay: Readonly<Record<string, string>>) =>
      new Promise<RunSummary>((done, failed) => {
        const id = ++last
        const answered = (message: RunnerMessage): void => {
          if (!('id' in message) || message.id !== id || message.kind === 'progress') return
          child.off('message', answered)
          if (message.kind === 'ran') done(message.summary)
          else failed(new Error(`The runner answered ${JSON.stringify(message)}.`))
        }
        child.on('message', answered)
        const project = `${root}/modeldriver.json`
        const request: RunnerRequest = {
          kind: 'run',
          id,
          project,
          overlay,
          sampleRows: 100_000,
          featureTimeoutMs: 10_000,
        }
        child.send(request)
      }),
    stop: () => child.disconnect(),
  }
}
