import { readFileSync } from 'node:fs'
import { type ValueType, valueTypes } from '@modeldriver/engine'

/** One value as JSON has it: dates as ISO text, missing as null. */
export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

/** Input rows of a model, and what its features must make of them. Only what is named is compared. */
export interface Expectation {
  readonly name: string
  readonly model: string
  readonly rows: readonly Row[]
  /** Types of input columns that their values alone do not show. */
  readonly types?: Readonly<Record<string, ValueType>>
  readonly expect: {
    /** One for each input row, in their order. */
    readonly rows?: readonly Row[]
    /** Groups, found by their key columns. */
    readonly groups?: readonly Row[]
  }
}

export const expectationsEnding = '.expect.json'

/** What a file of expectations looks like. */
export const howWritten = '{ "expectations": [ { "name": …, "model": …, "rows": […], "expect": {…} } ] }'

/** The text of a file cannot be read as expectations; the message says why, and what to write. */
export class WrongExpectations extends Error {}

/** @throws WrongExpectations */
export function readExpectations(path: string, text: string = readFileSync(path, 'utf8')): readonly Expectation[] {
  const name = path.split('/').at(-1)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    throw new WrongExpectations(`${name} is not valid JSON: ${error instanceof Error ? error.message : error}`)
  }
  const list = isRecord(content) ? content.expectations : undefined
  if (!Array.isArray(list)) throw new WrongExpectations(`${name} has no list "expectations": ${howWritten}.`)
  const names = new Set<string>()
  return list.map((one: unknown, index) => {
    const wrong = mistakeIn(one)
    if (wrong !== undefined) throw new WrongExpectations(`${name}: expectation ${index + 1} ${wrong}`)
    const expectation = one as Expectation
    if (names.has(expectation.name))
      throw new WrongExpectations(`${name}: two expectations have the name '${expectation.name}'.`)
    names.add(expectation.name)
    return expectation
  })
}

function mistakeIn(one: unknown): string | undefined {
  if (!isRecord(one)) return 'is not an object.'
  if (typeof one.name !== 'string' || one.name === '') return 'has no "name".'
  if (typeof one.model !== 'string') return 'has no "model": the name of the model whose features are meant.'
  if (!isRows(one.rows)) return 'has no "rows": a list of input rows, each { "column": value }.'
  if (!isRecord(one.expect)) return 'has no "expect": { "rows": […] } or { "groups": […] }.'
  const { rows, groups } = one.expect
  if (rows === undefined && groups === undefined) return 'expects nothing: name "rows" or "groups" in "expect".'
  if (rows !== undefined && !isRows(rows)) return 'has "rows" in "expect" that are no list of rows.'
  if (groups !== undefined && !isRows(groups)) return 'has "groups" in "expect" that are no list of groups.'
  if (rows !== undefined && rows.length !== one.rows.length)
    return `expects ${rows.length} rows of ${one.rows.length} input rows; there is one for each.`
  const types = Object.values(isRecord(one.types) ? one.types : {})
  const odd = types.find((type) => !valueTypes.some((known) => known === type))
  return odd === undefined ? undefined : `has a type '${odd}' (known: ${valueTypes.join(', ')}).`
}

/** The text of a file of expectations: a row a line, so that differences are read line by line. */
export function expectationsText(expectations: readonly Expectation[]): string {
  const rows = (list: readonly Row[], indent: string) =>
    list.length === 0 ? '[]' : `[\n${list.map((row) => `${indent}  ${JSON.stringify(row)}`).join(',\n')}\n${indent}]`
  const one = ({ name, model, types, rows: input, expect }: Expectation) => {
    const parts = Object.entries(expect).map(
      ([table, list]) => `        ${JSON.stringify(table)}: ${rows(list, '        ')}`,
    )
    return [
      `      "name": ${JSON.stringify(name)}`,
      `      "model": ${JSON.stringify(model)}`,
      ...(types ? [`      "types": ${JSON.stringify(types)}`] : []),
      `      "rows": ${rows(input, '      ')}`,
      `      "expect": {\n${parts.join(',\n')}\n      }`,
    ].join(',\n')
  }
  const all = expectations.map((expectation) => `    {\n${one(expectation)}\n    }`)
  return `{\n  "expectations": [\n${all.join(',\n')}\n  ]\n}\n`
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCell = (value: unknown): boolean => value === null || /^(?:string|number|boolean)$/.test(typeof value)
const isRows = (value: unknown): value is readonly Row[] =>
  Array.isArray(value) && value.every((row) => isRecord(row) && Object.values(row).every(isCell))
