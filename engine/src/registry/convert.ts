import type { Span } from '../ir/span.ts'
import { identifierOf } from '../model/names.ts'
import { isVariableName, propertyText } from '../source/identifiers.ts'
import { type OutlinePart, outlineOf } from '../source/typescript/outline.ts'
import { NotSimple, type TableExpression } from '../source/typescript/tableExpression.ts'
import { type TableColumn, tableCode } from '../source/typescript/tableFunction.ts'
import type { CodeFile } from './code.ts'

/** What the model says that a table function is in. */
export interface TableModel {
  readonly keys?: readonly string[]
  /** What it reads and makes, where that is declared. */
  readonly inputs?: readonly string[]
  readonly outputs?: readonly string[]
  /** Another column or feature has this name. */
  readonly isTaken: (name: string) => boolean
  /** The type of a column in TypeScript, where it is known. */
  readonly typeOf: (name: string) => string | undefined
}

/** The parts of a file to be replaced, or why that cannot be done, as a sentence. */
export type Converted =
  | { readonly edits: readonly { readonly span: Span; readonly text: string }[]; readonly features: readonly string[] }
  | { readonly refused: string }

/**
 * A table function written as features, one for each column it makes, where its code is a chain of `derive`, `groupby` and `rollup`. They give
 * the same cells, but for what docs/migration.md lists.
 */
export function tableToFeatures(file: CodeFile, name: string, model: TableModel): Converted {
  try {
    return converted(file, name, model)
  } catch (error) {
    if (error instanceof NotSimple)
      return {
        refused: error.message.startsWith("'") ? `In '${name}' ${error.message}.` : `'${name}' ${error.message}.`,
      }
    throw error
  }
}

function converted(file: CodeFile, name: string, model: TableModel): Converted {
  const { path, text } = file
  const parts = outlineOf(path, text)
  const own = parts.find((part) => !part.imports && part.declares.includes(name))
  if (!own || own.declares.length > 1) throw new NotSimple('is not declared in a statement of its own')
  const user = parts.find((part) => part !== own && part.needs.includes(name))
  if (user) throw new NotSimple(`is used by ${user.declares[0] ? `'${user.declares[0]}'` : 'another statement'}`)
  const isTyped = /\.m?ts$/.test(path)
  const counted = model.keys?.[0] ?? model.inputs?.[0]
  const {
    columns,
    comments,
    end: last,
  } = tableCode(path, text, {
    name,
    isTyped,
    localOf: (column) => (isVariableName(column) ? column : identifierOf(column)),
    ...(model.keys && { keys: model.keys }),
    ...(counted !== undefined && { counted }),
  })
  const made = withParts(columns)
  check(made, model)
  const end = /;\s*$/.test(text.slice(own.from, own.span.end)) || /;\n/.test(text) ? ';' : ''
  const types = new Map(made.map((column) => [column.name, column.expression.type]))
  const typeOf = (column: string) => model.typeOf(column) ?? types.get(column)
  const written = made.map((column) => printed(column, isTyped, end, { ...model, typeOf }))
  const beside = text.slice(last, own.span.end).trim()
  const before = [...ownComments(file, own), ...[...comments, beside].filter((each) => each !== '' && !isMarker(each))]
  const isAiry = written.some((each) => each.includes('\n'))
  const feature = [...before, written.join(isAiry ? '\n\n' : '\n')].join('\n')
  return {
    edits: [{ span: own.span, text: feature }, ...withoutOps(file, parts, own)],
    features: made.map((column) => column.name),
  }
}

/** What is aggregated without being a column comes before the column that aggregates it. */
const withParts = (columns: readonly TableColumn[]): readonly TableColumn[] =>
  columns.flatMap((column) => [
    ...column.expression.parts.map(
      ({ name, expression }): TableColumn => ({ name, expression, level: 'row', comments: [] }),
    ),
    column,
  ])

function check(made: readonly TableColumn[], { outputs, inputs, isTaken }: TableModel): void {
  if (made.length === 0) throw new NotSimple('makes no column')
  const names = new Set(made.map((column) => column.name))
  for (const column of names) {
    if (!isVariableName(column)) throw new NotSimple(`makes '${column}', and no function can have this name`)
    if (inputs?.includes(column))
      throw new NotSimple(`changes '${column}': give what it makes of it another name first`)
    if (isTaken(column)) throw new NotSimple(`makes '${column}', and the model has another '${column}'`)
  }
  const absent = outputs?.find((output) => !names.has(output))
  if (absent !== undefined) throw new NotSimple(`says that it makes '${absent}', and its code does not`)
  if (made.length > names.size) throw new NotSimple('makes a column twice')
}

function printed(
  { name, level, expression, comments }: TableColumn,
  isTyped: boolean,
  end: string,
  model: TableModel,
): string {
  const { text, isBlock } = expression
  const marker = markerOf(level, expression)
  const body = /^\{/.test(text) && !isBlock ? `(${text})` : text
  const head = `export const ${name} = (${parameters(expression, isTyped, model)}) => `
  const code = `${body}${end}${marker && ` ${marker}`}`
  return [...comments, head + code].join('\n')
}

/** What aggregates says what it gives: one value per group, or one per row all the same. */
const markerOf = (level: TableColumn['level'], { aggregates }: TableExpression): string =>
  aggregates ? (level === 'group' ? '//#agg' : '//#row') : ''

function parameters({ inputs }: TableExpression, isTyped: boolean, { typeOf }: TableModel): string {
  const isPattern = inputs.some(({ name, local }) => name !== local)
  if (isPattern) {
    const elements = inputs.map(({ name, local, acceptsMissing }) => {
      const own = name === local ? name : `${propertyText(name)}: ${local}`
      return acceptsMissing ? `${own} = null` : own
    })
    return `{ ${elements.join(', ')} }`
  }
  return inputs
    .map(({ local, acceptsMissing }) => {
      if (!acceptsMissing) return local
      return isTyped ? `${local}: ${typeOf(local) ?? 'any'} | null` : `${local} = null`
    })
    .join(', ')
}

const isMarker = (line: string): boolean =>
  /^(?:\/\/\s*#(?:agg|row)\b.*|\/\*\*?\s*[#@](?:agg|row)\b\s*\*\/)$/.test(line.trim())

/** The comments of the whole function, without its marker. */
function ownComments({ text }: CodeFile, { span, from }: OutlinePart): readonly string[] {
  const above = text.slice(span.start, from).trimEnd()
  const lines = above.split('\n').filter((line) => !isMarker(line))
  return above === '' || lines.length === 0 ? [] : [lines.join('\n')]
}

/** Names of Arquero that only this function used are not imported any more. */
function withoutOps(
  { text }: CodeFile,
  parts: readonly OutlinePart[],
  own: OutlinePart,
): readonly { readonly span: Span; readonly text: string }[] {
  return parts.flatMap((part) => {
    const names = part.imports?.filter(({ from }) => from === 'arquero').map(({ local }) => local) ?? []
    const isUsed = names.some((name) =>
      parts.some((each) => each !== own && each !== part && each.needs.includes(name)),
    )
    if (names.length === 0 || isUsed) return []
    const gap = /^\s*\n/.exec(text.slice(part.span.end))?.[0].length ?? 0
    return [{ span: { start: part.from, end: part.span.end + gap }, text: '' }]
  })
}
