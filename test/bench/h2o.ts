import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mustAgree, type Written } from './agree.ts'
import type { Absent } from './contestants.ts'
import { type Candidate, type Peer, startPeer } from './peer.ts'
import { plainNumpy, pythonWith } from './python.ts'

/** The questions of samples/benchmarks/h2o: what a row of the answer is found by, and what it says. */
export const questions: Readonly<
  Record<string, { readonly keys: readonly string[]; readonly columns: readonly string[] }>
> = {
  q1: { keys: ['id1'], columns: ['v1_sum'] },
  q2: { keys: ['id1', 'id2'], columns: ['v1_sum'] },
  q3: { keys: ['id3'], columns: ['v1_sum', 'v3_mean'] },
  q4: { keys: ['id4'], columns: ['v1_mean', 'v2_mean', 'v3_mean'] },
  q5: { keys: ['id6'], columns: ['v1_sum', 'v2_sum', 'v3_sum'] },
  q7: { keys: ['id3'], columns: ['range_v1_v2'] },
  q8: { keys: ['id6'], columns: ['largest_v3', 'second_v3'] },
  q9: { keys: ['id2', 'id4'], columns: ['r2'] },
}

export interface H2oResult {
  readonly rows: number
  /** By contestant, then by question: milliseconds. */
  readonly times: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
  readonly versions: readonly string[]
  readonly absent: readonly Absent[]
}

/** Each question by everybody in turn, the table in memory; every cell of every answer is compared with ours. */
export async function h2oBench(folder: string, rows: number, repeats: number): Promise<H2oResult> {
  execFileSync(process.execPath, ['samples/benchmarks/h2o/generate.mjs', folder, String(rows), '100'])
  const power = Math.round(Math.log10(rows))
  const { candidates, absent } = contestants(join(folder, `G1_1e${power}_1e2_0_0.csv`))
  const peers: Peer[] = []
  try {
    for (const candidate of candidates) peers.push(await startPeer(candidate, folder))
    const times = new Map(peers.map(({ name }) => [name, new Map<string, number[]>()]))
    for (const question of Object.keys(questions)) {
      for (const { run } of peers) await run(question)
      for (let repeat = 0; repeat < repeats; repeat++) {
        for (const { name, run } of peers) {
          const own = times.get(name)
          own?.set(question, [...(own.get(question) ?? []), await run(question)])
        }
      }
    }
    await compare(peers, folder)
    return { rows, times, versions: peers.flatMap(({ version }) => version || []), absent }
  } finally {
    for (const { close } of peers) await close()
  }
}

async function compare(peers: readonly Peer[], folder: string): Promise<void> {
  const written: Written[] = []
  for (const peer of peers) {
    const own = join(folder, peer.name)
    mkdirSync(own)
    await peer.writeResults(own)
    written.push({ name: peer.name, folder: own })
  }
  const [ours, ...others] = written
  for (const other of others) {
    for (const [table, question] of Object.entries(questions)) if (ours) mustAgree(ours, other, { table, ...question })
  }
}

function contestants(csv: string): { readonly candidates: readonly Candidate[]; readonly absent: readonly Absent[] } {
  const node = (name: string): Candidate['command'] => [
    process.execPath,
    '--expose-gc',
    'dist-test/bench-h2o.mjs',
    csv,
    name,
  ]
  const script = (name: string, library: string): readonly Candidate[] => {
    const python = pythonWith(library)
    return python ? [{ name, command: [python, 'test/bench/peers/h2o.py', csv, library], env: plainNumpy }] : []
  }
  const candidates = [
    { name: 'ModelDriver', command: node('ours') },
    { name: 'DuckDB', command: node('duckdb') },
    ...script('Polars', 'polars'),
    ...script('pandas', 'pandas'),
  ]
  const absent = ['Polars', 'pandas'].filter((name) => !candidates.some((each) => each.name === name))
  return { candidates, absent: absent.map((name) => ({ name, why: '`npm run bench -- --install-peers` gets it' })) }
}
