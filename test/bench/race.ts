import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mustAgree, type Written } from './agree.ts'
import { groupFeatures, rowFeatures } from './data.ts'
import { type Candidate, type Peer, startPeer } from './peer.ts'

export interface Finish {
  readonly name: string
  readonly version: string
  readonly times: readonly number[]
  /** Those of the first contestant in the same rounds. */
  readonly ours: readonly number[]
  readonly peakMb: number | undefined
}

/**
 * Everybody with the table in `folder`, warmed up, then in turn, so that a busy moment of the machine meets all of them; in the end every
 * cell of every result is compared with those of the first. `together` processes at most have the table in memory: with less than all, the
 * first takes part again with each of the others.
 */
export async function race(
  [first, ...others]: readonly Candidate[],
  folder: string,
  repeats: number,
  together = others.length + 1,
): Promise<Finish[]> {
  if (!first) return []
  const finishes: Finish[] = []
  for (let from = 0; from < others.length; from += together - 1) {
    finishes.push(...(await rounds([first, ...others.slice(from, from + together - 1)], folder, repeats)))
  }
  const own = finishes.filter(({ name }) => name === first.name)
  const times = own.flatMap((each) => each.times)
  return [{ ...(own[0] as Finish), times, ours: times }, ...finishes.filter((each) => !own.includes(each))]
}

async function rounds(candidates: readonly Candidate[], folder: string, repeats: number): Promise<Finish[]> {
  const peers: Peer[] = []
  try {
    for (const candidate of candidates) peers.push(await startPeer(candidate, folder))
    const times = peers.map((): number[] => [])
    for (const peer of peers) await warmUp(peer)
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [i, { run }] of peers.entries()) times[i]?.push(await run())
    }
    const [ours = []] = times
    const finishes = peers.map(({ name, version, peakMb }, i) => ({
      name,
      version,
      times: times[i] ?? [],
      ours,
      peakMb: peakMb(),
    }))
    await compare(peers, folder)
    return finishes
  } finally {
    for (const { close } of peers) await close()
  }
}

/** Once at least, and for a second: what is compiled while it runs needs that with small tables. */
async function warmUp({ run }: Peer): Promise<void> {
  const start = performance.now()
  for (let runs = 0; runs < 1 || (runs < 30 && performance.now() - start < 1000); runs++) await run()
}

async function compare([first, ...others]: readonly Peer[], folder: string): Promise<void> {
  if (!first) return
  const results = async (peer: Peer): Promise<Written> => {
    const own = join(folder, 'results', peer.name)
    mkdirSync(own, { recursive: true })
    await peer.writeResults(own)
    return { name: peer.name, folder: own }
  }
  const expected = await results(first)
  for (const peer of others) {
    const found = await results(peer)
    mustAgree(expected, found, { table: 'rows', keys: [], columns: rowFeatures })
    mustAgree(expected, found, { table: 'groups', keys: ['pin'], columns: groupFeatures })
    rmSync(found.folder, { recursive: true })
  }
  rmSync(expected.folder, { recursive: true })
}
