import {
  type AnalysedJoin,
  type AnalysedModel,
  type Analysis,
  columnsOfTable,
  type HeaderColumn,
  type HeaderOptions,
  headerFor,
  identifierOf,
  joinReading,
  type KnownColumn,
  type ManifestCursor,
  type ModelInput,
  matchColumn,
  ownReading,
  valueAt,
} from '@modeldriver/engine'
import { typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import type { CompletionContext, CompletionItem } from './list.ts'
import { columnItem, columnsOf, featureItem, featuresOf } from './names.ts'

/** An item before its JSON is written; of a property also the value it begins with. */
export type Proposal = Omit<CompletionItem, 'text'> & { readonly value?: unknown }

/** What a model can give: features, then columns. */
export const outputItems = (model: AnalysedModel): readonly Proposal[] => [
  ...featuresOf(model).map((feature) => featureItem(model, feature)),
  ...columnsOf(model).map((column) => columnItem(model, column)),
]

/** Columns that can be declared: those of the data, with the type they have; those that are read and are not there. */
export function columnKeys(analysis: Analysis, model: AnalysedModel): readonly Proposal[] {
  const headers = headersOf(analysis, model).filter(({ name }) => !Object.hasOwn(model.model.columns, name))
  const own = headers.map(({ header, type }): Proposal => {
    const name = identifierOf(header)
    const value = name === header ? (type ?? 'number') : { from: header }
    return {
      label: name,
      kind: 'column',
      ...(type && { type: typeName(type) }),
      origin: name === header ? t('in the data') : t('from "{0}"', header),
      value,
    }
  })
  const missing = model.columns
    ? [...model.unresolved.values()].flatMap((inputs) => inputs.map(({ name }) => name))
    : columnsOf(model).map(({ name }) => name)
  const wanted = [...new Set(missing)].map(
    (label): Proposal => ({ label, kind: 'column', origin: t('read by features'), value: 'number' }),
  )
  return [...wanted, ...own]
}

/** Headers that no other column is read from. */
export function headerItems(analysis: Analysis, model: AnalysedModel, name: string): readonly Proposal[] {
  const used = new Set(
    Object.entries(model.model.columns).flatMap(([key, { from }]) => (from && key !== name ? [from] : [])),
  )
  return headersOf(analysis, model)
    .filter(({ header }) => !used.has(header))
    .map(({ header, type }) => ({
      label: header,
      kind: 'column',
      ...(type && { type }),
      origin: t('in the data'),
    }))
}

/** The columns of a model's data as the data names them. */
export function headersOf(
  { snapshot }: Analysis,
  { model }: AnalysedModel,
): readonly (HeaderColumn & { readonly header: string })[] {
  const known =
    model.input.kind === 'file' ? headerFor(snapshot, model.input.path, ownReading(model)).header : undefined
  if (known?.kind !== 'header') return []
  return known.columns.map((column) => ({ ...column, header: model.columns[column.name]?.from ?? column.name }))
}

/** Levels by hand: the one that a feature does not have now. */
export const kindKeys = (model: AnalysedModel): readonly Proposal[] =>
  featuresOf(model).map((feature) => ({
    ...featureItem(model, feature),
    value: model.levels.get(feature.name)?.level === 'group' ? 'row' : 'group',
  }))

interface InJoin {
  readonly context: CompletionContext
  readonly text: string
  readonly path: ManifestCursor['path']
  readonly model: AnalysedModel | undefined
}

/** The sheets of a workbook. */
export function sheets({ snapshot }: Analysis, source: ModelInput, reading: HeaderOptions): readonly Proposal[] {
  const header = source.kind === 'file' ? headerFor(snapshot, source.path, reading).header : undefined
  return (header?.sheets ?? []).map((label) => ({ label, kind: 'file' }))
}

export function joinSheets(place: InJoin): readonly Proposal[] {
  const join = joinAt(place)?.join
  const { model, context } = place
  return join && model ? sheets(context.analysis, join.source, joinReading(model.model, join)) : []
}

/** Names that both tables of a join have. */
export function joinKeys(place: InJoin): readonly Proposal[] {
  const { model } = place
  const own = model?.columns && new Map([...model.columns].filter(([, { joined }]) => !joined))
  return [...tableOf(place)]
    .filter(([name]) => !own || matchColumn(name, own).kind === 'one' || model.features.has(name))
    .map(([, column]) => tableItem(column))
}

/** What a join can bring: the columns of its table that are no key. */
export function joinColumns(place: InJoin): readonly Proposal[] {
  const keys = new Set(joinAt(place)?.keys.map(({ column }) => column))
  return [...tableOf(place)].filter(([name]) => !keys.has(name)).map(([, column]) => tableItem(column))
}

const tableItem = ({ name, type }: KnownColumn): Proposal => ({ label: name, kind: 'column', ...(type && { type }) })

function joinAt({ text, path, model }: InJoin): AnalysedJoin | undefined {
  const from = valueAt(text, [...path.slice(0, 4), 'from'])
  return model?.joins.find(({ join }) => join.from.span?.start === from?.start)
}

function tableOf(place: InJoin): ReadonlyMap<string, KnownColumn> {
  const { snapshot, models } = place.context.analysis
  const join = joinAt(place)?.join
  const earlier = (name: string) => models.find(({ model }) => model.name === name)
  const { model } = place
  return (
    (join && model && columnsOfTable(join.source, { ...snapshot, earlier }, joinReading(model.model, join))) ??
    new Map()
  )
}
