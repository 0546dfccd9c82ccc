import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Model, Named } from '../../ir/model.ts'
import { matchColumn } from '../../model/names.ts'
import { downstreamOf } from '../../plan/graph.ts'
import type { RuleContext } from '../rule.ts'

/** A name that a model looks for in vain, and that another one makes. */
export function madeElsewhere({ models }: RuleContext, reader: AnalysedModel, name: string): AnalysedModel | undefined {
  if (reader.model.input.kind === 'none') return undefined
  return models.find((other) => other !== reader && other.features.has(name))
}

/** The table of a model that has one of its features. */
export function tableOf(
  { model, levels }: AnalysedModel,
  name: string,
): { readonly isGroup: boolean; readonly table: string } {
  const isGroup = model.groupBy !== undefined && levels.get(name)?.level === 'group'
  return { isGroup, table: `${model.name}.${isGroup ? 'groups' : 'rows'}` }
}

/** By which columns a model can join a value per group of another one. */
export function joinKeys(
  { columns }: AnalysedModel,
  maker: AnalysedModel,
  name: string,
): readonly string[] | undefined {
  const keys = maker.model.groupBy?.map((key) => key.name) ?? []
  const isJoinable =
    tableOf(maker, name).isGroup &&
    keys.length > 0 &&
    columns &&
    keys.every((key) => matchColumn(key, columns).kind === 'one')
  return isJoinable ? keys : undefined
}

/**
 * Why a model cannot run before one that needs `name` of it for its feature: it needs that one as well. With what to do about it;
 * undefined when it can.
 */
export function needsBack(
  context: RuleContext,
  reader: AnalysedModel,
  maker: AnalysedModel,
  feature: string,
  name: string,
): string | undefined {
  const [one, other] = [reader.model.name, maker.model.name]
  const circle = circleBack(reader, maker, feature, name)
  if (circle !== undefined) {
    const back = circle === feature ? `'${feature}'` : `'${circle}' of '${one}', which needs '${feature}'`
    return `'${feature}' of model '${one}' and '${name}' of model '${other}' need each other: '${name}' is computed from ${back}. Take one of these inputs out.`
  }
  const need = needOf(context, maker, reader)
  return (
    need &&
    `Models '${one}' and '${other}' need each other: '${one}' (seq ${reader.model.seq}) needs '${name}' of '${other}', and ${need}, so neither can run first. Write '${name}' as a feature of '${one}' too, or part '${one}' in two models: what '${other}' needs before it, and '${feature}' after it.`
  )
}

/** What `name` is computed from and is, or is computed from, the feature that needs it. */
function circleBack(reader: AnalysedModel, maker: AnalysedModel, feature: string, name: string): string | undefined {
  const below = new Set([feature, ...downstreamOf(reader.graph, feature)])
  const above = new Set([name])
  for (const each of above) {
    const origin = maker.columns?.get(each)?.origin
    const isRead = origin ? origin.kind === 'model' && origin.model === reader.model.name : !maker.features.has(each)
    if (isRead && below.has(each)) return each
    if (!origin) for (const input of maker.features.get(each)?.inputs ?? []) above.add(input.name)
  }
  return undefined
}

/** Why a model cannot run without another one: it reads from it, or needs a name that only that one makes. */
function needOf(
  { models }: RuleContext,
  { model, unresolved }: AnalysedModel,
  wanted: AnalysedModel,
): string | undefined {
  const all = models.map((analysed) => analysed.model)
  const missing = [...unresolved.values()].flat().find(({ name }) => wanted.features.has(name))
  return (
    readingFrom(all, model, wanted.model.name) ??
    (missing && `'${model.name}' needs '${missing.name}' of '${wanted.model.name}'`)
  )
}

/** How a model reads from another one, itself or through others, as a clause: `'value' reads score.rows`. */
export function readingFrom(models: readonly Model[], start: Model, wanted: string): string | undefined {
  const reached = new Map<string, readonly string[]>([[start.name, []]])
  for (const [name, path] of reached) {
    const model = models.find((other) => other.name === name)
    for (const { owner, table } of model ? tablesOf(model) : []) {
      const steps = [...path, `'${name}' reads ${table}`]
      if (owner === wanted) return steps.join(', ')
      if (!reached.has(owner)) reached.set(owner, steps)
    }
  }
  return undefined
}

/** Also the one that is read because it stands before. */
const tablesOf = (model: Model): readonly { readonly owner: string; readonly table: string }[] => [
  ...(model.input.kind === 'model'
    ? [{ owner: model.input.model, table: `${model.input.model}.${model.input.table}` }]
    : []),
  ...tablesRead(model).map(({ owner, table }) => ({ owner, table: table.name })),
]

/** The tables of other models that a model names. */
export function tablesRead({ input, joins = [] }: Model): readonly { readonly table: Named; readonly owner: string }[] {
  const own =
    input.kind === 'model' && input.span
      ? [{ table: { name: `${input.model}.${input.table}`, span: input.span }, owner: input.model }]
      : []
  const joined = joins.flatMap(({ source, from }) =>
    source.kind === 'model' ? [{ table: from, owner: source.model }] : [],
  )
  return [...own, ...joined]
}
