import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coldBench } from './cold.ts'
import { contestants } from './contestants.ts'
import { makeData, writeData } from './data.ts'
import { editorBench } from './editor.ts'
import { h2oBench } from './h2o.ts'
import { languageBench } from './language.ts'
import { underLoad } from './measure.ts'
import type { Candidate } from './peer.ts'
import { installPeers } from './python.ts'
import { type Finish, race } from './race.ts'
import {
  coldSection,
  coldTable,
  editorSection,
  editorTable,
  engineSection,
  engineTable,
  h2oSection,
  h2oTable,
  keystrokeTable,
  languageSection,
  pageWith,
  rerunSection,
  rerunTable,
  type Section,
  startTable,
} from './report.ts'
import { rerunBench } from './rerun.ts'

// npm run bench [-- engine|cold|h2o|rerun|language|editor] [--rows 100000,1000000,10000000] [--repeats 7] [--no-write]
// npm run bench -- --install-peers   gets pandas and Polars to compare with
const page = 'docs/performance.md'
const options = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = options.indexOf(name)
  return at < 0 ? undefined : options[at + 1]
}
const sizes = (option('--rows') ?? '100000,1000000,10000000').split(',').map(Number)
const repeats = Number(option('--repeats') ?? 7)
const parts = ['engine', 'cold', 'h2o', 'rerun', 'language', 'editor'].filter((part) => options.includes(part))

async function main(): Promise<void> {
  if (options.includes('--install-peers')) return installPeers()
  const sections: Section[] = []
  if (parts.length === 0 || parts.includes('engine')) sections.push(await measureEngine())
  if (parts.length === 0 || parts.includes('cold')) sections.push(await measureCold())
  if (parts.length === 0 || parts.includes('h2o')) sections.push(await measureH2o())
  if (parts.length === 0 || parts.includes('rerun')) sections.push(await measureRerun())
  if (parts.length === 0 || parts.includes('language')) sections.push(await measureLanguage())
  if (parts.length === 0 || parts.includes('editor')) sections.push(await measureEditor())
  if (!options.includes('--no-write')) writeFileSync(page, pageWith(readFileSync(page, 'utf8'), sections))
}

async function measureEngine(): Promise<Section> {
  return await inFolder(async (folder) => {
    const { candidates, absent } = contestants(folder)
    const { value: heats, load } = await underLoad(() => heatsOf(candidates, folder))
    return engineSection({ candidates, absent, heats }, load)
  })
}

async function measureCold(): Promise<Section> {
  return await inFolder(async (folder) => {
    const { value, load } = await underLoad(() => coldBench(folder, makeData(1_000_000), Math.min(repeats, 5)))
    print(`\nFrom CSV to written result\n${coldTable(value)}`)
    return coldSection(value, load)
  })
}

async function measureH2o(): Promise<Section> {
  return await inFolder(async (folder) => {
    const { value, load } = await underLoad(() => h2oBench(folder, 1_000_000, Math.min(repeats, 5)))
    print(`\nH2O.ai's questions\n${h2oTable(value)}`)
    return h2oSection(value, load)
  })
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'modeldriver-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function heatsOf(candidates: readonly Candidate[], folder: string): Promise<ReadonlyMap<number, Finish[]>> {
  const heats = new Map<number, Finish[]>()
  for (const rows of sizes) {
    writeData(folder, makeData(rows))
    const here = candidates.filter(({ mostRows = rows }) => rows <= mostRows)
    const small = rows < 1_000_000
    const large = rows > 1_000_000
    const finishes = await race(
      here,
      folder,
      small ? 2 * repeats + 1 : large ? Math.min(repeats, 5) : repeats,
      large ? 3 : undefined,
    )
    heats.set(rows, finishes)
    print(`\n${rows.toLocaleString('en')} rows\n${engineTable(finishes)}`)
  }
  return heats
}

async function measureRerun(): Promise<Section> {
  const { value, load } = await underLoad(() => rerunBench(print))
  print(`\n${rerunTable(value)}`)
  return rerunSection(value, load)
}

async function measureLanguage(): Promise<Section> {
  const { value, load } = await underLoad(() => languageBench(print))
  print(`\n${keystrokeTable(value.keystrokes)}\n\n${startTable(value.starts)}`)
  return languageSection(value, load)
}

async function measureEditor(): Promise<Section> {
  const { value, load } = await underLoad(() => editorBench(print))
  print(`\n${editorTable(value)}`)
  return editorSection(value, load)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

void main()
