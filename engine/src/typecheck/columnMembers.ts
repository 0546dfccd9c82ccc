import { columnDeclaration } from './declarations.ts'

/** A member of columns as its declaration says it. */
export interface ColumnMember {
  readonly name: string
  /** `(p: number): number`, `: number`. */
  readonly type: string
  /** The kinds of elements that it can be asked of: `number`, `boolean`, `Date`; absent: of all. */
  readonly of?: readonly string[]
}

/** What a column can be asked, in the order in which it is declared. */
export const columnMembers: ReadonlyMap<string, ColumnMember> = new Map(
  [
    ...columnDeclaration
      .slice(columnDeclaration.indexOf('interface Column'))
      .matchAll(/^ {2}(?:readonly )?(\w+)(?:<\w+>)?((?:\(|:).*)$/gm),
  ].map(([, name = '', rest = '']) => [name, memberOf(name, rest)] as const),
)

function memberOf(name: string, rest: string): ColumnMember {
  const [written, self = ''] = /^\(this: ([^,)]+)(?:, )?/.exec(rest) ?? []
  const type = written === undefined ? rest : `(${rest.slice(written.length)}`
  if (written === undefined) return { name, type }
  return { name, type, of: ['number', 'boolean', ...(self.includes('Date') ? ['Date'] : [])] }
}
