import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature, FeatureFile } from '../../ir/feature.ts'
import type { Effect, Helper } from '../../ir/sites.ts'
import { absolute } from '../edits.ts'
import { atFeature, type Finding, type Rule } from '../rule.ts'
import { isReadable } from './known.ts'

/** MD008: a body, or a helper that it uses, does more than give a value, or gives another one at each run. */
export const sideEffect: Rule = {
  code: 'MD008',
  name: 'side-effect',
  severity: 'warning',
  doc: `A feature gives one value from its inputs and nothing else: that is why it can be computed in any order, again, or not at all. What
does more cannot be trusted to: random numbers and the clock, printing, files and network, timers, \`this\`, changing a variable of the
file or an input.

\`\`\`ts
let counter = 0
export function row_number(pin) {
  return counter++ // depends on how often it was called before
}
\`\`\`

**What to do:** take what is needed as an input, and keep what changes inside of the function. A helper's effects are reported where
features use it.`,
  checkFeature({ snapshot }, analysed, feature) {
    const { path, sites } = feature
    if (sites.effects.length === 0 && sites.own.length === 0) return []
    const effectsOf = sites.own.length > 0 ? effectsOfHelpers(snapshot.files.get(path)) : undefined
    const throughThem = effectsOf ? throughHelpers(analysed, feature, effectsOf) : []
    return [...inFeature(analysed, feature), ...throughThem]
  },
}

/** The first effect that a name of the file leads to, with the helper that has it. */
type EffectsOfHelpers = (name: string) => { readonly helper: Helper; readonly effect: Effect } | undefined

function* inFeature(analysed: AnalysedModel, feature: Feature): Iterable<Finding> {
  const { effects } = feature.sites
  const told = new Set<string>()
  for (const effect of effects) {
    const key = `${effect.kind} ${effect.text}`
    if (told.has(key) || isColumn(analysed, effect)) continue
    told.add(key)
    const span = absolute(effect.span, feature.span.start)
    yield atFeature(analysed, feature, span, `'${feature.name}' ${does(effect)}${consequences[effect.kind]}`)
  }
}

function* throughHelpers(analysed: AnalysedModel, feature: Feature, effectsOf: EffectsOfHelpers): Iterable<Finding> {
  const told = new Set<string>()
  for (const { name, span } of feature.sites.own) {
    if (told.has(name)) continue
    told.add(name)
    const found = effectsOf(name)
    if (!found || isColumn(analysed, found.effect)) continue
    const { helper, effect } = found
    const verb = helper.isFunction ? 'calls' : 'reads'
    const message = `'${feature.name}' ${verb} '${name}', which ${does(effect)}${consequences[effect.kind]}`
    yield {
      ...atFeature(analysed, feature, absolute(span, feature.span.start), message),
      related: [
        {
          path: feature.path,
          span: absolute(effect.span, helper.span.start),
          message: `'${helper.name}' ${does(effect)}`,
        },
      ],
    }
  }
}

const known = new WeakMap<FeatureFile, { readonly effectsOf: EffectsOfHelpers | undefined }>()

/** Made once for all features of the file. */
function effectsOfHelpers(file: FeatureFile | undefined): EffectsOfHelpers | undefined {
  if (!file) return undefined
  const before = known.get(file)
  if (before) return before.effectsOf
  const effectsOf = helperEffects(file)
  known.set(file, { effectsOf })
  return effectsOf
}

function helperEffects(file: FeatureFile): EffectsOfHelpers | undefined {
  if (!file.helpers.some(({ sites }) => sites.effects.length > 0)) return undefined
  const byName = new Map(file.helpers.map((helper) => [helper.name, helper]))
  return (name) => {
    const reached = new Set([name])
    for (const each of reached) {
      const helper = byName.get(each)
      const [effect] = helper?.sites.effects ?? []
      if (helper && effect) return { helper, effect }
      for (const own of helper?.sites.own ?? []) reached.add(own.name)
    }
    return undefined
  }
}

/** `process` where the data has a column of that name: MD024 says that it is no parameter. */
const isColumn = (analysed: AnalysedModel, { kind, name }: Effect): boolean =>
  (kind === 'outside' || kind === 'print' || kind === 'later') && isReadable(analysed, name)

function does({ kind, text }: Effect): string {
  if (kind === 'write') return `writes '${text}' outside the function`
  if (kind === 'input') return `writes into its input '${text}'`
  return `${text.endsWith(')') ? 'calls' : 'uses'} ${text}`
}

const consequences: Readonly<Record<Effect['kind'], string>> = {
  random: ', so two runs can differ. Read the number from the data instead.',
  clock: ', so two runs can differ. Take the day as an input, or write it down as a constant.',
  print: ', which gives no value. Take it out when you have seen what you wanted.',
  later: ', but a feature gives its value at once: what comes later is lost. Calculate it right away.',
  outside: ', which is no part of the data, so two runs can differ. Read a column instead.',
  this: ', but a feature belongs to no object. Read an input instead.',
  write: ', so its value depends on what was calculated before. Keep it inside the function.',
  input: ', which other features read too. Make a new value instead.',
}
