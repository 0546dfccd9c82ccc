import { WrongType } from '../functions/wrongType.ts'
import { aggregateNames, vectorNames } from '../ir/expression.ts'
import type { Step } from '../ir/plan.ts'
import { cellObject } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { type Argument, LoopFailure } from './kernel.ts'
import type { FeatureError } from './report.ts'
import { WrongResult } from './sink.ts'
import { itemOf } from './store.ts'
import type { Origin } from './workspace.ts'

/** What an author is told when a feature's loop stopped. */
export interface FailureContext {
  readonly step: Step
  readonly arguments: readonly Argument[]
  /** Names of the arguments. */
  readonly names: readonly string[]
  /** The row or group at which item `index` of the loop stands. */
  readonly itemOf: (index: number) => number
  /** Key columns with one row per group; absent for row features. */
  readonly keys?: ReadonlyMap<string, ColumnData>
  /** The table function that makes the feature, which is what fails. */
  readonly frame?: string
  readonly originOf: (input: string) => Origin
}

/** A table that is not what the function says it makes: a phrase after the function's name. */
export class WrongTable extends Error {}

export function featureError(error: unknown, context: FailureContext): FeatureError {
  const { step, frame } = context
  const name = frame ?? step.feature
  if (error instanceof WrongTable) return { kind: 'wrong-result', message: `'${name}' ${error.message}` }
  if (isTimeOut(error)) {
    const message = `'${name}' was stopped because it took too long. Look for a loop that does not end.`
    return { kind: 'time-out', message }
  }
  if (!(error instanceof LoopFailure)) {
    return { kind: 'threw', message: sentence(`'${name}' failed: ${reasonOf(error)}`), ...stackOf(error) }
  }
  const item = context.itemOf(error.index)
  const place = placeText(context, item)
  const at = {
    ...(step.level === 'row' ? { row: item } : step.level === 'group' ? { group: item } : {}),
    inputs: inputTexts(context, error.index),
  }
  const { reason } = error
  if (reason instanceof WrongResult) {
    const must = reason.isList && step.level === 'group' ? 'a group feature must return one' : reason.advice
    return { kind: 'wrong-result', message: `'${name}' ${reason.what}${place}; ${must}.`, ...at }
  }
  const where = `'${name}' failed${place}:`
  const wrong = reason instanceof WrongType ? reason : noDate(reason)
  if (!wrong)
    return {
      kind: 'threw',
      message: sentence(`${where} ${reasonOf(reason)}${hint(reason, step)}`),
      ...stackOf(reason),
      ...at,
    }
  const slip = slipOf(where, wrong, context, error.index)
  const origin = slip.slip && context.names.includes(slip.slip.input) ? context.originOf(slip.slip.input) : 'manifest'
  const advice = origin === 'manifest' ? wrong.advice : giveOthers(slip.slip?.input ?? '', wrong.wanted, origin)
  return { kind: 'threw', message: `${where} ${wrong.said} ${advice}`, ...stackOf(reason), ...at, ...slip }
}

/** What to do about values of another type where no manifest says how they are read. */
export function giveOthers(input: string, wanted: WrongType['wanted'], origin: Exclude<Origin, 'manifest'>): string {
  const values = wanted === 'number' ? 'numbers' : 'dates'
  return origin === 'table' ? `Give the table ${values}.` : `'${input}' is a feature: let it give ${values}.`
}

/** What the model lacks for a feature, known before its loop begins. */
export function cannotCompute(feature: string, error: unknown): FeatureError {
  const what = `'${feature}' cannot be computed:`
  const message = sentence(`${what} ${reasonOf(error)}`)
  return { kind: 'threw', message, ...(error instanceof WrongType && slipOf(what, error)) }
}

function slipOf(
  what: string,
  { said, wanted, of, todo }: WrongType,
  { arguments: values, names }: Pick<FailureContext, 'arguments' | 'names'> = { arguments: [], names: [] },
  index = 0,
): Pick<FeatureError, 'slip'> {
  const input =
    'input' in of
      ? of.input
      : names.find((_, at) => {
          const argument = values[at]
          return argument?.kind === 'cells' && cellAt(argument, index) === of.value
        })
  return input === undefined ? {} : { slip: { said: `${what} ${said}`, input, wanted, ...(todo && { todo }) } }
}

/** Another column of a table function that failed. */
export function frameFailed(feature: string, frame: string, cause: string): FeatureError {
  return {
    kind: 'input-failed',
    message: `'${feature}' is not computed: the table function '${frame}', which makes it, failed.`,
    cause,
  }
}

/** Why a feature is not computed although nothing is wrong with it. */
export function inputFailed(feature: string, input: string, cause: string): FeatureError {
  const through = input === cause ? '' : `, which needs '${cause}'`
  return {
    kind: 'input-failed',
    message: `'${feature}' is not computed: it needs '${input}'${through}, which failed.`,
    cause,
  }
}

/** A column that the data does not have after all. */
export function inputMissing(feature: string, input: string): FeatureError {
  return {
    kind: 'input-failed',
    message: `'${feature}' is not computed: there is no column '${input}' in the data.`,
    cause: input,
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function isTimeOut(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : `it threw ${String(error)}`
}

function stackOf(error: unknown): { stack?: string } {
  return error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}
}

/** A method of dates was called on something else. */
function noDate(error: unknown): WrongType | undefined {
  const called =
    error instanceof TypeError
      ? /([\w$]+)\.(?:get(?:UTC)?(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Time)|toISOString) is not a function/.exec(
          error.message,
        )
      : null
  const [, input] = called ?? []
  if (input === undefined) return undefined
  return new WrongType(
    `${reasonOf(error)}. '${input}' is no date here.`,
    `Give the table dates, or say in the manifest how they are written, for example "columns": { "${input}": { "type": "datetime", "format": "MM/dd/yyyy HH:mm" } }.`,
    'Date',
    { input },
  )
}

/** In a row feature an input is one value: say so when a column's method is called on it. */
function hint(error: unknown, step: Step): string {
  const called = error instanceof TypeError ? /([\w$]+)\.(\w+) is not a function/.exec(error.message) : null
  const [, input, method] = called ?? []
  if (step.level !== 'row' || ![...aggregateNames, ...vectorNames].some((name) => name === method)) return ''
  return `. In a row feature '${input}' is one value: move '${input}.${method}()' into a feature of its own marked //#agg, and take that as input`
}

function placeText({ step, keys }: FailureContext, item: number): string {
  if (step.level === 'constant') return ''
  if (step.level === 'row') return ` at row ${item + 1}`
  return keyText(keys ?? new Map(), item)
}

/** ` for pin 'A1'`. */
export function keyText(keys: ReadonlyMap<string, ColumnData>, item: number): string {
  const parts = [...keys].map(([name, column]) => `${name} ${valueText(cellObject(column, item))}`)
  return parts.length === 0 ? ' for the whole table' : ` for ${parts.join(', ')}`
}

function inputTexts({ arguments: values, names }: FailureContext, index: number): Readonly<Record<string, string>> {
  const texts: [string, string][] = []
  for (const [j, argument] of values.entries()) {
    const name = names[j]
    const shown = argumentText(argument, index)
    if (name !== undefined && shown !== undefined) texts.push([name, shown])
  }
  return Object.fromEntries(texts)
}

/** Undefined for an argument that was not passed. */
function argumentText(argument: Argument, index: number): string | undefined {
  if (argument.kind === 'skip') return undefined
  if (argument.kind === 'fixed') return argument.value === undefined ? undefined : valueText(argument.value)
  if (argument.kind === 'cells') {
    return valueText(cellAt(argument, index))
  }
  const { store, offsets } = argument
  const start = offsets[index] as number
  const count = (offsets[index + 1] as number) - start
  const shown = Array.from(store.values.subarray(start, start + Math.min(count, 5)), (value) =>
    valueText(itemOf(store, value)),
  )
  return `[${shown.join(', ')}${count > 5 ? `, … ${count} values` : ''}]`
}

const cellAt = ({ column, groups }: Extract<Argument, { kind: 'cells' }>, index: number): unknown =>
  cellObject(column, groups ? (groups.codes[index] as number) : index)

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'missing'
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`
  return value instanceof Date ? value.toISOString().replace('T00:00:00.000Z', '') : String(value)
}
