import type { CodeError } from '../../ir/feature.ts'
import type { Span } from '../../ir/span.ts'

/** A word of another language, or of a spreadsheet, in a line that cannot be read. */
interface Habit {
  /** What is found; the group `word` is where it stands. */
  readonly pattern: RegExp
  readonly say: (found: RegExpExecArray) => string
  /** What can stand in the word's place. */
  readonly write?: string
}

/** In the order in which they are looked for: what is more to say comes first. */
const habits: readonly Habit[] = [
  {
    pattern: /\b(?<word>def)\s+(\w+)\s*\(([^)]*)\)?/d,
    say: ([, , name, inputs]) =>
      `'def' is Python. Write: export function ${name}(${(inputs ?? '').trim()}) { return … }`,
  },
  {
    pattern: /\b(?<word>lambda)\s+([\w, ]+):/d,
    say: ([, , names]) => `'lambda' is Python. Write: (${names?.trim()}) => …`,
  },
  {
    pattern: /\b(?<word>from\s+\w+\s+import|import\s+\w+\s+as)\b/d,
    say: () =>
      "Python's libraries cannot be used here. What there is for columns: revenue.sum(), .mean(), .filter(…), and import { round } from 'modeldriver'.",
  },
  { pattern: /\b(?<word>elif)\b/d, say: () => "'elif' is Python. Write: else if (…) { … }" },
  {
    pattern: /\b(?<word>is\s+not\s+None|is\s+None)\b/d,
    say: ([word]) => `Python's '${word}' is '${word?.includes('not') ? '!=' : '=='} null' here.`,
  },
  { pattern: /\b(?<word>and)\b/d, say: () => "'and' is Python. Write: &&", write: '&&' },
  { pattern: /\b(?<word>or)\b/d, say: () => "'or' is Python. Write: ||", write: '||' },
  { pattern: /\b(?<word>not\s+)(?=[\w(])/d, say: () => "'not' is Python. Write: !", write: '!' },
  {
    pattern: /[\w)\]]\s+(?<word>if)\s+[^({].*\belse\b/d,
    say: () => 'A choice begins with what is tested. Write: test ? one : other',
  },
  {
    pattern: /\b(?<word>if|while|for|else)\b[^{]*:\s*$/d,
    say: ([, word]) =>
      `What belongs to '${word}' stands in braces. Write: ${word}${word === 'else' ? '' : ' (…)'} { … }`,
  },
  { pattern: /(?<word><>)/d, say: () => "'<>' is not known here. Write: !==", write: '!==' },
  { pattern: /^\s*(?<word>#)(?!!)/d, say: () => 'A comment begins with // here.', write: '//' },
]

/** Says what the parser cannot: which habit of Python or of spreadsheets it met. The word it stumbles over is seldom the one that is wrong. */
export function withHabits(error: CodeError, text: string): CodeError {
  const start = text.lastIndexOf('\n', error.span.start - 1) + 1
  const end = text.indexOf('\n', error.span.start)
  const own = { start, end: end < 0 ? text.length : end }
  const before = { start: text.lastIndexOf('\n', start - 2) + 1, end: Math.max(start - 1, 0) }
  return inLine(error, text, own) ?? (start > 0 ? inLine(error, text, before) : undefined) ?? error
}

function inLine(error: CodeError, text: string, { start, end }: Span): CodeError | undefined {
  const line = withoutTexts(text.slice(start, end))
  for (const { pattern, say, write } of habits) {
    const found = pattern.exec(line)
    const [from, to] = found?.indices?.groups?.word ?? []
    if (!found || from === undefined || to === undefined) continue
    const span = { start: start + from, end: start + to }
    const fix = write === undefined ? {} : { fix: { title: `Change to '${write}'`, span, text: write } }
    return { message: say(found), span, after: error.after, kind: 'habit', ...fix }
  }
  return undefined
}

/** Texts in quotes and comments as blanks: their words are nobody's habit. */
const withoutTexts = (line: string): string =>
  line.replace(/'[^']*'|"[^"]*"|`[^`]*`|\/\/.*|\/\*.*?\*\//g, (text) => ' '.repeat(text.length))
