import {
  type AnalysedModel,
  doingOfTexts,
  innermostTexts,
  likenessOf,
  type ModelResult,
  marksIn,
  missingEntry,
  type Plan,
} from '@modeldriver/engine'

interface Late {
  readonly kind: 'number' | 'Date'
  /** But for which it would be no text. */
  readonly words: readonly string[]
}

/**
 * What is said of texts that look like numbers or dates where only all rows show that a column is text: the check, which sees the first rows of a
 * file, takes it for numbers or dates.
 */
export function lateTexts(
  { features, columns, aliases, model }: AnalysedModel,
  { steps }: Plan,
  { rows }: ModelResult,
  hasFailed: (feature: string) => boolean,
): readonly string[] {
  const late = new Map<string, Late>()
  for (const [name, known] of columns ?? []) {
    const column = known.origin.kind === 'file' && known.type !== 'string' ? rows.columns.get(name) : undefined
    const likeness = column?.type === 'string' ? likenessOf(column.dictionary) : undefined
    if (column?.type === 'string' && likeness)
      late.set(name, { kind: likeness.kind, words: [...marksIn(column.dictionary), ...likeness.words] })
  }
  if (late.size === 0) return []
  return steps.flatMap(({ feature: of }) => {
    const feature = hasFailed(of) ? undefined : features.get(of)
    return innermostTexts(feature?.sites.slips).flatMap(({ by = '', text, inputs = [] }) => {
      const names = feature?.inputs.flatMap(({ name, local }) => (inputs.includes(local) ? name : [])) ?? []
      const name = names.find((each) => late.has(each)) ?? ''
      const found = late.get(name)
      const isLabel = by === '+' && names.some((each) => !late.has(each) && rows.columns.get(each)?.type === 'string')
      if (!found || by === 'Date' || isLabel) return []
      const { kind, words } = found
      const them = words.map((word) => JSON.stringify(word)).join(', ')
      const isJoined = columns?.get(name)?.joined !== undefined
      const marks = missingEntry(isJoined ? [...(model.formats.missing ?? []), ...words] : words)
      const entry = isJoined ? marks : `"columns": { ${JSON.stringify(aliases.get(name) ?? name)}: { ${marks} } }`
      return [
        `'${text}' in '${of}' ${doingOfTexts(by, kind)}: '${name}' is text, all rows counted. Besides ${kind === 'number' ? 'numbers' : 'dates'} it holds ${them}. If that is no value, give the model ${entry} in the manifest.`,
      ]
    })
  })
}
