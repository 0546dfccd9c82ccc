import type { AnalysedModel, ModelGraph } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { Problem } from '../../ir/problem.ts'
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
      for (const [number, members] of cycles.entries()) {
        const edges = edgesOf(analysed, members)
        for (const [at, own] of edges.entries()) {
          if (reported.has(own.key)) continue
          reported.add(own.key)
          const told = tell(edges, at, more.get(members) ?? '', shortened)
          yield {
            ...atFeature(analysed, own.feature, own.input.span, told.message),
            ...told,
            data: { cycle: number, at },
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

/** The same problem with the whole chain, for a reader who is told of it only once. */
export function cycleInFull(models: readonly AnalysedModel[], problem: Problem): Problem {
  const analysed = models.find(({ model }) => model.name === problem.model)
  const members = analysed?.graph.cycles[Number(problem.data?.cycle)]
  if (!analysed || !members) return problem
  const more = unnamed(analysed.graph).get(members) ?? ''
  return { ...problem, ...tell(edgesOf(analysed, members), Number(problem.data?.at), more, (list) => list) }
}

type Shorten = <T>(list: readonly T[], gap: (left: number) => T | undefined) => readonly T[]

/** An editor says it at each feature of the cycle: of a long one the beginning and the end. */
const shortened: Shorten = (list, gap) => {
  const left = list.length - shownFirst - shownLast
  if (left < 2) return list
  const between = gap(left)
  return [...list.slice(0, shownFirst), ...(between === undefined ? [] : [between]), ...list.slice(-shownLast)]
}

const shownFirst = 4
const shownLast = 2

/** The chain from one of its features on, with the places of the others. */
function tell(
  edges: readonly Edge[],
  at: number,
  more: string,
  shorten: Shorten,
): Pick<Problem, 'message' | 'related'> {
  const [own, ...others] = [...edges.slice(at), ...edges.slice(0, at)] as [Edge, ...Edge[]]
  const { name } = own.feature
  const names = [name, ...others.map(({ feature }) => feature.name), name]
  const chain = shorten(names, (left) => `… ${left} more …`).join(' → ')
  return {
    message: `'${name}' depends on itself: ${chain}${more}. ${nextStep(own, edges)}`,
    related: shorten(others, () => undefined).map((edge) => ({
      path: edge.feature.path,
      span: edge.input.span,
      message: `'${edge.feature.name}' needs '${edge.input.name}'`,
    })),
  }
}

function nextStep(own: Edge, edges: readonly Edge[]): string {
  const unread = [own, ...edges].find(({ feature, input }) => isUnread(feature, input))
  if (!unread) return 'Remove one of these inputs, or read a column of the data instead.'
  return `'${unread.feature.name}' does not use '${unread.input.name}': remove that input.`
}

interface Edge {
  readonly key: string
  readonly feature: Feature
  readonly input: Input
}

/** The parameters by which each feature of a cycle needs the next one. */
function edgesOf({ features }: AnalysedModel, members: readonly string[]): readonly Edge[] {
  return members.map((name, i) => {
    const next = members[(i + 1) % members.length] as string
    const feature = features.get(name) as Feature
    const input = feature.inputs.find((candidate) => candidate.name === next) as Input
    return { key: `${name} ${next}`, feature, input }
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
