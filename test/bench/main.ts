import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { version as duckdbVersion } from '@duckdb/node-api'
import { arquero, type Contestant, duckdb, engine, makeData } from './contestants.ts'
import { type KeystrokeResult, keystrokeBench } from './keystroke.ts'
import { type Finish, race } from './race.ts'

// npm run bench [-- --rows 100000,1000000] [--repeats 7] [--no-keystroke] [--no-write]
const options = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = options.indexOf(name)
  return at < 0 ? undefined : options[at + 1]
}
const sizes = (option('--rows') ?? '100000,1000000').split(',').map(Number)
const repeats = Number(option('--repeats') ?? 7)

const races = new Map<number, Finish[]>()
let keystrokes: readonly KeystrokeResult[] = []

async function main(): Promise<void> {
  for (const rows of sizes) {
    const finishes = await race(await contestants(rows), repeats)
    races.set(rows, finishes)
    process.stdout.write(`\n${rows.toLocaleString('en')} rows\n${engineTable(finishes)}\n`)
  }
  if (!options.includes('--no-keystroke')) keystrokes = await keystrokeBench()
  process.stdout.write(`\n${keystrokeTable(keystrokes)}\n`)
  if (!options.includes('--no-write')) writeFileSync('docs/performance.md', report())
}

async function contestants(rows: number): Promise<Contestant[]> {
  const data = makeData(rows)
  const text = readFileSync('test/bench/sales.features.ts', 'utf8')
  return [
    engine('ModelDriver', data, text, 'known'),
    engine('ModelDriver, every group feature opaque', data, text, 'opaque'),
    await duckdb(data, 1),
    await duckdb(data, 2),
    arquero(data),
  ]
}

function engineTable(finishes: readonly Finish[]): string {
  const [ours] = finishes
  if (!ours) return ''
  const lines = finishes.map(
    ({ name, ms, fastest, slowest }) =>
      `| ${name} | ${digits(ms)} | ${digits(fastest)} – ${digits(slowest)} | ${(ms / ours.ms).toFixed(1)} | ${(fastest / ours.fastest).toFixed(1)} |`,
  )
  return [
    '| | median ms | fastest – slowest | times our median | fastest: times our fastest |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

function keystrokeTable(results: readonly KeystrokeResult[]): string {
  if (results.length === 0) return 'Not measured in this run.'
  const lines = results.map(
    ({ features, p50, p95, samples }) => `| ${features} | ${digits(p50)} | ${digits(p95)} | ${samples} |`,
  )
  return ['| features in the file | p50 ms | p95 ms | keystrokes |', '|---|---|---|---|', ...lines].join('\n')
}

function digits(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0)
}

function report(): string {
  const [cpu] = cpus()
  const versions = JSON.parse(readFileSync('node_modules/arquero/package.json', 'utf8')) as { version: string }
  return `# Performance

Written by \`npm run bench\`; do not edit. ${new Date().toISOString().slice(0, 10)}, ${cpu?.model.trim()}, ${cpus().length} cores,
${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, DuckDB ${duckdbVersion()}, Arquero ${versions.version}. Other work ran on the machine; differences under
1.5 times are noise.

## A model computed

\`test/bench/sales.features.ts\`: 5 row features, 5 group features, 2 row features on those, 1 group feature on these; a random
whole-number key with a tenth as many groups as rows. Data in memory on all sides, results kept in memory (DuckDB: in tables of
its own, replaced by the next run; ModelDriver: in the memory of the result before), finding the groups included. Median of ${repeats} runs in turn after two to warm up; every cell of every contestant's result is checked
to be ours, to 1e-9. "Opaque" hides the meaning of the bodies: each group feature is called once per group with its columns.

${[...races].map(([rows, finishes]) => `### ${rows.toLocaleString('en')} rows\n\n${engineTable(finishes)}`).join('\n\n')}

## From a keystroke to its diagnostics

The bundled server over stdio, as an editor drives it: one character typed into a file of so many features, until the
diagnostics of that version arrive.

${keystrokeTable(keystrokes)}
`
}

void main()
