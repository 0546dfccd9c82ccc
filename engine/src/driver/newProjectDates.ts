import { patternsOf, typeOf } from '../check/readAs.ts'
import * as dateFunctions from '../functions/dates.ts'
import type { AnalysedModel } from '../ir/analysis.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { ColumnSpec, HeaderColumn } from '../ir/model.ts'

/** What the manifest has to say of a column of texts that are dates of one order: the likelier way to write them first. */
export function datesOf({ type, samples }: HeaderColumn): readonly ColumnSpec[] {
  const [format, other] = type === 'string' && samples.length > 0 ? patternsOf(samples) : []
  if (format === undefined || other !== undefined) return []
  // `03.01.2025` may stand above `3.1.2025`.
  const formats = new Set([format, format.replace('dd', 'd').replace('MM', 'M')])
  return [...formats].map((each) => ({ type: typeOf(each), format: each }))
}

/** Of columns that can be read as dates those that nothing reads as the texts that they are: not `sold.slice(6)`, nor `sold + region`. */
export function readAsDates(
  analysed: AnalysedModel,
  headers: ReadonlySet<string>,
  textOf: (path: string) => string,
): ReadonlySet<string> {
  const { features, aliases, columns } = analysed
  const headerOf = (name: string): string => aliases.get(name) ?? name
  const all = [...features.values()]
  /** Whether a column or feature is read as a date wherever it is, in what is made of it, too. */
  const isDate = (name: string, dates: ReadonlySet<string>, seen: ReadonlySet<string> = new Set([name])): boolean =>
    all.every((feature) =>
      feature.inputs.every((input) => {
        if (headerOf(input.name) !== name) return true
        const uses = usesOf(feature, input, textOf(feature.path))
        const others = feature.inputs.filter((other) => columns?.get(other.name)?.type === 'string')
        if (uses.includes('text')) return false
        if (uses.includes('beside others') && !others.every((other) => dates.has(headerOf(other.name)))) return false
        const isMade = uses.includes('a date of it') && !seen.has(feature.name)
        return !isMade || isDate(feature.name, dates, new Set([...seen, feature.name]))
      }),
    )
  let dates: ReadonlySet<string> = headers
  for (;;) {
    const left = new Set([...dates].filter((header) => isDate(header, dates)))
    if (left.size === dates.size) return dates
    dates = left
  }
}

type Use = 'text' | 'date' | 'beside others' | 'a date of it'

/** What each place does with an input: a text wherever it cannot be told. */
function usesOf(feature: Feature, { local, type }: Input, text: string): readonly Use[] {
  if (type !== undefined && !/^(Date|Column<Date>)$/.test(type)) return ['text']
  const own = text.slice(feature.span.start, feature.span.end)
  return (feature.sites.reads.get(local) ?? []).map(({ span }) => useAt(own.slice(0, span.start), own.slice(span.end)))
}

function useAt(before: string, after: string): Use {
  if (joined.test(before)) return 'text'
  if (askedOfDates.test(after) || (givenToDates.test(before) && /^\s*[,)]/.test(after))) return 'date'
  if (chosen.test(after)) return 'a date of it'
  const isCompared = comparedBefore.test(before) ? !/^\s*[.?[+]/.test(after) : comparedAfter.test(after)
  return isCompared ? 'beside others' : 'text'
}

/** `` `${ ``, `+`, or a text that it is compared with. */
const joined = /(?:\$\{|\+|['"`]\s*[<>=!]+)\s*$/
const askedOfDates =
  /^\s*\??\.\s*(?:get[A-Z]\w*|toISOString|count|nunique|rank)\s*\(|^\s*[!=]==?\s*(?:null|undefined)\b/
const givenToDates = new RegExp(
  `\\b(?:new\\s+Date|${['isMissing', ...Object.keys(dateFunctions)].join('|')})\\s*\\((?:[^()]*,)?\\s*$`,
)
const chosen =
  /^\s*\.\s*(?:min|max|first|last|mode|lag|lead)\s*\([^()]*\)(?!\s*(?:\??\.(?!\s*get[A-Z])|[[+]|[<>=!]+\s*['"`]))/
const comparedBefore = /(?:(?<![=<>])[<>]=?|-)\s*$/
const comparedAfter = /^\s*(?:[<>]=?|-)(?!\s*['"`])/
