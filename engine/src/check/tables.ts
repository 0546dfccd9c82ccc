import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { DataHeader, Join, KnownColumn, TableName } from '../ir/model.ts'

/** What a model can read from: the headers of data files, and the models before it. */
export interface Sources {
  readonly headers: ReadonlyMap<string, DataHeader>
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
    earlier: (name) => models.slice(0, own).find((other) => other.model.name === name),
  }
}

/** The columns of a data file or of an earlier model's table; undefined when they are not known. */
export function columnsOfTable(
  source: Join['source'],
  { headers, earlier }: Sources,
): ReadonlyMap<string, KnownColumn> | undefined {
  if (source.kind === 'model') return earlier(source.model)?.provides[source.table]
  const { path } = source
  const header = headers.get(path)
  if (header?.kind !== 'header') return undefined
  return new Map(
    header.columns.map(({ name, type, span }) => [
      name,
      { name, type, level: 'row', origin: { kind: 'file', path, header: name, ...(span && { span }) } },
    ]),
  )
}

/** What later models may read of a model, per table. */
export function providedTables(
  analysed: Pick<AnalysedModel, 'model' | 'columns' | 'features' | 'frames' | 'levels' | 'types'>,
): AnalysedModel['provides'] {
  const { model, columns, features, frames, levels, types } = analysed
  const isGroup = (name: string) => (columns?.get(name)?.level ?? levels.get(name)?.level) === 'group'
  const given = (table: TableName, names: Iterable<{ readonly name: string; readonly as: string }>) =>
    new Map(
      [...names].map(({ name, as }): [string, KnownColumn] => {
        const type = columns?.has(name) ? columns.get(name)?.type : types.get(name)
        const origin = { kind: 'model', model: model.name, table, column: as } as const
        return [as, { name: as, level: 'row', origin, ...(type && { type }) }]
      }),
    )
  const made = [...features.keys()].filter((name) => !columns?.has(name))
  const keys = (model.groupBy ?? []).map(({ name }) => name)
  const ofGroups = [...(columns?.keys() ?? []), ...made].filter(isGroup)
  const selected = model.outputs ?? same([...features.keys(), ...madeByFrames(frames)])
  const visible = model.groupBy ? selected.filter(({ name }) => isGroup(name)) : selected
  const isOpen = model.outputs === undefined && [...frames.values()].some(({ declared }) => !declared)
  return {
    rows: columns && given('rows', same([...columns.keys(), ...made.filter((name) => !isGroup(name))])),
    groups: model.groupBy && given('groups', same([...keys, ...ofGroups])),
    outputs: isOpen ? undefined : given('outputs', [...same(keys), ...visible]),
  }
}

const same = (names: readonly string[]) => names.map((name) => ({ name, as: name }))

const madeByFrames = (frames: AnalysedModel['frames']): readonly string[] =>
  [...frames.values()].flatMap(({ declared }) => declared?.outputs.map(({ name }) => name) ?? [])
