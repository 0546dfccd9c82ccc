import type { AnalysedModel } from '../../ir/analysis.ts'
import { atFeature, type Rule } from '../rule.ts'

/** MD002: features that need each other in a circle, reported at every parameter that closes it. */
export const cycle: Rule = {
  code: 'MD002',
  name: 'cycle',
  severity: 'error',
  doc: `A feature needs itself, directly or through others, so none of them can be computed.

\`\`\`ts
export function share(total) { return 1 / total }
export function total(margin) { return margin * 2 }
export function margin(share) { return share + 1 } // share → total → margin → share
\`\`\`

**What to do:** remove one of the inputs of the circle, or read the data's column instead of the feature. Every parameter that
is part of the circle is marked, so it can be cut where it is easiest.`,
  *check({ models }) {
    for (const analysed of models) {
      const { cycles, inCycle } = analysed.graph
      const reported = new Set<string>()
      for (const members of cycles) {
        const rest = members === cycles.at(-1) ? unnamed(cycles, inCycle) : 0
        for (const [at, name] of members.entries()) {
          const chain = [...members.slice(at), ...members.slice(0, at), name]
          const [own, ...others] = edgesOf(analysed, chain)
          if (!own || reported.has(own.key)) continue
          reported.add(own.key)
          const more =
            rest > 0 ? ` ${rest} more ${rest === 1 ? 'feature is' : 'features are'} in loops with these.` : ''
          const message = `'${name}' depends on itself: ${chain.join(' → ')}.${more}`
          yield {
            ...atFeature(analysed, own.feature, own.span, message),
            related: others.map(({ key: _, feature, ...place }) => ({ path: feature.path, ...place })),
            data: { cycle: chain },
          }
        }
      }
    }
  },
}

/** The parameters by which each feature of a chain needs the next, in the order of the chain. */
function edgesOf({ features }: AnalysedModel, chain: readonly string[]) {
  return chain.slice(1).flatMap((next, i) => {
    const name = chain[i] as string
    const feature = features.get(name)
    const input = feature?.inputs.find((candidate) => candidate.name === next)
    if (!feature || !input) return []
    return [{ key: `${name} ${next}`, feature, span: input.span, message: `'${name}' needs '${next}'` }]
  })
}

/** How many features are in a loop but in none of the cycles that are told. */
const unnamed = (cycles: readonly (readonly string[])[], inCycle: ReadonlySet<string>): number =>
  inCycle.size - new Set(cycles.flat()).size
