import type { Snapshot } from '../ir/analysis.ts'
import type { Ignore } from '../ir/feature.ts'
import type { Problem, ProblemCode } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import { didYouMean, type Rule } from './rule.ts'

/** Why a problem is always said, as the end of a sentence. */
const neverIgnored: ReadonlyMap<string, string> = new Map([
  ['MD027', 'it is found while a model runs'],
  ['MD034', 'a file that cannot be read cannot be computed'],
  ['MD035', 'remove the comment instead'],
])

export const canBeIgnored = (code: ProblemCode): boolean => !neverIgnored.has(code)

const bad: ProblemCode = 'MD035'

/** Also found a moment after everything else, by the type check: a comment about it may be needed though nothing was found yet. */
const foundLater: ReadonlySet<ProblemCode> = new Set(['MD019'])

/** A comment says that the problem is meant to be there. */
export const isIgnored = (snapshot: Snapshot, { code, path, span }: Problem): boolean =>
  commentsOf(snapshot).some((comment) => comment.path === path && hides(comment.ignore, code, span.start))

/**
 * The problems without those that a comment says are meant to be there, with what is wrong with such comments (MD035).
 * Nothing is said of comments about rules that are switched off, or that failed.
 */
export function applyIgnores(
  problems: readonly Problem[],
  snapshot: Snapshot,
  rules: readonly Rule[],
  failed: ReadonlySet<ProblemCode>,
): readonly Problem[] {
  const comments = commentsOf(snapshot)
  if (comments.length === 0) return problems
  const known = new Map<string, Rule>(rules.map((rule) => [rule.code, rule]))
  const used = new Set<Span>()
  const left = problems.filter(({ code, path, span }) => {
    const hiding = comments.filter((comment) => comment.path === path && hides(comment.ignore, code, span.start))
    for (const { ignore } of hiding) used.add(codeIn(ignore, code) as Span)
    return hiding.length === 0
  })
  const severity = snapshot.project.rules[bad] ?? known.get(bad)?.severity ?? 'off'
  if (severity === 'off') return left
  const isQuiet = (code: ProblemCode) =>
    snapshot.project.rules[code] === 'off' || failed.has(code) || foundLater.has(code)
  for (const { path, ignore } of comments) {
    const here = left.filter((each) => each.path === path && isCovered(ignore, each.span.start)).map(({ code }) => code)
    const isFine = (code: ProblemCode, at: Span) => used.has(at) || isQuiet(code)
    for (const { message, span, suggestions } of [...faultsOf(ignore, { known, here, isFine })])
      left.push({ code: bad, severity, message, path, span, related: [], data: { suggestions } })
  }
  return left
}

interface PlacedIgnore {
  readonly path: string
  readonly ignore: Ignore
}

const commentsOf = ({ files, project, manifestIgnores = [] }: Snapshot): readonly PlacedIgnore[] => [
  ...manifestIgnores.map((ignore) => ({ path: project.path, ignore })),
  ...[...files.values()].flatMap(({ path, ignores }) => ignores.map((ignore) => ({ path, ignore }))),
]

const hides = (ignore: Ignore, code: ProblemCode, at: number): boolean =>
  isCovered(ignore, at) && hasReason(ignore) && canBeIgnored(code) && codeIn(ignore, code) !== undefined

const isCovered = ({ covers }: Ignore, at: number): boolean => covers.start <= at && at <= covers.end

const codeIn = ({ codes }: Ignore, code: ProblemCode): Span | undefined => codes.find(({ text }) => text === code)?.span

/** `because …`, which is offered to be typed over, is no reason yet. */
const hasReason = ({ reason }: Ignore): boolean => /[\p{L}\p{N}]/u.test(reason.replace(/^because\b/i, ''))

interface Fault {
  readonly message: string
  readonly span: Span
  readonly suggestions: readonly string[]
}

interface Surroundings {
  readonly known: ReadonlyMap<string, Rule>
  /** Codes of the problems that the comment could hide. */
  readonly here: readonly ProblemCode[]
  readonly isFine: (code: ProblemCode, at: Span) => boolean
}

function* faultsOf(ignore: Ignore, { known, here, isFine }: Surroundings): Iterable<Fault> {
  const { codes, span } = ignore
  const example = `// md-ignore ${codes[0]?.text ?? 'MD008'}: because …`
  if (codes.length === 0) {
    const message = `This md-ignore does not say what it ignores. Write the problem's code and the reason: ${example}`
    yield { message, span, suggestions: [] }
  } else if (!hasReason(ignore)) {
    const message = `This md-ignore gives no reason, so it ignores nothing. Write why the problem is meant to be there: ${example}`
    yield { message, span, suggestions: [] }
  }
  for (const { text, span: at } of codes) {
    const rule = known.get(text)
    const never = neverIgnored.get(text)
    if (!rule) {
      const suggestions = [...new Set(here)].slice(0, 3)
      const message = `There is no problem '${text}', so nothing is ignored.${didYouMean(suggestions)}`
      yield { message, span: at, suggestions }
    } else if (never) yield { message: `${text} cannot be ignored: ${never}.`, span: at, suggestions: [] }
    else if (hasReason(ignore) && !isFine(rule.code, at)) {
      const message = `There is no ${text} here to ignore. Remove it, or put the comment on the line of the problem or directly above it.`
      yield { message, span: at, suggestions: [] }
    }
  }
}
