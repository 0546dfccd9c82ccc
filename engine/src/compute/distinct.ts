import { takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { codeDirectly } from './groups.ts'
import type { Argument } from './kernel.ts'

/** A call for each of the different values of a column, and which of them each row has. */
export interface DistinctCells {
  readonly values: readonly Argument[]
  readonly count: number
  /** Place of each row's result, -1 for a row that is skipped. */
  readonly codes: Int32Array
  readonly rowOf: (index: number) => number
}

/** A pure function of one column of text, days or minutes is called once per different value, when values repeat. */
export function distinctCells(values: readonly Argument[]): DistinctCells | undefined {
  const place = values.findIndex((value) => value.kind !== 'fixed')
  const cells = values[place]
  if (cells?.kind !== 'cells' || cells.groups) return undefined
  if (values.some((value, j) => j !== place && value.kind !== 'fixed')) return undefined
  const repeated = repeatedOf(cells.column)
  if (!repeated) return undefined
  const { codes, count, of } = repeated
  const passesMissing = cells.missing !== undefined && codes.includes(-1)
  const each = Int32Array.from({ length: count + (passesMissing ? 1 : 0) }, (_, code) => (code < count ? code : -1))
  return {
    values: values.with(place, { ...cells, column: of(each) }),
    count: each.length,
    codes: passesMissing ? codes.map((code) => (code < 0 ? count : code)) : codes,
    rowOf: (index) => codes.indexOf(each[index] as number),
  }
}

interface Repeated {
  readonly codes: Int32Array
  readonly count: number
  /** The values of these codes; -1 is missing. */
  readonly of: (codes: Int32Array) => ColumnData
}

/** Undefined when a value stands in less than two rows on average, or finding that out would cost more than the calls. */
function repeatedOf(column: ColumnData): Repeated | undefined {
  const { type } = column
  const own =
    type === 'string' ? textsOf(column) : type === 'date' || type === 'datetime' ? instantsOf(column) : undefined
  return own && own.count * 2 <= own.codes.length ? own : undefined
}

const textsOf = ({ codes, dictionary }: Extract<ColumnData, { type: 'string' }>): Repeated => ({
  codes,
  count: dictionary.length,
  of: (each) => ({ type: 'string', codes: each, dictionary }),
})

const instants = new WeakMap<ColumnData, { readonly repeated: Repeated | undefined }>()

/** Worked out once per column: a date is read for its year, its month and its weekday. */
function instantsOf(column: Extract<ColumnData, { values: Float64Array }>): Repeated | undefined {
  const known = instants.get(column)
  if (known) return known.repeated
  const coded = codeDirectly(column)
  const distinct = coded && takeCells(column, coded.firstRows)
  const repeated = coded &&
    distinct && {
      codes: coded.codes,
      count: coded.firstRows.length,
      of: (each: Int32Array) => takeCells(distinct, each),
    }
  instants.set(column, { repeated })
  return repeated
}
