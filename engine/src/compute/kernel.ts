import type { ColumnData } from '../table/table.ts'
import { Column, indexedColumn, moveView } from './column.ts'
import type { GroupIndex } from './groups.ts'
import type { FeatureFunction } from './host.ts'
import { functionOf, loopText } from './loops.ts'
import type { Neighbours } from './neighbours.ts'
import type { BufferPool } from './pool.ts'
import { allMissing, makeSink, missingIn, WrongResult } from './sink.ts'
import type { ColumnStore } from './store.ts'

/** One argument of a feature's function, for all items (rows or groups) of a loop. */
export type Argument =
  /** The item's cell; with `groups` the cell of the item's group. */
  | {
      readonly kind: 'cells'
      readonly column: ColumnData
      readonly groups?: GroupIndex
      /** What a missing value is passed as, `found`: as an aggregate gives it; absent: the function is not called. */
      readonly missing?: { readonly value: undefined | null | number } | 'found'
    }
  /** The same value for every item; `undefined` for an absent one. */
  | { readonly kind: 'fixed'; readonly value: unknown }
  /** A missing value for every item, which the function does not accept: nothing is called. */
  | { readonly kind: 'skip' }
  /** A `Column` of the item's rows. */
  | {
      readonly kind: 'view'
      readonly store: ColumnStore
      readonly offsets: Int32Array
      /** Where groups stand in an order: those around the item. */
      readonly neighbours?: Neighbours
    }

export interface Kernel {
  readonly feature: string
  readonly call: FeatureFunction
  /** Names of the arguments, for functions that take them as one object. */
  readonly names?: readonly string[]
  readonly arguments: readonly Argument[]
  readonly length: number
  readonly buffers: BufferPool | undefined
}

/** A loop that stopped: at which item, and why. */
export class LoopFailure extends Error {
  readonly index: number
  readonly reason: unknown
  constructor(index: number, reason: unknown) {
    super('The loop stopped.')
    this.index = index
    this.reason = reason
  }
}

/**
 * Calls the function for every item and gives the column of its results. Throws `LoopFailure`.
 *
 * The loop is generated, with a text of its own, for the arguments of this kernel and for nothing that they do not need.
 */
export function runKernel(kernel: Kernel): ColumnData {
  const { length } = kernel
  if (kernel.arguments.some(({ kind }) => kind === 'skip')) return allMissing(length)
  const sink = makeSink(length, kernel.buffers)
  const failed = (index: number, reason: unknown): never => {
    throw new LoopFailure(index, reason)
  }
  const values = new Map<string, unknown>([
    ['f', kernel.call],
    ['n', length],
    ['out', sink.numbers],
    ['keep', sink.keep],
    ['finish', sink.finish],
    ['failed', failed],
  ])
  const body = kernelText(kernel, values)
  try {
    return loopOf(kernel, [...values.keys()], body)(...values.values())
  } catch (error) {
    throw error instanceof WrongResult ? new LoopFailure(error.index, error) : error
  }
}

type Loop = (...values: unknown[]) => ColumnData

const loops = new WeakMap<FeatureFunction, Map<string, Loop>>()

/**
 * Code for a loop, kept as long as the author's function lives: the next run with the same function starts with what V8 has
 * learnt. Another function of the same name gets a text, and so a loop, of its own.
 */
function loopOf({ call, feature }: Kernel, parameters: readonly string[], body: string): Loop {
  const known = loops.get(call) ?? new Map<string, Loop>()
  loops.set(call, known)
  const loop = known.get(body) ?? functionOf<Loop>(feature, parameters, body)
  known.set(body, loop)
  return loop
}

/** A function of more text is called in one place only: V8 puts so much code into a loop and no more. */
const shortText = 400

/** `revenue[i]`: elements by index come from an array. Of what a method gives, as in `revenue.sort()[0]`, few are asked. */
const indexesNames = /[\w$](?:\?\.)?\[/

/** for each item: skip it when a strict input is missing, else out[i] = f(inputs) */
function kernelText(kernel: Kernel, values: Map<string, unknown>): string {
  const cells: CellText[] = []
  const views: string[] = []
  const passed: string[] = []
  const text = kernel.call.toString()
  for (const [j, argument] of kernel.arguments.entries()) {
    if (argument.kind === 'fixed') {
      if (argument.value !== undefined) values.set(`c${j}`, argument.value)
      passed.push(argument.value === undefined ? 'undefined' : `c${j}`)
    } else if (argument.kind === 'view') {
      const { store, neighbours } = argument
      const place = neighbours && { neighbours, group: -1 }
      values.set(`w${j}`, new Column(store, 0, 0, place))
      if (place) {
        values.set(`p${j}`, place)
        views.push(`p${j}.group = i`)
      }
      values.set(`s${j}`, argument.offsets)
      values.set('moveView', moveView)
      values.set('indexedColumn', indexedColumn)
      views.push(`moveView(w${j}, s${j}[i], s${j}[i + 1] - s${j}[i])`)
      passed.push(indexesNames.test(text) ? `indexedColumn(w${j})` : `w${j}`)
    } else if (argument.kind === 'cells') {
      const own = cellText(j, argument, values)
      cells.push(own)
      passed.push(own.value)
    }
  }
  const { names } = kernel
  const given = names
    ? `{ ${passed.flatMap((value, j) => (value === 'undefined' ? [] : [`[${JSON.stringify(names[j])}]: ${value}`])).join(', ')} }`
    : passed.join(', ')
  const call = `${[...views, ...cells.flatMap(({ prepare }) => prepare)].join('; ')}
      const y = f(${given})
      if (typeof y === 'number' && y - y === 0) out[i] = y
      else if (typeof y === 'boolean' && flags !== undefined) { flags[i] = y ? 1 : 0; flagged++ }
      else flags = keep(i, y)`
  const tests = cells.flatMap(({ present }) => present)
  const item = `${cells.map(({ read }) => read).join('; ')}
      ${tests.length === 0 ? call : `if (${tests.join(' && ')}) { ${call} } else { out[i] = NaN; skipped++ }`}`
  const copies = views.length === 0 && text.length <= shortText ? 4 : 1
  return `let i = 0, skipped = 0, flagged = 0, flags
try {
${loopText(item, copies)}} catch (error) { failed(i, error) }
return finish(skipped, flagged)`
}

interface CellText {
  /** Declares the cell as it is stored. */
  readonly read: string
  /** Tests without which the function is not called. */
  readonly present: readonly string[]
  readonly prepare: readonly string[]
  readonly value: string
}

function cellText(
  j: number,
  { column, groups, missing }: Extract<Argument, { kind: 'cells' }>,
  values: Map<string, unknown>,
): CellText {
  const { type } = column
  const isDate = type === 'date' || type === 'datetime'
  values.set(`v${j}`, type === 'string' ? column.codes : column.values)
  if (groups) values.set(`k${j}`, groups.codes)
  if (type === 'string') values.set(`d${j}`, column.dictionary)
  if (isDate) values.set(`t${j}`, new Date(0))

  const x = `x${j}`
  const given = { string: `d${j}[${x}]`, boolean: `${x} === 1`, other: isDate ? `t${j}` : x }
  const there = { string: `${x} >= 0`, boolean: `${x} !== 2`, other: `${x} === ${x}` }
  const kind = type === 'string' || type === 'boolean' ? type : 'other'
  const prepare = isDate ? [`t${j}.setTime(${x})`] : []
  const mayMiss = missingIn(column) > 0
  const isPartial = groups !== undefined && groups.rowsWithoutKey > 0
  if (missing && (mayMiss || isPartial)) {
    const absent = { string: '-1', boolean: '2', other: 'NaN' }[kind]
    const read = `const ${x} = ${!groups ? `v${j}[i]` : isPartial ? `k${j}[i] < 0 ? ${absent} : v${j}[k${j}[i]]` : `v${j}[k${j}[i]]`}`
    // Found is NaN as it is, a date of it, and of texts what stands at -1.
    const isAsItIs = missing === 'found' && kind !== 'boolean'
    const nothing = missing === 'found' ? undefined : missing.value
    return {
      read,
      present: [],
      prepare,
      value: isAsItIs ? given[kind] : `(${there[kind]} ? ${given[kind]} : ${nothing})`,
    }
  }
  const present = mayMiss ? [there[kind]] : []
  if (!isPartial)
    return { read: `const ${x} = v${j}[${groups ? `k${j}[i]` : 'i'}]`, present, prepare, value: given[kind] }
  // Read where the test of its group stands: a value that may be of no group would be of two kinds.
  const place = `g${j}`
  return {
    read: `const ${place} = k${j}[i]; let ${x} = 0`,
    present: [`${place} >= 0`, `(${x} = v${j}[${place}], ${present[0] ?? 'true'})`],
    prepare,
    value: given[kind],
  }
}
