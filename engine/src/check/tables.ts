import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { Level } from '../ir/level.ts'
import type { Join, KnownColumn, OutputSpec, TableName } from '../ir/model.ts'
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
    rows: providedRows(analysed),
    groups: model.groupBy && given(analysed, 'groups', same([...keys, ...ofGroups])),
    outputs: providedOutputs(analysed),
  }
}

function providedRows(analysed: Provider): AnalysedModel['provides']['rows'] {
  const { columns, features } = analysed
  const isGroup = isGroupIn(analysed)
  const own = [...features.keys()].filter((name) => !columns?.has(name) && !isGroup(name))
  return columns && given(analysed, 'rows', [...same([...columns.keys(), ...own]), ...renamedInRows(analysed)])
}

/** Outputs of one value per row that stand in the rows under a new name, because the model has a key. */
function renamedInRows(analysed: Provider): readonly OutputSpec[] {
  const { groupBy, outputs = [] } = analysed.model
  if (!groupBy) return []
  return outputs.filter(({ name, as }) => as !== name && levelIn(analysed, name) === 'row' && !isNamed(analysed, as))
}

const isNamed = ({ features, columns }: Pick<Provider, 'features' | 'columns'>, name: string): boolean =>
  features.has(name) || columns?.has(name) === true

/** What a column of a model's table is called in the model. */
export function nameIn(analysed: Provider, table: TableName, column: string): string {
  if (table === 'groups' || (table === 'rows' && isNamed(analysed, column))) return column
  return analysed.model.outputs?.find(({ as }) => as === column)?.name ?? column
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

const levelIn = ({ columns, levels }: Provider, name: string): Level | undefined =>
  columns?.get(name)?.level ?? levels.get(name)?.level

const isGroupIn = (analysed: Provider) => (name: string) => levelIn(analysed, name) === 'group'

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
    rows: renamedInRows(analysed).length > 0 ? providedRows(analysed) : again('rows'),
    groups: again('groups'),
    outputs: model.outputs ? providedOutputs(analysed) : again('outputs'),
  }
}

const same = (names: readonly string[]) => names.map((name) => ({ name, as: name }))
