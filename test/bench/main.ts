import { readFileSync, writeFileSync } from 'node:fs'
import { version as duckdbVersion } from '@duckdb/node-api'
import { arquero, type Contestant, duckdb, engine, makeData } from './contestants.ts'
import { languageBench } from './language.ts'
import { underLoad } from './measure.ts'
import { type Finish, race } from './race.ts'
import {
  engineSection,
  engineTable,
  keystrokeTable,
  languageSection,
  pageWith,
  type Section,
  startTable,
} from './report.ts'

// npm run bench [-- engine|language] [--rows 100000,1000000] [--repeats 7] [--no-write]
const page = 'docs/performance.md'
const options = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = options.indexOf(name)
  return at < 0 ? undefined : options[at + 1]
}
const sizes = (option('--rows') ?? '100000,1000000').split(',').map(Number)
const repeats = Number(option('--repeats') ?? 7)
const parts = ['engine', 'language'].filter((part) => options.includes(part))

async function main(): Promise<void> {
  const sections: Section[] = []
  if (parts.length === 0 || parts.includes('engine')) sections.push(await measureEngine())
  if (parts.length === 0 || parts.includes('language')) sections.push(await measureLanguage())
  if (!options.includes('--no-write')) writeFileSync(page, pageWith(readFileSync(page, 'utf8'), sections))
}

async function measureEngine(): Promise<Section> {
  const races = new Map<number, Finish[]>()
  const { load } = await underLoad(async () => {
    for (const rows of sizes) {
      const finishes = await race(await contestants(rows), repeats)
      races.set(rows, finishes)
      print(`\n${rows.toLocaleString('en')} rows\n${engineTable(finishes)}`)
    }
  })
  const arqueroVersion = JSON.parse(readFileSync('node_modules/arquero/package.json', 'utf8')) as { version: string }
  return engineSection(races, repeats, `DuckDB ${duckdbVersion()}, Arquero ${arqueroVersion.version}.`, load)
}

async function measureLanguage(): Promise<Section> {
  const { value, load } = await underLoad(() => languageBench(print))
  print(`\n${keystrokeTable(value.keystrokes)}\n\n${startTable(value.starts)}`)
  return languageSection(value, load)
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

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

void main()
