import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import type { Named } from '../../ir/model.ts'
import { closest } from '../../model/suggest.ts'
import { chainFixes } from '../chainFixes.ts'
import { changeTo } from '../manifestEdits.ts'
import { atFeature, didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { tablesRead } from './md010-chain-order.ts'

/** MD009: a model needs something that no earlier model gives it, though another model makes it; or it reads a model that is not there. */
export const chainInput: Rule = {
  code: 'MD009',
  name: 'chain-input',
  severity: 'error',
  doc: `A model reads its input from an earlier model, and that model does not provide what is needed: the name is made by a later
model, or by one whose output is not what this model reads.

**What to do:** give the models the right order (\`seq\`), add the name to the earlier model's \`outputs\`, or read the right table
(\`"input": "transactions.rows"\`).`,
  *check(context) {
    for (const analysed of context.models) {
      yield* missingTables(context, analysed)
      for (const [name, inputs] of analysed.unresolved) {
        const feature = analysed.features.get(name) as Feature
        for (const input of feature.frame ? [] : inputs) {
          const made = elsewhere(context, analysed, input.name)
          if (made) yield { ...atFeature(analysed, feature, input.span, made.message), ...made }
        }
      }
      for (const { name, span } of framesRead(analysed)) {
        const made = elsewhere(context, analysed, name)
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
function framesRead({ frames, columns, features }: AnalysedModel): readonly Named[] {
  const read = [...frames.values()].flatMap(({ declared }) => declared?.inputs ?? [])
  return columns ? read.filter(({ name }) => !columns.has(name) && !features.has(name)) : []
}

/** What is said of a name that another model makes. */
function elsewhere(context: RuleContext, analysed: AnalysedModel, name: string) {
  const { model, columnsFrom } = analysed
  const maker = madeElsewhere(context, analysed, name)
  const made = maker?.features.get(name)
  if (!maker || !made) return undefined
  const when = maker.model.seq < model.seq ? `, but '${model.name}' reads ${columnsFrom}` : ''
  return {
    message:
      `Model '${model.name}' (seq ${model.seq}) needs '${name}', which no earlier model outputs. ` +
      `'${name}' is made by model '${maker.model.name}' (seq ${maker.model.seq})${when}. ${nextStep(context, analysed, maker, name)}`,
    related: [{ path: made.path, span: made.nameSpan, message: `'${name}' is made here` }],
    data: { name, maker: maker.model.name },
  }
}

function nextStep(context: RuleContext, reader: AnalysedModel, maker: AnalysedModel, name: string): string {
  const { model } = reader
  const isLater = context.models.indexOf(maker) > context.models.indexOf(reader)
  if (isLater)
    return `Give '${maker.model.name}' a smaller "seq" than '${model.name}', and let '${model.name}' read it.`
  const { model: made, levels } = maker
  const isGroup = made.groupBy !== undefined && levels.get(name)?.level === 'group'
  const table = `${made.name}.${isGroup ? 'groups' : 'rows'}`
  if (model.input.kind === 'model' && model.input.model === made.name) {
    if (model.input.table === 'outputs' && (isGroup || !made.groupBy))
      return `Add it to the "outputs" of '${made.name}', or read '${table}'.`
    return `It is one value per ${isGroup ? made.groupBy?.map((key) => key.name).join(' and ') || 'table' : 'row'}: read '${table}'${isGroup ? ', or join it' : ''}.`
  }
  return `Let '${model.name}' read '${maker.model.name}' ("input"), or a model that hands it over.`
}

/** Another model that makes a feature of that name, for a model that reads from models. */
export function madeElsewhere(
  { models }: RuleContext,
  { model }: AnalysedModel,
  name: string,
): AnalysedModel | undefined {
  if (model.input.kind !== 'model') return undefined
  return models.find((other) => other.model !== model && other.features.has(name))
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
