import type { Plan, Step, StepInput } from '../ir/plan.ts'
import { makeTable, takeCells } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { type GroupIndex, type GroupOrder, groupIndex, groupOrder } from './groups.ts'
import type { BufferPool } from './pool.ts'
import { type ColumnStore, storeOf } from './store.ts'

/** The two tables while they are filled, and what is worked out once for all steps: groups, their order, columns in it. */
export class Workspace {
  readonly rows: number
  readonly keys: readonly string[]
  readonly #buffers: BufferPool | undefined
  readonly #hasGroups: boolean
  readonly #input: Table
  readonly #aliases: ReadonlyMap<string, string>
  readonly #rowFeatures = new Map<string, ColumnData>()
  readonly #groupColumns = new Map<string, ColumnData>()
  readonly #constants = new Map<string, ColumnData>()
  readonly #ordered = new Map<ColumnData, ColumnStore>()
  #index: GroupIndex | undefined
  #order: GroupOrder | undefined

  constructor(plan: Plan, input: Table, buffers: BufferPool | undefined) {
    this.#buffers = buffers
    this.rows = input.length
    this.keys = plan.groupBy ?? []
    this.#hasGroups = plan.groupBy !== undefined
    this.#input = input
    this.#aliases = new Map(plan.aliases.map(({ name, column }) => [name, column]))
  }

  /** A column of the data or a row feature. */
  row(name: string): ColumnData | undefined {
    const { columns } = this.#input
    return this.#rowFeatures.get(name) ?? columns.get(name) ?? columns.get(this.#aliases.get(name) ?? name)
  }

  /** A group feature or key column. */
  group(name: string): ColumnData | undefined {
    this.groups()
    return this.#groupColumns.get(name)
  }

  constant(name: string): ColumnData | undefined {
    return this.#constants.get(name)
  }

  /** What a name stands for at row level. */
  column(name: string): ColumnData | undefined {
    const constant = this.#constants.get(name)
    return constant ? repeated(constant, this.rows) : this.row(name)
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
    if (this.#index || !this.#hasGroups) return this.#index
    const keys = this.keys.map((name) => this.row(name))
    if (!keys.every((key) => key !== undefined)) return undefined
    const index = groupIndex(keys, this.rows)
    this.#index = index
    for (const [i, key] of keys.entries()) {
      this.#groupColumns.set(this.keys[i] as string, takeCells(key, index.firstRows))
    }
    return index
  }

  keyColumns(): ReadonlyMap<string, ColumnData> {
    return new Map(this.keys.flatMap((name) => [[name, this.group(name)] as const]).filter(isPresent))
  }

  /** Where each group begins, in the order in which `inOrder` puts values. */
  offsets(groups: GroupIndex): Int32Array {
    this.#order ??= groupOrder(groups)
    return this.#order.offsets
  }

  /** The values of a row-level column, group by group. */
  inOrder(column: ColumnData, groups: GroupIndex): ColumnStore {
    let store = this.#ordered.get(column)
    if (!store) {
      this.#order ??= groupOrder(groups)
      const { places, offsets } = this.#order
      store = storeOf(column, places, offsets[groups.count], this.#buffers?.take)
      this.#ordered.set(column, store)
    }
    return store
  }

  /** Gives back what only this computation used. */
  release(): void {
    for (const { values } of this.#ordered.values()) this.#buffers?.give(values)
    this.#ordered.clear()
  }

  /** Input columns, row features, constants. */
  rowTable(): Table {
    const constants = [...this.#constants].map(([name, column]) => [name, repeated(column, this.rows)] as const)
    return makeTable([...this.#input.columns, ...this.#rowFeatures, ...constants], this.rows)
  }

  /** Key columns, group features, constants; without rows and columns when a key could not be computed. */
  groupTable(): Table | undefined {
    if (!this.#hasGroups) return undefined
    const count = this.groups()?.count ?? 0
    if (!this.#index) return makeTable([], 0)
    const constants = [...this.#constants].map(([name, column]) => [name, repeated(column, count)] as const)
    return makeTable([...this.#groupColumns, ...constants], count)
  }
}

function repeated(constant: ColumnData, length: number): ColumnData {
  return takeCells(constant, new Int32Array(length))
}

function isPresent<T>(entry: readonly [string, T | undefined]): entry is readonly [string, T] {
  return entry[1] !== undefined
}
