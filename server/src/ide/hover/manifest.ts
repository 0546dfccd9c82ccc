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
import { levelWord } from '../lenses.ts'
import { code, plain } from '../markdown.ts'
import { namesInManifest, type PlacedName } from '../naming.ts'
import { joinOf } from '../subject.ts'
import { counted, facts, nameText, paragraphs } from './facts.ts'
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
  const renamed = role === 'output name' ? `given on as **${plain(named.name)}**` : undefined
  return { span, text: paragraphs(renamed, text), ...placeOf(analysis, model, name) }
}

/** The name under which the model reads what is meant. */
function nameIn(named: PlacedName): string | undefined {
  const { analysed, role, name, path } = named
  if (role === 'column source') return String(path.at(-2))
  if (role === 'output name') return analysed.model.outputs?.find(({ as }) => as === name)?.name
  return role === 'join column' ? (joinOf(named)?.prefix ?? '') + name : name
}

function modelHover({ models }: Analysis, offset: number): Hover | undefined {
  const found = models.find(({ model }) => model.nameSpan && touches(model.nameSpan, offset))
  const span = found?.model.nameSpan
  return found && span && { span, text: modelText(found) }
}

function modelText(analysed: AnalysedModel): string {
  const { model, columnsFrom, features, levels } = analysed
  const groups = [...levels.values()].filter(({ level }) => level === 'group').length
  const made = `${counted(features.size, 'feature')}${groups > 0 ? `, ${groups} of them ${plain(levelWord(analysed, 'group'))}` : ''}`
  const outputs = model.outputs?.map(({ as }) => code(as)).join(', ')
  return paragraphs(
    facts(`**${plain(model.name)}**`, `seq ${model.seq}`, `reads ${plain(columnsFrom ?? 'a table that is not known')}`),
    made,
    outputs && `outputs ${outputs}`,
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
  const sheet = source.kind === 'file' && source.sheet ? `, sheet ${plain(source.sheet.name)}` : ''
  const title = `**${plain(name)}**${sheet}`
  const header = source.kind === 'file' ? headerFor(snapshot, source.path, reading).header : undefined
  if (header?.kind === 'unreadable') return `${title} · cannot be read: ${plain(header.reason)}`
  if (!columns) return `${title} · its columns are not known`
  const seen = header?.columns[0]?.facts
  const rows = seen?.isWhole ? counted(seen.rows, 'row') : undefined
  const named = [...columns.values()].slice(0, columnsNamed).map(({ name, type }) => columnPhrase(name, type))
  const more = columns.size > columnsNamed ? `, and ${columns.size - columnsNamed} more` : ''
  return paragraphs(facts(title, counted(columns.size, 'column'), rows), `${named.join(', ')}${more}`)
}

const columnPhrase = (name: string, type: string | undefined): string => (type ? `${code(name)} ${type}` : code(name))

/** A code in `rules`. */
function ruleHover({ snapshot: { manifestText = '' } }: Analysis, offset: number): Hover | undefined {
  const cursor = manifestCursor(manifestText, offset)
  if (!cursor?.isKey || cursor.path[0] !== 'rules' || cursor.path.length !== 2) return undefined
  const rule = rules.find(({ code }) => code === cursor.path[1])
  return (
    rule && {
      span: cursor.word,
      text: paragraphs(`**${rule.code}** ${rule.name} · ${rule.severity} by default`, rule.doc),
    }
  )
}
