import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly count: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), count: sorted.length }
}

export const median = (values: readonly number[]): number => spreadOf(values).p50

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

/** Milliseconds that the main thread of a process was on a processor so far; undefined where the system does not tell. */
export function cpuMs(pid: number): number | undefined {
  return read(`/proc/${pid}/task/${pid}/schedstat`, (text) => Number(text.split(' ')[0]) / 1e6)
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number | undefined {
  return read(`/proc/${pid}/status`, (text) => Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1]) / 1024)
}

/** The most resident memory that a process had, in MB. */
export function peakMb(pid: number): number | undefined {
  return read(`/proc/${pid}/status`, (text) => Number(/^VmHWM:\s+(\d+)/m.exec(text)?.[1]) / 1024)
}

function read<T>(path: string, parse: (text: string) => T): T | undefined {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Load of the machine while something is measured: how many processes wanted to run, beside the measured ones too. */
export interface Load {
  readonly before: number
  readonly after: number
}

export async function underLoad<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly load: Load }> {
  const before = oneMinute()
  const value = await work()
  return { value, load: { before, after: oneMinute() } }
}

const oneMinute = (): number => loadavg()[0] ?? Number.NaN

/** Where and when, in a sentence for the report. */
export function circumstances({ before, after }: Load): string {
  const [cpu] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`
  const load = `load average ${before.toFixed(1)} before and ${after.toFixed(1)} after`
  const priority = isRealTime() ? ' The bench ran before all other work (real-time priority).' : ''
  return `${date}, ${machine}, Node ${process.versions.node}, ${load}.${priority}`
}

/** Started with `chrt`: other work on the machine waits. The policy is the 41st word that Linux says of a process. */
const isRealTime = (): boolean =>
  read('/proc/self/stat', (text) => Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[38]) > 0) ?? false
