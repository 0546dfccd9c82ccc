import type { AnalysedJoin, AnalysedKey, AnalysedModel, NameThere } from '../../ir/analysis.ts'
import type { Join, KnownColumn, Model } from '../../ir/model.ts'
import { identifierOf, matchColumn } from '../../model/names.ts'
import { basename } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { ownColumns } from '../columns.ts'
import { didYouMean, type Finding, inManifest, orList, type RuleContext } from '../rule.ts'
import { sourcesOf } from '../tables.ts'
import { withoutCount } from './tablesRead.ts'

// What MD005 and MD030 say of joins.

/** Columns that the joined table does not have, and columns that are here already. */
export function* badJoins(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model, joins } = analysed
  if (joins.length === 0) return
  const own = ownColumns(model, sourcesOf(context, analysed))
  const taken = new Map([...(own.columns?.keys() ?? [])].map((name) => [name, `of ${withoutCount(own.from)}`]))
  for (const [at, analysedJoin] of joins.entries()) {
    const { join, brings = [] } = analysedJoin
    yield* unknownColumns(context, analysed, analysedJoin)
    for (const brought of brings) {
      const { name } = brought
      const there = taken.get(name)
      taken.set(name, `of ${join.from.name}`)
      if (there === undefined || isMisread(analysedJoin, brought)) continue
      const span = join.columns?.find((column) => join.prefix + column.name === name)?.span
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
const isMisread = ({ columns, table }: AnalysedJoin, { joined }: KnownColumn): boolean =>
  columns !== undefined && table !== undefined && !columns.some(({ column }) => column === joined?.column)

function* unknownColumns(
  context: RuleContext,
  { model }: AnalysedModel,
  { join, table, columns = [] }: AnalysedJoin,
): Iterable<Finding> {
  for (const { written, column, candidates } of table ? columns : []) {
    if (column !== undefined) continue
    const { name, span } = written
    const suggestions = candidates ?? closest(name, table?.keys() ?? [])
    const message = candidates
      ? couldBe(`'${name}'`, join, candidates)
      : `'${name}' is not in ${join.from.name}.${didYouMean(suggestions)}`
    yield {
      ...inManifest(context, span, message),
      model: model.name,
      data: { name, suggestions, removable: `"${name}"` },
    }
  }
}

const couldBe = (what: string, { from }: Join, columns: readonly string[]): string =>
  `${what} could be ${orList(columns)} in ${from.name}. Write the one that is meant.`

/** `daily` of `daily.groups`, `shops` of `data/shops.csv`. */
const stemOf = ({ source }: Join): string =>
  source.kind === 'model' ? source.model : identifierOf(basename(source.path).replace(/\..*/, ''))

/** Keys of joins that are not on both sides, or not known when the join is made. */
export function* badJoinKeys(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  for (const join of analysed.joins)
    for (const key of join.keys) {
      const wrong = wrongThere(analysed, join, key) ?? wrongHere(analysed, join, key)
      if (!wrong) continue
      const { name, span } = key.written
      const { message, suggestions } = wrong
      yield { ...inManifest(context, span, message), model: analysed.model.name, data: { name, suggestions } }
    }
}

interface WrongKey {
  readonly message: string
  readonly suggestions: readonly string[]
}

function wrongThere(
  analysed: AnalysedModel,
  { join, table }: AnalysedJoin,
  { written: { name }, column, candidates }: NameThere,
): WrongKey | undefined {
  if (!table || column !== undefined) return undefined
  if (candidates)
    return {
      message: couldBe(`Join key '${name}'`, join, candidates),
      suggestions: keysOfBoth(analysed, join, candidates),
    }
  const both = keysOfBoth(analysed, join, table.keys())
  const suggestions = closest(name, both.length > 0 ? both : table.keys())
  return { message: `Join key '${name}' is not in ${join.from.name}.${didYouMean(suggestions)}`, suggestions }
}

function wrongHere(
  analysed: AnalysedModel,
  { join, table }: AnalysedJoin,
  { name, written, candidatesHere }: AnalysedKey,
): WrongKey | undefined {
  const { model, columns, features } = analysed
  const what = `Join key '${written.name}'`
  if (candidatesHere)
    return {
      message: `${what} could be ${orList(candidatesHere)} in model '${model.name}'. Write the one that is meant.`,
      suggestions: candidatesHere,
    }
  if (columns && !features.has(name) && !columns.has(name)) {
    const suggestions = closest(
      name,
      table ? keysOfBoth(analysed, join, table.keys()) : [...columns.keys(), ...features.keys()],
    )
    const message = `${what} is neither a column nor a row feature of model '${model.name}'.${didYouMean(suggestions)}`
    return { message, suggestions }
  }
  const late = neededTooLate(analysed, name, join)
  if (late === undefined) return undefined
  return { message: `${what} ${late}, but the key must be known before the join.`, suggestions: [] }
}

/** Columns of the joined table by which it could be joined. */
function keysOfBoth(analysed: AnalysedModel, join: Join, there: Iterable<string>): readonly string[] {
  const { features } = analysed
  const before = columnsBefore(analysed, join)
  return [...there].filter((key) => {
    const match = before && !features.has(key) ? matchColumn(key, before) : ({ kind: 'one', header: key } as const)
    return match.kind === 'one' && neededTooLate(analysed, match.header, join) === undefined
  })
}

/** The columns that are there when a join is made, by their own names. */
const columnsBefore = ({ model, columns, aliases }: AnalysedModel, join: Join) =>
  columns &&
  new Map(
    [...columns].filter(([name, { joined }]) => !aliases.has(name) && (!joined || isBefore(model, joined.join, join))),
  )

const isBefore = ({ joins = [] }: Model, one: Join, other: Join): boolean => joins.indexOf(one) < joins.indexOf(other)

/** A key cannot be computed from groups, or from what the join itself or a later one brings. */
function neededTooLate(
  { model, features, levels, columns }: AnalysedModel,
  start: string,
  join: Join,
): string | undefined {
  const reached = new Set([start])
  for (const name of reached) {
    const column = columns?.get(name)
    const by = column?.joined?.join
    if (by && !isBefore(model, by, join))
      return `needs '${name}', which ${by === join ? 'this join' : `the join with ${by.from.name} after it`} brings`
    if (column) continue
    if (levels.get(name)?.level === 'group')
      return name === start ? 'is a group feature' : `needs the group feature '${name}'`
    for (const input of features.get(name)?.inputs ?? []) reached.add(input.name)
  }
  return undefined
}
