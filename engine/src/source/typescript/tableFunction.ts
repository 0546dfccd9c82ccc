import { bare, type FunctionNode, isFunctionNode, parseFile, syntaxErrors, ts } from './parse.ts'
import { type ExpressionPlace, NotSimple, shorten, type TableExpression, tableExpression } from './tableExpression.ts'

/** A column that a table function makes. */
export interface TableColumn {
  readonly name: string
  readonly level: 'row' | 'group'
  readonly expression: TableExpression
  /** The comments at its place, each on lines of its own. */
  readonly comments: readonly string[]
}

export interface TableCode {
  /** In their order; one may read those before it. */
  readonly columns: readonly TableColumn[]
  /** The comments of the function that are at none of its columns. */
  readonly comments: readonly string[]
  /** Where its statement ends, before the comments on its last line. */
  readonly end: number
}

export interface TableQuestion extends Pick<ExpressionPlace, 'isTyped' | 'localOf'> {
  readonly name: string
  /** The key of the model; empty: the whole table is one group. */
  readonly keys?: readonly string[]
  /** A column that every row has. */
  readonly counted?: string
}

/** The columns that the chains of a table function make: `derive`, `groupby`, `rollup`. @throws NotSimple */
export function tableCode(path: string, text: string, question: TableQuestion): TableCode {
  const source = parseFile(path, text)
  if (syntaxErrors(source).length > 0) throw new NotSimple('stands in a file that cannot be read to its end')
  const { fn, end = 0 } = functionNamed(source, question.name) ?? {}
  const [parameter, ...others] = fn?.parameters ?? []
  if (!fn?.body || !parameter || others.length > 0 || !ts.isIdentifier(parameter.name))
    throw new NotSimple('takes something else than one table')
  return { ...new TableReader(question, text).read(fn.body, parameter.name.text), end }
}

function functionNamed(
  source: ts.SourceFile,
  name: string,
): { readonly fn: FunctionNode; readonly end: number } | undefined {
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name)
      return { fn: statement, end: statement.end }
    if (!ts.isVariableStatement(statement)) continue
    for (const { name: own, initializer } of statement.declarationList.declarations) {
      const value = initializer && bare(initializer)
      if (own.getText() === name && isFunctionNode(value)) return { fn: value, end: statement.end }
    }
  }
  return undefined
}

/** A table at some step of a chain. */
interface Step {
  readonly columns: readonly TableColumn[]
  /** It is grouped by the key. */
  readonly isGrouped: boolean
  /** It has one row per group. */
  readonly isOfGroups: boolean
}

class TableReader {
  readonly #tables = new Map<string, Step>()

  constructor(
    private readonly question: TableQuestion,
    private readonly text: string,
  ) {}

  read(body: ts.ConciseBody, parameter: string): Omit<TableCode, 'end'> {
    this.#tables.set(parameter, { columns: [], isGrouped: false, isOfGroups: false })
    if (!ts.isBlock(body)) return { columns: this.#table(body).columns, comments: [] }
    const comments: string[] = []
    for (const statement of body.statements) {
      comments.push(...this.#commentsOf(statement))
      if (ts.isReturnStatement(statement) && statement.expression)
        return { columns: this.#table(statement.expression).columns, comments }
      this.#statement(statement)
    }
    throw new NotSimple('returns no table')
  }

  /** `const sales = table.derive(…)`, `table = table.derive(…)`. */
  #statement(statement: ts.Statement): void {
    if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || !initializer) throw this.#noStep(statement)
        this.#tables.set(name.text, this.#table(initializer))
      }
      return
    }
    const set = ts.isExpressionStatement(statement) ? statement.expression : undefined
    const isSet =
      set &&
      ts.isBinaryExpression(set) &&
      set.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(set.left)
    if (!isSet || !ts.isIdentifier(set.left)) throw this.#noStep(statement)
    this.#tables.set(set.left.text, this.#table(set.right))
  }

  #noStep = (node: ts.Node) => new NotSimple(`does more than steps of a table: ${shorten(node.getText())}`)

  #table(written: ts.Expression): Step {
    const node = bare(written)
    const known = ts.isIdentifier(node) ? this.#tables.get(node.text) : undefined
    if (known) return known
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) throw this.#noStep(node)
    const before = this.#table(node.expression.expression)
    const verb = node.expression.name.text
    switch (verb) {
      case 'derive':
      case 'rollup':
        return this.#made(before, verb, node)
      case 'groupby':
        return { ...before, isGrouped: this.#isKey(node) }
      case 'ungroup':
        return { ...before, isGrouped: false }
      case 'select':
      case 'reify':
        return before
      default:
        throw new NotSimple(`calls .${verb}(), ${verbs[verb] ?? 'which is no step of single columns'}`)
    }
  }

  #isKey(call: ts.CallExpression): true {
    const { keys } = this.question
    const named = call.arguments.map((each) =>
      ts.isStringLiteral(bare(each)) ? (bare(each) as ts.StringLiteral).text : undefined,
    )
    const isSame = keys?.length === named.length && named.every((name) => name !== undefined && keys.includes(name))
    if (isSame) return true
    const key = keys ? `is ${keys.join(', ') || 'the whole table'}` : 'is not there'
    throw new NotSimple(
      `groups by ${call.arguments.map((each) => shorten(each.getText())).join(', ')}, and the group_by of the model ${key}`,
    )
  }

  #made(before: Step, verb: 'derive' | 'rollup', call: ts.CallExpression): Step {
    const [written, ...others] = call.arguments
    const given = written && bare(written)
    if (!given || !ts.isObjectLiteralExpression(given) || others.length > 0)
      throw new NotSimple(`calls .${verb}() with something else than columns in { … }`)
    const isWhole = this.question.keys?.length === 0
    const hasGroups = before.isGrouped || isWhole
    if (verb === 'rollup' && (!hasGroups || before.isOfGroups))
      throw new NotSimple('sums up the whole table, which has no groups there')
    const level = verb === 'rollup' || before.isOfGroups ? 'group' : 'row'
    const columns = [...before.columns]
    for (const property of given.properties) {
      const column = this.#column(property, verb, level)
      if (column.expression.aggregates && (!hasGroups || before.isOfGroups))
        throw new NotSimple(`'${column.name}' aggregates the whole table, which has no groups there`)
      if (verb === 'rollup' && column.expression.readsValues)
        throw new NotSimple(`'${column.name}' reads single values of a group`)
      if (columns.some(({ name }) => name === column.name))
        throw new NotSimple(`makes '${column.name}' twice; a feature is made once`)
      columns.push(column)
    }
    return verb === 'rollup' ? { columns, isGrouped: false, isOfGroups: true } : { ...before, columns }
  }

  #column(property: ts.ObjectLiteralElementLike, verb: string, level: 'row' | 'group'): TableColumn {
    const isNamed = ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)
    if (!isNamed) throw new NotSimple(`names a column in another way: ${shorten(property.getText())}`)
    const name = ts.isStringLiteral(property.name) ? property.name.text : property.name.getText()
    const { counted, isTyped, localOf } = this.question
    const expression = tableExpression(property.initializer, {
      name,
      isTyped,
      localOf,
      ...(verb === 'rollup' && counted !== undefined && { counted }),
    })
    return { name, level, expression, comments: this.#commentsOf(property) }
  }

  /** The comments above a node and at the end of its last line. */
  #commentsOf(node: ts.Node): readonly string[] {
    const { text } = this
    const end = text[node.end] === ',' ? node.end + 1 : node.end
    const ranges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, end) ?? []),
    ]
    return ranges.map(({ pos, end: until }) => text.slice(pos, until))
  }
}

const verbs: Readonly<Record<string, string>> = {
  filter: 'which leaves rows out',
  orderby: 'which orders the rows',
  rename: 'which gives columns other names',
  slice: 'which leaves rows out',
  sample: 'which leaves rows out',
  dedupe: 'which leaves rows out',
  params: 'whose values are no columns',
  join: 'which is "joins" in modeldriver.json',
  join_left: 'which is "joins" in modeldriver.json',
  lookup: 'which is "joins" in modeldriver.json',
  impute: 'which changes columns',
}
