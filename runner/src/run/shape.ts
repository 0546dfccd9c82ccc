import type {
  AnalysedModel,
  Analysis,
  ColumnSpec,
  DataHeader,
  FileSystem,
  Model,
  Plan,
  Snapshot,
  Table,
  ValueType,
} from '@modeldriver/engine'
import { hasHeaderRow, isWorkbook, makeTable, ownReading } from '@modeldriver/engine'

/** The project with a data file in place of one model's input: the model asked for, else the first that reads a file. */
export function withInput(
  snapshot: Snapshot,
  path: string,
  name: string | undefined,
  types: Readonly<Record<string, ValueType>> | undefined,
  readHeader: FileSystem['readHeader'],
): Snapshot {
  const { models } = snapshot.project
  const target =
    models.find((model) => (name === undefined ? model.input.kind === 'file' : model.name === name)) ?? models[0]
  if (target === undefined) return snapshot
  const reading = types ? plainReading(target, types) : { columns: target.columns, formats: target.formats }
  const { sheet, headerRow } = target.input.kind === 'file' ? target.input : {}
  const input: Model['input'] = {
    kind: 'file',
    path,
    ...(sheet && isWorkbook(path) && { sheet }),
    ...(headerRow && !types && hasHeaderRow(path) && { headerRow }),
  }
  const changed: Model = { ...target, ...reading, input }
  const header: DataHeader = readHeader(path, ownReading(changed))
  return {
    ...snapshot,
    project: { ...snapshot.project, models: models.map((model) => (model === target ? changed : model)) },
    headers: new Map(snapshot.headers).set(path, header),
  }
}

/** Values as JSON has them: these types, dates as ISO text; texts that are numbers or missing are those of the model's own data. */
function plainReading(
  { columns, formats, input }: Model,
  types: Readonly<Record<string, ValueType>>,
): Pick<Model, 'columns' | 'formats'> {
  const isFile = input.kind === 'file'
  const unwritten = ({ format: _, missing, ...spec }: ColumnSpec) => ({
    ...spec,
    ...(isFile && missing && { missing }),
  })
  const plain = Object.entries(columns).map(([name, spec]) => [name, unwritten(spec)] as const)
  const typed = Object.entries(types).map(
    ([name, type]) => [name, { ...unwritten(columns[name] ?? {}), type }] as const,
  )
  const { number, missing } = formats
  return {
    columns: Object.fromEntries([...plain, ...typed]),
    formats: { ...(number && { number }), ...(isFile && missing && { missing }) },
  }
}

/** Every model with all its features selected, so that the plan holds them all. */
export function withAllFeatures(analysis: Analysis): Analysis {
  const models = analysis.models.map((analysed): AnalysedModel => {
    const { outputs } = analysed.model
    if (outputs === undefined) return analysed
    const known = new Set(outputs.map(({ name }) => name))
    const others = [...analysed.features.keys()].filter((name) => !known.has(name))
    const all = [...outputs, ...others.map((name) => ({ name, as: name }))]
    return { ...analysed, model: { ...analysed.model, outputs: all } }
  })
  return { ...analysis, models }
}

/** A plan of all features whose outputs are the model's own again, the keys first. */
export function withOutputsOf({ model }: AnalysedModel, plan: Plan): Plan {
  if (model.outputs === undefined) return plan
  const own = new Set(model.outputs.map(({ as }) => as))
  const keys = (plan.groupBy ?? []).filter((name) => !model.outputs?.some((output) => output.name === name))
  return {
    ...plan,
    outputs: [
      ...keys.map((name) => ({ name, as: name, level: 'group' as const })),
      ...plan.outputs.filter(({ as }) => own.has(as)),
    ],
  }
}

/** The table with columns under the names that features read them by, in their places. */
export function withAliases(table: Table, { aliases, requiredInputs, optionalInputs }: Plan): Table {
  if (aliases.length === 0) return table
  const read = new Set([...requiredInputs, ...optionalInputs])
  const columns = [...table.columns].flatMap(([column, data]) => {
    const names = aliases.filter((alias) => alias.column === column).map(({ name }) => name)
    const own = names.length === 0 || read.has(column) ? [column] : []
    return [...own, ...names].map((name) => [name, data] as const)
  })
  return makeTable(columns, table.length)
}
