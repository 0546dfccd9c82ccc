import { rules } from '@modeldriver/engine'
import { modelOfFile } from '../target.ts'
import type { CompletionContext, CompletionItem, CompletionList } from './list.ts'
import { keyItems } from './names.ts'

/** What may be written in a comment of a feature file: the key of its groups, the codes that are not to be told. */
export function commentAt(context: CompletionContext, path: string, offset: number): CompletionList | undefined {
  const text = context.text(path) ?? ''
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(start, offset)
  return keysAt(context, path, text, start, line) ?? codesAt(context, path, text, offset, line)
}

/** `// group_by: pin, |` in the comments at the head of a file that is a project by itself. */
function keysAt(
  { analysis }: CompletionContext,
  path: string,
  text: string,
  start: number,
  line: string,
): CompletionList | undefined {
  const { project } = analysis.snapshot
  const written = /^\s*(?:\/\/+|\/?\*+)\s*group_by\s*:\s*\[?(.*)$/.exec(line)?.[1]
  const model = modelOfFile(analysis, path)
  if (written === undefined || project.kind !== 'file' || project.path !== path || !model) return undefined
  if (!headComments.test(text.slice(0, start))) return undefined
  const names = written.split(',').map((name) => name.trim())
  const word = names.pop() ?? ''
  const rest = (text.slice(start + line.length).split('\n', 1)[0] ?? '').split(',').map((name) => name.trim())
  const taken = new Set([...names, ...rest.slice(1)].map((name) => name.replace(/^[[\s]*(["'`]?)(.*)\1[\]\s]*$/, '$2')))
  const end = start + line.length
  const ahead = /^[\w$]*/.exec(text.slice(end))?.[0].length ?? 0
  return {
    insert: { start: end - word.length, end },
    replace: { start: end - word.length, end: end + ahead },
    items: keyItems(model)
      .filter(({ label }) => !taken.has(label) && !/[,\n]/.test(label))
      .map((item) => ({ ...item, text: item.label })),
  }
}

/** Comments up to the first blank line between two. */
const headComments = /^\s*(?:(?:[^\S\n]*(?:\/\/|\/?\*).*\n)*)$/

/** `// md-ignore MD|`: the codes, those of problems here first. */
function codesAt(
  { analysis }: CompletionContext,
  path: string,
  text: string,
  offset: number,
  line: string,
): CompletionList | undefined {
  const word = /(?:\/\/|\/?\*).*\bmd-ignore\s+(?:MD\d{3}\s*,\s*)*(\w*)$/.exec(line)?.[1]
  if (word === undefined) return undefined
  const after = text.indexOf('\n', text.indexOf('\n', offset) + 1)
  const here = new Set(
    analysis.problems
      .filter((problem) => problem.path === path && problem.span.start >= offset - line.length)
      .filter(({ span }) => after < 0 || span.start < after)
      .map(({ code }) => code),
  )
  const ahead = /^\w*/.exec(text.slice(offset))?.[0].length ?? 0
  const isReasoned = /^\w*\s*[:,]/.test(text.slice(offset))
  const items = rules.map(
    ({ code, name }): CompletionItem => ({
      label: code,
      kind: 'rule',
      text: isReasoned ? code : `${code}: `,
      origin: name,
      subject: { kind: 'rule', code },
    }),
  )
  return {
    insert: { start: offset - word.length, end: offset },
    replace: { start: offset - word.length, end: offset + ahead },
    items: [...items].sort((a, b) => Number(here.has(b.label as 'MD001')) - Number(here.has(a.label as 'MD001'))),
  }
}
