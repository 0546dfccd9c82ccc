import { type Server, startServer } from '../lsp/support/server.ts'

export interface KeystrokeResult {
  readonly features: number
  /** Milliseconds from `didChange` to `publishDiagnostics` over stdio. */
  readonly p50: number
  readonly p95: number
  readonly samples: number
}

const path = '/big.features.ts'
const samples = 200
const warmUp = 20

/**
 * Types into a file of many features, one character at a time, and waits for the diagnostics of each version; every other
 * edit makes a parameter unknown, the next one corrects it. Drives the bundled server as an editor does.
 */
export async function keystrokeBench(sizes: readonly number[] = [50, 500, 2000]): Promise<KeystrokeResult[]> {
  const results: KeystrokeResult[] = []
  for (const features of sizes) results.push(await measure(features))
  return results
}

async function measure(features: number): Promise<KeystrokeResult> {
  const server = await startServer(files(features))
  server.open(path)
  await server.settled(path)
  const times: number[] = []
  for (let i = 0; i < warmUp + samples; i++) {
    const ms = await type(server, i % 2 === 0)
    if (i >= warmUp) times.push(ms)
  }
  await server.stop()
  times.sort((a, b) => a - b)
  return { features, p50: quantile(times, 0.5), p95: quantile(times, 0.95), samples }
}

async function type(server: Server, isTypo: boolean): Promise<number> {
  const before = performance.now()
  const version = isTypo ? server.edit(path, '(edited,', '(edite,') : server.edit(path, '(edite,', '(edited,')
  await server.published(path, (params) => params.version === version)
  const marked = server.problems(path).length
  if (marked !== (isTypo ? 1 : 0)) throw new Error(`expected ${isTypo ? 'one problem' : 'none'}, there are ${marked}`)
  return performance.now() - before
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

/** Row features, group features and features that read both, in chains; the edit is in the middle of the file. */
function files(features: number): ReadonlyMap<string, string> {
  const lines = Array.from({ length: features }, (_, i) => {
    const before = i < 3 ? 'revenue' : `f${i - 3}`
    if (i === Math.floor(features / 2)) return `export function f${i}(edited, cost) {\n  return edited - cost\n}`
    if (i % 3 === 1) return `export function f${i}(${before}) { //#agg\n  return ${before}.sum() / 2\n}`
    if (i % 3 === 2) return `export function f${i}(revenue, f${i - 1}) {\n  return revenue / f${i - 1}\n}`
    return `/** Doc of feature ${i}. */\nexport function f${i}(${before}, cost) {\n  if (cost > 10) return ${before} - cost\n  return ${before} * 2\n}`
  })
  const columns = ['pin', 'revenue', 'cost', 'edited', ...Array.from({ length: 16 }, (_, i) => `column_${i}`)]
  const rows = Array.from({ length: 50 }, (_, i) => columns.map((_, j) => i * j).join())
  return new Map([
    [path, ['// group_by: pin', ...lines].join('\n')],
    ['/big.csv', [columns.join(), ...rows].join('\n')],
  ])
}
