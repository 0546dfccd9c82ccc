import { aggregateNames } from '../ir/expression.ts'
import type { AnnotatedKind } from '../source/annotation.ts'
import { ts } from '../source/typescript/parse.ts'
import { elementKind, type Kind, kindOf } from './kinds.ts'
import type { ShadowFeature, ShadowInput } from './shadow.ts'

/** What is said of one of TypeScript's complaints. */
export interface Verdict {
  readonly message: string
  readonly input?: string
  readonly suggestions?: readonly string[]
  /** What the input is taken for. */
  readonly wanted?: AnnotatedKind
}

/** How a value is spoken of. */
export class Words {
  constructor(
    private readonly feature: ShadowFeature,
    readonly checker: ts.TypeChecker,
  ) {}

  get looksAround(): boolean {
    return this.feature.looksAround ?? false
  }

  kind(node: ts.Node): Kind | undefined {
    return kindOf(this.checker.getTypeAtLocation(node))
  }

  /** The input that an expression is, as it was given: not a variable that happens to have its name. */
  input(node: ts.Node): ShadowInput | undefined {
    const inner = bareOf(node)
    if (!ts.isIdentifier(inner)) return undefined
    const [declaration] = this.checker.getSymbolAtLocation(inner)?.declarations ?? []
    const isParameter = declaration && (ts.isParameter(declaration) || ts.isBindingElement(declaration))
    return isParameter ? this.feature.inputs.find(({ local }) => local === inner.text) : undefined
  }

  name(node: ts.Node): string {
    const text = this.input(node)?.name ?? bareOf(node).getText().replace(/\s+/g, ' ')
    return `'${text.length > 40 ? `${text.slice(0, 39)}…` : text}'`
  }

  /** `'region' is text in orders.csv (e.g. "de")`; of what is made of it `…, and so is '1 + region'`. */
  clause(node: ts.Node, kind: Kind): string {
    const input = this.input(node)
    if (kind === 'column' || kind === 'both') return `${this.name(node)} is a whole column here${rowsOf(input)}`
    const source = input || kind !== 'string' ? undefined : this.source(node)
    if (source?.clause !== undefined) return `'${source.name}' ${source.clause}, and so is ${this.name(node)}`
    return `${this.name(node)} ${input?.clause ?? `is ${nouns[kind]}`}`
  }

  /** The input of texts that a text comes from: `vat` of `1 + vat`, `km` of `km.max()`; by way of a constant, or as what a callback is given, too. */
  private source(node: ts.Node, depth = 0): ShadowInput | undefined {
    const inner = bareOf(node)
    const own = this.input(inner)
    if (own || depth > deepest) return this.isText(inner) ? own : undefined
    const further = (from: ts.Node | undefined) => from && this.source(from, depth + 1)
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return further([inner.left, inner.right].find((side) => this.kind(side) === 'string'))
    const column = ts.isCallExpression(inner) ? asked(inner) : ts.isElementAccessExpression(inner) && inner.expression
    if (column) return this.isColumn(column) ? further(column) : undefined
    if (!ts.isIdentifier(inner)) return undefined
    const [declared] = this.checker.getSymbolAtLocation(inner)?.declarations ?? []
    if (!declared) return undefined
    if (ts.isVariableDeclaration(declared)) return further(declared.initializer)
    if (!ts.isParameter(declared) || declared.parent.parameters[0] !== declared) return undefined
    const call = declared.parent.parent
    return ts.isCallExpression(call) && call.arguments[0] === declared.parent ? further(asked(call)) : undefined
  }

  /** A text is asked for its letters, which are another thing. */
  private isColumn(node: ts.Node): boolean {
    const kind = this.kind(node)
    return kind === 'column' || kind === 'both'
  }

  private isText(node: ts.Node): boolean {
    const type = this.checker.getTypeAtLocation(node)
    return (this.isColumn(node) ? elementKind(type, this.checker) : kindOf(type)) === 'string'
  }

  /** What a whole column can be asked. */
  columnMethods(): readonly string[] {
    return aggregateNames.filter((name) => name !== 'length')
  }

  about(node: ts.Node): Pick<Verdict, 'input'> {
    const input = this.input(node) ?? this.source(node)
    return input ? { input: input.name } : {}
  }
}

/** Constants may be made of each other. */
const deepest = 20

const asked = ({ expression }: ts.CallExpression): ts.Expression | undefined =>
  ts.isPropertyAccessExpression(expression) ? expression.expression : undefined

export const nouns: Readonly<Record<Exclude<Kind, 'column' | 'both'>, string>> = {
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  Date: 'a date',
}

const rowsOf = (input: ShadowInput | undefined): string =>
  input?.whole === undefined ? '' : input.whole === '' ? ', all rows of it' : `, all rows of a ${input.whole}`

/** How one asks a value that is true or false. */
export const askTruth = (text: string): string =>
  ` Write ${text} for those that are true, !${text} for those that are false.`

export const isLiteral = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isNumericLiteral(node) ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword

/** What an expression is without parentheses, `as` and `!`. */
export function bareOf(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)
    ? bareOf(node.expression)
    : node
}
