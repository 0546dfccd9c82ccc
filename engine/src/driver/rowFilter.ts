import { executeModel } from '../compute/execute.ts'
import { compile, inputsOf } from '../compute/mixed.ts'
import * as library from '../functions/index.ts'
import { mapChildren } from '../ir/children.ts'
import type { Expression, Logic } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Plan, Step } from '../ir/plan.ts'
import { matchHeader } from '../model/names.ts'
import { closest } from '../model/suggest.ts'
import type { FeatureReader } from '../source/reader.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { makeTable } from '../table/columns.ts'
import type { ColumnData, Table } from '../table/table.ts'
import { FilterError, howToWrite, refuseSlips } from './filterSlips.ts'
import { inOwnWords } from './filterWords.ts'

export { FilterError }

/**
 * The numbers of the rows of a table for which a condition over its columns holds, such as `revenue > 100 && region == 'North'`.
 * It is written as a feature's body is, and is never run as code: only what it means is computed. Aggregates are those of the whole
 * table (`revenue > revenue.mean()`). Where a column that it reads is missing it does not hold, unless it asks for that (`cost == null`);
 * beside `||` each side is asked by itself. Dates compare with text: `sold_at >= '2024-03-01'`.
 * @throws FilterError
 */
export function rowsWhere(table: Table, condition: string, reader: FeatureReader = typeScriptReader()): Int32Array {
  try {
    return rowsThat(table, condition, reader)
  } catch (error) {
    const meant = inOwnWords(condition)
    if (!(error instanceof FilterError) || meant === condition || !isAskable(table, meant, reader)) throw error
    throw new FilterError(`This is no condition. Write it as ${meant}`, { cause: error })
  }
}

function isAskable(table: Table, condition: string, reader: FeatureReader): boolean {
  try {
    rowsThat(table, condition, reader)
    return true
  } catch (error) {
    if (error instanceof FilterError) return false
    throw error
  }
}

function rowsThat(table: Table, condition: string, reader: FeatureReader): Int32Array {
  const feature = conditionOf(table, condition, reader)
  if (feature.body.kind !== 'expression') throw new FilterError(notAFormula(feature.body.reason))
  const columns = feature.inputs.map(({ name }) => [name, columnNamed(table, name)] as const)
  const data = columns.map(([name, column]) => [name, table.columns.get(column) as ColumnData] as const)
  refuseSlips(feature.body.expression, new Map(data), table)
  const dates = new Set(data.flatMap(([name, { type }]) => (type === 'date' || type === 'datetime' ? [name] : [])))
  const expression = withDates(feature.body.expression, (name) => dates.has(name))
  const whole = makeTable(data, table.length)
  const held = rowsHeld(towardsLeaves(expression), (part) =>
    rowsOf({ ...feature, body: { kind: 'expression', expression: part } }, whole),
  )
  return Int32Array.from(held.keys()).filter((row) => held[row] === 1)
}

const path = '/filter.features.js'
const holds = 'filter_'

/** The condition as a feature that reads the columns it names. */
function conditionOf(table: Table, condition: string, reader: FeatureReader): Feature {
  const readWith = (columns: readonly string[], imports: readonly string[]): Feature => {
    const feature = read(reader, condition, columns, imports)
    if (feature === undefined) throw new FilterError(`This is no condition. ${howToWrite(table)}`)
    return feature
  }
  const bare = readWith([], [])
  const used = bare.sites.free.filter(({ known }) => !known)
  const isLibrary = ({ name, isCalled }: (typeof used)[number]) => isCalled === true && Object.hasOwn(library, name)
  const imports = [...new Set(used.filter(isLibrary).map(({ name }) => name))]
  const columns = [...new Set(used.filter((site) => !isLibrary(site)).map(({ name }) => name))]
  for (const site of used.filter((each) => !isLibrary(each))) {
    if (site.isCalled && matchHeader(site.name, [...table.columns.keys()]).kind === 'none')
      throw new FilterError(noFunction(site.name))
    columnNamed(table, site.name)
  }
  return readWith(columns, imports)
}

/** The condition as a feature; nothing when it is not a single formula. */
function read(
  reader: FeatureReader,
  condition: string,
  inputs: readonly string[],
  imports: readonly string[],
): Feature | undefined {
  const head = imports.length > 0 ? `import { ${imports.join(', ')} } from 'modeldriver'\n` : ''
  const text = `${head}export const ${holds} = (${inputs.join(', ')}) => (${condition}\n)\n`
  const { features, rejected, syntaxErrors } = reader.read(path, text)
  const [feature] = features
  const isAll = feature && features.length === 1 && text.slice(feature.span.end).trim() === ''
  if (!isAll || rejected.length > 0 || syntaxErrors || condition.trim() === '') return undefined
  return feature
}

const noFunction = (name: string): string =>
  `There is no function '${name}'. Texts have methods, such as name.toLowerCase(), and so have numbers and dates; of its own ModelDriver has ${Object.keys(library).slice(0, 6).join(', ')} and others.`

/** @throws FilterError when no column has this name */
function columnNamed(table: Table, name: string): string {
  const found = matchHeader(name, [...table.columns.keys()])
  if (found.kind === 'one') return found.header
  if (found.kind === 'ambiguous') throw new FilterError(`'${name}' could be ${found.headers.join(' or ')}.`)
  const [near] = closest(name, table.columns.keys())
  const instead =
    near === undefined ? ` To look for a text, write it in quotes: '${name}'.` : ` Did you mean '${near}'?`
  throw new FilterError(`There is no column '${name}'.${instead}`)
}

/** `sold_at >= '2024-03-01'` compares instants. */
function withDates(expression: Expression, isDate: (input: string) => boolean): Expression {
  const inner = mapChildren(expression, (child) => withDates(child, isDate))
  if (inner.kind !== 'compare') return inner
  const { left, right } = inner
  const instants = [instant(left, right, isDate), instant(right, left, isDate)] as const
  return instants[0] && instants[1] ? { ...inner, left: instants[0], right: instants[1] } : inner
}

/** One side of a comparison as epoch milliseconds, when it is a date's and the other side can be told the same way. */
function instant(side: Expression, other: Expression, isDate: (input: string) => boolean): Expression | undefined {
  const isColumn = (each: Expression) => each.kind === 'input' && isDate(each.name)
  if (isColumn(side) || (side.kind === 'call' && side.name === 'date'))
    return other.kind === 'literal' && other.value === null
      ? undefined
      : { kind: 'call', name: 'date.time', args: [side] }
  if (side.kind !== 'literal' || typeof side.value !== 'string' || !isColumn(other)) return undefined
  const time = timeOf(side.value)
  if (time === undefined)
    throw new FilterError(`'${side.value}' is no date. Write it as '2024-03-31' or '2024-03-31 14:30'.`)
  return { kind: 'literal', value: time }
}

/** Epoch milliseconds in UTC of a day that there is, of a year or month its beginning. */
function timeOf(text: string): number | undefined {
  const written = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)Z?)?$/.exec(text)
  if (!written) return undefined
  const [, day = '', clock] = written
  const time = Date.parse(clock === undefined ? day : `${day}T${clock}Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day) ? undefined : time
}

const notAFormula = (reason: string): string =>
  `A filter is one formula over the columns, and this one has ${reason}. Write it as a feature and filter by that.`

const isAndOr = (expression: Expression): expression is Logic =>
  expression.kind === 'logic' && expression.op !== 'coalesce'

/** `!(a && b)` as `!a || !b`. */
function towardsLeaves(expression: Expression): Expression {
  if (isAndOr(expression))
    return { ...expression, left: towardsLeaves(expression.left), right: towardsLeaves(expression.right) }
  if (expression.kind !== 'unary' || expression.op !== '!' || !isAndOr(expression.of)) return expression
  const { op, left, right } = expression.of
  const not = (of: Expression): Expression => towardsLeaves({ kind: 'unary', op: '!', of })
  return { kind: 'logic', op: op === 'and' ? 'or' : 'and', left: not(left), right: not(right) }
}

const hasOr = (expression: Expression): boolean =>
  isAndOr(expression) && (expression.op === 'or' || hasOr(expression.left) || hasOr(expression.right))

/** 1 for each row that holds: `a || b` holds where one of them does, also where the other is missing. */
function rowsHeld(expression: Expression, rowsOf: (part: Expression) => Uint8Array): Uint8Array {
  if (!isAndOr(expression) || !hasOr(expression)) return rowsOf(expression)
  const left = rowsHeld(expression.left, rowsOf)
  const right = rowsHeld(expression.right, rowsOf)
  return left.map(
    expression.op === 'or'
      ? (held, row) => held | (right[row] as number)
      : (held, row) => held & (right[row] as number),
  )
}

/** 1 for each row of the table for which the feature is true. @throws FilterError */
function rowsOf(feature: Feature, table: Table): Uint8Array {
  const { expression } = feature.body as Extract<Feature['body'], { kind: 'expression' }>
  const read = new Set(inputsOf(expression))
  const inputs = feature.inputs
    .filter(({ name }) => read.has(name))
    .map(({ name, acceptsMissing }) => ({ name, acceptsMissing, source: 'row' as const }))
  const names = inputs.map(({ name }) => name)
  const step: Step = { feature: holds, path, exportName: holds, form: 'positional', level: 'row', case: 1, inputs }
  const plan: Plan = {
    model: holds,
    groupBy: [],
    requiredInputs: names,
    optionalInputs: [],
    steps: [step],
    stages: [],
    aliases: [],
    blocked: [],
    outputs: [],
  }
  const { rows, report } = executeModel(plan, new Map([[holds, feature]]), table, {
    functionOf: () => compile(expression, names, holds),
    now: () => 0,
  })
  const error = report.features[0]?.error
  if (error) throw new FilterError(`The filter cannot be computed: ${error.message}`)
  const answer = rows.columns.get(holds)
  if (answer?.type !== 'boolean') throw new FilterError(`${notACondition(answer)} ${howToWrite(table)}`)
  return answer.values.map((value) => Number(value === 1))
}

const notACondition = (answer: ColumnData | undefined): string =>
  `A filter is true or false for each row, and this one gives ${answer?.type === 'string' ? 'text' : /^date/.test(answer?.type ?? '') ? 'a date' : 'a number'}.`
