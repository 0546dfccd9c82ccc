import {
  type AnalysedModel,
  columnsJoined,
  columnsRead,
  type FileInput,
  type HeaderOptions,
  type Join,
  joinReading,
  type ModelInput,
  type ModelResult,
  ownReading,
  type Plan,
  planWithout,
  repeatedKey,
  repeatedKeyText,
  type Span,
  type Table,
} from '@modeldriver/engine'
import type { Data, DataStore } from '../files/data.ts'
import { type Overlay, Unreadable } from '../files/disk.ts'

/** Why a model cannot be computed, said at its input in the manifest, or at `span` there. */
export class CannotRun extends Error {
  constructor(
    message: string,
    readonly code?: string,
    readonly span?: Span,
  ) {
    super(message)
  }
}

/** A table that a model reads. */
export interface ModelRunInput extends Data {
  /** For people: `data/orders.csv` or `daily.outputs`. */
  readonly name: string
  /** The data file, when it is one. */
  readonly path?: string
  /** Columns that an earlier model could not compute, with the reason. */
  readonly failed?: ReadonlyMap<string, string>
}

/** A model that was computed. */
export interface Earlier {
  readonly plan: Plan
  readonly result: ModelResult
  readonly failures: ReadonlyMap<string, { readonly message: string }>
}

export interface TableSources {
  readonly root: string
  readonly data: DataStore
  readonly earlier: readonly Earlier[]
  readonly overlay?: Overlay | undefined
  /** At most so many rows of the model's own data file. */
  readonly sampleRows?: number | undefined
  /** Of a data file read in this way, the columns that are needed. Absent: all. */
  readonly columnsOf?: ((source: FileInput, reading: HeaderOptions) => readonly string[]) | undefined
}

/** For each data file that plans read, and each way in which it is read, the columns that they need of it: it is read once. */
export function neededColumns(
  models: readonly AnalysedModel[],
  plans: readonly Plan[],
): NonNullable<TableSources['columnsOf']> {
  const needed = new Map<string, Set<string>>()
  const keyOf = ({ path }: FileInput, reading: HeaderOptions) => JSON.stringify([path, reading])
  const need = (source: ModelInput, reading: HeaderOptions, columns: readonly string[]) => {
    if (source.kind !== 'file') return
    const key = keyOf(source, reading)
    needed.set(key, new Set([...(needed.get(key) ?? []), ...columns]))
  }
  for (const plan of plans) {
    const model = models.find((each) => each.model.name === plan.model)?.model
    if (!model) continue
    need(model.input, ownReading(model), columnsRead(plan))
    for (const planned of plan.joins ?? []) {
      const join = model.joins?.[planned.join] as Join
      need(join.source, joinReading(model, join), columnsJoined(planned))
    }
  }
  return (source, reading) => [...(needed.get(keyOf(source, reading)) ?? [])].sort()
}

/** The input table of a model. @throws CannotRun */
export async function inputOf({ model }: AnalysedModel, sources: TableSources): Promise<ModelRunInput> {
  const { name } = model
  const limit = sources.sampleRows ?? Number.POSITIVE_INFINITY
  if (model.input.kind === 'none')
    throw new CannotRun(`Model '${name}' has no data to run on: name a file in "data".`, 'MD026')
  return tableOf(model.input, name, { reading: ownReading(model), limit }, sources)
}

/** The tables that a plan joins, by their place in the model's `joins`, each with one row per key. @throws CannotRun */
export async function joinedOf(
  { model }: AnalysedModel,
  { joins = [] }: Plan,
  sources: TableSources,
): Promise<ReadonlyMap<number, ModelRunInput>> {
  const inputs = new Map<number, ModelRunInput>()
  for (const planned of joins) {
    const join = model.joins?.[planned.join] as Join
    // A sample of the joined rows would lose matches, so all are read.
    const how = { reading: joinReading(model, join), limit: Number.POSITIVE_INFINITY }
    const input = await tableOf(join.source, model.name, how, sources, join.from.span)
    const on = planned.on.map(({ column }) => column)
    const twice = repeatedKey(input.table, on)
    if (twice)
      throw new CannotRun(
        repeatedKeyText(`Model '${model.name}'`, input.name, input.table, on, twice),
        'MD031',
        join.from.span,
      )
    inputs.set(planned.join, input)
  }
  return inputs
}

async function tableOf(
  source: Exclude<ModelInput, { kind: 'none' }>,
  model: string,
  { reading, limit }: { readonly reading: HeaderOptions; readonly limit: number },
  { root, data, earlier, overlay, columnsOf }: TableSources,
  span?: Span,
): Promise<ModelRunInput> {
  if (source.kind === 'model') {
    const name = `${source.model}.${source.table}`
    const before = earlier.find((run) => run.plan.model === source.model)
    const table = before?.result[source.table]
    if (before === undefined || table === undefined)
      throw new CannotRun(
        `Model '${model}' reads ${name}, which was not made because model '${source.model}' did not run.`,
        'MD009',
        span,
      )
    return {
      name,
      table,
      rejected: [],
      notes: [],
      warnings: [],
      rows: table.length,
      unread: 0,
      failed: failedColumns(before),
    }
  }
  const { path } = source
  const file = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path
  const name = source.sheet ? `${file}, sheet '${source.sheet.name}'` : file
  const only = columnsOf?.(source, reading)
  try {
    return { name, path, ...(await data.read(path, { ...reading, limit, ...(only && { only }) }, overlay)) }
  } catch (error) {
    if (error instanceof Unreadable) throw new CannotRun(`Cannot read ${file}: ${error.message}.`, 'MD026', span)
    throw error
  }
}

/** Columns of a table that an earlier model should have made and could not, with the reason. */
function failedColumns({ plan, failures }: Earlier): ReadonlyMap<string, string> {
  const renamed = plan.outputs.flatMap(({ name, as }) => {
    const failure = failures.get(name)
    return failure ? [[as, failure.message] as const] : []
  })
  return new Map([...[...failures].map(([name, { message }]) => [name, message] as const), ...renamed])
}

/** The plan without what an earlier model could not compute for it. @throws CannotRun when a column or a key is not there */
export function planOn(
  { frames }: AnalysedModel,
  table: Table,
  plan: Plan,
  { input, joined }: { readonly input: ModelRunInput; readonly joined: ReadonlyMap<number, ModelRunInput> },
): Plan {
  const columnOf = (name: string) => plan.aliases.find((alias) => alias.name === name)?.column ?? name
  const own = [...plan.requiredInputs, ...plan.optionalInputs]
    .filter((name) => !table.columns.has(name))
    .map((name) => ({ name, from: input, column: columnOf(name), isNeeded: plan.requiredInputs.includes(name) }))
  const brought = (plan.joins ?? []).flatMap(({ join, on, columns }) => {
    const from = joined.get(join) as ModelRunInput
    const key = on.find(({ column }) => !from.table.columns.has(column))?.column
    return columns
      .map(({ name, column }) => ({ name, from, column: key ?? column, isNeeded: true }))
      .filter(({ column }) => !from.table.columns.has(column))
  })
  const absent = [...own, ...brought]
  const unknown = absent.filter(({ from, column, isNeeded }) => isNeeded && !from.failed?.has(column))
  const [first] = unknown
  if (first) {
    const them = unknown.filter(({ from }) => from === first.from).map(({ column }) => `'${column}'`)
    const open = [...frames].flatMap(([name, { declared }]) => (declared ? [] : `'${name}'`))
    const todo =
      open.length > 0
        ? ` A table function makes it? Then "frames" must say what ${open.join(', ')} reads and makes.`
        : ''
    throw new CannotRun(
      `Model '${plan.model}' needs ${them.join(', ')}, which ${first.from.name} does not have.${todo}`,
      'MD001',
    )
  }
  const unavailable = new Map(
    absent.flatMap(({ name, from, column }) => {
      const reason = from.failed?.get(column)
      return reason === undefined ? [] : [[name, reason] as const]
    }),
  )
  const possible = unavailable.size === 0 ? plan : planWithout(plan, unavailable)
  if (possible) return possible
  const [key, reason] = [...unavailable].find(([name]) => plan.groupBy?.includes(name)) ?? []
  throw new CannotRun(`Model '${plan.model}' has no groups, because '${key}' could not be computed: ${reason}`, 'MD027')
}
