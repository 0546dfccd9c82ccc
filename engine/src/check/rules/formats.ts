import type { ColumnSpec, Model, NumberSigns } from '../../ir/model.ts'
import { patternFault } from '../../table/datePattern.ts'
import { valuePlace } from '../manifestEdits.ts'
import { type Finding, inManifest, type RuleContext } from '../rule.ts'

/** Formats by which nothing can be read. */
export function* badFormats(context: RuleContext, model: Model): Iterable<Finding> {
  const { formats, columns } = model
  const at = (place: readonly string[], message: string, data: Finding['data']): Finding => ({
    ...inManifest(context, valuePlace(context, model, place), message),
    model: model.name,
    ...(data && { data }),
  })
  const pattern = (place: readonly string[], written: string): Finding[] => {
    const fault = patternFault(written)
    if (!fault) return []
    const meant = fault.meant === undefined ? '' : ` Did you mean "${fault.meant}"?`
    return [
      at(place, `No date can be read as "${written}": it ${fault.reason}.${meant}`, {
        name: written,
        suggestions: fault.meant === undefined ? [] : [fault.meant],
      }),
    ]
  }
  for (const type of ['date', 'datetime'] as const) {
    const written = formats[type]
    if (written !== undefined) yield* pattern(['formats', type], written)
  }
  for (const [name, { format, type = 'date' }] of Object.entries(columns)) {
    if (format === undefined) continue
    const place = ['columns', name, 'format']
    if (type === 'date' || type === 'datetime') yield* pattern(place, format)
    else
      yield at(place, `'${name}' is read as ${type}, but "format" is for dates.`, {
        name: format,
        removable: '"format"',
      })
  }
  for (const [name, { number, type = 'number' }] of Object.entries(columns)) {
    const [sign] = Object.keys(number ?? {})
    if (sign === undefined) continue
    if (type === 'number' || type === 'integer') yield* badNumbers(['columns', name], number, at)
    else
      yield at(['columns', name, sign], `'${name}' is read as ${type}, but "${sign}" is for numbers.`, {
        name: sign,
        removable: `"${sign}"`,
      })
  }
  yield* badNumbers(['formats', 'number'], formats.number, at)
  for (const [name, spec] of Object.entries(columns)) yield* badTruth(name, spec, at)
  yield* badMarks(['missing'], formats, at)
  for (const [name, spec] of Object.entries(columns)) yield* badMarks(['columns', name, 'missing'], spec, at)
}

/** Marks of a missing value that no cell can be, or that are to be a value too. */
function* badMarks(
  place: readonly string[],
  { missing = [], truth = {} }: Pick<ColumnSpec, 'missing' | 'truth'>,
  at: (place: readonly string[], message: string, data: Finding['data']) => Finding,
): Iterable<Finding> {
  const words = new Set([...(truth.true ?? []), ...(truth.false ?? [])].map((word) => word.trim().toLowerCase()))
  for (const mark of missing) {
    if (mark.trim() === '')
      yield at(place, 'A blank cell is missing anyway; "missing" lists what else is.', { name: mark })
    else if (words.has(mark.trim().toLowerCase()))
      yield at(place, `"${mark}" cannot mean both a missing value and true or false.`, { name: mark })
  }
}

/** Words for true and false of a column of another type, or one word for both. */
function* badTruth(
  name: string,
  { type = 'boolean', truth = {} }: ColumnSpec,
  at: (place: readonly string[], message: string, data: Finding['data']) => Finding,
): Iterable<Finding> {
  const [word] = Object.keys(truth)
  if (word === undefined) return
  if (type !== 'boolean') {
    const data = { name: word, removable: `"${word}"` }
    yield at(
      ['columns', name, word],
      `'${name}' is read as ${type}, but "${word}" says how booleans are written.`,
      data,
    )
  }
  const lower = (words: readonly string[] = []) => words.map((each) => each.trim().toLowerCase())
  const both = lower(truth.false).find((each) => lower(truth.true).includes(each))
  if (both !== undefined)
    yield at(['columns', name, 'false'], `"${both}" cannot mean both true and false.`, { name: both })
}

function* badNumbers(
  place: readonly string[],
  number: NumberSigns | undefined,
  at: (place: readonly string[], message: string, data: Finding['data']) => Finding,
): Iterable<Finding> {
  for (const sign of ['decimal', 'thousands'] as const) {
    const written = number?.[sign]
    if (written === undefined || (written.length === 1 && !/[\d+-]/.test(written))) continue
    yield at([...place, sign], `"${sign}" must be one sign, such as "," or ".".`, {
      name: written,
      suggestions: ['.', ','].filter(
        (each) => each !== (sign === 'decimal' ? (number?.thousands ?? '') : (number?.decimal ?? '.')),
      ),
    })
  }
  const { decimal = '.', thousands } = number ?? {}
  if (thousands !== decimal) return
  const other = decimal === '.' ? ',' : '.'
  yield at([...place, 'thousands'], `"${thousands}" cannot be both the decimal sign and the sign between thousands.`, {
    name: thousands,
    suggestions: [other],
    removable: '"thousands"',
  })
}
