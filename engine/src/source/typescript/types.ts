import type { Feature } from '../../ir/feature.ts'
import { ts } from './parse.ts'

export type TypeLevel = NonNullable<Feature['typeLevel']>

/**
 * The level that an annotation asks for: `Column…`, `Group…`, a list → group; `Row…` → row; a scalar → row, weakly
 * (a scalar is also what one group's value is); anything else says nothing.
 */
export function levelOfType(type: ts.TypeNode): TypeLevel | undefined {
  const text = type.getText().replace(/\s+/g, ' ')
  if (ts.isParenthesizedTypeNode(type)) return levelOfType(type.type)
  if (ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) return levelOfType(type.type)
  if (ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type)) return { level: 'group', type: text }
  if (ts.isUnionTypeNode(type)) return levelOfUnion(type, text)
  if (ts.isTypeReferenceNode(type)) return levelOfName(type.typeName.getText(), text)
  return isScalarType(type) ? { level: 'row', type: text, scalar: true } : undefined
}

/** The strongest of several: a group type, then `Row`, then a scalar one. */
export function strongestLevel(levels: readonly TypeLevel[]): TypeLevel | undefined {
  return levels.find(({ level }) => level === 'group') ?? levels.find(({ scalar }) => !scalar) ?? levels[0]
}

/** `| null` or `| undefined` in the type. */
export function allowsMissing(type: ts.TypeNode): boolean {
  if (ts.isParenthesizedTypeNode(type)) return allowsMissing(type.type)
  if (ts.isUnionTypeNode(type)) return type.types.some(allowsMissing)
  return type.kind === ts.SyntaxKind.UndefinedKeyword || isNullType(type)
}

function levelOfUnion(type: ts.UnionTypeNode, text: string): TypeLevel | undefined {
  const parts = type.types.filter((part) => !allowsMissing(part))
  const strongest = strongestLevel(parts.map(levelOfType).filter((level) => level !== undefined))
  return strongest?.scalar
    ? parts.every((part) => levelOfType(part)?.scalar)
      ? { ...strongest, type: text }
      : undefined
    : strongest
}

function levelOfName(name: string, text: string): TypeLevel | undefined {
  if (/^Column/.test(name) || name === 'Group' || name === 'GroupFeature') return { level: 'group', type: text }
  if (/^(Readonly)?Array$|^(Float|Int|Uint)\d+(Clamped)?Array$/.test(name)) return { level: 'group', type: text }
  if (name === 'Row' || name === 'RowFeature') return { level: 'row', type: text }
  return name === 'Date' ? { level: 'row', type: text, scalar: true } : undefined
}

function isScalarType(type: ts.TypeNode): boolean {
  return (
    type.kind === ts.SyntaxKind.NumberKeyword ||
    type.kind === ts.SyntaxKind.StringKeyword ||
    type.kind === ts.SyntaxKind.BooleanKeyword ||
    type.kind === ts.SyntaxKind.BigIntKeyword ||
    (ts.isLiteralTypeNode(type) && !isNullType(type)) ||
    ts.isTemplateLiteralTypeNode(type)
  )
}

function isNullType(type: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword
}
