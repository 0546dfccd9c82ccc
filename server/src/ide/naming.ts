import type {
  AnalysedJoin,
  AnalysedModel,
  Analysis,
  Feature,
  ManifestName,
  TableInput,
  TableName,
} from '@modeldriver/engine'
import { manifestNames, nameIn, pathOfModel } from '@modeldriver/engine'
import { handedOver } from './sources.ts'

/** What gives a column or feature its name. */
export type Giver =
  | { readonly kind: 'feature'; readonly model: AnalysedModel; readonly name: string; readonly feature: Feature }
  /** The data, or an entry of the manifest's `columns`; `name` is the entry's. */
  | { readonly kind: 'column'; readonly model: AnalysedModel; readonly name: string }
  /** A name in the object form of `outputs`. */
  | { readonly kind: 'output'; readonly model: AnalysedModel; readonly name: string }
  /** A data file that is joined, or the code of a table function: no rename can reach it. */
  | { readonly kind: 'joined file' | 'frame'; readonly model: AnalysedModel; readonly name: string }
  /** Only the parameters that read it. */
  | { readonly kind: 'nothing'; readonly model: AnalysedModel; readonly name: string }

/** A name as a model reads it: what joins put before it, and what gives the rest. */
export interface Given {
  readonly prefix: string
  readonly giver: Giver
}

/** Follows a name back through the models that hand it over unchanged. */
export function givenBy(analysis: Analysis, model: AnalysedModel, name: string): Given {
  const column = model.columns?.get(name)
  if (!column) return { prefix: '', giver: giverWithoutColumn(analysis, model, name) }
  const own = (giver: Giver): Given => ({ prefix: '', giver })
  const entry = model.aliases.get(name) ?? name
  const { joined } = column
  const handed = handedOver(analysis, model, column)
  if (joined) {
    const { prefix } = joined.join
    if (!handed) return { prefix, giver: { kind: 'joined file', model, name: entry } }
    const { prefix: before, giver } = givenByTable(analysis, handed)
    return { prefix: prefix + before, giver }
  }
  return handed && model.model.columns[entry]?.from === undefined
    ? givenByTable(analysis, handed)
    : own({ kind: 'column', model, name: entry })
}

function givenByTable(analysis: Analysis, { model, port, name }: NonNullable<ReturnType<typeof handedOver>>): Given {
  const isNamed = port !== name || model.model.outputs?.some(({ as, asSpan }) => as === port && asSpan)
  return isNamed ? { prefix: '', giver: { kind: 'output', model, name: port } } : givenBy(analysis, model, name)
}

function giverWithoutColumn(analysis: Analysis, model: AnalysedModel, name: string): Giver {
  const feature = model.features.get(name)
  if (feature) return giverOf(model, feature)
  const { input } = model.model
  if (model.columns || input.kind === 'none') return { kind: 'nothing', model, name }
  // The columns are not known; what an earlier model makes under that name is meant all the same.
  if (input.kind === 'file') return { kind: 'column', model, name }
  const earlier = earlierModel(analysis, model, input.model)
  return earlier ? giverWithoutColumn(analysis, earlier, name) : { kind: 'nothing', model, name }
}

/** A feature gives its own name, but for a column that a table function makes. */
export const giverOf = (model: AnalysedModel, feature: Feature): Giver => {
  const { name } = feature
  return feature.frame ? { kind: 'frame', model, name } : { kind: 'feature', model, name, feature }
}

/** What changes its name when one thing does. */
export interface Moves {
  /** The old names and the new ones, as each model reads them. */
  readonly names: ReadonlyMap<AnalysedModel, ReadonlyMap<string, string>>
  /** The same for what tables of models offer: by table, old and new names of columns. */
  readonly ports: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** The one that was asked for, and those that must follow because they share a feature file; each with its new name. */
  readonly givers: readonly { readonly giver: Giver; readonly to: string }[]
}

export const tableKey = ({ model, table }: Pick<TableInput, 'model' | 'table'>): string =>
  JSON.stringify([model, table])

/** Follows a new name through the models that read it. */
export function movesOf(analysis: Analysis, first: Giver, to: string): Moves {
  const names = new Map<AnalysedModel, Map<string, string>>()
  const ports = new Map<string, Map<string, string>>()
  const givers: { readonly giver: Giver; readonly to: string }[] = []

  const start = (giver: Giver, after: string): void => {
    if (givers.some((known) => isSame(known.giver, giver))) return
    givers.push({ giver, to: after })
    if (giver.kind === 'output') {
      handOn(giver.model, 'outputs', giver.name, after)
      if (nameIn(giver.model, 'rows', giver.name) !== giver.name) handOn(giver.model, 'rows', giver.name, after)
    } else move(giver.model, giver.name, after)
  }
  const move = (model: AnalysedModel, name: string, after: string): void => {
    if (!note(names, model, name, after)) return
    for (const spelling of spellings(model, name)) move(model, spelling, after)
    for (const table of ['rows', 'groups', 'outputs'] as const)
      if (carries(model, table, name)) handOn(model, table, name, after)
    for (const other of sharing(analysis, model, name)) {
      const { prefix, giver } = givenBy(analysis, other, name)
      if (after.startsWith(prefix)) start(giver, after.slice(prefix.length))
    }
  }
  const handOn = (model: AnalysedModel, table: TableName, port: string, after: string): void => {
    const from = { model: model.model.name, table }
    note(ports, tableKey(from), port, after)
    for (const later of analysis.models.slice(analysis.models.indexOf(model) + 1)) {
      const { input, columns } = later.model
      const isAliased = Object.values(columns).some((spec) => spec.from === port)
      if (isTable(input, from) && !isAliased) move(later, port, after)
      for (const { join, ...names } of later.joins)
        for (const name of isTable(join.source, from) ? namesOf(names, port) : [])
          move(later, join.prefix + name, join.prefix + after)
    }
  }
  start(first, to)
  return { names, ports, givers }
}

/** The names in the manifest, each with its model. */
export interface PlacedName extends ManifestName {
  readonly analysed: AnalysedModel
}

const placed = new WeakMap<Analysis, readonly PlacedName[]>()

export function namesInManifest(analysis: Analysis): readonly PlacedName[] {
  const known = placed.get(analysis)
  if (known) return known
  const { manifestText = '' } = analysis.snapshot
  const models = new Map(
    analysis.models.flatMap((analysed) => {
      const { nameSpan } = analysed.model
      return nameSpan ? [[pathOfModel(manifestText, nameSpan)[1], analysed] as const] : []
    }),
  )
  const found = manifestNames(manifestText).flatMap((name): PlacedName[] => {
    const analysed = models.get(name.model)
    return analysed ? [{ ...name, analysed }] : []
  })
  placed.set(analysis, found)
  return found
}

/** Notes a new name once; false when it was there. */
function note<Key>(map: Map<Key, Map<string, string>>, key: Key, before: string, after: string): boolean {
  const own = map.get(key) ?? new Map<string, string>()
  map.set(key, own)
  if (own.has(before)) return false
  own.set(before, after)
  return true
}

const isSame = (a: Giver, b: Giver): boolean => a.kind === b.kind && a.model === b.model && a.name === b.name

const isTable = (
  input: AnalysedModel['model']['input'],
  { model, table }: Pick<TableInput, 'model' | 'table'>,
): boolean => input.kind === 'model' && input.model === model && input.table === table

/** What a join calls a column of its table that it brings, without its prefix. */
function namesOf({ columns, keys }: Pick<AnalysedJoin, 'columns' | 'keys'>, port: string): readonly string[] {
  if (!columns) return keys.some(({ column }) => column === port) ? [] : [port]
  return columns.filter(({ column, written }) => (column ?? written.name) === port).map(({ written }) => written.name)
}

function earlierModel(analysis: Analysis, model: AnalysedModel, name: string): AnalysedModel | undefined {
  return analysis.models.slice(0, analysis.models.indexOf(model)).find((candidate) => candidate.model.name === name)
}

/** The other names under which features of a model read the same column: `unit_price` and `UnitPrice` for `Unit Price`. */
function spellings({ columns, aliases }: AnalysedModel, name: string): readonly string[] {
  if (!columns?.has(name)) return []
  const header = aliases.get(name) ?? name
  return [header, ...[...aliases].flatMap(([spelling, of]) => (of === header ? [spelling] : []))]
}

/** Whether a table of a model has its column or feature `name` under that very name. */
function carries({ model, provides }: AnalysedModel, table: TableName, name: string): boolean {
  const isKey = model.groupBy?.some((key) => key.name === name) ?? false
  if (table === 'outputs' && !isKey && model.outputs?.some(({ asSpan }) => asSpan)) return false
  return provides[table]?.has(name) ?? true
}

/** Other models that have a feature file in common in which the name is made or read. */
function sharing(analysis: Analysis, model: AnalysedModel, name: string): readonly AnalysedModel[] {
  const files = new Set(
    [...model.features.values()]
      .filter((feature) => feature.name === name || feature.inputs.some((input) => input.name === name))
      .map(({ path }) => path),
  )
  return analysis.models.filter((other) => other !== model && other.model.featureFiles.some((path) => files.has(path)))
}
