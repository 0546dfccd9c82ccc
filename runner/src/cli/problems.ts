import type { Problem, Severity } from '@modeldriver/engine'
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

/** Problems as records, in the order of the files; a cycle once, though an editor marks each of its parameters. */
export function recordsOf(problems: readonly Problem[], places: Places, cwd: string): readonly ProblemRecord[] {
  const seen = new Set<string>()
  const once = problems.filter(({ code, model, data }) => {
    if (code !== 'MD002' || !Array.isArray(data?.cycle)) return true
    const members = [...new Set(data.cycle as readonly string[])].sort()
    const key = JSON.stringify([model, members])
    return !seen.has(key) && seen.add(key)
  })
  const records = once.map(
    ({ code, severity, message, path, span, model, feature, related }): ProblemRecord => ({
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
    }),
  )
  return records.sort(byPlace)
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
  return records
    .flatMap(({ code, severity, message, file, range, related }) => [
      `${at(file, range)} ${paint[severity](severity)} ${code} ${message}`,
      ...related.map((place) => style.dim(`  ${at(place.file, place.range)} ${place.message}`)),
    ])
    .map((line) => `${line}\n`)
    .join('')
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
