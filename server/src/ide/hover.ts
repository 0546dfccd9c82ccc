import { type AnalysedModel, type Analysis, basename, type Feature, type Input, type Span } from '@modeldriver/engine'
import { at } from './at.ts'
import { levelText } from './lenses.ts'
import { code, plain } from './markdown.ts'
import { type Source, samplesOf, sourceOf } from './sources.ts'

export interface Hover {
  readonly span: Span
  /** Markdown. */
  readonly text: string
}

const longestSample = 24

/** Facts about the column or feature under the cursor that TypeScript cannot know. */
export function hoverAt(analysis: Analysis, path: string, offset: number): Hover | undefined {
  const found = at(analysis, path, offset)
  if (!found) return undefined
  const { model, feature, span } = found
  const text = found.kind === 'name' ? featureText(model, feature) : inputText(analysis, model, found.input)
  return { span, text }
}

const featureText = (model: AnalysedModel, feature: Feature): string =>
  [
    `**${plain(feature.name)}**`,
    model.types.get(feature.name),
    plain(levelText(model, feature)),
    `model ${plain(model.model.name)}`,
  ]
    .filter(Boolean)
    .join(' · ')

/** The facts about a name that features of a model may read. Markdown. */
export const nameText = (analysis: Analysis, model: AnalysedModel, name: string): string =>
  inputText(analysis, model, { name, optional: true })

function inputText(
  analysis: Analysis,
  model: AnalysedModel,
  { name, optional }: Pick<Input, 'name' | 'optional'>,
): string {
  const source = sourceOf(analysis, model, name)
  if (source.kind === 'feature') {
    const doc = source.feature.doc ? `\n\n${plain(source.feature.doc)}` : ''
    return `${featureText(source.model, source.feature)}${doc}`
  }
  if (source.kind === 'unknown') {
    const note = optional ? 'not in the data: the default is used' : `no column or feature of model ${model.model.name}`
    return `**${plain(name)}** · ${plain(note)}`
  }
  return columnText(analysis, source)
}

function columnText(analysis: Analysis, { name, column, model }: Source & { readonly kind: 'column' }): string {
  const facts = [`**${plain(name)}**`, column?.type, plain(originText(column, model))].filter(Boolean)
  const samples = samplesOf(analysis, column).map((sample) => code(shorten(sample)))
  return samples.length > 0 ? `${facts.join(' · ')}\n\n${samples.join(', ')}` : facts.join(' · ')
}

function originText(column: (Source & { readonly kind: 'column' })['column'], { model }: AnalysedModel): string {
  if (!column) return `required input of model ${model.name}`
  if (column.origin.kind === 'file') {
    const { header, path } = column.origin
    return header === column.name ? `column of ${basename(path)}` : `column "${header}" of ${basename(path)}`
  }
  if (column.origin.kind === 'frame') return `made by table function ${column.origin.frame}`
  return column.origin.kind === 'manifest' ? 'declared in modeldriver.json' : `from model ${column.origin.model}`
}

const shorten = (text: string): string => (text.length > longestSample ? `${text.slice(0, longestSample - 1)}…` : text)
