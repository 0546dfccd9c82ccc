import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { Join, KnownColumn, TableName } from '../ir/model.ts'
import type { HeaderOptions } from '../model/files.ts'
import { type Headers, headerFor } from '../model/headers.ts'

/** What a model can read from: the headers of data files, and the models before it. */
export interface Sources extends Headers {
  readonly earlier: (model: string) => AnalysedModel | undefined
}

/** What one of the models of a project can read from. */
export function sourcesOf(
  { snapshot, models }: { readonly snapshot: Snapshot; readonly models: readonly AnalysedModel[] },
  { model }: AnalysedModel,
): Sources {
  const own = models.findIndex((other) => other.model === model)
  return {
    headers: snapshot.headers,
    ...(snapshot.otherHeaders && { otherHeaders: snapshot.otherHeaders }),
    earlier: (name) => models.slice(0, own).find((other) => other.model.name === name),
  }
}

/** The columns of a data file, read in some way, or of an earlier model's table; undefined when they are not known. */
export function columnsOfTable(
  source: Join['source'],
  sources: Sources,
  options: HeaderOptions,
): ReadonlyMap<string, KnownColumn> | undefined {
  if (source.kind === 'model') return sources.earlier(source.model)?.provides[source.table]
  const { path } = source
  const { header, reading } = headerFor(sources, path, options)
  if (header?.kind !== 'header') return undefined
  const way = reading !== undefined && { reading }
  return new Map(
    header.columns.map(({ name, type, span }) => [
      name,
      {
        name,
        ...(type && { type }),
        level: 'row',
        origin: { kind: 'file', path, header: name, ...(span && { span }), ...way },
      },
    ]),
  )
}

type Provider = Pick<AnalysedModel, 'model' | 'columns' | 'features' | 'frames' | 'levels' | 'types'>

/** What later models may read of a model, per table. */
export function providedTables(analysed: Provider): AnalysedModel['provides'] {
  const { model, columns, features } = analysed
  if (model.lacksFiles) return { rows: undefined, groups: undefined, outputs: undefined }
  const made = [...features.keys()].filter((name) => !columns?.has(name))
  const keys = (model.groupBy ?? []).map(({ name }) => name)
  const isGroup = isGroupIn(analysed)
  const ofGroups = [...(columns?.keys() ?? []), ...made].filter(isGroup)
  return {
    rows: columns && given(analysed, 'rows', same([...columns.keys(), ...made.filter((name) => !isGroup(name))])),
    groups: model.groupBy && given(analysed, 'groups', same([...keys, ...ofGroups])),
    outputs: providedOutputs(analysed),
  }
}

function providedOutputs(analysed: Provider): AnalysedModel['provides']['outputs'] {
  const { model, features, frames } = analysed
  const isOpen = model.outputs === undefined && [...frames.values()].some(({ declared }) => !declared)
  if (isOpen) return undefined
  const keys = (model.groupBy ?? []).map(({ name }) => name)
  const selected = model.outputs ?? same([...features.keys()])
  const isGroup = isGroupIn(analysed)
  const visible = model.groupBy ? selected.filter(({ name }) => isGroup(name)) : selected
  return given(analysed, 'outputs', [...same(keys), ...visible])
}

const isGroupIn =
  ({ columns, levels }: Provider) =>
  (name: string) =>
    (columns?.get(name)?.level ?? levels.get(name)?.level) === 'group'

const given = (
  { model, columns, types }: Provider,
  table: TableName,
  names: Iterable<{ readonly name: string; readonly as: string }>,
) =>
  new Map(
    [...names].map(({ name, as }): [string, KnownColumn] => {
      const type = columns?.has(name) ? columns.get(name)?.type : types.get(name)
      const origin = { kind: 'model', model: model.name, table, column: as } as const
      return [as, { name: as, level: 'row', origin, ...(type && { type }) }]
    }),
  )

/** The same tables after an edit that gave some features another type, and none another level. */
export function providedAfter(analysed: AnalysedModel, retyped: ReadonlySet<string>): AnalysedModel['provides'] {
  const { model, columns, types, provides } = analysed
  const made = [...retyped].filter((name) => !columns?.has(name))
  if (made.length === 0) return provides
  const again = (table: TableName) => {
    const all = provides[table] && new Map(provides[table])
    for (const name of made) {
      const before = all?.get(name)
      if (!before) continue
      const { type: _, ...column } = before
      const type = types.get(name)
      all?.set(name, { ...column, ...(type && { type }) })
    }
    return all
  }
  return {
    rows: again('rows'),
    groups: again('groups'),
    outputs: model.outputs ? providedOutputs(analysed) : again('outputs'),
  }
}

const same = (names: readonly string[]) => names.map((name) => ({ name, as: name }))
