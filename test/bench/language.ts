import { type Server, startServer } from '../lsp/support/server.ts'
import { bigFile, type Files, fileOf, manyFiles, oneFile } from './features.ts'
import { cpuMs, residentMb, type Spread, spreadOf } from './measure.ts'

export interface KeystrokeResult {
  readonly what: string
  /** Milliseconds from `didChange` to its `publishDiagnostics`, seen by the client over stdio. */
  readonly elapsed: Spread
  /** The same, as time that the server's main thread was on a processor; undefined where the system does not tell. */
  readonly cpu: Spread | undefined
  /** Resident memory of the server after the last keystroke. */
  readonly residentMb: number | undefined
  /** The same when a moment later the types were checked too. */
  readonly checkedMb: number | undefined
}

export interface StartResult {
  readonly what: string
  readonly initialize: Spread
  readonly diagnostics: Spread
  /** Processor time of the server's main thread until the first diagnostics. */
  readonly cpu: Spread | undefined
}

const samples = 200
const warmUp = 40
const starts = 9

export interface LanguageResult {
  readonly keystrokes: readonly KeystrokeResult[]
  readonly starts: readonly StartResult[]
}

/** Drives the bundled server over stdio as an editor does. */
export async function languageBench(note: (line: string) => void): Promise<LanguageResult> {
  const keystrokes: KeystrokeResult[] = []
  for (const features of [50, 500, 1000, 2000]) {
    note(`${features} features in one file …`)
    keystrokes.push(await typing(`${features.toLocaleString('en')} features in one file`, oneFile(features), bigFile))
  }
  note('20 files of 100 features …')
  keystrokes.push(await typing('20 files × 100 features, an edit in one', manyFiles(20, 100), fileOf(10)))
  const results: StartResult[] = []
  for (const features of [50, 1000]) {
    note(`starts with ${features} features …`)
    results.push(await starting(`${features.toLocaleString('en')} features in one file`, oneFile(features)))
  }
  return { keystrokes, starts: results }
}

/**
 * Types into a file, one character at a time, and waits for the diagnostics of each version; every other edit makes a
 * parameter unknown, the next one corrects it.
 */
async function typing(what: string, files: Files, path: string): Promise<KeystrokeResult> {
  const server = await startServer(files)
  server.open(path)
  await server.settled(path)
  const elapsed: number[] = []
  const cpu: number[] = []
  for (let i = 0; i < warmUp + samples; i++) {
    const cpuBefore = cpuMs(server.pid)
    const ms = await type(server, path, i % 2 === 0)
    const cpuAfter = cpuMs(server.pid)
    if (i < warmUp) continue
    elapsed.push(ms)
    if (cpuBefore !== undefined && cpuAfter !== undefined) cpu.push(cpuAfter - cpuBefore)
  }
  const memory = residentMb(server.pid)
  // Only the check of types finds it, when nobody has typed for a moment.
  server.edit(path, 'edited - cost', 'edited.trim() - cost')
  await server.until(() => server.problems(path).some((line) => line.startsWith('MD019')))
  const checkedMemory = residentMb(server.pid)
  await server.stop()
  return {
    what,
    elapsed: spreadOf(elapsed),
    cpu: cpu.length > 0 ? spreadOf(cpu) : undefined,
    residentMb: memory,
    checkedMb: checkedMemory,
  }
}

async function type(server: Server, path: string, isTypo: boolean): Promise<number> {
  const before = performance.now()
  const version = isTypo ? server.edit(path, '(edited,', '(edite,') : server.edit(path, '(edite,', '(edited,')
  await server.published(path, (params) => params.version === version)
  const ms = performance.now() - before
  const marked = server.problems(path).filter((line) => line.startsWith('MD001')).length
  if (marked !== (isTypo ? 1 : 0)) throw new Error(`expected ${isTypo ? 'one problem' : 'none'}, there are ${marked}`)
  return ms
}

/** Starts servers with a file that is opened at once. */
async function starting(what: string, files: Files): Promise<StartResult> {
  const initialize: number[] = []
  const diagnostics: number[] = []
  const cpu: number[] = []
  for (let i = 0; i < starts; i++) {
    const server = await startServer(files)
    const answered = performance.now()
    const published = server.published(bigFile, () => true)
    server.open(bigFile)
    await published
    initialize.push(server.startMs)
    diagnostics.push(server.startMs + performance.now() - answered)
    const used = cpuMs(server.pid)
    if (used !== undefined) cpu.push(used)
    await server.stop()
  }
  return {
    what,
    initialize: spreadOf(initialize),
    diagnostics: spreadOf(diagnostics),
    cpu: cpu.length > 0 ? spreadOf(cpu) : undefined,
  }
}
