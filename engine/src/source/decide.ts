import type { Feature } from '../ir/feature.ts'
import type { Level, LevelDecision } from '../ir/level.ts'
import type { ValueType } from '../ir/values.ts'
import { rowCounts } from './lengths.ts'
import { decideLevel } from './levels.ts'
import { inDependencyOrder } from './order.ts'
import { typeOfFeature } from './types.ts'

export interface DecidedFeatures {
  /** In the order given. One whose body means another thing over these columns is another object than was given. */
  readonly features: ReadonlyMap<string, Feature>
  readonly levels: ReadonlyMap<string, LevelDecision>
  /** What the values of a feature are, where that is sure. A run may find less: `integer` in `number`, `date` in `datetime`. */
  readonly types: ReadonlyMap<string, ValueType>
}

/** What is known of a column. */
export interface ColumnFacts {
  readonly level: 'row' | 'group'
  readonly type?: ValueType
}

/**
 * Decides for each feature whether it gives one value per row, one per group, or one in all, and what type its values have.
 * Both follow from those of its inputs, so features are decided in dependency order (in a cycle an undecided input counts as
 * row level, of unknown type).
 *
 * `features` have different names. `columnOf` answers for the columns of the model; a name that is neither a column nor
 * a feature counts as a row-level column that is not known yet, or as nothing when the input is optional.
 */
export function decideFeatures(
  features: readonly Feature[],
  columnOf: (name: string) => ColumnFacts | undefined,
  kinds: Readonly<Record<string, Level>>,
): DecidedFeatures {
  const given = new Map(features.map((feature) => [feature.name, feature]))
  const decided = new Map(given)
  const levels = new Map<string, LevelDecision>()
  const types = new Map<string, ValueType>()
  const typeOf = (name: string) => {
    const column = columnOf(name)
    return column ? column.type : types.get(name)
  }
  const decideOne = (written: Feature): void => {
    const optional = new Set(written.inputs.filter((input) => input.optional).map(({ name }) => name))
    const accepting = new Set(written.inputs.filter((input) => input.acceptsMissing).map(({ name }) => name))
    const isAbsent = (name: string) => optional.has(name) && !given.has(name) && columnOf(name) === undefined
    const levelOf = (name: string): Level =>
      columnOf(name)?.level ?? levels.get(name)?.level ?? (isAbsent(name) ? 'constant' : 'row')

    const feature = rowCounts(written, (name) => (levelOf(name) === 'row' ? typeOf(name) : undefined))
    const decision = decideLevel(feature, levelOf, kinds)
    const isGroup = decision.level === 'group'
    const type = typeOfFeature(feature, {
      typeOf: (name) => (isAbsent(name) ? 'missing' : typeOf(name)),
      isWhole: (name) => isGroup && levelOf(name) === 'row',
      isPresent: (name) => !accepting.has(name),
    })
    decided.set(feature.name, feature)
    levels.set(feature.name, decision)
    if (type) types.set(feature.name, type)
  }
  inDependencyOrder(features, (name) => (columnOf(name) ? undefined : given.get(name)), decideOne)
  return {
    features: decided,
    levels: new Map(features.map(({ name }) => [name, levels.get(name) as LevelDecision])),
    types,
  }
}
