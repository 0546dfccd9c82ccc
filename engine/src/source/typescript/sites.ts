import type { CalculationUse, ColumnUse, Effect, NameSite, Read, Sites, Slip } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { calculationUseOf, columnUseOf } from './columnUses.ts'
import { effectOf, keywordEffects } from './effects.ts'
import { endingOf } from './ending.ts'
import type { Declared } from './features.ts'
import { languageNames } from './globals.ts'
import type { Module } from './module.ts'
import { isOperand } from './operands.ts'
import { type FunctionNode, ts } from './parse.ts'
import { forEachReference, type Owner } from './references.ts'
import { slipAt } from './slips.ts'
import { aliasOf } from './usage.ts'

type Names = Pick<Module, 'has' | 'entry'>

/** The places in a feature's function that rules and repairs point at, counted from `start`. */
export function sitesOf(fn: FunctionNode, start: number, module: Names): Sites {
  const spanOf = spansFrom(start)
  const reads = new Map<string, Read[]>()
  const columnUses: ColumnUse[] = []
  const names = new NamesFound(module, spanOf)
  const inner = new Set<string>()
  /** `const r = revenue`: what is asked of `r` is asked of the input. */
  const aliases = new Map<string, string>()
  const uses: { readonly identifier: ts.Identifier; readonly input: string }[] = []
  const found = (identifier: ts.Identifier, owner: Owner) => {
    const name = identifier.text
    if (name === '') return
    names.add(identifier, owner)
    const input = owner === 'parameter' ? name : owner === 'inner' ? aliases.get(name) : undefined
    if (input === undefined) return
    const alias = aliasOf(identifier)
    if (alias !== undefined) aliases.set(alias, input)
    uses.push({ identifier, input })
    if (owner !== 'parameter') return
    const list = reads.get(name) ?? []
    reads.set(name, list)
    const isShorthand = ts.isShorthandPropertyAssignment(identifier.parent)
    list.push({ span: spanOf(identifier), ...(isShorthand && { isShorthand }) })
  }
  forEachReference(fn, found, (declared) => {
    for (const name of declared) inner.add(name)
  })
  const root = { root: fn, inputs: new Set(reads.keys()) }
  for (const { identifier, input } of uses) {
    const use = columnUseOf(identifier, input, module, root, spanOf)
    if (use) columnUses.push(use)
  }
  const calculationUses: CalculationUse[] = []
  const slips: Slip[] = []
  const visit = (node: ts.Node): void => {
    const use = calculationUseOf(node, module, root, spanOf)
    if (use) calculationUses.push(use)
    const slip = slipAt(node, fn, module, spanOf)
    if (slip) slips.push(slip)
    ts.forEachChild(node, visit)
  }
  if (fn.body) visit(fn.body)
  const ending = endingOf(fn, spanOf)
  const { free, own, effects } = names
  return {
    reads,
    free,
    own,
    ...(inner.size > 0 && { inner }),
    columnUses,
    calculationUses,
    effects: [...effects, ...keywordEffects(fn, spanOf)],
    ...(ending && { ending }),
    ...(slips.length > 0 && { slips }),
  }
}

/** The same of a function or constant that is no feature. */
export function helperSitesOf({ node, function: fn }: Declared, module: Names) {
  const spanOf = spansFrom(node.getStart())
  const names = new NamesFound(module, spanOf)
  forEachReference(node, (identifier, owner) => {
    if (identifier.text !== '' && owner === 'free') names.add(identifier, owner)
  })
  const { free, own, effects } = names
  return { free, own, effects: fn ? [...effects, ...keywordEffects(fn, spanOf)] : effects }
}

const spansFrom =
  (start: number) =>
  (node: ts.Node): Span => ({ start: node.getStart() - start, end: node.end - start })

/** Sorts names by whose they are. */
class NamesFound {
  readonly free: NameSite[] = []
  readonly own: NameSite[] = []
  readonly effects: Effect[] = []

  constructor(
    private readonly module: Names,
    private readonly spanOf: (node: ts.Node) => Span,
  ) {}

  add(identifier: ts.Identifier, owner: Owner): void {
    const name = identifier.text
    const effect = effectOf(identifier, owner, this.module, this.spanOf)
    if (effect) this.effects.push(effect)
    if (owner !== 'free' || ts.isTypeOfExpression(identifier.parent)) return
    const isCalled = isCallee(identifier)
    const site = { name, span: this.spanOf(identifier), ...(isCalled && { isCalled }) }
    if (this.module.has(name))
      this.own.push({ ...site, ...(!isCalled && isOperand(identifier, this.module) && { isOperand: true }) })
    else this.free.push({ ...site, ...knownAs(name, effect) })
  }
}

function knownAs(name: string, effect: Effect | undefined): Pick<NameSite, 'known'> {
  if (languageNames.has(name)) return { known: 'language' }
  return effect ? { known: 'host' } : {}
}

function isCallee(identifier: ts.Identifier): true | undefined {
  const { parent } = identifier
  return (ts.isCallExpression(parent) && parent.expression === identifier) || undefined
}
