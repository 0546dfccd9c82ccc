import type { AnalysedModel, ModelGraph } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import { closest } from '../../model/suggest.ts'
import { downstreamOf } from '../../plan/graph.ts'
import { removeInput, renameInput, subjectOf } from '../edits.ts'
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
is part of the circle is marked, so it can be cut where it is easiest. Of a tangle of very many circles the 25 shortest are told.`,
  *check({ models }) {
    for (const analysed of models) {
      const { cycles } = analysed.graph
      const more = unnamed(analysed.graph)
      const reported = new Set<string>()
      for (const members of cycles) {
        for (const [at, name] of members.entries()) {
          const chain = [...members.slice(at), ...members.slice(0, at), name]
          const [own, ...others] = edgesOf(analysed, chain)
          if (!own || reported.has(own.key)) continue
          reported.add(own.key)
          const message = `'${name}' depends on itself: ${chain.join(' → ')}${more.get(members) ?? ''}. ${nextStep([own, ...others])}`
          yield {
            ...atFeature(analysed, own.feature, own.input.span, message),
            related: others.map(({ feature: { path }, input: { span }, message }) => ({ path, span, message })),
            data: { cycle: chain },
          }
        }
      }
    }
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    const input = subject?.feature.inputs.find(({ span }) => span.start === problem.span.start)
    if (!subject || !input) return
    const { analysed, feature } = subject
    if (isUnread(feature, input))
      yield {
        title: `Remove input '${input.name}' from '${feature.name}'`,
        edits: [removeInput(feature, input, context.text(feature.path) ?? '')],
        isPreferred: true,
      }
    yield* readAnother(analysed, feature, input)
  },
}

/** The column or feature that may have been meant, which is not made from this feature: `revenue` for `revenue_`. */
function* readAnother(analysed: AnalysedModel, feature: Feature, input: Input): Iterable<Fix> {
  const read = new Set(feature.inputs.map(({ name }) => name))
  const below = downstreamOf(analysed.graph, feature.name)
  const names = [...(analysed.columns?.keys() ?? []), ...analysed.features.keys()]
  const meant = closest(
    input.name,
    names.filter((name) => !read.has(name) && !below.has(name)),
  )
  for (const name of meant) yield { title: `Read '${name}' instead`, edits: renameInput(feature, input, name) }
}

const isUnread = ({ sites }: Feature, { local }: Input): boolean => (sites.reads.get(local) ?? []).length === 0

function nextStep(edges: readonly Edge[]): string {
  const unread = edges.find(({ feature, input }) => isUnread(feature, input))
  if (!unread) return 'Remove one of these inputs, or read a column of the data instead.'
  return `'${unread.feature.name}' does not use '${unread.input.name}': remove that input.`
}

interface Edge {
  readonly key: string
  readonly feature: Feature
  readonly input: Input
  readonly message: string
}

/** The parameters by which each feature of a chain needs the next, in the order of the chain. */
function edgesOf({ features }: AnalysedModel, chain: readonly string[]): readonly Edge[] {
  return chain.slice(1).flatMap((next, i) => {
    const name = chain[i] as string
    const feature = features.get(name)
    const input = feature?.inputs.find((candidate) => candidate.name === next)
    return feature && input ? [{ key: `${name} ${next}`, feature, input, message: `'${name}' needs '${next}'` }] : []
  })
}

/** At the last cycle that is told of a tangle: how many features are in it but in none of its cycles. */
function unnamed({ cycles, loops }: ModelGraph): ReadonlyMap<readonly string[], string> {
  const loopOf = new Map(loops.flatMap((loop) => [...loop].map((name) => [name, loop] as const)))
  const told = new Map<ReadonlySet<string>, { readonly names: Set<string>; last: readonly string[] }>()
  for (const members of cycles) {
    const loop = loopOf.get(members[0] as string) as ReadonlySet<string>
    const names = told.get(loop)?.names ?? new Set()
    for (const name of members) names.add(name)
    told.set(loop, { names, last: members })
  }
  const more = [...told].flatMap(([loop, { names, last }]) => {
    const rest = loop.size - names.size
    const said = `, … and ${rest} more ${rest === 1 ? 'feature is' : 'features are'} in this loop`
    return rest > 0 ? [[last, said] as const] : []
  })
  return new Map(more)
}
