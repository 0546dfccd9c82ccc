import type { Feature, Input } from '../ir/feature.ts'
import type { Level, LevelDecision } from '../ir/level.ts'
import type { ValueType } from '../ir/values.ts'
import { elementOfColumn } from './elements.ts'
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

/** What a model says of its features' levels. */
export interface LevelWords {
  readonly kinds: Readonly<Record<string, Level>>
  /** Its groups are known; without them a text that is walked over is one text. */
  readonly groupBy?: unknown
}

/** What was decided before, for features that are not decided again. */
export interface Decisions {
  readonly levels: Pick<DecidedFeatures['levels'], 'get'>
  readonly types: Pick<ReadonlyMap<string, ValueType | undefined>, 'get'>
}

/**
 * Decides for each feature whether it gives one value per row, one per group, or one in all, and what type its values have.
 * Both follow from those of its inputs, so features are decided in dependency order (in a cycle an undecided input counts as
 * row level, of unknown type).
 *
 * `features` have different names. `columnOf` answers for the columns of the model, `before` for other features; a name that
 * nobody knows counts as a row-level column that is not known yet, or as nothing when the input is optional.
 */
export function decideFeatures(
  features: readonly Feature[],
  columnOf: (name: string) => ColumnFacts | undefined,
  said: LevelWords,
  before: Decisions = { levels: new Map(), types: new Map() },
): DecidedFeatures {
  const given = new Map(features.map((feature) => [feature.name, feature]))
  const decided = new Map(given)
  const levels = new Map<string, LevelDecision>()
  const types = new Map<string, ValueType>()
  const factsOf = ({ name, optional }: Input): InputFacts => {
    const column = columnOf(name)
    if (column) return { level: column.level, type: column.type }
    const known = levels.has(name) ? { levels, types } : before
    const level = known.levels.get(name)?.level
    if (level !== undefined) return { level, type: known.types.get(name) }
    if (given.has(name)) return { level: 'row', type: undefined }
    return optional ? { level: 'constant', type: 'missing' } : { level: 'row', type: undefined }
  }
  inDependencyOrder(
    features,
    (name) => (columnOf(name) ? undefined : given.get(name)),
    (written) => {
      const { name } = written
      const { meaning, decision, type } = decideAgain(written, written.inputs.map(factsOf), said)
      decided.set(name, meaning.body === written.body ? written : { ...written, ...meaning })
      levels.set(name, decision)
      if (type) types.set(name, type)
    },
  )
  return {
    features: decided,
    levels: new Map(features.map(({ name }) => [name, levels.get(name) as LevelDecision])),
    types,
  }
}

interface InputFacts {
  readonly level: Level
  /** `missing`: an optional input that is not there. */
  readonly type: ValueType | 'missing' | undefined
}

interface Decided {
  /** What the body means over the inputs as they are. */
  readonly meaning: Pick<Feature, 'body' | 'fingerprint'>
  readonly decision: LevelDecision
  readonly type: ValueType | undefined
}

/** Most features are decided again and again with nothing changed but their places. */
const remembered = new WeakMap<Feature['body'], Remembered>()

interface Remembered {
  readonly feature: Feature
  readonly facts: readonly InputFacts[]
  readonly kind: Level | undefined
  readonly hasGroups: boolean
  readonly decided: Decided
}

function decideAgain(feature: Feature, facts: readonly InputFacts[], { kinds, groupBy }: LevelWords): Decided {
  const hasGroups = groupBy !== undefined
  const kind = Object.hasOwn(kinds, feature.name) ? kinds[feature.name] : undefined
  const known = remembered.get(feature.body)
  if (
    known &&
    known.kind === kind &&
    known.hasGroups === hasGroups &&
    isSameWritten(known.feature, feature) &&
    isSameFacts(known.facts, facts)
  )
    return known.decided
  const decided = decide(feature, facts, kinds, hasGroups)
  remembered.set(feature.body, { feature, facts, kind, hasGroups, decided })
  return decided
}

/** Whether two features say the same of themselves; where they stand does not matter. */
export function isSameWritten(a: Feature | undefined, b: Feature): boolean {
  if (a === b) return true
  if (a === undefined) return false
  return (
    a.body === b.body &&
    a.sites === b.sites &&
    a.name === b.name &&
    a.exportName === b.exportName &&
    a.path === b.path &&
    a.typeLevel === b.typeLevel &&
    a.directives.length === b.directives.length &&
    a.directives.every(({ level, text }, i) => level === b.directives[i]?.level && text === b.directives[i].text) &&
    a.inputs.length === b.inputs.length &&
    a.inputs.every((input, i) => isSameInput(input, b.inputs[i] as Input))
  )
}

const isSameInput = (a: Input, b: Input): boolean =>
  a.name === b.name && a.optional === b.optional && a.acceptsMissing === b.acceptsMissing

const isSameFacts = (a: readonly InputFacts[], b: readonly InputFacts[]): boolean =>
  a.length === b.length && a.every(({ level, type }, i) => level === b[i]?.level && type === b[i]?.type)

function decide(
  written: Feature,
  facts: readonly InputFacts[],
  kinds: Readonly<Record<string, Level>>,
  hasGroups: boolean,
): Decided {
  const byName = new Map(written.inputs.map((input, i) => [input.name, { input, facts: facts[i] as InputFacts }]))
  const levelOf = (name: string): Level => byName.get(name)?.facts.level ?? 'row'
  const rowTypeOf = (name: string) => {
    const type = byName.get(name)?.facts.type
    return levelOf(name) === 'row' && type !== 'missing' ? type : undefined
  }
  const feature = rowCounts(written, rowTypeOf)
  const walked = feature.body.kind === 'opaque' ? feature.body.walked : undefined
  const readsLetters = !hasGroups && walked !== undefined && rowTypeOf(walked) === 'string'
  const asked = readsLetters ? { ...feature, body: withoutEvidence(feature.body) } : feature
  const decision = decideLevel(asked, levelOf, kinds, elementOfColumn(feature, rowTypeOf))
  const isGroup = decision.level === 'group'
  const type = typeOfFeature(feature, {
    typeOf: (name) => byName.get(name)?.facts.type,
    isWhole: (name) => isGroup && levelOf(name) === 'row',
    isPresent: (name) => byName.get(name)?.input.acceptsMissing !== true,
  })
  return { meaning: { body: feature.body, fingerprint: feature.fingerprint }, decision, type }
}

/** The body as it is where a text is walked over letter by letter. */
function withoutEvidence(body: Feature['body']): Feature['body'] {
  if (body.kind !== 'opaque') return body
  const { aggregates: _, ...rest } = body
  return rest
}
