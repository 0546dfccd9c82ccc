import type { ColdResult } from './cold.ts'
import type { Absent } from './contestants.ts'
import type { EditorResult } from './editor.ts'
import type { H2oResult } from './h2o.ts'
import type { KeystrokeResult, LanguageResult, StartResult } from './language.ts'
import { circumstances, type Load, median, type Spread } from './measure.ts'
import type { Candidate } from './peer.ts'
import type { Finish } from './race.ts'
import type { RerunResult } from './rerun.ts'
import { coldTargets, engineTargets, type Target } from './targets.ts'

/** A part of docs/performance.md: its heading and what stands under it. A part that was not measured stays as it is. */
export interface Section {
  readonly heading: (typeof headings)[number]
  readonly body: string
}

const head = `# Performance

Written by \`npm run bench\`; do not edit. \`npm run bench -- engine\`, \`cold\`, \`h2o\`, \`rerun\`, \`language\` and \`editor\` measure one part and leave the others;
\`npm run bench -- --install-peers\` gets pandas and Polars to compare with.
Each part says when it was measured and how busy the machine was: other work makes every number larger, so compare within a table.`

const headings = [
  'A model computed',
  'From a CSV file to written results',
  "H2O.ai's questions",
  'A run after an edit',
  'The language server',
  'The editor',
] as const

/** The page with these sections in place of the ones of the same heading. */
export function pageWith(page: string, sections: readonly Section[]): string {
  const bodies = new Map(
    page
      .split(/^(?=## )/m)
      .map((part) => [part.split('\n')[0]?.slice(3) ?? '', part.split('\n').slice(1).join('\n').trim()]),
  )
  for (const { heading, body } of sections) bodies.set(heading, body)
  const parts = headings
    .filter((heading) => bodies.has(heading))
    .map((heading) => `## ${heading}\n\n${bodies.get(heading)}`)
  return `${[head, ...parts].join('\n\n')}\n`
}

export interface EngineResult {
  readonly candidates: readonly Candidate[]
  readonly absent: readonly Absent[]
  /** By number of rows. */
  readonly heats: ReadonlyMap<number, readonly Finish[]>
}

export function engineSection({ candidates, absent, heats }: EngineResult, load: Load): Section {
  const tables = [...heats].map(([rows, finishes]) => {
    const left = candidates.filter(({ mostRows = rows }) => rows > mostRows).map(({ name }) => name)
    const notes = left.length > 0 ? `\n\nToo slow for so many rows: ${left.join(', ')}.` : ''
    return `### ${rows.toLocaleString('en')} rows\n\nMedian of ${finishes.at(-1)?.times.length} runs.\n\n${engineTable(finishes)}${notes}`
  })
  const known = [...heats.values()].flat().flatMap(({ version }) => version || [])
  return {
    heading: 'A model computed',
    body: `${[circumstances(load), `${[...new Set(known)].join('; ')}.`, notHere(absent)].join(' ')}

\`test/bench/sales.features.ts\`: 5 row features, 5 group features, 2 row features on those, 1 group feature on these; a random
whole-number key with a tenth as many groups as rows. Everybody in a process of its own, with the same table; the time is taken there,
from the data in memory to the results in memory (DuckDB: in tables of its own; ModelDriver: in the memory of
the result before), finding the groups included. A second to warm up, one run at least, then all in turn; every cell of every contestant's result is
checked to be ours, to 1e-9. "Opaque" hides the meaning of the bodies: each group feature is called once per group with its columns.
Memory is the most that the process had while it computed, its table included. Differences under 1.5 times are noise.

${tables.join('\n\n')}

### Targets

${targetTable(engineTargets(heats))}`,
  }
}

export function engineTable(finishes: readonly Finish[]): string {
  return table(
    ['', 'median ms', 'fastest – slowest', 'times our median', 'fastest: times our fastest', 'memory MB'],
    finishes.map(({ name, times, ours, peakMb }) => [
      name,
      digits(median(times)),
      `${digits(Math.min(...times))} – ${digits(Math.max(...times))}`,
      ratio(median(times) / median(ours)),
      ratio(Math.min(...times) / Math.min(...ours)),
      peakMb?.toFixed(0) ?? '–',
    ]),
  )
}

export function coldSection(result: ColdResult, load: Load): Section {
  return {
    heading: 'From a CSV file to written results',
    body: `${circumstances(load)} ${result.versions.join('; ')}. ${notHere(result.absent)}

The same model over ${result.rows.toLocaleString('en')} rows, as a program that is started for it: from the start of the process to its end, with reading the
CSV file and writing all rows and all groups as CSV. ModelDriver is \`modeldriver run sales.features.ts --out …\`, which also writes
the selected outputs; DuckDB and Polars use all processors, and DuckDB need not keep the order of the rows. Median of
${result.programs[0]?.times.length} runs in turn after one whose every cell is compared.

${coldTable(result)}

${targetTable(coldTargets(result))}

The sample pipeline \`modeldriver run samples/retail\`, three models over 20,000 rows, from the start of the process to the printed
tables: median ${digits(median(result.retail))} ms, ${digits(Math.min(...result.retail))} – ${digits(Math.max(...result.retail))}; the target is 1,500 ms.`,
  }
}

export function coldTable({ programs: [ours, ...others] }: ColdResult): string {
  if (!ours) return ''
  return table(
    ['', 'median ms', 'fastest – slowest', 'times our median'],
    [ours, ...others].map(({ name, times }) => [
      name,
      digits(median(times)),
      `${digits(Math.min(...times))} – ${digits(Math.max(...times))}`,
      ratio(median(times) / median(ours.times)),
    ]),
  )
}

export function h2oSection(result: H2oResult, load: Load): Section {
  return {
    heading: "H2O.ai's questions",
    body: `${circumstances(load)} ${result.versions.join('; ')}. ${notHere(result.absent)}

Questions 1 to 5 and 7 to 9 of the group-by task of db-benchmark, as \`samples/benchmarks/h2o\` has them, over ${result.rows.toLocaleString('en')} rows and 100 groups of each
large key, made by its \`generate.mjs\`. The table in memory, texts coded (DuckDB: ENUM, Polars and pandas: categories), the answer in memory;
DuckDB and Polars with all processors. Median milliseconds of runs in turn after one to warm up; every cell of every answer is checked to be ours.

${h2oTable(result)}`,
  }
}

export function h2oTable({ times }: H2oResult): string {
  const asked = [...([...times.values()][0]?.keys() ?? [])]
  const cells = [...times.values()].map((own) => asked.map((question) => median(own.get(question) ?? [])))
  return table(
    ['', ...asked],
    [...times.keys()].map((name, i) => [name, ...(cells[i] ?? []).map((ms) => digits(ms))]),
  )
}

export function targetTable(targets: readonly Target[]): string {
  return table(
    ['', 'rows', 'target', 'measured', 'met'],
    targets.map(({ what, rows, measured, atMost, atLeast }) => {
      const isMet = measured <= (atMost ?? measured) && measured >= (atLeast ?? measured)
      return [
        what,
        rows.toLocaleString('en'),
        atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`,
        ...(Number.isNaN(measured) ? ['not measured', ''] : [ratio(measured), isMet ? 'yes' : 'no']),
      ]
    }),
  )
}

const notHere = (absent: readonly Absent[]): string =>
  absent.map(({ name, why }) => `Not here: ${name}: ${why}.`).join(' ')

export function rerunSection(result: RerunResult, load: Load): Section {
  const { ms, rows, features } = result.first
  return {
    heading: 'A run after an edit',
    body: `${circumstances(load)}

*Run again* in the editor, on \`samples/retail\`: three models, ${rows.toLocaleString('en')} rows, ${features} features. The built runner over its channel, as the
extension drives it: from the request with the edited text, which nobody ran before, until the summary of the results is there. The first run of
the process took ${digits(ms)} ms. "Processor" is the time that the runner's main thread was really running, which other work on the machine does not lengthen.

${rerunTable(result)}`,
  }
}

export function rerunTable({ first, edits }: RerunResult): string {
  return table(
    ['edit of', 'computed', 'p50 ms', 'p95 ms', 'processor p50 ms', 'processor p95 ms', 'target', 'runs'],
    edits.map(({ what, computed, elapsed, cpu }) => [
      what,
      `${computed} of ${first.features}`,
      ...both(elapsed),
      ...both(cpu),
      '< 50 ms',
      String(elapsed.count),
    ]),
  )
}

export function languageSection({ keystrokes, starts }: LanguageResult, load: Load): Section {
  return {
    heading: 'The language server',
    body: `${circumstances(load)}

The bundled server over stdio, as an editor drives it.

**From a keystroke to its diagnostics**: one character typed into an open file, until the diagnostics of that version arrive. Every
other keystroke makes a parameter unknown, the next one repairs it. "Processor" is the time that the server's main thread was really
running, which other work on the machine does not lengthen. Memory is measured after the last keystroke, and again a moment later, when
the types were checked too.

${keystrokeTable(keystrokes)}

For comparison: the language server of Hamilton executes the author's module again at each change, 1,484 ms at 1,000 functions.

**From the start of the process**: until \`initialize\` is answered, and until the first diagnostics of a file that is opened at once.

${startTable(starts)}`,
  }
}

const keystrokeTargets: Readonly<Record<string, string>> = {
  '1,000 features in one file': 'p95 ≤ 15 ms',
  '2,000 features in one file': 'memory ≤ 250 MB',
  '20 files × 100 features, an edit in one': 'p95 ≤ 15 ms',
}

export function keystrokeTable(results: readonly KeystrokeResult[]): string {
  return table(
    [
      '',
      'p50 ms',
      'p95 ms',
      'processor p50 ms',
      'processor p95 ms',
      'memory MB',
      'types checked: memory MB',
      'target',
      'keystrokes',
    ],
    results.map(({ what, elapsed, cpu, residentMb, checkedMb }) => [
      what,
      ...both(elapsed),
      ...both(cpu),
      residentMb?.toFixed(0) ?? '–',
      checkedMb?.toFixed(0) ?? '–',
      keystrokeTargets[what] ?? '',
      String(elapsed.count),
    ]),
  )
}

export function startTable(results: readonly StartResult[]): string {
  return table(
    [
      '',
      'initialize p50 ms',
      'p95 ms',
      'target',
      'first diagnostics p50 ms',
      'p95 ms',
      'processor p50 ms',
      'p95 ms',
      'target',
      'starts',
    ],
    results.map(({ what, initialize, diagnostics, cpu }) => [
      what,
      ...both(initialize),
      '≤ 300 ms',
      ...both(diagnostics),
      ...both(cpu),
      '≤ 1,500 ms',
      String(initialize.count),
    ]),
  )
}

export function editorSection(results: readonly EditorResult[], load: Load): Section {
  return {
    heading: 'The editor',
    body: `${circumstances(load)}

A real VS Code (code-server, in Chromium) with the packaged extension, driven as a person does it, with what the driver itself takes.
A target is met when the longest time meets it.

${editorTable(results)}`,
  }
}

export function editorTable(results: readonly EditorResult[]): string {
  return table(
    ['', 'median ms', 'longest ms', 'target ms', 'met', 'times'],
    results.map(({ what, ms, atMost }) => {
      const longest = Math.max(...ms)
      return [
        what,
        digits(median(ms)),
        digits(longest),
        ...(atMost === undefined
          ? ['–', '–']
          : [`≤ ${atMost.toLocaleString('en')}`, Number(digits(longest)) <= atMost ? 'yes' : 'no']),
        String(ms.length),
      ]
    }),
  )
}

const both = (spread: Spread | undefined): readonly string[] =>
  spread ? [digits(spread.p50), digits(spread.p95)] : ['–', '–']

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

const ratio = (times: number): string => times.toFixed(times < 2 ? 2 : 1)

function digits(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0)
}
