import type { Feature } from '../../ir/feature.ts'
import { atFeature, type Rule } from '../rule.ts'

const maxPerComponent = 25

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
      const reported = new Set<string>()
      for (const members of analysed.graph.cycles.slice(0, maxPerComponent)) {
        for (const [at, name] of members.entries()) {
          const needed = members[(at + 1) % members.length] as string
          const feature = analysed.features.get(name) as Feature
          const input = feature.inputs.find((candidate) => candidate.name === needed)
          if (!input || reported.has(`${name} ${needed}`)) continue
          reported.add(`${name} ${needed}`)
          const path = [...members.slice(at), ...members.slice(0, at), name]
          yield {
            ...atFeature(analysed, feature, input.span, `'${name}' depends on itself: ${path.join(' → ')}.`),
            related: members.flatMap((member, i) => {
              const next = members[(i + 1) % members.length] as string
              const other = analysed.features.get(member)
              const edge = other?.inputs.find((candidate) => candidate.name === next)
              return other && edge && member !== name
                ? [{ path: other.path, span: edge.span, message: `'${member}' needs '${next}'` }]
                : []
            }),
            data: { cycle: path },
          }
        }
      }
    }
  },
}
