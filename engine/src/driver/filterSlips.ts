import { children } from '../ir/children.ts'
import type { Compare, Expression } from '../ir/expression.ts'
import type { ValueType } from '../ir/values.ts'
import { identifierOf, matchHeader } from '../model/names.ts'
import { type InputTypes, typeOfFeature } from '../source/types.ts'
import type { ColumnData, Table } from '../table/table.ts'

/** A condition that cannot be asked of a table; the message says why, and what can be written. */
export class FilterError extends Error {}

/**
 * Refuses comparisons that would be computed without an error and mean something else than they seem to: a column in quotes, a
 * number beside a column of text, `!revenue > 15`, `10 < revenue < 40`.
 * @throws FilterError
 */
export function refuseSlips(expression: Expression, columns: ReadonlyMap<string, ColumnData>, table: Table): void {
  for (const child of children(expression)) refuseSlips(child, columns, table)
  if (expression.kind !== 'compare') return
  const slip = slipOf(expression, columns, table)
  if (slip !== undefined) throw new FilterError(slip)
}

function slipOf(compare: Compare, columns: ReadonlyMap<string, ColumnData>, table: Table): string | undefined {
  const { left, right } = compare
  const sides = [
    [left, right],
    [right, left],
  ] as const
  const isOfTruths = isTruth(right, columns)
  if (left.kind === 'unary' && left.op === '!' && !isOfTruths)
    return `The ! belongs to the left side alone. Put what is not to hold in brackets: !(${exampleOf(table)[0] ?? 'revenue > 100'}).`
  if (left.kind === 'compare' && !isOfTruths)
    return `Two comparisons in a row compare true or false with the last value. Write two and join them by &&.`
  for (const [side, other] of sides) {
    if (other.kind !== 'literal' && side.kind === 'literal') continue
    const type = typeOfFeature({ body: { kind: 'expression', expression: side } }, typesOf(columns))
    const found = quoted(side, other, table) ?? clash(side, type, other)
    if (found !== undefined) return found
  }
  return undefined
}

function isTruth(expression: Expression, columns: ReadonlyMap<string, ColumnData>): boolean {
  if (expression.kind === 'input') return columns.get(expression.name)?.type === 'boolean'
  if (expression.kind === 'literal') return typeof expression.value === 'boolean'
  return expression.kind === 'compare' || (expression.kind === 'unary' && expression.op === '!')
}

/** `'Unit Price' > 2`: both sides are written out, and one of them is the name of a column. */
function quoted(side: Expression, other: Expression, table: Table): string | undefined {
  if (side.kind !== 'literal' || other.kind !== 'literal' || typeof side.value !== 'string') return undefined
  const found = matchHeader(side.value, [...table.columns.keys()])
  if (found.kind !== 'one') return undefined
  return `'${side.value}' in quotes is a text. The column is written ${identifierOf(found.header)}.`
}

const typesOf = (columns: ReadonlyMap<string, ColumnData>): InputTypes => ({
  typeOf: (name) => columns.get(name)?.type,
  isWhole: () => false,
  isPresent: () => true,
})

/** A value beside another that it can never be. */
function clash(side: Expression, type: ValueType | undefined, other: Expression): string | undefined {
  const what = side.kind === 'input' ? `'${side.name}'` : 'One side'
  if (type === 'date' || type === 'datetime') {
    const isNumber = other.kind === 'binary' || (other.kind === 'literal' && typeof other.value === 'number')
    return isNumber && isConstant(other)
      ? `${what} is a date. Write the other side in quotes, such as '2024-03-31'.`
      : undefined
  }
  if (other.kind !== 'literal' || other.value === null) return undefined
  const { value } = other
  if (type === 'boolean' && typeof value !== 'boolean')
    return side.kind === 'input'
      ? `${what} is true or false. Write ${side.name} for those that are true, !${side.name} for those that are false.`
      : `${what} is true or false, and never ${typeof value === 'string' ? `'${value}'` : value}.`
  if (type === 'string' && typeof value !== 'string')
    return `${what} is text. Write the other side in quotes: '${value}'.`
  if ((type === 'number' || type === 'integer') && typeof value !== 'number') {
    const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    return `${what} is a number. ${isNumber ? `Write the other side without quotes: ${Number(value)}.` : `It is never ${typeof value === 'string' ? `'${value}'` : value}.`}`
  }
  return undefined
}

function isConstant(expression: Expression): boolean {
  const { kind } = expression
  return kind !== 'input' && kind !== 'call' && kind !== 'aggregate' && children(expression).every(isConstant)
}

/** What a condition looks like, with columns of the table. */
export function howToWrite(table: Table): string {
  const example = exampleOf(table).join(' && ')
  const spaced = [...table.columns.keys()].find((name) => /\S\s+\S/.test(name))
  const names = spaced === undefined ? '' : ` The column '${spaced}' is written ${identifierOf(spaced)}.`
  return `Write one over the columns${example === '' ? '' : `, such as ${example}`}.${names}`
}

/** What the first row with a value has in a column of numbers and in one of short texts, as a condition. */
function exampleOf(table: Table): readonly string[] {
  const plain = [...table.columns].filter(([name]) => /^[a-zA-Z_]\w*$/.test(name))
  const numbers = plain.flatMap(([name, column]) => {
    const isNumber = column.type === 'number' || column.type === 'integer'
    const value = isNumber ? column.values.find((each) => !Number.isNaN(each)) : undefined
    return value === undefined ? [] : [`${name} >= ${value}`]
  })
  const texts = plain.flatMap(([name, column]) => {
    const value = column.type === 'string' ? column.dictionary[column.codes.find((code) => code >= 0) ?? -1] : undefined
    return value === undefined || value.length > 20 || /['\\\n]/.test(value) ? [] : [`${name} == '${value}'`]
  })
  return [...numbers.slice(0, 1), ...texts.slice(0, 1)]
}
