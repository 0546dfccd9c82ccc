import { type AnalysedModel, type Analysis, type Feature, parameterType, type Span } from '@modeldriver/engine'
import { whyText } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { levelWord } from './lenses.ts'
import { featuresIn } from './sources.ts'

/** Words between the author's: what an input is, what a feature's value belongs to. */
export interface InlayHint {
  readonly offset: number
  readonly label: string
  readonly kind: 'type' | 'level'
  /** For people who want to know more. */
  readonly tooltip: string
  /** The label can be written there, as it is. */
  readonly canWrite: boolean
}

/**
 * After each parameter without annotation its type, after the parameters of a group feature that it is one. Row features say nothing
 * more: one value per row is what one expects. Short, because VS Code cuts what is above 43 letters in a line; the key and what a column
 * holds are in the tooltips. `range` is the part of `text` that is shown.
 */
export function inlayHintsOf(analysis: Analysis, path: string, text: string, range: Span): readonly InlayHint[] {
  const isTypeScript = /\.[mc]?ts$/.test(path)
  const hints = featuresIn(analysis, path)
    .filter(({ feature: { span, frame } }) => !frame && span.start <= range.end && span.end >= range.start)
    .flatMap(({ model, feature }) => [
      ...typeHints(model, feature, text, isTypeScript),
      ...levelHints(model, feature, text),
    ])
  const lines = new Map<number, InlayHint[]>()
  for (const hint of hints) {
    const line = text.lastIndexOf('\n', hint.offset - 1)
    lines.set(line, [...(lines.get(line) ?? []), hint])
  }
  return [...lines.values()].flatMap(fitted)
}

const longestLine = 43

/** The hints of one line. Where they are too many, columns do not say of what, and then the last parameters say nothing. */
function fitted(hints: readonly InlayHint[]): readonly InlayHint[] {
  const length = (of: readonly InlayHint[]) => of.reduce((sum, { label }) => sum + label.length, 0)
  if (length(hints) <= longestLine) return hints
  let left = hints.map((hint) => ({ ...hint, label: hint.label.replace(/^: Column<.*>$/, ': Column') }))
  while (length(left) > longestLine) {
    const last = left.findLast(({ kind }) => kind === 'type')
    if (!last) break
    left = left.filter((hint) => hint !== last)
  }
  return left
}

function typeHints(model: AnalysedModel, feature: Feature, text: string, isTypeScript: boolean): readonly InlayHint[] {
  // In a pattern a colon renames.
  if (feature.form === 'destructured') return []
  return feature.inputs.flatMap(({ name, span, whole, typeSpan }) => {
    const type = typeSpan ? undefined : parameterType(model, feature, name)
    if (type === undefined) return []
    const canWrite = isTypeScript && !type.startsWith('Column') && isInParentheses(feature, text)
    const question = /^\s*\?/.exec(text.slice(span.end, whole.end))?.[0].length ?? 0
    return [
      { offset: span.end + question, label: `: ${type}`, kind: 'type' as const, tooltip: tooltipOf(type), canWrite },
    ]
  })
}

const tooltipOf = (type: string): string =>
  type.startsWith('Column') ? t('all rows of the group: {0}', type) : t('from the data and the features before')

function levelHints(model: AnalysedModel, feature: Feature, text: string): readonly InlayHint[] {
  const decision = model.levels.get(feature.name)
  if (decision?.level !== 'group') return []
  const offset = endOfParameters(feature, text)
  const tooltip = `${levelWord(model, 'group')} · ${whyText(decision.why)}`
  return [{ offset, label: ` → ${t('group')}`, kind: 'level' as const, tooltip, canWrite: false }]
}

const isInParentheses = ({ inputsSpan }: Feature, text: string): boolean => text[inputsSpan.start - 1] === '('

/** Behind the parenthesis that closes the parameters; of `x => …` behind the `x`. */
function endOfParameters(feature: Feature, text: string): number {
  const { form, inputsSpan, bodySpan } = feature
  if (form === 'positional' && !isInParentheses(feature, text)) return inputsSpan.end
  let depth = 0
  for (let at = inputsSpan.end; at < bodySpan.start; at++) {
    const letter = text[at]
    if (letter === '(') depth++
    else if (letter === ')' && depth-- === 0) return at + 1
  }
  return inputsSpan.end
}
