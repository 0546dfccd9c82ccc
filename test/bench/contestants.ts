import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Candidate } from './peer.ts'
import { plainNumpy, pythonWith } from './python.ts'
import { names } from './targets.ts'

/** A contestant that this machine does not have, and how to get it. */
export interface Absent {
  readonly name: string
  readonly why: string
}

export interface Field {
  readonly candidates: readonly Candidate[]
  readonly absent: readonly Absent[]
}

const node = (name: string): readonly string[] => [
  process.execPath,
  '--expose-gc',
  'dist-test/bench-peer.mjs',
  '{data}',
  name,
]

/** Everybody who can be started here, ours first. `folder` is for what has to be built. */
export function contestants(folder: string): Field {
  const c = native(folder)
  const tables = python()
  return {
    candidates: [
      { name: names.ours, command: node('streaming') },
      { name: names.known, command: node('again') },
      { name: names.opaque, command: node('opaque') },
      ...('why' in c ? [] : c),
      { name: names.duckdb1, command: node('duckdb1') },
      { name: names.duckdb2, command: node('duckdb2') },
      ...tables.candidates,
      { name: names.arquero, command: node('arquero'), mostRows: 1_000_000 },
    ],
    absent: [...('why' in c ? [c] : []), ...tables.absent],
  }
}

/** C by hand, built for this processor. */
function native(folder: string): readonly Candidate[] | Absent {
  const program = join(folder, 'sales')
  const build = ['-O3', '-march=native', '-o', program, 'test/bench/peers/sales.c', '-lm']
  const compiler = ['gcc', 'cc'].find((each) => spawnSync(each, build, { stdio: 'ignore' }).status === 0)
  if (!compiler) return { name: 'C', why: 'no gcc or cc found (Debian: apt-get install gcc libc6-dev)' }
  const variant = (name: string, mode: string) => ({ name, command: [program, '{data}', mode] })
  return [
    variant('C, a loop per feature', 'keyed'),
    variant(names.c, 'coded'),
    variant('C, all features in one loop', 'fused'),
  ]
}

/** pandas and Polars, of the bench's own Python when it was installed, else of the machine's. */
function python(): Field {
  const program = pythonWith('pandas')
  const way = (name: string, own: string, kind: string, more: Partial<Candidate> = {}): Candidate => ({
    name,
    command: [own, 'test/bench/peers/sales.py', '{data}', kind],
    ...more,
    env: { ...plainNumpy, ...more.env },
  })
  const pandas = program
    ? [
        way(names.pandas, program, 'pandas-tuned'),
        way('pandas, idiomatic', program, 'pandas-idiomatic'),
        way('pandas, the original way', program, 'pandas-original', { mostRows: 100_000 }),
      ]
    : []
  const other = pythonWith('polars')
  const polars = other
    ? [1, 2].map((threads) =>
        way(`Polars, ${threads} ${threads === 1 ? 'thread' : 'threads'}`, other, 'polars', {
          env: { POLARS_MAX_THREADS: String(threads) },
        }),
      )
    : []
  const absent = [
    { name: 'pandas', is: program },
    { name: 'Polars', is: other },
  ].flatMap(({ name, is }) => (is ? [] : [{ name, why: `\`npm run bench -- --install-peers\` gets it` }]))
  return { candidates: [...polars, ...pandas], absent }
}
