import type { ColdResult } from './cold.ts'
import { median } from './measure.ts'
import type { Finish } from './race.ts'

/** What the engine is meant to reach beside the others, and what was measured; NaN where one of them was not there. */
export interface Target {
  readonly what: string
  readonly rows: number
  /** A ratio of two measured numbers. */
  readonly measured: number
  readonly atMost?: number
  readonly atLeast?: number
}

/** Names that several places know. */
export const names = {
  ours: 'ModelDriver',
  known: 'ModelDriver, groups known before',
  opaque: 'ModelDriver, every group feature opaque',
  c: 'C, a loop per feature, groups known before',
  duckdb1: 'DuckDB, 1 thread',
  duckdb2: 'DuckDB, 2 threads',
  pandas: 'pandas, tuned by hand',
  arquero: 'Arquero',
} as const

export function engineTargets(heats: ReadonlyMap<number, readonly Finish[]>): readonly Target[] {
  return [...heats].flatMap(([rows, finishes]): Target[] => {
    // In times of ours in the same rounds.
    const time = (name: string): number => ratioOf(finishes, name, ({ times, ours }) => median(times) / median(ours))
    const memory = (name: string): number => ratioOf(finishes, name, ({ peakMb }) => peakMb ?? Number.NaN)
    const duckdbMemory = Math.min(memory(names.duckdb1), memory(names.duckdb2))
    const targets: Target[] = [
      {
        what: 'time, beside C with the groups known before on both sides',
        rows,
        measured: time(names.known) / time(names.c),
        atMost: 1.5,
      },
      { what: 'time of DuckDB with 2 threads, beside ours', rows, measured: time(names.duckdb2), atLeast: 6 },
      { what: 'time of pandas tuned by hand, beside ours', rows, measured: time(names.pandas), atLeast: 4 },
      { what: 'time of Arquero, beside ours', rows, measured: time(names.arquero), atLeast: 60 },
    ]
    const large: Target = {
      what: 'time of the faster DuckDB, beside ours',
      rows,
      measured: Math.min(time(names.duckdb1), time(names.duckdb2)),
      atLeast: 2,
    }
    return [
      ...(rows === 1_000_000 ? targets : []),
      ...(rows === 10_000_000 ? [large] : []),
      ...(rows >= 1_000_000
        ? [
            {
              what: 'time with every group feature opaque, beside streaming',
              rows,
              measured: time(names.opaque),
              atMost: 2,
            },
            { what: "memory, beside DuckDB's", rows, measured: memory(names.ours) / duckdbMemory, atMost: 1 },
          ]
        : []),
    ]
  })
}

export function coldTargets({ rows, programs }: ColdResult): readonly Target[] {
  const time = (name: string): number => median(programs.find((each) => each.name === name)?.times ?? [])
  return [
    { what: "whole process, beside pandas'", rows, measured: time('ModelDriver') / time('pandas'), atMost: 1 },
    { what: "whole process, beside DuckDB's", rows, measured: time('ModelDriver') / time('DuckDB'), atMost: 1.5 },
  ]
}

function ratioOf(finishes: readonly Finish[], name: string, ratio: (finish: Finish) => number): number {
  const found = finishes.find((each) => each.name === name)
  return found ? ratio(found) : Number.NaN
}
