import type { Expression } from '../../ir/expression.ts'
import { libraryModule } from './library.ts'
import type { Module } from './module.ts'
import type { FunctionNode, ts } from './parse.ts'

/** What a name stands for while a body is read. */
export type Binding =
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly scope: Scope }
  /** A constant that is read where it is used; `node` is what it is set to. */
  | { readonly kind: 'constant'; readonly node: ts.Expression; readonly scope: Scope }
  | { readonly kind: 'library'; readonly name: string }
  | { readonly kind: 'unknown'; readonly reason: string; readonly instead?: string }

export interface Scope {
  find(name: string): Binding | undefined
}

export function innerScope(outer: Scope, bindings: ReadonlyMap<string, Binding>): Scope {
  return { find: (name) => bindings.get(name) ?? outer.find(name) }
}

/** The names at the top of the file. */
export function moduleScope(module: Module): Scope {
  const scope: Scope = {
    find(name) {
      const entry = module.entry(name)
      if (!entry) return undefined
      if (entry.kind === 'imported')
        return entry.from === libraryModule
          ? { kind: 'library', name: entry.name }
          : {
              kind: 'unknown',
              reason: `'${name}' of '${entry.from}'`,
              instead: 'What is written in this file can be part of a formula.',
            }
      const { declared } = entry
      if (declared.function) return { kind: 'function', node: declared.function, scope }
      if (declared.constant) return { kind: 'constant', node: declared.constant, scope }
      return { kind: 'unknown', reason: `'${name}', which is no constant`, instead: "Declare it with 'const'." }
    },
  }
  return scope
}

/** Thrown where a body has no expression, caught where the body's reading began. `message` is the reason, as a phrase. */
export class Untranslatable extends Error {
  /** What was being read, the innermost first: of what is read in place of a name, the name comes after. */
  readonly places: ts.Node[]

  constructor(
    reason: string,
    readonly about: {
      readonly place?: ts.Node | undefined
      /** What can be written in its place, as a sentence. */
      readonly instead?: string | undefined
      /** It is unfinished or wrong in any engine. */
      readonly isMistake?: true
      /** No one place is the reason. */
      readonly isWhole?: true
    } = {},
  ) {
    super(reason)
    this.places = about.place ? [about.place] : []
  }
}

/** The parts of reading that need each other. */
export interface Translator {
  readonly state: ReadingState
  expression(node: ts.Expression, scope: Scope): Expression
  /** The value a function gives for these arguments: its body, read in place. */
  inline(node: FunctionNode, scope: Scope, args: readonly Binding[]): Expression
  /** An argument, which may be a function. */
  binding(node: ts.Expression, scope: Scope): Binding
}

/** What is remembered while one feature is read. */
export class ReadingState {
  private readonly names = new Set<string>()
  private readonly open = new Set<ts.Node>()
  private budget = 3000
  /** Locals that hold a column. */
  readonly columns = new Set<string>()
  /** Inputs and locals whose value can be `undefined`. */
  readonly mayBeNothing: Set<string>
  /** The function is known to receive whole columns, so that `revenue.length` counts rows. */
  readonly wholeColumns: boolean

  constructor(wholeColumns: boolean, acceptsMissing: readonly string[]) {
    this.wholeColumns = wholeColumns
    this.mayBeNothing = new Set(acceptsMissing)
  }

  /** A name no other local of this feature has. */
  freshName(wanted: string): string {
    let name = wanted
    for (let i = 2; this.names.has(name); i++) name = `${wanted}_${i}`
    this.names.add(name)
    return name
  }

  /** Guards against reading without end: recursion, and branches that multiply. */
  within<T>(node: ts.Node, recursion: string, read: () => T): T {
    if (this.open.has(node)) throw new Untranslatable(recursion)
    this.open.add(node)
    try {
      return read()
    } finally {
      this.open.delete(node)
    }
  }

  spend(): void {
    if (this.budget-- <= 0)
      throw new Untranslatable('very many branches', { isWhole: true, instead: 'Split it into several features.' })
  }
}
