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
import { localized, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
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
  sourceText(analysis, sourceOf(analysis, model, name), t('no column or feature of model {0}', model.model.name))

/** The same for a parameter that has a default. */
export const optionalText = (analysis: Analysis, model: AnalysedModel, name: string): string =>
  sourceText(analysis, sourceOf(analysis, model, name), t('not in the data: the default is used'))

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
    typeName(model.types.get(feature.name)),
    plain(levelText(model, feature)),
    t('model {0}', plain(model.model.name)),
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
  if (frame) return t('made by the table function {0}', plain(frame.name))
  return body.kind === 'expression'
    ? t('understood as a formula')
    : t('no formula, because of {0}: it runs as JavaScript', plain(body.reason))
}

function usersText(analysis: Analysis, model: AnalysedModel, feature: Feature): string {
  const users = directUsers(analysis, model, feature).flatMap((user) =>
    user.kind === 'feature' ? [user.feature.name] : [],
  )
  if (users.length === 0) return t('read by no other feature')
  const named = users.slice(0, usersNamed).map(plain).join(', ')
  return users.length > usersNamed
    ? t('read by {0} and {1} more', named, users.length - usersNamed)
    : t('read by {0}', named)
}

function columnText(analysis: Analysis, { name, column, model }: Source & { readonly kind: 'column' }): string {
  const header = headerOf(analysis, column)
  const samples = header?.samples.map((sample) => code(shorten(sample))).join(', ')
  return paragraphs(
    facts(
      `**${plain(name)}**`,
      typeName(column?.type),
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
  type: ValueType | undefined,
): string | undefined {
  if (rows === 0) return undefined
  const range =
    min === undefined || max === undefined ? undefined : t('{0} to {1}', valueText(min, type), valueText(max, type))
  const where = isWhole ? rowsText(rows) : t('of the first {0}', rowsText(rows))
  return `${where}: ${facts(range, missingText(missing / rows), distinctText(distinct, rows - missing))}`
}

function missingText(share: number): string {
  if (share === 0) return t('none missing')
  if (share === 1) return t('all missing')
  return share < 0.01 ? t('less than 1 % missing') : t('{0} % missing', Math.min(99, Math.round(share * 100)))
}

function distinctText(distinct: number | undefined, present: number): string | undefined {
  if (distinct === undefined || present < 2) return undefined
  if (distinct === present) return t('all different')
  return distinct === 1 ? t('1 different value') : t('{0} different values', distinct)
}

function valueText(value: number, type: ValueType | undefined): string {
  if (type === 'date' || type === 'datetime') {
    const text = new Date(value).toISOString()
    return type === 'date' ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
  }
  return localized(String(Number.isInteger(value) ? value : Number(value.toPrecision(6))))
}

function originText(column: KnownColumn | undefined, { model }: AnalysedModel): string {
  if (!column) return t('required input of model {0}', model.name)
  const { origin, joined } = column
  if (origin.kind === 'manifest') return t('declared in modeldriver.json')
  if (origin.kind === 'model') return t('from model {0}', origin.model)
  const header = (joined ? undefined : model.columns[column.name]?.from) ?? origin.header
  const isNamed = header === (joined?.column ?? column.name)
  const file = basename(origin.path)
  const place = isNamed ? t('column of {0}', file) : t('column "{0}" of {1}', header, file)
  return joined ? t('{0}, joined', place) : place
}

export const rowsText = (rows: number): string => (rows === 1 ? t('1 row') : t('{0} rows', rows))

export const facts = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ')

export const paragraphs = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n\n')

const shorten = (text: string): string => (text.length > longestSample ? `${text.slice(0, longestSample - 1)}…` : text)
