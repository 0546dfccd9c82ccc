import type { ColumnData } from '../table/table.ts'
import { Column, indexedColumn, moveView } from './column.ts'
import type { FeatureFunction } from './host.ts'
import type { BufferPool } from './pool.ts'
import { allMissing, makeSink, missingIn, WrongResult } from './sink.ts'
import type { ColumnStore } from './store.ts'

/** One argument of a feature's function, for all items (rows or groups) of a loop. */
export type Argument =
  /** The item's cell; `through[i]`, when given, is the cell's place (-1: missing). */
  | {
      readonly kind: 'cells'
      readonly column: ColumnData
      readonly through?: Int32Array
      /** What a missing value is passed as; absent: the function is not called. */
      readonly missing?: { readonly value: undefined | null | number }
    }
  /** The same value for every item; `undefined` for an absent one. */
  | { readonly kind: 'fixed'; readonly value: unknown }
  /** A missing value for every item, which the function does not accept: nothing is called. */
  | { readonly kind: 'skip' }
  /** A `Column` of the item's rows. */
  | { readonly kind: 'view'; readonly store: ColumnStore; readonly offsets: Int32Array }

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
 * The loop is generated, with a text of its own (V8 shares what it learns between functions of equal text, which makes the
 * fifth feature several times slower than the first), and everything it reads is a constant of its closure.
 */
export function runKernel(kernel: Kernel): ColumnData {
  const { length } = kernel
  if (kernel.arguments.some(({ kind }) => kind === 'skip')) return allMissing(length)
  const sink = makeSink(length, kernel.buffers)
  const failed = (index: number, reason: unknown): never => {
    throw new LoopFailure(index, reason)
  }
  const constants = new Map<string, unknown>([
    ['f', kernel.call],
    ['n', length],
    ['out', sink.numbers],
    ['keep', sink.keep],
    ['skip', sink.skip],
    ['failed', failed],
  ])
  const body = loopText(kernel, constants)
  loopMaker(kernel, [...constants.keys()], body)(...constants.values())()
  try {
    return sink.finish()
  } catch (error) {
    throw error instanceof WrongResult ? new LoopFailure(error.index, error) : error
  }
}

type LoopMaker = (...constants: unknown[]) => () => void

const makers = new WeakMap<FeatureFunction, Map<string, LoopMaker>>()
let loops = 0

/**
 * Code for a loop, kept as long as the author's function lives: the next run with the same function starts with what V8 has
 * learnt. Another function of the same name gets a text, and so a loop, of its own.
 */
function loopMaker({ call, feature }: Kernel, names: readonly string[], body: string): LoopMaker {
  const known = makers.get(call) ?? new Map<string, LoopMaker>()
  makers.set(call, known)
  let make = known.get(body)
  if (!make) {
    const own = `${feature.replace(/[^\w$]/g, '_')}_${++loops}`
    const text = `return function loop_${own}() {\n${body}\n}\n//# sourceURL=modeldriver-loop/${own}.js`
    make = new Function(...names, text) as LoopMaker
    known.set(body, make)
  }
  return make
}

/** for each item: skip it when a strict input is missing, else out[i] = f(inputs) */
function loopText(kernel: Kernel, constants: Map<string, unknown>): string {
  const reads: string[] = []
  const passed: string[] = []
  const usesIndexes = kernel.call.toString().includes('[')
  for (const [j, argument] of kernel.arguments.entries()) {
    if (argument.kind === 'fixed') {
      if (argument.value === undefined) passed.push('undefined')
      else {
        constants.set(`c${j}`, argument.value)
        passed.push(`c${j}`)
      }
    } else if (argument.kind === 'view') {
      constants.set(`w${j}`, new Column(argument.store, 0, 0))
      constants.set(`s${j}`, argument.offsets)
      constants.set('moveView', moveView)
      constants.set('indexedColumn', indexedColumn)
      reads.push(`moveView(w${j}, s${j}[i], s${j}[i + 1] - s${j}[i])`)
      passed.push(usesIndexes ? `indexedColumn(w${j})` : `w${j}`)
    } else if (argument.kind === 'cells') {
      const { statements, value } = cellText(j, argument, constants)
      reads.push(...statements)
      passed.push(value)
    }
  }
  const { names } = kernel
  const given = names
    ? `{ ${passed.flatMap((value, j) => (value === 'undefined' ? [] : [`[${JSON.stringify(names[j])}]: ${value}`])).join(', ')} }`
    : passed.join(', ')
  return `  let i = 0
  try {
    for (; i < n; i++) {
      ${reads.join('\n      ')}
      const y = f(${given})
      if (typeof y === 'number' && y - y === 0) out[i] = y
      else keep(i, y)
    }
  } catch (error) { failed(i, error) }`
}

function cellText(
  j: number,
  { column, through, missing }: Extract<Argument, { kind: 'cells' }>,
  constants: Map<string, unknown>,
): { statements: readonly string[]; value: string } {
  const isText = column.type === 'string'
  constants.set(`v${j}`, isText ? column.codes : column.values)
  if (through) constants.set(`k${j}`, through)
  const absent = isText ? '-1' : column.type === 'boolean' ? '2' : 'NaN'
  const read = through ? `(k${j}[i] < 0 ? ${absent} : v${j}[k${j}[i]])` : `v${j}[i]`
  const statements = [`const x${j} = ${read}`]
  const test = isText ? `x${j} < 0` : column.type === 'boolean' ? `x${j} === 2` : `x${j} !== x${j}`
  const mayMiss = through !== undefined || missingIn(column) > 0
  if (mayMiss && !missing) statements.push(`if (${test}) { skip(i); continue }`)

  let value = `x${j}`
  if (isText) {
    constants.set(`d${j}`, column.dictionary)
    value = `d${j}[x${j}]`
  } else if (column.type === 'boolean') value = `x${j} === 1`
  else if (column.type === 'date' || column.type === 'datetime') {
    constants.set(`t${j}`, new Date(0))
    statements.push(`t${j}.setTime(x${j})`)
    value = `t${j}`
  }
  if (mayMiss && missing) value = `(${test} ? ${missing.value} : ${value})`
  return { statements, value }
}
