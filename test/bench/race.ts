import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { groupFeatures, readColumn, rowFeatures } from './data.ts'
import { type Candidate, type Peer, startPeer } from './peer.ts'

export interface Finish {
  readonly name: string
  /** Median milliseconds. */
  readonly ms: number
  readonly fastest: number
  readonly slowest: number
  readonly peakMb: number | undefined
}

export interface Heat {
  readonly finishes: readonly Finish[]
  readonly versions: ReadonlyMap<string, string>
  readonly repeats: number
}

/**
 * Everybody with the table in `folder`, warmed up, then in turn, so that a busy moment of the machine meets all of them; in
 * the end every cell of every result is compared with those of the first.
 */
export async function race(candidates: readonly Candidate[], folder: string, repeats: number): Promise<Heat> {
  const peers: Peer[] = []
  try {
    for (const candidate of candidates) peers.push(await startPeer(candidate, folder))
    const times = new Map<string, number[]>(peers.map(({ name }) => [name, []]))
    for (const peer of peers) await warmUp(peer)
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const { name, run } of peers) times.get(name)?.push(await run())
    }
    const finishes = peers.map(({ name, peakMb }) => ({ ...finish(name, times.get(name) ?? []), peakMb: peakMb() }))
    await compare(peers, folder)
    return { finishes, versions: new Map(peers.map(({ name, version }) => [name, version])), repeats }
  } finally {
    for (const { close } of peers) close()
  }
}

/** Twice at least, and for a second: what is compiled while it runs needs that with small tables. */
async function warmUp({ run }: Peer): Promise<void> {
  const start = performance.now()
  for (let runs = 0; runs < 2 || (runs < 30 && performance.now() - start < 1000); runs++) await run()
}

function finish(name: string, times: readonly number[]): Omit<Finish, 'peakMb'> {
  const sorted = [...times].sort((a, b) => a - b)
  return {
    name,
    ms: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    fastest: sorted[0] ?? Number.NaN,
    slowest: sorted.at(-1) ?? Number.NaN,
  }
}

async function compare([first, ...others]: readonly Peer[], folder: string): Promise<void> {
  if (!first) return
  const results = async (peer: Peer): Promise<string> => {
    const own = join(folder, 'results', peer.name)
    mkdirSync(own, { recursive: true })
    await peer.writeResults(own)
    return own
  }
  const expected = await results(first)
  const order = orderOf(readColumn(expected, 'groups.pin'))
  for (const peer of others) {
    const found = await results(peer)
    const ownOrder = orderOf(readColumn(found, 'groups.pin'))
    for (const name of rowFeatures) mustBeEqual(`rows.${name}`, first.name, expected, peer.name, found)
    for (const name of ['pin', ...groupFeatures])
      mustBeEqual(`groups.${name}`, first.name, expected, peer.name, found, order, ownOrder)
    rmSync(found, { recursive: true })
  }
  rmSync(expected, { recursive: true })
}

const orderOf = (pins: Float64Array): Float64Array =>
  Float64Array.from(pins.keys()).sort((a, b) => (pins[a] as number) - (pins[b] as number))

/** Every cell of a column, to 1e-9 relative. */
function mustBeEqual(
  column: string,
  name: string,
  folder: string,
  otherName: string,
  otherFolder: string,
  order?: Float64Array,
  otherOrder?: Float64Array,
): void {
  const values = readColumn(folder, column)
  const others = readColumn(otherFolder, column)
  if (others.length !== values.length) {
    throw new Error(`${column}: ${name} has ${values.length} values, ${otherName} ${others.length}`)
  }
  for (let i = 0; i < values.length; i++) {
    const a = values[order ? (order[i] as number) : i] as number
    const b = others[otherOrder ? (otherOrder[i] as number) : i] as number
    const near = Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
    if (!near && !(Number.isNaN(a) && Number.isNaN(b))) {
      throw new Error(`${column}[${i}]: ${name} has ${a}, ${otherName} ${b}`)
    }
  }
}
