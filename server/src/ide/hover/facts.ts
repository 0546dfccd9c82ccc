import {
  type AnalysedModel,
  type Analysis,
  basename,
  type ColumnFacts,
  type Feature,
  type KnownColumn,
  printExpression,
  type ValueType,
} from '@modeldriver/engine'
import { levelText, levelWord } from '../lenses.ts'
import { directUsers } from '../lineage.ts'
import { code, plain } from '../markdown.ts'
import { headerOf, type Source, sourceOf } from '../sources.ts'

// What is known of columns and features, as paragraphs of Markdown.

const longestSample = 24
const longestFormula = 100
const usersNamed = 6

/** The facts about a name that features of a model may read. */
export const nameText = (analysis: Analysis, model: AnalysedModel, name: string): string =>
  sourceText(analysis, sourceOf(analysis, model, name), `no column or feature of model ${model.model.name}`)

/** The same for a parameter that has a default. */
export const optionalText = (analysis: Analysis, model: AnalysedModel, name: string): string =>
  sourceText(analysis, sourceOf(analysis, model, name), 'not in the data: the default is used')

/** A feature where it is defined: what its text does not say. */
export const ownText = (analysis: Analysis, model: AnalysedModel, feature: Feature): string =>
  paragraphs(head(model, feature), bodyText(model, feature), usersText(analysis, model, feature))

function sourceText(analysis: Analysis, source: Source, unknown: string): string {
  if (source.kind === 'feature') return featureText(analysis, source.model, source.feature)
  if (source.kind === 'unknown') return `**${plain(source.name)}** · ${plain(unknown)}`
  return columnText(analysis, source)
}

/** A feature seen from elsewhere. */
const featureText = (analysis: Analysis, model: AnalysedModel, feature: Feature): string =>
  paragraphs(
    head(model, feature),
    feature.doc && plain(feature.doc),
    formulaOf(model, feature),
    bodyText(model, feature),
    usersText(analysis, model, feature),
  )

const head = (model: AnalysedModel, feature: Feature): string =>
  facts(
    `**${plain(feature.name)}**`,
    model.types.get(feature.name),
    plain(levelText(model, feature)),
    `model ${plain(model.model.name)}`,
  )

function formulaOf({ features }: AnalysedModel, { name }: Feature): string | undefined {
  const body = features.get(name)?.body
  const formula = body?.kind === 'expression' ? printExpression(body.expression) : ''
  return formula !== '' && formula.length <= longestFormula ? code(`= ${formula}`) : undefined
}

/** Whether the body is understood, and why not. */
function bodyText({ features }: AnalysedModel, { name, frame }: Feature): string | undefined {
  const body = features.get(name)?.body
  if (!body) return undefined
  if (frame) return `made by the table function ${plain(frame.name)}`
  return body.kind === 'expression'
    ? 'understood as a formula'
    : `no formula, because of ${plain(body.reason)}: it runs as JavaScript`
}

function usersText(analysis: Analysis, model: AnalysedModel, feature: Feature): string {
  const users = directUsers(analysis, model, feature).flatMap((user) =>
    user.kind === 'feature' ? [user.feature.name] : [],
  )
  if (users.length === 0) return 'read by no other feature'
  const named = users.slice(0, usersNamed).map(plain).join(', ')
  return users.length > usersNamed ? `read by ${named} and ${users.length - usersNamed} more` : `read by ${named}`
}

function columnText(analysis: Analysis, { name, column, model }: Source & { readonly kind: 'column' }): string {
  const header = headerOf(analysis, column)
  const samples = header?.samples.map((sample) => code(shorten(sample))).join(', ')
  return paragraphs(
    facts(
      `**${plain(name)}**`,
      column?.type,
      column?.level === 'group' ? plain(levelWord(model, 'group')) : undefined,
      plain(originText(column, model)),
    ),
    samples,
    header?.facts && valuesText(header.facts, header.type),
  )
}

/** `of the first 5000 rows: 1.5 to 940 · 3 % missing · 214 different values` */
export function valuesText(
  { rows, isWhole, missing, distinct, min, max }: ColumnFacts,
  type: ValueType,
): string | undefined {
  if (rows === 0) return undefined
  const range =
    min === undefined || max === undefined ? undefined : `${valueText(min, type)} to ${valueText(max, type)}`
  const where = isWhole ? counted(rows, 'row') : `of the first ${counted(rows, 'row')}`
  return `${where}: ${facts(range, missingText(missing / rows), distinctText(distinct, rows - missing))}`
}

function missingText(share: number): string {
  if (share === 0) return 'none missing'
  if (share === 1) return 'all missing'
  return share < 0.01 ? 'less than 1 % missing' : `${Math.min(99, Math.round(share * 100))} % missing`
}

function distinctText(distinct: number | undefined, present: number): string | undefined {
  if (distinct === undefined || present < 2) return undefined
  return distinct === present ? 'all different' : `${counted(distinct, 'different value')}`
}

function valueText(value: number, type: ValueType): string {
  if (type === 'date' || type === 'datetime') {
    const text = new Date(value).toISOString()
    return type === 'date' ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
  }
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)))
}

function originText(column: KnownColumn | undefined, { model }: AnalysedModel): string {
  if (!column) return `required input of model ${model.name}`
  const { origin, joined } = column
  if (origin.kind === 'manifest') return 'declared in modeldriver.json'
  if (origin.kind === 'model') return `from model ${origin.model}`
  const header = (joined ? undefined : model.columns[column.name]?.from) ?? origin.header
  const isNamed = header === (joined?.column ?? column.name)
  return `${isNamed ? 'column' : `column "${header}"`} of ${basename(origin.path)}${joined ? ', joined' : ''}`
}

export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

export const facts = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ')

export const paragraphs = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n\n')

const shorten = (text: string): string => (text.length > longestSample ? `${text.slice(0, longestSample - 1)}…` : text)
