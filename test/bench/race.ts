import type { Contestant, Results } from './contestants.ts'

export interface Finish {
  readonly name: string
  /** Median milliseconds. */
  readonly ms: number
  readonly fastest: number
  readonly slowest: number
}

/** Everybody once for warming up and checking, then in turn, so that a busy moment of the machine meets all of them. */
export async function race(contestants: readonly Contestant[], repeats: number): Promise<Finish[]> {
  const [first, ...others] = contestants
  for (const contestant of contestants) for (let i = 0; i < 2; i++) await contestant.run()
  const expected = await first?.results()
  for (const other of others) mustBeEqual(first?.name ?? '', expected, other.name, await other.results())

  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const { name, run } of contestants) {
      const start = performance.now()
      await run()
      times.get(name)?.push(performance.now() - start)
    }
  }
  return [...times].map(([name, all]) => {
    const sorted = all.sort((a, b) => a - b)
    return {
      name,
      ms: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      fastest: sorted[0] ?? Number.NaN,
      slowest: sorted.at(-1) ?? Number.NaN,
    }
  })
}

/** Every cell of every result, to 1e-9 relative. */
function mustBeEqual(name: string, expected: Results | undefined, otherName: string, other: Results): void {
  for (const table of ['rows', 'groups'] as const) {
    for (const [column, values] of Object.entries(expected?.[table] ?? {})) {
      const others = other[table][column]
      if (others?.length !== values.length) {
        throw new Error(`${column}: ${name} has ${values.length} values, ${otherName} ${others?.length}`)
      }
      for (let i = 0; i < values.length; i++) {
        const a = values[i] ?? Number.NaN
        const b = others[i] ?? Number.NaN
        const near = Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
        if (!near && !(Number.isNaN(a) && Number.isNaN(b))) {
          throw new Error(`${column}[${i}]: ${name} has ${a}, ${otherName} ${b}`)
        }
      }
    }
  }
}
