import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { Feature, FeatureFile } from '../ir/feature.ts'
import type { Finding, Rule, RuleContext } from './rule.ts'
import { isUnreadable } from './rules/unreadable.ts'

/** A model before a small edit, and what that changed. */
export interface Earlier {
  readonly analysed: AnalysedModel
  readonly snapshot: Snapshot
  /** Features that are written another way now, that have another level or type, or read one that has. */
  readonly changed: ReadonlySet<string>
}

/** Features of a model of which some rule had something to say. */
const talkedOf = new WeakMap<AnalysedModel, ReadonlySet<string>>()

/**
 * What the rules find that look at one feature at a time. After a small edit only those features are asked about which they may say
 * something now, or had something to say before: its places may have moved.
 */
export function featureFindings(
  context: RuleContext,
  analysed: AnalysedModel,
  rules: readonly Rule[],
  earlier: Earlier | undefined,
  failed: (rule: Rule, error: unknown) => void,
): ReadonlyMap<Rule, readonly Finding[]> {
  const all = new Map<Rule, Finding[]>()
  const said = new Set<string>()
  const asked = earlier && concerned(earlier, analysed, context.snapshot)
  for (const feature of asked ? inOrder(analysed, asked) : analysed.features.values()) {
    for (const rule of rules) {
      try {
        for (const finding of rule.checkFeature?.(context, analysed, feature) ?? []) {
          said.add(feature.name)
          const found = all.get(rule)
          if (found) found.push(finding)
          else all.set(rule, [finding])
        }
      } catch (error) {
        said.add(feature.name)
        failed(rule, error)
      }
    }
  }
  talkedOf.set(analysed, said)
  return all
}

function inOrder({ features }: AnalysedModel, names: ReadonlySet<string>): Iterable<Feature> {
  if (names.size < 2) return [...names].flatMap((name) => features.get(name) ?? [])
  return [...features.values()].filter(({ name }) => names.has(name))
}

/** Undefined: all. */
function concerned(
  { analysed: before, snapshot, changed }: Earlier,
  { features, model }: AnalysedModel,
  now: Snapshot,
): ReadonlySet<string> | undefined {
  const talked = talkedOf.get(before)
  if (!talked || snapshot.project.rules !== now.project.rules) return undefined
  if ([...changed].some((name) => !isExportedAlike(before.features.get(name), features.get(name)))) return undefined
  const names = new Set([...talked, ...changed])
  for (const path of model.featureFiles) {
    const [old, file] = [snapshot.files.get(path), now.files.get(path)]
    if (old === file || !old || !file) continue
    const isSame = hasSameHelpers(old, file)
    for (const each of [old, file])
      for (const { name, span } of isSame && !each.syntaxErrors ? [] : each.features)
        if (!isSame || isUnreadable(each, span)) names.add(name)
  }
  return names
}

const isExportedAlike = (a: Feature | undefined, b: Feature | undefined): boolean =>
  a?.path === b?.path && a?.exportName === b?.exportName

const hasSameHelpers = ({ helpers: a }: FeatureFile, { helpers: b }: FeatureFile): boolean =>
  a.length === b.length &&
  a.every(({ name, isFunction, sites }, i) => {
    const other = b[i]
    return name === other?.name && isFunction === other.isFunction && sites === other.sites
  })
