import { Hasher } from '../hash.ts'
import type { Declared } from './features.ts'
import { freeNames } from './references.ts'
import { structureOf } from './structure.ts'

/** Names, hashes and needs of one top-level declaration: what is remembered of it between two readings. */
export interface FileSymbol {
  /** Changes when the declaration's meaning may change; for an import, its name and module. */
  readonly hash: string
  /** Names that it needs from outside of itself. */
  readonly needs: readonly string[]
}

/** What a name at the top of the file stands for. */
export type ModuleEntry =
  | { readonly kind: 'declared'; readonly declared: Declared }
  | { readonly kind: 'imported'; readonly name: string; readonly from: string }

/** The names at the top of one file. `entry` opens the tree, so it is asked only when something must be read anew. */
export interface Module {
  has(name: string): boolean
  entry(name: string): ModuleEntry | undefined
  /** A text that changes when the meaning of any of the names, or of what they need in turn, may change. */
  meaning(names: readonly string[]): string
}

export interface ModuleName {
  readonly symbol: FileSymbol
  readonly open: () => ModuleEntry | undefined
}

export function symbolOf(declared: Declared): FileSymbol {
  return { hash: structureOf(declared.node), needs: freeNames(declared.node) }
}

export function makeModule(names: ReadonlyMap<string, ModuleName>): Module {
  const entries = new Map<string, ModuleEntry | undefined>()
  const meanings = new Map<string, string>()

  const meaningOf = (name: string): string => {
    const known = meanings.get(name)
    if (known !== undefined) return known
    const reached = new Set<string>([name])
    const hasher = new Hasher()
    for (const each of reached) {
      const found = names.get(each)
      if (!found) continue
      hasher.add(each).add(found.symbol.hash)
      for (const need of found.symbol.needs) reached.add(need)
    }
    const meaning = hasher.digest()
    meanings.set(name, meaning)
    return meaning
  }

  return {
    has: (name) => names.has(name),
    entry(name) {
      if (!entries.has(name)) entries.set(name, names.get(name)?.open())
      return entries.get(name)
    },
    meaning: (wanted) =>
      wanted
        .filter((name) => names.has(name))
        .map((name) => `${name}=${meaningOf(name)}`)
        .join(' '),
  }
}
