import { aggregateNames } from '../ir/expression.ts'
import type { AnnotatedKind } from '../source/annotation.ts'
import { ts } from '../source/typescript/parse.ts'
import { type Kind, kindOf } from './kinds.ts'
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

  /** `'region' is text in orders.csv (e.g. "de")`. */
  clause(node: ts.Node, kind: Kind): string {
    const input = this.input(node)
    if (kind === 'column' || kind === 'both') return `${this.name(node)} is a whole column here${rowsOf(input)}`
    return `${this.name(node)} ${input?.clause ?? `is ${nouns[kind]}`}`
  }

  /** What a whole column can be asked. */
  columnMethods(): readonly string[] {
    return aggregateNames.filter((name) => name !== 'length')
  }

  about(node: ts.Node): Pick<Verdict, 'input'> {
    const input = this.input(node)
    return input ? { input: input.name } : {}
  }
}

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
