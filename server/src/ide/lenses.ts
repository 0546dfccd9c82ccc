import type { AnalysedModel, Analysis, Feature, Level, Span } from '@modeldriver/engine'
import { whyText } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
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
    isBlocked ? lens('graph', t('blocked by a cycle')) : lens('run', t('▶ Run')),
    lens('graph', levelText(model, feature)),
    ...(feature.inputs.length > 0 ? [lens('inputs', inputsText(feature))] : []),
    ...(users > 0 ? [lens('users', t('used by {0}', users))] : []),
  ]
}

/** `per pin · #agg`, `row · one value per row`: what one value belongs to, and the reason. */
export function levelText(model: AnalysedModel, { name }: Feature): string {
  const decision = model.levels.get(name)
  if (!decision) return t('row')
  const said = whyText(decision.why)
  const why = decision.rule === 'name' ? t('{0} — confirm?', said) : said
  return `${levelWord(model, decision.level)} · ${why}`
}

/** `per pin`, `whole table`, `row`: what one value belongs to. */
export function levelWord(model: AnalysedModel, level: Level): string {
  if (level === 'group') return perKey(model)
  return level === 'row' ? t('row') : t('constant')
}

function perKey({ model: { groupBy } }: AnalysedModel): string {
  if (!groupBy) return t('group')
  return groupBy.length > 0 ? t('per {0}', groupBy.map(({ name }) => name).join(', ')) : t('whole table')
}

function inputsText({ inputs }: Feature): string {
  const names = inputs.slice(0, namesShown).map(({ name }) => name)
  const more = inputs.length > namesShown ? ', …' : ''
  const list = `${names.join(', ')}${more}`
  return inputs.length === 1 ? t('1 input: {0}', list) : t('{0} inputs: {1}', inputs.length, list)
}
