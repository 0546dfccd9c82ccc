import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Join, KnownColumn } from '../../ir/model.ts'
import { joinReading } from '../../model/headers.ts'
import { identifierOf } from '../../model/names.ts'
import { basename } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { ownColumns } from '../columns.ts'
import { broughtBy } from '../joins.ts'
import { didYouMean, type Finding, inManifest, type RuleContext } from '../rule.ts'
import { columnsOfTable, sourcesOf } from '../tables.ts'

// What MD005 and MD030 say of joins.

/** Columns that the joined table does not have, and columns that are here already. */
export function* badJoins(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model } = analysed
  if (!model.joins) return
  const sources = sourcesOf(context, analysed)
  const own = ownColumns(model, sources)
  const taken = new Map([...(own.columns?.keys() ?? [])].map((name) => [name, `of ${withoutCount(own.from)}`]))
  for (const [at, join] of model.joins.entries()) {
    const table = columnsOfTable(join.source, sources, joinReading(model, join))
    if (table) yield* unknownColumns(context, analysed, join, table)
    for (const { name, joined } of broughtBy(model, join, table) ?? []) {
      const there = taken.get(name)
      taken.set(name, `of ${join.from.name}`)
      if (there === undefined || isMisread(join, joined?.column, table)) continue
      const span = join.columns?.find((column) => column.name === joined?.column)?.span
      const message = `The join with ${join.from.name} brings '${name}', which is already a column ${there}.`
      yield {
        ...inManifest(context, span ?? join.from.span, `${message} Give it another "prefix", or choose its "columns".`),
        model: model.name,
        data: { name, join: at, prefix: `${stemOf(join)}_${join.prefix}` },
      }
      break
    }
  }
}

/** The column stands for a misspelt one, which is said already. */
const isMisread = (
  { columns }: Join,
  column: string | undefined,
  table: ReadonlyMap<string, KnownColumn> | undefined,
) => columns !== undefined && table !== undefined && !columns.some(({ name }) => name === column && table.has(name))

const withoutCount = (from = 'the data'): string => from.replace(/ \(.*/, '')

function* unknownColumns(
  context: RuleContext,
  { model }: AnalysedModel,
  join: Join,
  table: ReadonlyMap<string, KnownColumn>,
): Iterable<Finding> {
  for (const { name, span } of join.columns ?? []) {
    if (table.has(name)) continue
    const suggestions = closest(name, table.keys())
    yield {
      ...inManifest(context, span, `'${name}' is not in ${join.from.name}.${didYouMean(suggestions)}`),
      model: model.name,
      data: { name, suggestions, removable: `"${name}"` },
    }
  }
}

/** `daily` of `daily.groups`, `shops` of `data/shops.csv`. */
const stemOf = ({ source }: Join): string =>
  source.kind === 'model' ? source.model : identifierOf(basename(source.path).replace(/\..*/, ''))

/** Keys of joins that are not on both sides, or not known when the join is made. */
export function* badJoinKeys(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, columns, features } = analysed
  if (!model.joins) return
  const sources = sourcesOf(context, analysed)
  for (const join of model.joins) {
    const table = columnsOfTable(join.source, sources, joinReading(model, join))
    for (const { name, span } of join.on) {
      const at = (message: string, suggestions: readonly string[] = []): Finding => ({
        ...inManifest(context, span, `${message}${didYouMean(suggestions)}`),
        model: model.name,
        data: { name, suggestions },
      })
      const isHere = features.has(name) || !columns || columns.has(name)
      const both = [...(table?.keys() ?? [])].filter(
        (key) =>
          (features.has(key) || !columns || columns.has(key)) && neededTooLate(analysed, key, join) === undefined,
      )
      if (table && !table.has(name))
        yield at(
          `Join key '${name}' is not in ${join.from.name}.`,
          closest(name, both.length > 0 ? both : table.keys()),
        )
      else if (!isHere)
        yield at(
          `Join key '${name}' is neither a column nor a row feature of model '${model.name}'.`,
          closest(name, table ? both : [...(columns?.keys() ?? []), ...features.keys()]),
        )
      else {
        const late = neededTooLate(analysed, name, join)
        if (late !== undefined) yield at(`Join key '${name}' ${late}, but the key must be known before the join.`)
      }
    }
  }
}

/** A key cannot be computed from groups, or from what the join itself brings. */
function neededTooLate({ features, levels, columns }: AnalysedModel, start: string, join: Join): string | undefined {
  const reached = new Set([start])
  for (const name of reached) {
    const column = columns?.get(name)
    if (column?.joined?.join === join) return `needs '${name}', which this join brings`
    if (column) continue
    if (levels.get(name)?.level === 'group')
      return name === start ? 'is a group feature' : `needs the group feature '${name}'`
    for (const input of features.get(name)?.inputs ?? []) reached.add(input.name)
  }
  return undefined
}
