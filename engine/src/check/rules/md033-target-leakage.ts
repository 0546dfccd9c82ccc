import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import type { Named } from '../../ir/model.ts'
import { removeIt } from '../manifestEdits.ts'
import { originOf } from '../origins.ts'
import { atFeature, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'

/**
 * MD033: an output that knows what it shall help to predict. Reported where the target is read. What the target itself is computed
 * from may be an output; later models may read the target, for example to compare it with a prediction.
 */
export const targetLeakage: Rule = {
  code: 'MD033',
  name: 'target-leakage',
  severity: 'error',
  doc: `The model says what shall be predicted (\`"target": "churned"\`), and one of its other outputs is computed from it, directly or through
other features, also of earlier models. Such an output knows the answer: a prediction made with it looks excellent until the answer
is not known.

\`\`\`ts
export function churned(days_since_order) { return days_since_order > 90 } // the target, from what it may know
export function churn_rate(churned) { return churned.mean() }              // reads the target
export function risk(churn_rate) { return churn_rate > 0.5 }               // and so does this, through churn_rate
\`\`\`

**What to do:** compute it from something that is known before, or take it out of \`outputs\`. What compares the target with a
prediction belongs into a later model, or gets a comment that says why: \`// md-ignore MD033: …\`. Without \`target\` nothing is asked.`,
  *check(context) {
    for (const analysed of context.models) {
      const { target } = analysed.model
      if (target) yield* leaks(context, analysed, target)
    }
  },
  *fixes(context, problem) {
    const { outputAt, output } = problem.data ?? {}
    if (typeof outputAt === 'number')
      yield* removeIt(context, { ...problem, span: { start: outputAt, end: outputAt } }, `'${output}' from the outputs`)
  },
}

/** A feature on the way back from an output, and the feature that reads it. */
interface Visited {
  readonly analysed: AnalysedModel
  readonly feature: Feature
  /** Of `originOf`. */
  readonly key: string
  readonly reader?: Visited
}

function* leaks(context: RuleContext, analysed: AnalysedModel, target: Named): Iterable<Finding> {
  const { models } = context
  const answer = originOf(models, analysed, target.name).key
  const isTarget = (model: AnalysedModel, name: string) => originOf(models, model, name).key === answer
  const outputs = analysed.model.outputs ?? [...analysed.features.keys()].map((name): Named => ({ name }))
  const others = outputs.filter(({ name }) => !isTarget(analysed, name))
  const renamed = outputs.filter(({ name }) => name !== target.name && isTarget(analysed, name))
  for (const { name, span } of renamed) yield otherName(context, analysed, { name, ...(span && { span }) }, target)

  const { readers, knowing } = walkBack(models, analysed, others, isTarget)
  const isOnly =
    outputs.length > 1 && others.filter(({ name }) => knowing.has(originOf(models, analysed, name).key)).length === 1
  for (const [visited, input] of readers) {
    const path = pathOf(visited)
    const output = path[0] as string
    const known =
      path.length === 1
        ? `'${output}' reads the target '${target.name}', so it knows the answer that it shall help to predict.`
        : `'${visited.feature.name}' reads the target '${target.name}', so '${output}' knows the answer that it shall help to predict: ${shortened([...path, target.name]).join(' → ')}.`
    const selected = outputs.find(({ name }) => name === output)?.span
    yield {
      ...atFeature(visited.analysed, visited.feature, input.span, known),
      related: target.span
        ? [
            {
              path: context.snapshot.project.path,
              span: target.span,
              message: `the target of model '${analysed.model.name}'`,
            },
          ]
        : [],
      data: {
        name: target.name,
        ...(selected && isOnly && { output, outputAt: selected.start }),
      },
    }
  }
}

const otherName = (context: RuleContext, { model }: AnalysedModel, { name, span }: Named, target: Named): Finding => ({
  ...inManifest(context, span, `Output '${name}' is the target '${target.name}' under another name.`),
  model: model.name,
  data: { name: target.name, output: name, ...(span && { outputAt: span.start }) },
})

interface WalkedBack {
  /** The features between the outputs and the target that read the target themselves, each with the shortest way to an output. */
  readonly readers: readonly (readonly [Visited, Input])[]
  /** Keys of every feature on the way that is computed from the target. */
  readonly knowing: ReadonlySet<string>
}

function walkBack(
  models: readonly AnalysedModel[],
  start: AnalysedModel,
  outputs: readonly Named[],
  isTarget: (model: AnalysedModel, name: string) => boolean,
): WalkedBack {
  const users = new Map<string, string[]>()
  const queue: Visited[] = []
  const visit = (analysed: AnalysedModel, name: string, reader?: Visited) => {
    const origin = originOf(models, analysed, name)
    const feature = origin.analysed.features.get(origin.name)
    if (!feature) return
    const known = users.get(origin.key)
    if (known && reader) known.push(reader.key)
    if (known) return
    users.set(origin.key, reader ? [reader.key] : [])
    queue.push({ analysed: origin.analysed, feature, key: origin.key, ...(reader && { reader }) })
  }
  for (const { name } of outputs) visit(start, name)
  const readers: (readonly [Visited, Input])[] = []
  for (const visited of queue) {
    const { analysed, feature } = visited
    for (const input of feature.inputs) {
      if (isTarget(analysed, input.name)) readers.push([visited, input])
      else visit(analysed, input.name, visited)
    }
  }
  const knowing = new Set(readers.map(([{ key }]) => key))
  for (const key of knowing) for (const user of users.get(key) ?? []) knowing.add(user)
  return { readers, knowing }
}

/** From the output to the feature that reads the target. */
function pathOf(last: Visited): readonly string[] {
  const path: string[] = []
  for (let at: Visited | undefined = last; at; at = at.reader) path.push(at.feature.name)
  return path.reverse()
}

const namesShown = 8

/** A long way by its two ends. */
function shortened(path: readonly string[]): readonly string[] {
  const end = namesShown / 2
  return path.length > namesShown ? [...path.slice(0, end), '…', ...path.slice(-end)] : path
}
