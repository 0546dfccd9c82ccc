import type { ColumnTable } from 'arquero'
import { nameThere } from '../check/joins.ts'
import type { FileInput, Join, OutputSpec } from '../ir/model.ts'
import { manifestWords } from '../model/words.ts'
import type { Table } from '../table/table.ts'
import { type Names, namesOf, valueText, withWords } from './given.ts'

export interface ModelDriverConfig {
  readonly model_name: string
  readonly client_name?: string
  /** Key of the groups: a column or row feature, or several. `[]`: the whole table is one group. Absent: row features only. */
  readonly group_by?: Names
  /** Order of the groups, for features that look at other groups: keys or group features. */
  readonly group_order?: Names
  /** Features (or columns) that are wanted, `{ name: 'feature' }` under another name. Default: every feature. */
  readonly outputs?: Names | Readonly<Record<string, string>>
  /** Place in a pipeline. Default 1. */
  readonly seq?: number
  /** What the model reads in a pipeline: `sales.rows`, or a table of `tables`. Default: what the model before it gives. */
  readonly input?: string
  /** Columns of other tables, brought in by key. */
  readonly joins?: readonly JoinConfig[]
}

/** Columns of another table. Each row, or each group when `on` is part of `group_by`, gets those of the one row there that has its key. */
export interface JoinConfig {
  /** A table, or its name among the `tables` that `execute` is given, or in a pipeline `<model>.rows`, `.groups` or `.outputs`. */
  readonly from: string | ColumnTable | Table
  /** Columns that both tables have, case and separators aside. */
  readonly on: Names
  /** Put before the names of the columns that are brought. */
  readonly prefix?: string
  /** Default: every column but those of `on`. */
  readonly columns?: Names
}

/** Tables by name. */
export type NamedTables = Readonly<Record<string, ColumnTable | Table>>

const words = ['model_name', 'client_name', 'group_by', 'group_order', 'outputs', 'seq', 'input', 'joins']
const example = "{ model_name: 'sales', group_by: 'pin' }"

/** The config as it is given. @throws TypeError when a word or a value cannot be */
export function checkedConfig(config: ModelDriverConfig): ModelDriverConfig {
  const ofFiles = Object.keys(Object(config)).find(
    (word) => !words.includes(word) && manifestWords.model.some((known) => known === word),
  )
  if (ofFiles !== undefined)
    throw new TypeError(
      `A model in code cannot have '${ofFiles}', which is for modeldriver.json: its features are registered, and execute(table) is given its data.`,
    )
  const {
    model_name,
    client_name,
    seq,
    input,
    joins = [],
    outputs,
    ...names
  } = withWords(config, words, 'A model', example)
  for (const [word, text] of Object.entries({ model_name, client_name: client_name ?? '-', input: input ?? '-' })) {
    if (typeof text !== 'string' || text.trim() === '')
      throw new TypeError(`A model needs a text as '${word}', such as ${example}, not ${valueText(text)}.`)
  }
  if (seq !== undefined && !Number.isFinite(seq))
    throw new TypeError(`'seq' must be a number, the place of the model in its pipeline, not ${valueText(seq)}.`)
  for (const [word, given] of Object.entries(names)) namesOf(given, `'${word}'`)
  outputsOf(outputs)
  if (!Array.isArray(joins))
    throw new TypeError(`'joins' must be a list such as [${joinExample}], not ${valueText(joins)}.`)
  for (const join of joins) checkJoin(join)
  return config
}

const joinExample = "{ from: 'shops', on: 'shop', prefix: 'shop_' }"

function checkJoin(given: JoinConfig): void {
  const { from, on, prefix, columns } = withWords(given, manifestWords.join, 'A join', joinExample)
  if (typeof from !== 'string' && (typeof from !== 'object' || from === null))
    throw new TypeError(`A join needs 'from', a table or its name, such as ${joinExample}, not ${valueText(from)}.`)
  if (on === undefined) throw new TypeError(`A join needs 'on', the columns that both tables have: ${joinExample}.`)
  if (prefix !== undefined && typeof prefix !== 'string')
    throw new TypeError(`'prefix' of a join must be a text, not ${valueText(prefix)}.`)
  namesOf(on, "'on' of a join")
  namesOf(columns, "'columns' of a join")
}

/** What is wanted, and under which name. @throws TypeError when it is something else */
export function outputsOf(given: ModelDriverConfig['outputs']): readonly OutputSpec[] | undefined {
  const isRenaming = typeof given === 'object' && given !== null && !Array.isArray(given)
  const names = namesOf(isRenaming ? Object.values(given) : given, "'outputs'")
  return names?.map((name, at) => ({ name, as: (isRenaming && Object.keys(given)[at]) || name }))
}

/** The joins as the analysis reads them: the table of each is a file of its own, which is nowhere but in memory. */
export const joinsOf = ({ joins = [] }: ModelDriverConfig): readonly (Join & { readonly source: FileInput })[] =>
  joins.map((join, at) => {
    const columns = namesOf(join.columns, "'columns' of a join")
    return {
      source: { kind: 'file', path: `/code/${joinName(join, at)}` },
      from: { name: joinName(join, at) },
      on: (namesOf(join.on, "'on' of a join") ?? []).map((name) => ({ name })),
      prefix: join.prefix ?? '',
      ...(columns && { columns: columns.map((name) => ({ name })) }),
    }
  })

/** How messages and plans call the table of a join. */
export const joinName = ({ from }: JoinConfig, at: number): string =>
  typeof from === 'string' ? from : `joined table ${at + 1}`

/** The names of the columns that a join brings from a table with these columns; none where neither is known. */
export function namesJoined(
  { on, prefix = '', columns }: JoinConfig,
  there: readonly string[] = [],
): readonly string[] {
  const table = new Map(there.map((name) => [name, name]))
  const keys = namesOf(on, "'on' of a join")?.map((name) => nameThere({ name }, table).column)
  const names = namesOf(columns, "'columns' of a join") ?? there.filter((name) => !keys?.includes(name))
  return names.map((name) => prefix + name)
}
