import type { AnalysedModel, Analysis, Feature, Level, Span } from '@modeldriver/engine'
import { behindCycles, directUsers } from './lineage.ts'
import { featuresIn, sourceKey } from './sources.ts'

/** One part of the line above a feature. */
export interface Lens {
  readonly span: Span
  readonly title: string
  readonly action: 'run' | 'graph' | 'inputs' | 'users'
  readonly feature: string
}

const namesShown = 6

/** The line above each feature of a file: run it, its level and why, its inputs, how many read it. */
export const lensesOf = (analysis: Analysis, path: string): readonly Lens[] =>
  featuresIn(analysis, path).flatMap(({ model, feature }) => lensesOfFeature(analysis, model, feature))

function lensesOfFeature(analysis: Analysis, model: AnalysedModel, feature: Feature): readonly Lens[] {
  const lens = (action: Lens['action'], title: string): Lens => ({
    span: feature.nameSpan,
    title,
    action,
    feature: feature.name,
  })
  const isBlocked = behindCycles(analysis).has(sourceKey({ kind: 'feature', model, feature }))
  const users = directUsers(analysis, model, feature).length
  return [
    isBlocked ? lens('graph', 'blocked by a cycle') : lens('run', '▶ Run'),
    lens('graph', levelText(model, feature)),
    ...(feature.inputs.length > 0 ? [lens('inputs', inputsText(feature))] : []),
    ...(users > 0 ? [lens('users', `used by ${users}`)] : []),
  ]
}

/** `per pin · #agg`, `row · one value per row`: what one value belongs to, and the reason. */
export function levelText(model: AnalysedModel, { name }: Feature): string {
  const decision = model.levels.get(name)
  if (!decision) return 'row'
  const why = decision.rule === 'name' ? `${decision.why} — confirm?` : decision.why
  return `${levelWord(model, decision.level)} · ${why}`
}

/** `per pin`, `whole table`, `row`: what one value belongs to. */
export const levelWord = (model: AnalysedModel, level: Level): string => (level === 'group' ? perKey(model) : level)

function perKey({ model: { groupBy } }: AnalysedModel): string {
  if (!groupBy) return 'group'
  return groupBy.length > 0 ? `per ${groupBy.map(({ name }) => name).join(', ')}` : 'whole table'
}

function inputsText({ inputs }: Feature): string {
  const names = inputs.slice(0, namesShown).map(({ name }) => name)
  const more = inputs.length > namesShown ? ', …' : ''
  return `${inputs.length} ${inputs.length === 1 ? 'input' : 'inputs'}: ${names.join(', ')}${more}`
}
