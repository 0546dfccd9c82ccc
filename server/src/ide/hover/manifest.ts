import {
  type AnalysedModel,
  type Analysis,
  basename,
  columnsOfTable,
  type HeaderOptions,
  headerFor,
  joinReading,
  type KnownColumn,
  type ModelInput,
  manifestCursor,
  ownReading,
  rules,
} from '@modeldriver/engine'
import { typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { levelWord } from '../lenses.ts'
import { code, plain } from '../markdown.ts'
import { namesInManifest, type PlacedName } from '../naming.ts'
import { joinOf } from '../subject.ts'
import { facts, nameText, paragraphs, rowsText } from './facts.ts'
import { type Hover, placeOf, touches } from './hovered.ts'

const columnsNamed = 12

/** A column or feature, a table, a model or a code that the manifest names. */
export function manifestHoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const named = namesInManifest(analysis).find(({ span }) => touches(span, offset))
  if (named) return nameHover(analysis, named)
  return modelHover(analysis, offset) ?? tableHover(analysis, offset) ?? ruleHover(analysis, offset)
}

function nameHover(analysis: Analysis, named: PlacedName): Hover | undefined {
  const { analysed: model, role, span } = named
  const name = nameIn(named)
  if (name === undefined) return undefined
  const text = nameText(analysis, model, name)
  const renamed = role === 'output name' ? t('given on as **{0}**', plain(named.name)) : undefined
  return { span, text: paragraphs(renamed, text), ...placeOf(analysis, model, name) }
}

/** The name under which the model reads what is meant. */
function nameIn(named: PlacedName): string | undefined {
  const { analysed, role, name, path } = named
  if (role === 'column source') return String(path.at(-2))
  if (role === 'output name') return analysed.model.outputs?.find(({ as }) => as === name)?.name
  return role === 'join column' ? (joinOf(named)?.join.prefix ?? '') + name : name
}

function modelHover({ models }: Analysis, offset: number): Hover | undefined {
  const found = models.find(({ model }) => model.nameSpan && touches(model.nameSpan, offset))
  const span = found?.model.nameSpan
  return found && span && { span, text: modelText(found) }
}

function modelText(analysed: AnalysedModel): string {
  const { model, columnsFrom, features, levels } = analysed
  const groups = [...levels.values()].filter(({ level }) => level === 'group').length
  const all = features.size === 1 ? t('1 feature') : t('{0} features', features.size)
  const made = groups > 0 ? t('{0}, {1} of them {2}', all, groups, plain(levelWord(analysed, 'group'))) : all
  const outputs = model.outputs?.map(({ as }) => code(as)).join(', ')
  return paragraphs(
    facts(
      `**${plain(model.name)}**`,
      `seq ${model.seq}`,
      t('reads {0}', plain(columnsFrom ?? t('a table that is not known'))),
    ),
    made,
    outputs && t('outputs {0}', outputs),
  )
}

/** `data`, `input` and `from` of a join. */
function tableHover(analysis: Analysis, offset: number): Hover | undefined {
  const earlier = (name: string) => analysis.models.find(({ model }) => model.name === name)
  for (const { model } of analysis.models) {
    for (const source of [model.input, ...(model.joins ?? []).map((join) => join.source)]) {
      if (source.kind === 'none' || !source.span || !touches(source.span, offset)) continue
      const reading = source === model.input ? ownReading(model) : joinReading(model, { source })
      const columns = columnsOfTable(source, { ...analysis.snapshot, earlier }, reading)
      return { span: source.span, text: tableText(analysis, source, { columns, reading }) }
    }
  }
  return undefined
}

function tableText(
  { snapshot }: Analysis,
  source: Exclude<ModelInput, { readonly kind: 'none' }>,
  {
    columns,
    reading,
  }: { readonly columns: ReadonlyMap<string, KnownColumn> | undefined; readonly reading: HeaderOptions },
): string {
  const name = source.kind === 'file' ? basename(source.path) : `${source.model}.${source.table}`
  const sheet = source.kind === 'file' && source.sheet ? `, ${t('sheet {0}', plain(source.sheet.name))}` : ''
  const title = `**${plain(name)}**${sheet}`
  const header = source.kind === 'file' ? headerFor(snapshot, source.path, reading).header : undefined
  if (header?.kind === 'unreadable') return `${title} · ${t('cannot be read: {0}', plain(header.reason))}`
  if (!columns) return `${title} · ${t('its columns are not known')}`
  const seen = header?.columns[0]?.facts
  const rows = seen?.isWhole ? rowsText(seen.rows) : undefined
  const named = [...columns.values()].slice(0, columnsNamed).map(({ name, type }) => columnPhrase(name, type))
  const more = columns.size > columnsNamed ? `, ${t('and {0} more', columns.size - columnsNamed)}` : ''
  return paragraphs(
    facts(title, columns.size === 1 ? t('1 column') : t('{0} columns', columns.size), rows),
    `${named.join(', ')}${more}`,
  )
}

const columnPhrase = (name: string, type: string | undefined): string =>
  type ? `${code(name)} ${typeName(type)}` : code(name)

/** A code in `rules`. */
function ruleHover({ snapshot: { manifestText = '' } }: Analysis, offset: number): Hover | undefined {
  const cursor = manifestCursor(manifestText, offset)
  if (!cursor?.isKey || cursor.path[0] !== 'rules' || cursor.path.length !== 2) return undefined
  const rule = rules.find(({ code }) => code === cursor.path[1])
  return (
    rule && {
      span: cursor.word,
      text: paragraphs(`**${rule.code}** ${rule.name} · ${t('{0} by default', rule.severity)}`, rule.doc),
    }
  )
}
