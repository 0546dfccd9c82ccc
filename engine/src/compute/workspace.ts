import type { JoinedColumn, Plan, PlannedJoin, Step, StepInput } from '../ir/plan.ts'
import { makeTable, takeCells } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { type GroupIndex, type GroupOrder, groupIndex, groupOrder } from './groups.ts'
import type { ComputeHost } from './host.ts'
import { KeyMismatch, matchRows } from './join.ts'
import type { Neighbours } from './neighbours.ts'
import { type ColumnStore, storeOf } from './store.ts'
import { type GroupSequence, groupsBefore, sequenceOf } from './windows.ts'

type HostOfColumns = Pick<ComputeHost, 'buffers' | 'memory' | 'hasManifest'>

/** Who can give a column other values: the manifest that says how it is read, whoever gave its table, or the feature that makes it. */
export type Origin = 'manifest' | 'table' | 'feature'

/** The two tables while they are filled, and what is worked out once for all steps: groups, their order, columns in it. */
export class Workspace {
  readonly rows: number
  readonly keys: readonly string[]
  /** What table functions made, by their names. */
  readonly frames = new Map<string, ReadonlyMap<string, ColumnData>>()
  readonly #host: HostOfColumns
  readonly #hasGroups: boolean
  readonly #input: Table
  readonly #aliases: ReadonlyMap<string, string>
  readonly #rowFeatures = new Map<string, ColumnData>()
  readonly #groupColumns = new Map<string, ColumnData>()
  readonly #constants = new Map<string, ColumnData>()
  readonly #groupOrder: readonly string[]
  #sequence: GroupSequence | undefined
  #held: ReadonlyMap<string, ColumnData> = new Map()
  readonly #ordered = new Map<ColumnData, ColumnStore>()
  readonly #joined: ReadonlyMap<
    string,
    { readonly join: PlannedJoin; readonly own: JoinedColumn; readonly table: Table }
  >
  readonly #matches = new Map<string, Int32Array>()
  #index: GroupIndex | undefined
  #whole: GroupIndex | undefined
  #order: GroupOrder | undefined
  #neighbours: Neighbours | undefined

  /** `joined` has the table of each of the plan's joins. */
  constructor(plan: Plan, input: Table, joined: readonly Table[], host: HostOfColumns) {
    this.#host = host
    this.rows = input.length
    this.keys = plan.groupBy ?? []
    this.#hasGroups = plan.groupBy !== undefined
    this.#groupOrder = plan.groupOrder ?? []
    this.#input = input
    this.#aliases = new Map(plan.aliases.map(({ name, column }) => [name, column]))
    this.#joined = new Map(
      (plan.joins ?? []).flatMap((join, at) =>
        join.columns.map((own) => [own.name, { join, own, table: joined[at] as Table }] as const),
      ),
    )
  }

  /** A column of the data, a row feature, or a joined column. @throws KeyMismatch */
  row(name: string): ColumnData | undefined {
    const { columns } = this.#input
    const own =
      this.#held.get(name) ??
      this.#rowFeatures.get(name) ??
      columns.get(name) ??
      columns.get(this.#aliases.get(name) ?? name)
    return own ?? this.#bring(name, 'row')
  }

  /** What a column of the data is called there, and by `columns` in the manifest. */
  header(name: string): string | undefined {
    const { columns } = this.#input
    const header = this.#aliases.get(name) ?? name
    return columns.has(name) || columns.has(header) ? header : undefined
  }

  originOf(name: string): Origin {
    if (this.header(name) === undefined && !this.#joined.has(name)) return 'feature'
    return this.#host.hasManifest === false ? 'table' : 'manifest'
  }

  /** A group feature, key column, or joined column. @throws KeyMismatch */
  group(name: string): ColumnData | undefined {
    this.groups()
    return this.#held.get(name) ?? this.#groupColumns.get(name) ?? this.#bring(name, 'group')
  }

  /** Further values per group or row while `work` is done, which are no columns of the model. */
  holding<T>(columns: ReadonlyMap<string, ColumnData>, work: () => T): T {
    const before = this.#held
    this.#held = columns
    try {
      return work()
    } finally {
      this.#held = before
    }
  }

  /** The key by which a name is joined, if it is. */
  keyOfJoin(name: string): readonly string[] {
    return this.#joined.get(name)?.join.on.map((key) => key.name) ?? []
  }

  /** A joined column, looked up the first time somebody asks; undefined while its key is not there. */
  #bring(name: string, level: 'row' | 'group'): ColumnData | undefined {
    const found = this.#joined.get(name)
    const column = found?.table.columns.get(found.own.column)
    if (!found || !column || found.own.level !== level) return undefined
    const { join, table } = found
    const keys = join.on.flatMap((key) => {
      const [here, there] = [this[level](key.name), table.columns.get(key.column)]
      return here && there ? [{ name: key.name, here, there }] : []
    })
    if (keys.length < join.on.length) return undefined
    const id = `${level} ${join.join}`
    const rows = level === 'row' ? this.rows : (this.groups()?.count ?? 0)
    const sides = keys.flatMap(({ here, there }) => [here, there])
    const matches =
      this.#matches.get(id) ?? this.#shared('matches', sides, [], () => matchRows(keys, rows, table.length))
    this.#matches.set(id, matches)
    const brought = this.#shared('joined', [...sides, column], [rows, table.length], () => takeCells(column, matches))
    const columns = level === 'row' ? this.#rowFeatures : this.#groupColumns
    columns.set(name, brought)
    return brought
  }

  /** Brings the columns that only later models read; one whose key failed is left out. */
  bringAll(): void {
    for (const { own } of this.#joined.values()) {
      try {
        this[own.level](own.name)
      } catch (error) {
        if (!(error instanceof KeyMismatch)) throw error
      }
    }
  }

  constant(name: string): ColumnData | undefined {
    return this.#constants.get(name)
  }

  /** What a name stands for at row level. */
  column(name: string): ColumnData | undefined {
    const constant = this.#constants.get(name)
    return constant ? this.#repeated(constant, this.rows) : this.row(name)
  }

  has({ name, source }: StepInput): boolean {
    if (source === 'row') return this.row(name) !== undefined
    return (source === 'group' ? this.group(name) : this.constant(name)) !== undefined
  }

  put(step: Step, column: ColumnData): void {
    const table = { row: this.#rowFeatures, group: this.#groupColumns, constant: this.#constants }[step.level]
    table.set(step.feature, column)
  }

  /** The groups, from the first time somebody asks; undefined without `group_by`, or while a key is not there. */
  groups(): GroupIndex | undefined {
    if (this.#index) return this.#index
    const keys = this.#keyValues()
    if (!keys) return undefined
    const { index, firsts } = this.#shared('groups', keys, [this.rows], () => {
      const made = groupIndex(keys, this.rows)
      return { index: made, firsts: keys.map((key) => takeCells(key, made.firstRows)) }
    })
    this.#index = index
    for (const [i, first] of firsts.entries()) this.#groupColumns.set(this.keys[i] as string, first)
    return index
  }

  /** What the groups follow from; undefined while a key is not there. */
  groupContent(): readonly unknown[] | undefined {
    const { memory } = this.#host
    const keys = this.#keyValues()
    return memory && keys?.map(memory.contentOf)
  }

  /** What the order of the groups follows from, beside the groups. */
  orderContent(): readonly unknown[] | undefined {
    const { memory } = this.#host
    const columns = this.#groupOrder.map((name) => this.group(name) ?? this.#constants.get(name))
    return memory && [this.keys, this.#groupOrder, columns.map((column) => column && memory.contentOf(column))]
  }

  #keyValues(): readonly ColumnData[] | undefined {
    const keys = this.keys.map((name) => this.row(name))
    return this.#hasGroups && keys.every((key) => key !== undefined) ? keys : undefined
  }

  /** What follows from these columns and values alone is taken from earlier runs. */
  #shared<T extends object>(
    what: string,
    columns: readonly ColumnData[],
    values: readonly unknown[],
    make: () => T,
  ): T {
    const { memory } = this.#host
    return memory ? memory.shared([what, ...columns.map(memory.contentOf), ...values], make) : make()
  }

  /**
   * The groups in the order of the model: within equal keys that the order does not name, when it names some; else all in one row.
   * Throws an `Error` that says what the model lacks.
   */
  sequence(groups: GroupIndex): GroupSequence {
    if (this.#sequence) return this.#sequence
    if (this.#groupOrder.length === 0) throw new Error('it looks at other groups, and the model has no group_order')
    const columnsOf = (names: readonly string[]) =>
      names.map((name) => {
        const column = this.group(name) ?? this.#constants.get(name)
        if (column) return column
        throw new Error(`it looks at other groups, and '${name}' of group_order was not computed before it`)
      })
    const rest = this.keys.filter((key) => !this.#groupOrder.includes(key))
    const apart = rest.length < this.keys.length ? rest : []
    this.#sequence = sequenceOf(columnsOf(apart), columnsOf(this.#groupOrder), groups.count)
    return this.#sequence
  }

  keyColumns(): ReadonlyMap<string, ColumnData> {
    return new Map(this.keys.flatMap((name) => [[name, this.group(name)] as const]).filter(isPresent))
  }

  /** The groups; all rows are one without `group_by`. Undefined while a key is not there. */
  parts(): GroupIndex | undefined {
    if (this.#hasGroups) return this.groups()
    this.#whole ??= groupIndex([], this.rows)
    return this.#whole
  }

  /** Where the rows are in the order in which `inOrder` puts values, and where each group begins. */
  order(groups: GroupIndex): GroupOrder {
    this.#order ??= this.#shared('places', this.#keyValues() ?? [], [this.rows], () => groupOrder(groups))
    return this.#order
  }

  /** The groups before each; undefined where they stand in no order. */
  neighbours(groups: GroupIndex): Neighbours | undefined {
    if (this.#groupOrder.length === 0) return undefined
    let before: Int32Array | undefined
    this.#neighbours ??= {
      offsets: this.order(groups).offsets,
      before: () => {
        before ??= groupsBefore(this.sequence(groups))
        return before
      },
    }
    return this.#neighbours
  }

  /** The values of a row-level column, group by group. */
  inOrder(column: ColumnData, groups: GroupIndex): ColumnStore {
    let store = this.#ordered.get(column)
    if (!store) {
      const { places, offsets } = this.order(groups)
      store = storeOf(column, places, offsets[groups.count], this.#host.buffers?.take)
      this.#ordered.set(column, store)
    }
    return store
  }

  /** Gives back what only this computation used. */
  release(): void {
    for (const { values } of this.#ordered.values()) this.#host.buffers?.give(values)
    this.#ordered.clear()
  }

  /** Input columns, joined columns, row features, constants. */
  rowTable(): Table {
    const constants = [...this.#constants].map(([name, column]) => [name, this.#repeated(column, this.rows)] as const)
    return makeTable(
      [...this.#input.columns, ...withFirst([...this.#joined.keys()], this.#rowFeatures), ...constants],
      this.rows,
    )
  }

  /** Key columns, joined columns, group features, constants; without rows and columns when a key could not be computed. */
  groupTable(): Table | undefined {
    if (!this.#hasGroups) return undefined
    const count = this.groups()?.count ?? 0
    if (!this.#index) return makeTable([], 0)
    const constants = [...this.#constants].map(([name, column]) => [name, this.#repeated(column, count)] as const)
    return makeTable([...withFirst([...this.keys, ...this.#joined.keys()], this.#groupColumns), ...constants], count)
  }

  #repeated(constant: ColumnData, length: number): ColumnData {
    return this.#shared('repeated', [constant], [length], () => takeCells(constant, new Int32Array(length)))
  }
}

/** Which columns were asked for first does not matter. */
function withFirst(
  names: readonly string[],
  columns: ReadonlyMap<string, ColumnData>,
): ReadonlyMap<string, ColumnData> {
  const first = names.map((name) => [name, columns.get(name)] as const).filter(isPresent)
  return new Map([...first, ...columns])
}

function isPresent<T>(entry: readonly [string, T | undefined]): entry is readonly [string, T] {
  return entry[1] !== undefined
}
