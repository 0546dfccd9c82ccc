import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Progress } from './blame.ts'
import { type RunOutcome, Supervisor } from './supervisor.ts'

// Real processes: a small program that speaks the runner's protocol and behaves as the project's name says.
const program = `
let last
process.on('SIGINT', () => process.send({ kind: 'failed', id: last, problems: [{ message: 'The run was cancelled.' }] }))
process.on('message', (request) => {
  const { kind, id, project } = request
  if (kind === 'run') last = id
  const about = { kind: 'progress', id, model: 'daily', feature: 'margin', path: '/p/a.features.ts' }
  if (kind === 'page') return process.send({ kind: 'page', id, page: { offset: request.offset, count: 1, columns: [{ name: 'x', type: 'number', values: Float64Array.of(1, NaN) }] } })
  if (kind === 'view') return
  process.send({ kind: 'progress', id, model: 'daily' })
  const wanted = { ran: () => process.send({ kind: 'ran', id, summary: { run: String(process.pid), project, models: [], problems: [], ms: 1 } }),
    failed: () => process.send({ kind: 'failed', id, problems: [{ message: 'no such model' }] }),
    loop: () => process.send(about, () => { for (;;) ; }),
    prints: () => { console.log('the cost is', 60); console.error('an odd price'); process.exit(3) },
    crash: () => process.send(about, () => process.exit(3)),
    killed: () => process.send(about, () => process.kill(process.pid, 'SIGKILL')),
    memory: () => process.send(about, () => { const kept = []; for (;;) kept.push(new Array(1e5).fill({}).map(() => ({}))) }),
    waits: () => {} }
  wanted[project]()
})
`
const folder = mkdtempSync(join(tmpdir(), 'md-supervisor-'))
const module = join(folder, 'runner.cjs')
beforeAll(() => writeFileSync(module, program))
afterAll(() => rmSync(folder, { recursive: true }))

const lines: string[] = []
const supervisor = new Supervisor({ module, log: (line) => lines.push(line) })
afterEach(() => supervisor.dispose())

const limits = { memoryMb: 64, runTimeoutMs: 60_000 }
const run = (project: string, limit = {}, onProgress: (step: Progress) => void = () => {}): Promise<RunOutcome> =>
  supervisor.run(
    { project, overlay: {}, sampleRows: 10, featureTimeoutMs: project === 'loop' ? 100 : 20_000 },
    { ...limits, ...limit },
    onProgress,
  )
const pidOf = (outcome: RunOutcome) => outcome.kind === 'ran' && outcome.summary.run

describe('a run', () => {
  it('gives the summary, and tells what is being computed', async () => {
    const steps: unknown[] = []
    const outcome = await run('ran', {}, ({ model, feature }) => steps.push({ model, feature }))
    expect(outcome).toMatchObject({ kind: 'ran', summary: { project: 'ran' } })
    expect(steps).toEqual([{ model: 'daily', feature: undefined }])
    expect(supervisor.running).toBe(false)
  })

  it('keeps the process warm', async () => {
    expect(pidOf(await run('ran'))).toBe(pidOf(await run('ran')))
  })

  it('starts another process when the memory limit changed', async () => {
    expect(pidOf(await run('ran'))).not.toBe(pidOf(await run('ran', { memoryMb: 65 })))
  })

  it('passes on what the runner says went wrong', async () => {
    expect(await run('failed')).toEqual({ kind: 'failed', problems: [{ message: 'no such model' }] })
  })
})

describe('a run that goes wrong is told at its feature, and the next one works', () => {
  const at = { model: 'daily', feature: 'margin', path: '/p/a.features.ts' }
  it.each([
    ['loop', /'margin' was still running after 0\.1 s and was stopped/, at],
    ['crash', /The run process ended in 'margin' \(exit code 3\)\. Run again/, at],
    ['killed', /The run process was stopped from outside in 'margin' \(SIGKILL\).*Run again/, at],
    ['memory', /Memory ran out in 'margin' \(limit 64 MB\)/, at],
  ])('%s', { timeout: 30_000 }, async (project, message, place) => {
    expect(await run(project)).toEqual({
      kind: 'failed',
      problems: [{ ...place, message: expect.stringMatching(message) }],
    })
    expect(await run('ran')).toMatchObject({ kind: 'ran' })
  })

  it('what the process printed and how it ended is in the log', async () => {
    lines.length = 0
    await run('prints')
    expect([...lines].sort()).toEqual(['The run process ended (exit code 3).', 'an odd price', 'the cost is 60'])
  })

  it('the whole run takes too long', async () => {
    expect(await run('waits', { runTimeoutMs: 500 })).toMatchObject({
      kind: 'failed',
      problems: [{ message: expect.stringMatching(/The run took longer than 0\.5 s and was stopped/) }],
    })
  })
})

describe('cancel', () => {
  it('ends the run at once, and its process goes on with what it holds', async () => {
    const first = pidOf(await run('ran'))
    const waiting = run('waits')
    expect(supervisor.running).toBe(true)
    supervisor.cancel()
    expect(await waiting).toEqual({ kind: 'cancelled' })
    expect(supervisor.running).toBe(false)
    expect(pidOf(await run('ran'))).toBe(first)
  })

  it('ends the process when the run does not let itself be stopped; the next run waits for that', async () => {
    const first = pidOf(await run('ran'))
    const steps: unknown[] = []
    const endless = run('loop', { featureTimeoutMs: 60_000 }, (step) => {
      steps.push(step)
      if (step.feature !== undefined) supervisor.cancel()
    })
    expect(await endless).toEqual({ kind: 'cancelled' })
    const next = run('ran')
    expect(supervisor.running).toBe(true)
    expect(pidOf(await next)).not.toBe(first)
  })

  it('a run that waits for that can be cancelled, too', async () => {
    const endless = run('waits')
    supervisor.cancel()
    const next = run('ran')
    supervisor.cancel()
    expect(supervisor.running).toBe(false)
    expect(await Promise.all([endless, next])).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }])
  })

  it('a new run cancels the one under way', async () => {
    const waiting = run('waits')
    expect(await run('ran')).toMatchObject({ kind: 'ran' })
    expect(await waiting).toEqual({ kind: 'cancelled' })
  })
})

describe('pages of a run', () => {
  const table = { run: 'r', model: 'daily', table: 'rows' } as const
  it('come with their numbers', async () => {
    await run('ran')
    const answer = await supervisor.ask({ kind: 'page', ...table, offset: 7, count: 1 })
    expect(answer).toMatchObject({
      kind: 'page',
      page: { offset: 7, columns: [{ values: Float64Array.of(1, Number.NaN) }] },
    })
  })

  it('are gone with the process', async () => {
    expect(await supervisor.ask({ kind: 'page', ...table, offset: 0, count: 1 })).toBeUndefined()
    await run('ran')
    const unanswered = supervisor.ask({ kind: 'view', ...table })
    supervisor.dispose()
    expect(await unanswered).toBeUndefined()
  })
})
