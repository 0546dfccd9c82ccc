import { hasHeaderRow, missingEntry, type Rejected, usualMarks } from '@modeldriver/engine'
import type { RunProblem } from '@modeldriver/protocol'
import type { ModelRunInput } from '../run/inputs.ts'
import { type ModelRun, tablesRead } from '../run.ts'
import { counted } from './grid.ts'

const examples = 3
const manyRows = 5

/** Some of the cells and rows that could not be read, each with its place and reason. */
export function printRejected({ rejected, path = '' }: ModelRunInput): readonly string[] {
  const kinds = new Map<string, Rejected>()
  for (const one of rejected) {
    const kind = JSON.stringify([one.column, one.kind === 'cell' ? one.reason : ''])
    if (!kinds.has(kind)) kinds.set(kind, one)
  }
  // One of each kind tells more than three of the same.
  const shown = [...new Set([...kinds.values(), ...rejected])].slice(0, examples)
  const place = hasLines.test(path) ? 'line' : 'row'
  const lines = shown.map(({ row, column, text, reason }) => {
    const where = column === '' ? `${place} ${row}` : `${column}, ${place} ${row}`
    return `${where}: ${JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)} (${reason})`
  })
  const others = rejected.length - shown.length
  return others > 0 ? [...lines, `… ${others} more`] : lines
}

/** Of other files rows are counted: of sheets as Excel does, else from the first row of data. */
const hasLines = /\.(csv|tsv|txt|tab|ndjson|jsonl)(\.gz)?$/i

/** The same where results are written and not shown. */
export function tellRejected(input: ModelRunInput): readonly string[] {
  if (input.rejected.length === 0) return []
  return [`${share(input)} could not be read as a whole:`, ...printRejected(input).map((line) => `  ${line}`)]
}

/** What `run` warns of for a model, as a program gets it. */
export const warningsOf = (run: ModelRun): readonly string[] => [
  ...run.warnings,
  ...tablesRead(run).flatMap((input) => [
    ...warnOfTable(input),
    ...(warnOfRejected(input, '"rejected" lists them all') ?? []),
  ]),
]

/** What is odd about the header of a table, and that nothing stands below it. */
export function warnOfTable({ name, path, rows, warnings }: ModelRunInput): readonly string[] {
  const said = warnings.map((message) => `${name}: ${message}`)
  if (rows > 0 || path === undefined) return said
  return [...said, `${name} has no rows${hasHeaderRow(path) ? ' below its header' : ''}.`]
}

/** A warning when the results may not be what the author thinks: the file is cut off, or many rows are affected. `listed`: where all are. */
export function warnOfRejected(input: ModelRunInput, listed: string): readonly [string] | undefined {
  if (input.isCutOff)
    return [
      `${input.name} ends in the middle of a row, in line ${input.rejected.at(-1)?.row}: what follows may be missing. Copy the file again if it is not whole.`,
    ]
  if (percentRejected(input) <= manyRows) return undefined
  const texts = input.rejected.map(({ text }) => text.trim())
  const todo = texts.every((text) => usualMarks.has(text))
    ? `If they are no values, say so in the manifest: ${missingEntry([...new Set(texts)])}`
    : 'Say how to read them with "formats" or "columns" in the manifest'
  return [`${share(input)} could not be read. ${todo}; ${listed}.`]
}

/** Files of which more rows than allowed could not be read as a whole. */
export function tooManyRejected(models: readonly ModelRun[], percent: number | undefined): readonly RunProblem[] {
  if (percent === undefined) return []
  return models.flatMap((run) =>
    tablesRead(run)
      .filter((input) => percentRejected(input) > percent)
      .map((input) => {
        const first = printRejected(input).map((line) => `\n  ${line}`)
        const most = percent === 0 ? 'every row must be read' : `at most ${percent} % may be set aside`
        return {
          model: run.plan.model,
          message: `${share(input)} could not be read; ${most} (--max-rejected ${percent}).${first.join('')}`,
        }
      }),
  )
}

const affected = ({ rejected }: ModelRunInput): number => new Set(rejected.map(({ row }) => row)).size

const percentRejected = (input: ModelRunInput): number => (affected(input) / Math.max(1, input.rows)) * 100

function share(input: ModelRunInput): string {
  const percent = percentRejected(input)
  const rounded = percent > 0 && percent < 1 ? '< 1' : Math.round(percent)
  return `${counted(affected(input), 'row')} of ${input.rows} (${rounded} %) of ${input.name}`
}
