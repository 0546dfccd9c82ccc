import {
  type Analysis,
  cycleInFull,
  howToMakeManifest,
  keylessInAll,
  type Problem,
  type ProblemCode,
  type Severity,
} from '@modeldriver/engine'
import type { Places, Position } from '../places.ts'
import type { Console } from './console.ts'
import { shown } from './target.ts'

export interface Range {
  readonly start: Position
  readonly end: Position
}

/** A problem as `check --format json` prints it. Lines and characters are 0-based. */
export interface ProblemRecord {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string
  readonly range: Range
  readonly model: string | null
  readonly feature: string | null
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[]
}

export function rangeOf(
  places: Places,
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): Range {
  return { start: places.of(path, start), end: places.of(path, end) }
}

/** What an editor marks at each place where it can be mended, and a terminal tells once: by what is one, and how that is told of its first. */
const toldOnce = new Map<ProblemCode, Once>([
  ['MD002', { keyOf: ({ data }) => data?.cycle, tell: ([first], models) => cycleInFull(models, first) }],
  ['MD004', { keyOf: () => undefined, tell: keylessInAll }],
])

interface Once {
  readonly keyOf: (problem: Problem) => unknown
  readonly tell: (problems: readonly [Problem, ...Problem[]], models: Analysis['models']) => Problem
}

/**
 * Problems of one project as records. A mistake that is marked at several places is told once, from the first of them in the order of
 * the files; others are related places.
 */
export function recordsOf(
  { models, problems }: Pick<Analysis, 'models' | 'problems'>,
  places: Places,
  cwd: string,
): readonly ProblemRecord[] {
  const records: ProblemRecord[] = []
  const same = new Map<string, [Problem, ...Problem[]]>()
  for (const problem of problems) {
    const once = toldOnce.get(problem.code)
    const key = `${problem.code} ${problem.model} ${once?.keyOf(problem)}`
    const known = same.get(key)
    if (!once) records.push(recordOf(problem, places, cwd))
    else if (known) known.push(problem)
    else same.set(key, [problem])
  }
  for (const all of same.values()) {
    const inPlace = all.sort((a, b) => (a.path === b.path ? a.span.start - b.span.start : a.path < b.path ? -1 : 1))
    const told = toldOnce.get(all[0].code)?.tell(inPlace, models) ?? all[0]
    records.push(recordOf(told, places, cwd))
  }
  return inOrder(records)
}

/** Records in the order of the files; of those at one place the one with the fewest other places first. */
export const inOrder = (records: readonly ProblemRecord[]): readonly ProblemRecord[] =>
  [...records].sort((a, b) => byPlace(a, b) || a.related.length - b.related.length)

function recordOf(
  { code, severity, message, path, span, model, feature, related }: Problem,
  places: Places,
  cwd: string,
): ProblemRecord {
  return {
    code,
    severity,
    message,
    file: shown(path, cwd),
    range: rangeOf(places, path, span),
    model: model ?? null,
    feature: feature ?? null,
    related: related.map((place) => ({
      message: place.message,
      file: shown(place.path, cwd),
      range: rangeOf(places, place.path, place.span),
    })),
  }
}

function byPlace(a: ProblemRecord, b: ProblemRecord): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character
}

/** `path:line:column severity MD001 message`, then the related places, indented. Lines and columns are 1-based. */
export function printProblems(records: readonly ProblemRecord[], { style }: Pick<Console, 'style'>): string {
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    error: style.red,
    warning: style.yellow,
    information: style.blue,
    hint: style.dim,
  }
  const lines = records
    .flatMap(({ code, severity, message, file, range, related }) => [
      `${at(file, range)} ${paint[severity](severity)} ${code} ${message}`,
      ...related.map((place) => style.dim(`  ${at(place.file, place.range)} ${place.message}`)),
    ])
    .map((line) => `${line}\n`)
    .join('')
  return withHowOnce(lines)
}

/** How to make a manifest is said below all messages that advise to write something there, not behind each. */
export function withHowOnce(lines: string): string {
  const behind = ` ${howToMakeManifest}`
  return lines.includes(behind) ? `${lines.replaceAll(behind, '')}${howToMakeManifest}\n` : lines
}

/** `1 error, 2 warnings` */
export function countProblems(records: readonly ProblemRecord[]): string {
  const words: Readonly<Record<Severity, readonly [string, string]>> = {
    error: ['error', 'errors'],
    warning: ['warning', 'warnings'],
    information: ['remark', 'remarks'],
    hint: ['hint', 'hints'],
  }
  const counted = (Object.keys(words) as Severity[]).flatMap((severity) => {
    const count = records.filter((record) => record.severity === severity).length
    return count === 0 ? [] : [`${count} ${words[severity][count === 1 ? 0 : 1]}`]
  })
  return counted.join(', ') || 'No problems'
}

export const hasErrors = (records: readonly ProblemRecord[]): boolean =>
  records.some(({ severity }) => severity === 'error')

const at = (file: string, { start }: Range): string => `${file}:${start.line + 1}:${start.character + 1}`
