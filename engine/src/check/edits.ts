import type { AnalysedModel } from '../ir/analysis.ts'
import type { TextEdit } from '../ir/edit.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { Problem } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import { identifierOf } from '../model/names.ts'
import { isIdentifier, propertyText } from '../source/identifiers.ts'
import type { RuleContext } from './rule.ts'

// Changes of feature files that repairs are made of.

/** The model and the feature a problem is about; none for a column that a table function makes, whose code cannot be edited as a feature's. */
export function subjectOf(
  { models }: RuleContext,
  { model, feature, path, span }: Problem,
): { readonly analysed: AnalysedModel; readonly feature: Feature } | undefined {
  const analysed = models.find((candidate) => candidate.model.name === model)
  if (!analysed || feature === undefined) return undefined
  const candidates = [analysed.features.get(feature), ...analysed.duplicates].filter(
    (candidate): candidate is Feature => candidate?.name === feature && candidate.path === path && !candidate.frame,
  )
  const found = candidates.find((candidate) => candidate.span.start <= span.start && span.end <= candidate.span.end)
  return found ? { analysed, feature: found } : undefined
}

export const replace = (path: string, span: Span, text: string): TextEdit => ({ path, span, text })

export const insert = (path: string, at: number, text: string): TextEdit => ({
  path,
  span: { start: at, end: at },
  text,
})

/**
 * Makes a parameter read another column or feature; the body's name for it follows. Where that name stands for something else in
 * the body, a pattern keeps the old one, and without a pattern there is no such edit.
 */
export function renameInput(feature: Feature, input: Input, name: string): readonly TextEdit[] {
  const { path, form, sites, span } = feature
  const local = identifierOf(name)
  const isFree = local === input.local || !isTaken(feature, local)
  if (form === 'destructured') {
    const isShort = input.span.end === input.whole.end || input.local === input.name
    if (!isShort) return [replace(path, input.span, propertyText(name))]
    if (local !== name || !isFree) return [replace(path, input.span, `${propertyText(name)}: ${input.local}`)]
  }
  if (!isFree) return []
  const reads = sites.reads.get(input.local) ?? []
  return [
    replace(path, input.span, local),
    ...reads.map((read) =>
      replace(
        path,
        { start: read.span.start + span.start, end: read.span.end + span.start },
        read.isShorthand ? `${input.local}: ${local}` : local,
      ),
    ),
  ]
}

/** A name that the body would take for something else: its own variable, another input, a helper, what the language has. */
const isTaken = ({ inputs, sites }: Feature, name: string): boolean =>
  sites.inner?.has(name) ||
  inputs.some(({ local }) => local === name) ||
  sites.own.some((own) => own.name === name) ||
  sites.free.some((free) => free.name === name && free.known !== undefined)

/** Adds an input behind the ones that must be given. `text` is the file's text. */
export function addInput(feature: Feature, name: string, text: string): TextEdit {
  const { path, inputs, inputsSpan } = feature
  const written =
    feature.form === 'destructured' && !isIdentifier(name) ? `${propertyText(name)}: ${identifierOf(name)}` : name
  const lastRequired = inputs.findLast(({ optional }) => !optional)
  if (lastRequired && isBare(feature, text))
    return replace(path, inputsSpan, `(${text.slice(inputsSpan.start, inputsSpan.end).trim()}, ${written})`)
  if (lastRequired) return insert(path, lastRequired.whole.end, `, ${written}`)
  const [first] = inputs
  return first ? insert(path, first.whole.start, `${written}, `) : insert(path, inputsSpan.start, written)
}

/** Removes an input with the comma that belongs to it. */
export function removeInput(feature: Feature, input: Input, text: string): TextEdit {
  const { path, inputs, inputsSpan } = feature
  const at = inputs.indexOf(input)
  const next = inputs[at + 1]
  const before = inputs[at - 1]
  if (next) return replace(path, { start: input.whole.start, end: next.whole.start }, '')
  if (before) return replace(path, { start: before.whole.end, end: input.whole.end }, '')
  return isBare(feature, text) ? replace(path, inputsSpan, '()') : replace(path, inputsSpan, '')
}

/** Puts another text in place of names in a function; the sites count from `start`. */
export const rewriteNames = (path: string, start: number, sites: readonly { span: Span }[], text: string) =>
  sites.map(({ span }) => replace(path, absolute(span, start), text))

/** A place in a function, counted in its file. */
export const absolute = ({ start, end }: Span, from: number): Span => ({ start: start + from, end: end + from })

/** Imports a name of the library: in the import that is there, else above the first statement and what is said of it. */
export function importName(path: string, name: string, text: string): TextEdit {
  const there = /^import\s*\{([^}]*?),?\s*\}\s*from\s*(['"])modeldriver\2/m.exec(text)
  if (there) {
    const end = there.index + there[0].indexOf('{') + 1 + (there[1] as string).length
    return insert(path, end, (there[1] as string).trim() === '' ? ` ${name}` : `, ${name}`)
  }
  const head = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? ''
  const block = Math.max(0, ...[...head.matchAll(/\n[^\S\n]*\n/g)].map((gap) => gap.index + gap[0].length))
  const at = head.slice(block).includes('group_by') ? head.length : block
  return insert(path, at, `import { ${name} } from 'modeldriver'\n`)
}

/** Says the level of a feature outright: `//#agg` where the body begins, or behind an expression. */
export function addMarker(feature: Feature, level: 'row' | 'group', text: string): TextEdit {
  const { path, bodySpan, span } = feature
  const marker = level === 'group' ? '#agg' : '#row'
  if (text[bodySpan.start] !== '{') {
    const rest = /^[;,]?/.exec(text.slice(span.end))?.[0].length ?? 0
    return insert(path, span.end + rest, ` /*${marker}*/`)
  }
  const after = text.slice(bodySpan.start + 1)
  return /^[ \t]*(\r?\n|$)/.test(after)
    ? insert(path, bodySpan.start + 1, ` //${marker}`)
    : insert(path, bodySpan.start + 1, ` /*${marker}*/`)
}

/** Adds a statement as the last one of a block, with the indentation of the others. */
export function endOfBody({ path, bodySpan }: Feature, statement: string, text: string): TextEdit {
  const close = bodySpan.end - 1
  const inner = text.slice(bodySpan.start + 1, close)
  const lastLine = /\n([^\S\n]*)$/.exec(inner)
  if (!lastLine) {
    const gap = /[;}{]\s*$|^\s*$/.test(inner) ? ' ' : '; '
    return replace(path, { start: close - (inner.length - inner.trimEnd().length), end: close }, `${gap}${statement} `)
  }
  const indent = /\n([^\S\n]*)\S/.exec(inner)?.[1] ?? `${lastLine[1]}  `
  return insert(path, close - (lastLine[1] as string).length, `${indent}${statement}\n`)
}

/** Where a feature begins with the comment lines directly above it. */
export function startWithComments({ span }: Feature, text: string): number {
  let start = span.start
  for (;;) {
    const before = text.lastIndexOf('\n', start - 2) + 1
    if (start === 0 || !/^\s*(\/\/|\/?\*)/.test(text.slice(before, start))) return start
    start = before
  }
}

/** `x => …`, without parentheses around the one parameter. */
const isBare = ({ form, inputsSpan }: Feature, text: string): boolean =>
  form === 'positional' && text[inputsSpan.start - 1] !== '('
