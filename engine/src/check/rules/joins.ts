import type { AnalysedJoin, AnalysedKey, AnalysedModel } from '../../ir/analysis.ts'
import type { Join, KnownColumn, Model } from '../../ir/model.ts'
import { identifierOf, matchColumn } from '../../model/names.ts'
import { basename } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { ownColumns } from '../columns.ts'
import { didYouMean, type Finding, inManifest, orList, type RuleContext } from '../rule.ts'
import { sourcesOf } from '../tables.ts'
import { byTable, columnsSaid, isNameable, withoutCount } from './tablesRead.ts'

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
      const wrong = wrongThere(context, analysed, join, key) ?? wrongHere(context, analysed, join, key)
      if (!wrong) continue
      const { name, span } = key.written
      const { message, suggestions, rename } = wrong
      yield {
        ...inManifest(context, span, message),
        model: analysed.model.name,
        data: { name, suggestions, ...rename },
      }
    }
}

interface WrongKey {
  readonly message: string
  readonly suggestions: readonly string[]
  /** The column here that may be the key, and what the other table calls it. */
  readonly rename?: { readonly here: string; readonly there: string }
}

function wrongThere(
  context: RuleContext,
  analysed: AnalysedModel,
  analysedJoin: AnalysedJoin,
  key: AnalysedKey,
): WrongKey | undefined {
  const { join, table } = analysedJoin
  const { name } = key.written
  if (!table || key.column !== undefined) return undefined
  if (key.candidates) {
    const suggestions = keysOfBoth(analysed, join, key.candidates)
    return suggestions.length > 0
      ? { message: couldBe(`Join key '${name}'`, join, key.candidates), suggestions }
      : otherwiseThere(
          context,
          analysed,
          analysedJoin,
          key,
          `could be ${orList(key.candidates)} in ${join.from.name}.`,
          key.candidates[0],
        )
  }
  const suggestions = closest(name, keysOfBoth(analysed, join, table.keys()))
  const what = `is not in ${join.from.name}.`
  if (suggestions.length > 0) return { message: `Join key '${name}' ${what}${didYouMean(suggestions)}`, suggestions }
  const columns = columnsSaid([...table.keys()], join.from.name)
  const [near] = closest(name, table.keys())
  const there = near ?? likelyKey(table, analysed.columns?.get(key.name)?.type, columnsBefore(analysed, join))
  return otherwiseThere(context, analysed, analysedJoin, key, `${what}${columns}`, there)
}

/** The other table may call the key otherwise. */
function otherwiseThere(
  context: RuleContext,
  analysed: AnalysedModel,
  analysedJoin: AnalysedJoin,
  key: AnalysedKey,
  what: string,
  there: string | undefined,
): WrongKey {
  const here = key.candidatesHere?.[0] ?? key.name
  const isHere = analysed.columns?.has(here) || analysed.features.has(here)
  return isHere && there !== undefined
    ? sayItIs(context, analysed, analysedJoin, key, what, here, there)
    : { message: `Join key '${key.written.name}' ${what}`, suggestions: [] }
}

function wrongHere(
  context: RuleContext,
  analysed: AnalysedModel,
  analysedJoin: AnalysedJoin,
  key: AnalysedKey,
): WrongKey | undefined {
  const { join, table } = analysedJoin
  const { name, written, column, candidatesHere } = key
  const { model, columns, features } = analysed
  if (candidatesHere) {
    const suggestions = candidatesHere.filter((each) => !table || matchColumn(each, table).kind === 'one')
    const what = `could be ${orList(candidatesHere)} in model '${model.name}'.`
    return suggestions.length > 0
      ? { message: `Join key '${written.name}' ${what} Write the one that is meant.`, suggestions }
      : sayItIs(context, analysed, analysedJoin, key, what, candidatesHere[0] as string, column ?? written.name)
  }
  if (columns && !features.has(name) && !columns.has(name)) {
    const before = columnsBefore(analysed, join) ?? new Map()
    const known = table ? keysOfBoth(analysed, join, table.keys()) : [...before.keys(), ...features.keys()]
    const suggestions = closest(name, known)
    const what = `is neither a column nor a row feature of model '${model.name}'.`
    if (suggestions.length > 0)
      return { message: `Join key '${written.name}' ${what}${didYouMean(suggestions)}`, suggestions }
    const tables = [...byTable(analysed, before.keys())].map(([from, names]) => columnsSaid(names, from))
    const here = closest(name, before.keys())[0] ?? likelyKey(before, table?.get(column ?? '')?.type, table)
    const message = `${what}${tables.join('')}`
    return here === undefined || column === undefined
      ? { message: `Join key '${written.name}' ${message}`, suggestions: [] }
      : sayItIs(context, analysed, analysedJoin, key, message, here, column)
  }
  const late = neededTooLate(analysed, name, join)
  if (late === undefined) return undefined
  const message = `Join key '${written.name}' ${late}, but the key must be known before the join.`
  return { message, suggestions: [] }
}

/** A column of this type that only this side has: what may be the key under another name. */
function likelyKey(
  columns: ReadonlyMap<string, KnownColumn>,
  type: KnownColumn['type'],
  others: ReadonlyMap<string, unknown> = new Map(),
): string | undefined {
  const own = [...columns.values()].filter(({ name }) => matchColumn(name, others).kind === 'none')
  return own.find((column) => type === undefined || column.type === undefined || column.type === type)?.name
}

/** How a column here is given the name that the other table has for it. */
function sayItIs(
  { snapshot: { project } }: RuleContext,
  analysed: AnalysedModel,
  { join }: AnalysedJoin,
  key: AnalysedKey,
  what: string,
  here: string,
  there: string,
): WrongKey {
  const isNamed = project.kind === 'manifest' && isNameable(analysed, here, key)
  const on = isNamed ? there : identifierOf(there)
  const itself = identifierOf(here)
  const todo = isNamed
    ? `name it so: "columns": { ${JSON.stringify(on)}: { "from": ${JSON.stringify(here)} } }`
    : `write a feature that says so: export const ${on} = (${itself}) => ${itself}`
  const inOn = on === key.written.name ? '' : `, and ${JSON.stringify(on)} in "on"`
  return {
    message: `Join key '${key.written.name}' ${what} If '${here}' is '${there}' in ${join.from.name}, ${todo}${inOn}.`,
    suggestions: [],
    ...(isNamed && { rename: { here, there } }),
  }
}

/** Keys that are another one of the same join, in another spelling. */
export function* repeatedKeys(context: RuleContext, { model, joins }: AnalysedModel): Iterable<Finding> {
  for (const { join, keys } of joins)
    for (const [at, key] of keys.entries()) {
      if (key.candidatesHere || key.column === undefined) continue
      const before = keys.slice(0, at).find(({ name, column }) => name === key.name || column === key.column)
      if (!before) continue
      const { name, span } = key.written
      const both =
        before.column === key.column ? `'${key.column}' in ${join.from.name}` : `'${key.name}' in model '${model.name}'`
      const message = `Join key '${name}' stands twice: it and '${before.written.name}' are ${both}. Leave one of them out.`
      yield { ...inManifest(context, span, message), model: model.name, data: { name, removable: `"${name}"` } }
    }
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
