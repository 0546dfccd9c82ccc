import { ts } from '../source/typescript/parse.ts'

/** What a value is, as far as a sentence says it. `column`: all rows of a group; `both`: a value that is also asked for as a column. */
export type Kind = 'number' | 'string' | 'boolean' | 'Date' | 'column' | 'both'

/** The kind of a type; undefined when it is none of these, or several. */
export function kindOf(type: ts.Type): Kind | undefined {
  const { flags } = type
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) return undefined
  if (flags & ts.TypeFlags.NumberLike) return 'number'
  if (flags & ts.TypeFlags.StringLike) return 'string'
  if (flags & ts.TypeFlags.BooleanLike) return 'boolean'
  if (type.isUnion()) {
    const [first, ...others] = type.types.map(kindOf)
    return others.every((kind) => kind === first) ? first : undefined
  }
  if (type.isIntersection()) return type.types.some((part) => kindOf(part) === 'column') ? 'both' : undefined
  const name = type.symbol?.name
  if (name === 'Date') return 'Date'
  return (name === 'Column' || name === 'RowColumn') && isOurs(type.symbol) ? 'column' : undefined
}

/** What the elements of a column are. */
export function elementKind(type: ts.Type, checker: ts.TypeChecker): Kind | undefined {
  const column = type.isIntersection() ? type.types.find((part) => kindOf(part) === 'column') : type
  const [element] = column ? checker.getTypeArguments(column as ts.TypeReference) : []
  return element && kindOf(element)
}

/** What `revenue.rolling(3)` gives. */
export const isWindows = ({ symbol }: ts.Type): boolean => /^(?:Row)?Rolling$/.test(symbol?.name) && isOurs(symbol)

const isOurs = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false
