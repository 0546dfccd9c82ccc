import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import type { Level } from '../ir/level.ts'
import type { InputSource, Plan, PlannedJoin, Stage, Step } from '../ir/plan.ts'
import type { Outcome, Problem } from '../ir/problem.ts'
import { asksColumns } from '../ir/windows.ts'
import { blockedFeatures } from './blocked.ts'

/**
 * What has to be computed for the selected outputs (default: the model's own, else every feature): resolves backwards, so
 * nothing else runs and nothing else is required. `extra` are names that later models read. Features that cannot be
 * computed are listed in `blocked` with the reason; the rest is planned. No value when an output does not exist.
 */
export function planModel(
  analysed: AnalysedModel,
  outputs?: readonly string[],
  extra: readonly string[] = [],
): Outcome<Plan | undefined> {
  return planOutputs(analysed, outputs?.map((name) => ({ name, as: name })) ?? ownOutputs(analysed), extra)
}

/** What the model gives when nobody selects: its `outputs`, else every feature. */
const ownOutputs = ({ model, features }: AnalysedModel): readonly SelectedOutput[] =>
  model.outputs ?? [...features.keys()].map((name) => ({ name, as: name }))

interface SelectedOutput {
  readonly name: string
  readonly as: string
}

function planOutputs(
  analysed: AnalysedModel,
  selected: readonly SelectedOutput[],
  extra: readonly string[],
): Outcome<Plan | undefined> {
  const { model, features, levels, columns } = analysed
  const isColumn = (name: string) => columns?.has(name) ?? !features.has(name)
  const levelOf = (name: string): Level =>
    isColumn(name) ? (columns?.get(name)?.level ?? 'row') : (levels.get(name)?.level ?? 'row')
  const keys = model.groupBy?.map((key) => key.name)
  const unknown = selected.filter(({ name }) => !features.has(name) && columns && !columns.has(name))
  if (unknown.length > 0) return { value: undefined, problems: unknown.map(({ name }) => noSuchOutput(analysed, name)) }

  const blocked = blockedFeatures(analysed)
  const order = new Walk(analysed, isColumn, blocked)
  const groupOrder = model.groupOrder?.map(({ name }) => name)
  for (const key of keys ?? []) order.visit(key)
  const beforeGrouping = new Set(order.features)
  for (const name of groupOrder ?? []) order.visit(name)
  for (const { name } of selected) order.visit(name)
  for (const name of extra) order.visit(name)

  const needs = (name: string): readonly string[] => {
    const feature = features.get(name) as Feature
    const inputs = feature.inputs.map((input) => input.name)
    const needed = groupOrder && looksAtGroups(feature) ? [...inputs, ...groupOrder] : inputs
    return needed.filter((each) => !isColumn(each))
  }
  const steps = byStages(order.features, beforeGrouping, needs, levelOf).map((name) =>
    stepOf(features.get(name) as Feature, analysed, levelOf, isColumn),
  )
  const joins = joinsOf(analysed, order.joined)
  const isKey = ({ name }: SelectedOutput) => keys?.includes(name) ?? false
  const keyOutputs = (keys ?? []).map((name) => ({
    name,
    as: selected.find((output) => output.name === name)?.as ?? name,
  }))
  return {
    value: {
      model: model.name,
      ...(keys && { groupBy: keys }),
      ...(groupOrder && { groupOrder }),
      requiredInputs: [...order.required],
      optionalInputs: [...order.optional].filter((name) => !order.required.has(name)),
      steps,
      stages: stagesOf(steps, beforeGrouping),
      aliases: [...order.required, ...order.optional].flatMap((name) => {
        const column = analysed.aliases.get(name)
        return column === undefined ? [] : [{ name, column }]
      }),
      ...(joins.length > 0 && { joins }),
      blocked: [...order.blocked].map((feature) => ({
        feature,
        level: levelOf(feature),
        ...(blocked.get(feature) ?? { reason: '' }),
      })),
      outputs: [
        ...keyOutputs.map((key) => ({ ...key, level: 'group' as const })),
        ...selected.filter((output) => !isKey(output)).map(({ name, as }) => ({ name, as, level: levelOf(name) })),
      ],
    },
    problems: [],
  }
}

/**
 * Plans of a whole pipeline in `seq` order, resolved backwards from one model (default: all): a model computes its own
 * outputs and what later models read from it. Models that nothing needs have no plan.
 */
export function planPipeline(
  analysis: Analysis,
  wanted?: string,
  outputs?: readonly string[],
): Outcome<readonly Plan[]> {
  const plans: Plan[] = []
  const problems: Problem[] = []
  const demanded = new Map<string, Set<string>>()
  for (const analysed of [...analysis.models].reverse()) {
    const { name, input } = analysed.model
    const isTarget = wanted === undefined || name === wanted
    if (!isTarget && !demanded.has(name)) continue
    const read = demanded.get(name) ?? new Set<string>()
    const extra = [...read].filter((column) => isProvidable(analysed, column))
    const planned = isTarget
      ? planModel(analysed, outputs, extra)
      : planOutputs(
          analysed,
          ownOutputs(analysed).filter(({ as }) => read.has(as)),
          extra,
        )
    problems.push(...planned.problems.map((problem) => atOutput(problem, analysed, analysis)))
    if (!planned.value) continue
    plans.unshift(planned.value)
    const demand = (model: string, needs: readonly string[]) =>
      demanded.set(model, new Set([...(demanded.get(model) ?? []), ...needs]))
    if (input.kind === 'model') demand(input.model, columnsRead(planned.value))
    for (const join of planned.value.joins ?? []) {
      const source = analysed.model.joins?.[join.join]?.source
      if (source?.kind === 'model') demand(source.model, columnsJoined(join))
    }
  }
  return { value: plans, problems }
}

/** Columns that a plan reads of its input table, by the names that they have there. */
export const columnsRead = ({ aliases, requiredInputs, optionalInputs }: Plan): readonly string[] =>
  [...requiredInputs, ...optionalInputs].map((need) => aliases.find(({ name }) => name === need)?.column ?? need)

type Outputs = Plan['outputs']

/** In which table outputs stand: with a key, those that have one value per row are in the row table. */
export function placedOutputs({ groupBy, outputs }: Pick<Plan, 'groupBy' | 'outputs'>): {
  readonly outputs: Outputs
  readonly rows: Outputs
} {
  const isInRows = ({ level }: Outputs[number]) => groupBy !== undefined && level === 'row'
  return { outputs: outputs.filter((each) => !isInRows(each)), rows: outputs.filter(isInRows) }
}

/** Columns that a join reads of its table. */
export const columnsJoined = ({ on, columns }: PlannedJoin): readonly string[] => [
  ...[...on, ...columns].map(({ column }) => column),
]

/** An output that was selected in the manifest is wrong there. */
function atOutput(problem: Problem, { model }: AnalysedModel, { snapshot: { project } }: Analysis): Problem {
  const isWritten = model.outputs?.some(({ span }) => span === problem.span)
  return isWritten ? { ...problem, path: project.path } : problem
}

function joinsOf({ joins, columns }: AnalysedModel, names: ReadonlySet<string>): readonly PlannedJoin[] {
  const joined = [...names].flatMap((name) => {
    const known = columns?.get(name)
    return known?.joined ? [{ name, level: known.level, ...known.joined }] : []
  })
  return joins.flatMap(({ join, keys }, at) => {
    const own = joined.filter((each) => each.join === join)
    if (own.length === 0) return []
    const brought = own.map(({ name, column, level }) => ({ name, column, level }))
    const on = keys.map(({ name, column = name }) => ({ name, column }))
    return [{ join: at, from: join.from.name, on, columns: brought }]
  })
}

const isProvidable = ({ features, columns }: AnalysedModel, name: string): boolean =>
  features.has(name) || !columns || columns.has(name)

/** Depth-first walk from the wanted names to the columns; dependencies come before their users. */
class Walk {
  readonly features: string[] = []
  readonly required = new Set<string>()
  readonly optional = new Set<string>()
  readonly joined = new Set<string>()
  readonly blocked = new Set<string>()
  private readonly seen = new Set<string>()

  constructor(
    private readonly analysed: AnalysedModel,
    private readonly isColumn: (name: string) => boolean,
    private readonly reasons: ReadonlyMap<string, unknown>,
  ) {}

  visit(root: string): void {
    const work: { name: string; input: number }[] = [{ name: root, input: 0 }]
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const feature = this.isColumn(frame.name) ? undefined : this.analysed.features.get(frame.name)
      if (frame.input === 0 && !this.enter(frame.name, feature)) {
        work.pop()
        for (const name of this.keysOfJoin(frame.name)) work.push({ name, input: 0 })
        continue
      }
      const input = feature?.inputs[frame.input++]
      if (!input) {
        this.features.push(frame.name)
        work.pop()
      } else if (!input.optional) work.push({ name: input.name, input: 0 })
      else this.visitOptional(input.name, work)
    }
  }

  /** A joined column needs the key it is found by. */
  private keysOfJoin(name: string): readonly string[] {
    const joined = this.analysed.columns?.get(name)?.joined
    if (!joined || this.joined.has(name)) return []
    this.joined.add(name)
    return this.analysed.joins.find(({ join }) => join === joined.join)?.keys.map((key) => key.name) ?? []
  }

  /** Columns and blocked features end the walk; a feature is entered once. */
  private enter(name: string, feature: Feature | undefined): boolean {
    if (this.analysed.columns?.get(name)?.joined) return false
    if (!feature) this.required.add(name)
    else if (this.reasons.has(name)) this.blocked.add(name)
    else if (!this.seen.has(name)) {
      this.seen.add(name)
      return true
    }
    return false
  }

  private visitOptional(name: string, work: { name: string; input: number }[]): void {
    if (this.isColumn(name) && !this.analysed.columns?.get(name)?.joined) this.optional.add(name)
    else if (this.isColumn(name)) work.push({ name, input: 0 })
    else if (this.analysed.features.has(name)) work.push({ name, input: 0 })
  }
}

/**
 * The order in which features are computed: keys' features first, then as many of one level as can be before the other
 * level's turn, so that the tables are walked in few stages. Ties keep the order of the walk.
 */
function byStages(
  names: readonly string[],
  beforeGrouping: ReadonlySet<string>,
  needs: (name: string) => readonly string[],
  levelOf: (name: string) => Level,
): readonly string[] {
  const stage = new Map<string, number>()
  for (const name of names) {
    // `names` has dependencies first. Even stages are row stages (constants too), odd ones group stages; 0 is before grouping.
    const parity = levelOf(name) === 'group' ? 1 : 0
    let at = beforeGrouping.has(name) ? 0 : 2 - parity
    for (const need of needs(name)) {
      const needed = stage.get(need)
      if (needed !== undefined) at = Math.max(at, needed % 2 === parity ? needed : needed + 1)
    }
    stage.set(name, beforeGrouping.has(name) ? 0 : at)
  }
  const position = new Map(names.map((name, i) => [name, i]))
  return [...names].sort(
    (a, b) =>
      (stage.get(a) as number) - (stage.get(b) as number) || (position.get(a) as number) - (position.get(b) as number),
  )
}

/** It may ask for what the order of the groups is made of. */
const looksAtGroups = ({ body, sites }: Feature): boolean =>
  body.kind === 'expression' ? asksColumns(body.expression) : sites.columnUses.length > 0

function stagesOf(steps: readonly Step[], beforeGrouping: ReadonlySet<string>): readonly Stage[] {
  const stages: { level: Level; beforeGrouping: boolean; features: string[] }[] = []
  for (const { feature, level } of steps) {
    const last = stages.at(-1)
    const table = level === 'group' ? 'group' : 'row'
    const before = beforeGrouping.has(feature)
    if (last && last.level === table && last.beforeGrouping === before) last.features.push(feature)
    else stages.push({ level: table, beforeGrouping: before, features: [feature] })
  }
  return stages
}

function stepOf(
  feature: Feature,
  analysed: AnalysedModel,
  levelOf: (name: string) => Level,
  isColumn: (name: string) => boolean,
): Step {
  const level = levelOf(feature.name)
  const inputs = feature.inputs.map((input) => {
    const there = isColumn(input.name)
      ? !input.optional || (analysed.columns?.has(input.name) ?? false)
      : analysed.features.has(input.name)
    const source: InputSource = there ? levelOf(input.name) : 'absent'
    return { name: input.name, source, acceptsMissing: input.acceptsMissing }
  })
  const reads = (source: InputSource) => inputs.some((input) => input.source === source)
  return {
    feature: feature.name,
    path: feature.path,
    exportName: feature.exportName,
    form: feature.form,
    level,
    case:
      level === 'constant' ? 0 : level === 'row' ? (reads('group') ? 2 : 1) : reads('row') || !reads('group') ? 3 : 4,
    inputs,
  }
}

function noSuchOutput({ model, features }: AnalysedModel, name: string): Problem {
  const output = model.outputs?.find((candidate) => candidate.name === name)
  return {
    code: 'MD016',
    severity: 'error',
    message: `Output '${name}' is not a feature or column of model '${model.name}' (features: ${[...features.keys()].slice(0, 8).join(', ')}${features.size > 8 ? ', …' : ''}).`,
    path: model.featureFiles[0] ?? '',
    span: output?.span ?? { start: 0, end: 0 },
    model: model.name,
    related: [],
  }
}
