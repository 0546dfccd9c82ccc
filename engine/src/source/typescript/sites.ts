import type { NameSite, Read, Sites } from '../../ir/feature.ts'
import type { Module } from './module.ts'
import { type FunctionNode, ts } from './parse.ts'
import { forEachReference } from './references.ts'

/** The places in a function that rules and repairs point at, counted from `start`. */
export function sitesOf(fn: FunctionNode, start: number, module: Pick<Module, 'has'>): Sites {
  const reads = new Map<string, Read[]>()
  const free: NameSite[] = []
  const own: NameSite[] = []
  forEachReference(fn, (identifier, owner) => {
    const name = identifier.text
    if (owner === 'inner' || name === '') return
    const span = { start: identifier.getStart() - start, end: identifier.end - start }
    if (owner === 'parameter') {
      const list = reads.get(name) ?? []
      reads.set(name, list)
      list.push({ span, ...(ts.isShorthandPropertyAssignment(identifier.parent) && { isShorthand: true }) })
    } else (module.has(name) ? own : free).push({ name, span, ...(isCallee(identifier) && { isCalled: true }) })
  })
  return { reads, free, own }
}

function isCallee(identifier: ts.Identifier): boolean {
  const { parent } = identifier
  return ts.isCallExpression(parent) && parent.expression === identifier
}
