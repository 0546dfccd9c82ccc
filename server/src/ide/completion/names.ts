import { type AnalysedModel, basename, type Feature, type KnownColumn } from '@modeldriver/engine'
import { typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { levelWord } from '../lenses.ts'
import { type CompletionItem, subjectOf } from './list.ts'

/** A column that a model may read; unknown where no schema says it. */
export interface ReadableColumn {
  readonly name: string
  readonly column?: KnownColumn
}

/** The columns of a model, each once; without a schema the names that its features take for columns. */
export function columnsOf({ columns, aliases, features }: AnalysedModel): readonly ReadableColumn[] {
  if (columns) return [...columns].filter(([name]) => !aliases.has(name)).map(([name, column]) => ({ name, column }))
  const read = [...features.values()].flatMap(({ inputs }) =>
    inputs.flatMap(({ name, optional }) => (optional ? [] : name)),
  )
  return [...new Set(read)].filter((name) => !features.has(name)).map((name) => ({ name }))
}

/** The features of a model that are read by their name: not those whose name a column has. */
export const featuresOf = ({ features, columns }: AnalysedModel): readonly Feature[] =>
  [...features.values()].filter(({ name }) => !columns?.has(name))

type NameItem = Omit<CompletionItem, 'text'>

export function columnItem(model: AnalysedModel, { name, column }: ReadableColumn): NameItem {
  return {
    label: name,
    kind: 'column',
    ...(column?.type && { type: typeName(column.type) }),
    origin: originOf(model, column),
    subject: subjectOf(model, name),
  }
}

export function featureItem(model: AnalysedModel, { name }: Feature): NameItem {
  const level = model.levels.get(name)?.level ?? 'row'
  const type = model.types.get(name)
  return {
    label: name,
    kind: level === 'constant' ? 'constant' : 'feature',
    ...(type && { type: typeName(type) }),
    origin: levelWord(model, level),
    subject: subjectOf(model, name),
  }
}

function originOf({ model }: AnalysedModel, column: KnownColumn | undefined): string {
  if (!column) return t('required input of {0}', model.name)
  const { origin } = column
  if (origin.kind === 'file') return basename(origin.path)
  return origin.kind === 'manifest' ? 'modeldriver.json' : origin.model
}

/** Every feature that a feature's value goes into, and itself. Reading one of them would close a cycle. */
export function downstreamOf({ graph }: AnalysedModel, names: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(names)
  for (const name of reached) for (const user of graph.users.get(name) ?? []) reached.add(user)
  return reached
}

/** Names that can be a key: columns of the rows, and row features that no group feature stands behind. */
export function keyItems(model: AnalysedModel): readonly NameItem[] {
  const behindGroups = downstreamOf(
    model,
    [
      ...columnsOf(model).map(({ name, column }) => (column?.level === 'group' ? name : undefined)),
      ...groupFeatures(model),
    ].filter((name) => name !== undefined),
  )
  return [
    ...columnsOf(model)
      .filter(({ column }) => column?.level !== 'group')
      .map((column) => columnItem(model, column)),
    ...featuresOf(model)
      .filter(({ name }) => model.levels.get(name)?.level === 'row' && !behindGroups.has(name))
      .map((feature) => featureItem(model, feature)),
  ]
}

const groupFeatures = ({ levels }: AnalysedModel): readonly string[] =>
  [...levels].flatMap(([name, { level }]) => (level === 'group' ? [name] : []))
