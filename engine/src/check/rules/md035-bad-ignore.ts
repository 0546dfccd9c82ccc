import type { Ignore } from '../../ir/feature.ts'
import type { Problem } from '../../ir/problem.ts'
import type { Span } from '../../ir/span.ts'
import { replace } from '../edits.ts'
import type { FixContext, Rule } from '../rule.ts'

/** MD035: a comment that should hide a problem and does not. It is found when all problems are known (check/ignored.ts). */
export const badIgnore: Rule = {
  code: 'MD035',
  name: 'bad-ignore',
  severity: 'warning',
  doc: `A \`md-ignore\` comment hides no problem: it gives no reason, names a code that does not exist, or stands where no such problem is.

\`\`\`ts
// md-ignore MD020: counted per row, the helper is in another file
export function count_days(opened, closed) {
  return days(opened, closed) // md-ignore MD008, MD025: rounding is done by the library
}
\`\`\`

A problem that is meant to be there is ignored by a comment on its line, or directly above it; above a feature it counts for the whole
feature. In \`modeldriver.json\` it is the same. The reason is required, for whoever reads the file next. Ignored problems are
not reported anywhere, and \`check\` does not fail because of them. To switch a code off everywhere, use \`"rules"\` in modeldriver.json.

**What to do:** write the reason after the colon, correct the code, or remove a comment that is not needed any more.`,
  check: () => [],
  *fixes(context, problem) {
    const ignore = ignoreAt(context, problem)
    const text = context.text(problem.path)
    if (!ignore || text === undefined) return
    const suggestions = Array.isArray(problem.data?.suggestions) ? problem.data.suggestions.map(String) : []
    for (const code of suggestions.slice(0, 1))
      yield { title: `Change to ${code}`, edits: [replace(problem.path, problem.span, code)] }
    const at = ignore.codes.findIndex(({ span }) => span.start === problem.span.start)
    const isOneOf = ignore.codes.length > 1 && at >= 0
    const span = isOneOf ? codeWithComma(ignore, at) : commentSpan(ignore, text)
    yield {
      title: isOneOf ? `Remove ${ignore.codes[at]?.text} from the comment` : 'Remove the comment',
      edits: [replace(problem.path, span, '')],
    }
  },
}

function ignoreAt({ snapshot }: FixContext, { path, span }: Problem): Ignore | undefined {
  const all = snapshot.files.get(path)?.ignores ?? snapshot.manifestIgnores ?? []
  return all.find((ignore) => ignore.span.start <= span.start && span.end <= ignore.span.end)
}

function codeWithComma({ codes }: Ignore, at: number): Span {
  const [before, own, after] = [codes[at - 1], codes[at], codes[at + 1]].map((code) => code?.span)
  if (after) return { start: own?.start ?? 0, end: after.start }
  return { start: before?.end ?? 0, end: own?.end ?? 0 }
}

/** The comment with the blanks before it; with its line when nothing else stands there. */
function commentSpan({ comment }: Ignore, text: string): Span {
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1
  const lineEnd = text.indexOf('\n', comment.end)
  const end = lineEnd < 0 ? text.length : lineEnd
  const before = text.slice(lineStart, comment.start)
  const isAlone = /^\s*\*?\s*$/.test(before) && text.slice(comment.end, end).trim() === ''
  if (isAlone) return { start: lineStart, end: Math.min(end + 1, text.length) }
  return { start: comment.start - (/[ \t]*$/.exec(before)?.[0].length ?? 0), end: comment.end }
}
