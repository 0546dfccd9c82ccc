import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Named } from '../../ir/model.ts'
import { closest } from '../../model/suggest.ts'
import { chainFixes } from '../chainFixes.ts'
import { changeTo } from '../manifestEdits.ts'
import { atFeature, didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { joinKeys, madeElsewhere, needsBack, tableOf, tablesRead } from './chains.ts'

/** MD009: a model needs something that no earlier model gives it, though another model makes it; or it reads a model that is not there. */
export const chainInput: Rule = {
  code: 'MD009',
  name: 'chain-input',
  severity: 'error',
  doc: `A model needs a name that another model makes, and what it reads does not have it: the name is made by a later
model, or by one whose table this model does not read.

**What to do:** give the models the right order (\`seq\`), add the name to the earlier model's \`outputs\`, read the right table
(\`"input": "transactions.rows"\`), or bring it in by key (\`"joins"\`). Of two models that need each other none can run first: a feature
that both need belongs into the earlier one, or into a model of its own that runs before them.`,
  *check(context) {
    for (const analysed of context.models) {
      yield* missingTables(context, analysed)
      for (const [name, inputs] of analysed.unresolved) {
        const feature = analysed.features.get(name) as Feature
        for (const input of feature.frame ? [] : inputs) {
          const made = elsewhere(context, analysed, input.name, name)
          if (made) yield { ...atFeature(analysed, feature, input.span, made.message), ...made }
        }
      }
      for (const { name, span, frame } of framesRead(analysed)) {
        const made = elsewhere(context, analysed, name, frame)
        if (made) yield { ...inManifest(context, span, made.message), model: analysed.model.name, ...made }
      }
    }
  },
  *fixes(context, problem) {
    yield* changeTo(problem)
    const reader = context.models.find(({ model }) => model.name === problem.model)
    const maker = context.models.find(({ model }) => model.name === problem.data?.maker)
    if (reader && maker) yield* chainFixes(context, reader, maker, String(problem.data?.name))
  },
}

/** What table functions say they read, and what is not there. */
function framesRead({ frames, columns, features }: AnalysedModel): readonly (Named & { readonly frame: string })[] {
  const read = [...frames].flatMap(([frame, { declared }]) =>
    (declared?.inputs ?? []).map((input) => ({ ...input, frame })),
  )
  return columns ? read.filter(({ name }) => !columns.has(name) && !features.has(name)) : []
}

/** What is said of a name that another model makes; `feature` is what needs it. */
function elsewhere(context: RuleContext, analysed: AnalysedModel, name: string, feature: string) {
  const maker = madeElsewhere(context, analysed, name)
  const made = maker?.features.get(name)
  if (!maker || !made) return undefined
  const isLater = context.models.indexOf(maker) > context.models.indexOf(analysed)
  const circle = isLater ? needsBack(context, analysed, maker, feature, name) : undefined
  return {
    message: circle ?? `${whoMakes(analysed, maker, name, isLater)} ${nextStep(analysed, maker, name, isLater)}`,
    related: [{ path: made.path, span: made.nameSpan, message: `'${name}' is made here` }],
    data: { name, maker: maker.model.name },
  }
}

function whoMakes({ model, columnsFrom }: AnalysedModel, maker: AnalysedModel, name: string, isLater: boolean): string {
  const who = `model '${maker.model.name}' (seq ${maker.model.seq})`
  const needs = `Model '${model.name}' (seq ${model.seq}) needs '${name}'`
  if (model.input.kind !== 'model')
    return `${needs}, which is no column of ${columnsFrom}. It is made by ${who}${isLater ? ', which runs later' : ''}.`
  const when = isLater ? '' : `, but '${model.name}' reads ${columnsFrom}`
  return `${needs}, which no earlier model outputs. '${name}' is made by ${who}${when}.`
}

function nextStep(reader: AnalysedModel, maker: AnalysedModel, name: string, isLater: boolean): string {
  const { model } = reader
  if (model.input.kind !== 'model') {
    const bring = bringIn(reader, maker, name)
    return isLater
      ? `Give '${maker.model.name}' a smaller "seq" than '${model.name}', and ${bring}.`
      : `${bring.slice(0, 1).toUpperCase()}${bring.slice(1)}.`
  }
  if (isLater)
    return `Give '${maker.model.name}' a smaller "seq" than '${model.name}', and let '${model.name}' read it.`
  const { model: made } = maker
  const { isGroup, table } = tableOf(maker, name)
  if (model.input.kind === 'model' && model.input.model === made.name) {
    if (model.input.table === 'outputs' && (isGroup || !made.groupBy))
      return `Add it to the "outputs" of '${made.name}', or read '${table}'.`
    return `It is one value per ${isGroup ? made.groupBy?.map((key) => key.name).join(' and ') || 'table' : 'row'}: read '${table}'${isGroup ? ', or join it' : ''}.`
  }
  return `Let '${model.name}' read '${maker.model.name}' ("input"), or a model that hands it over.`
}

/** How a model that reads a file gets what another one makes. */
function bringIn(reader: AnalysedModel, maker: AnalysedModel, name: string): string {
  const { table } = tableOf(maker, name)
  const keys = joinKeys(reader, maker, name)
  return keys
    ? `join it in '${reader.model.name}': "joins": [{ "from": "${table}", "on": ${JSON.stringify(keys).replaceAll(',', ', ')} }]`
    : `let '${reader.model.name}' read it: "input": "${table}" in place of its data`
}

/** Tables that a model names, of a model that is not there or has no such table. */
function* missingTables(context: RuleContext, { model }: AnalysedModel): Iterable<Finding> {
  for (const { table, owner } of tablesRead(model)) {
    const source = context.models.find((other) => other.model.name === owner)
    const at = (message: string, suggestions: readonly string[]): Finding => ({
      ...inManifest(context, table.span, `${message}${didYouMean(suggestions)}`),
      model: model.name,
      data: { name: table.name, suggestions },
    })
    const kind = table.name.slice(owner.length)
    if (source && (kind !== '.groups' || source.model.groupBy)) continue
    const own = context.models.findIndex((other) => other.model === model)
    const earlier = context.models.slice(0, own).map((other) => other.model.name)
    yield source
      ? at(`Model '${model.name}' reads '${table.name}', but '${owner}' has no group_by.`, [`${owner}.rows`])
      : at(
          `Model '${model.name}' reads '${table.name}', but there is no model '${owner}'.`,
          closest(owner, earlier).map((name) => name + kind),
        )
  }
}
