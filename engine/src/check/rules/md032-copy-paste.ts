import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature, Input } from '../../ir/feature.ts'
import { renameInput, subjectOf } from '../edits.ts'
import { andList, atFeature, type Finding, type Rule } from '../rule.ts'
import { isMadeCrosswise, isName, isTransformation, pairsOf, type Slot, slotsOf, withWord } from './families.ts'

/** MD032: a feature that is named after inputs it never reads, and reads those of a sibling. */
export const copyPaste: Rule = {
  code: 'MD032',
  name: 'copy-paste',
  severity: 'warning',
  doc: `A feature is named after columns that it does not read, and reads columns of another name in their place. That is how a copied
feature looks in which the inputs were forgotten; its numbers look right.

\`\`\`ts
export const twitter_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views
export const youtube_ctr = (twitter_clicks, twitter_views) => twitter_clicks / twitter_views // not YouTube's
\`\`\`

Names are compared word by word (\`_\` is between words). Nothing is said where a feature reads both, where its name compares them
(\`youtube_vs_twitter\`), where two features read each other's columns, and where one column is made from the other
(\`net_revenue\` from \`gross_revenue\`).

**What to do:** change the inputs to those that the name promises. If they are meant, give the feature a name that says so, or write
\`// md-ignore MD032: \` with the reason above it.`,
  *check({ models }) {
    for (const analysed of models)
      for (const [feature, copied] of copiesIn(analysed)) yield finding(analysed, feature, copied)
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    const found = subject && [...copiesIn(subject.analysed)].find(([{ name }]) => name === subject.feature.name)
    if (!found) return
    const [feature, copied] = found
    const changes = copied.mixedUp.flatMap(({ name, meant }) =>
      feature.inputs.filter((input) => input.name === name).map((input) => renameInput(feature, input, meant)),
    )
    if (changes.every((edits) => edits.length > 0))
      yield { title: `Change to ${andList(copied.mixedUp.map(({ meant }) => meant))}`, edits: changes.flat() }
  },
}

interface Copied {
  /** The inputs, and the names that stand in the feature's own family in their place. */
  readonly mixedUp: readonly Confusion[]
  /** The feature that it is a copy of. */
  readonly original?: Feature
}

/** What features read whose names say something else; most do not. */
function* copiesIn(analysed: AnalysedModel): Iterable<readonly [Feature, Copied]> {
  for (const [feature, read] of confusionsIn(analysed)) {
    const copied = copiedFrom(analysed, feature, read)
    if (copied) yield [feature, copied]
  }
}

/** An input that another column or feature would be with a word of the feature's name in the place of one of its own. */
interface Confusion {
  readonly own: Slot
  readonly name: string
  readonly word: string
  readonly meant: string
}

/** By feature. Remembered while the names stay: with each keystroke only the features with other inputs are asked again. */
function* confusionsIn(analysed: AnalysedModel): Iterable<readonly [Feature, readonly Confusion[]]> {
  const { columns, features } = analysed
  if (!columns) return
  const before = remembered.get(columns)
  const known = before && hasSameKeys(before.features, features) ? before.confusions : new Map<string, Confusions>()
  remembered.set(columns, { features, confusions: known })
  for (const feature of features.values()) {
    const { name, inputs } = feature
    const last = known.get(name)
    if (feature.frame) continue
    const isSame = last && inputs.length === last.read.length && inputs.every((each, i) => each.name === last.read[i])
    const found = isSame ? last.found : confusionsOf(analysed, feature)
    if (!isSame) known.set(name, { read: inputs.map((input) => input.name), found })
    if (found.length > 0) yield [feature, found]
  }
}

interface Confusions {
  readonly read: readonly string[]
  readonly found: readonly Confusion[]
}

const remembered = new WeakMap<
  NonNullable<AnalysedModel['columns']>,
  { readonly features: AnalysedModel['features']; readonly confusions: Map<string, Confusions> }
>()

function hasSameKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  if (one.size !== other.size) return false
  for (const key of one.keys()) if (!other.has(key)) return false
  return true
}

function confusionsOf(analysed: AnalysedModel, feature: Feature): readonly Confusion[] {
  const ownSlots = slotsOf(feature.name)
  if (ownSlots.length === 0 || ownSlots.some(({ word }) => relations.has(word))) return []
  const slotsRead = feature.inputs.flatMap(({ name }) => slotsOf(name).map((slot) => ({ name, slot })))
  const wordsRead = new Set(slotsRead.map(({ slot }) => slot.word))
  for (const { name } of feature.inputs) wordsRead.add(name)
  const isOther = (word: string) => !relations.has(word) && !ownSlots.some((own) => own.word === word)
  return ownSlots.flatMap((own) =>
    wordsRead.has(own.word)
      ? []
      : slotsRead.flatMap(({ name, slot }) => {
          const meant = withWord(slot, own.word)
          return meant !== feature.name && isName(analysed, meant) && isOther(slot.word)
            ? [{ own, name, word: slot.word, meant }]
            : []
        }),
  )
}

/** Of the words that could be mixed up, those with which the feature looks like a copy. */
function copiedFrom(analysed: AnalysedModel, feature: Feature, found: readonly Confusion[]): Copied | undefined {
  for (const { own, word } of found) {
    const mixedUp = found.filter((each) => each.own === own && each.word === word)
    const sibling = analysed.features.get(withWord(own, word))
    const isCopy = sibling
      ? mixedUp.every(({ name }) => sibling.inputs.some((input) => input.name === name))
      : !isQualifier(own.word) && !isQualifier(word)
    if (!isCopy || !isInUse(feature, mixedUp)) continue
    const pairs = pairsOf(analysed, own.word, word)
    const isMade = isTransformation(analysed, pairs) || isMadeCrosswise(analysed, feature.name, pairs)
    if (pairs.length > 1 && !isMade) return { mixedUp, ...(sibling && { original: sibling }) }
  }
  return undefined
}

/** The body reads the inputs, and not the names that would be right: MD018 and MD024 would say that. */
const isInUse = ({ inputs, sites }: Feature, mixedUp: readonly Confusion[]): boolean =>
  mixedUp.every(
    ({ name, meant }) =>
      inputs.some((input) => input.name === name && sites.reads.has(input.local)) &&
      !sites.free.some((free) => free.name === meant),
  )

function finding(analysed: AnalysedModel, feature: Feature, { mixedUp, original }: Copied): Finding {
  const { path, name, inputs } = feature
  const wrong = andList(mixedUp.map((each) => each.name))
  const right = andList(mixedUp.map(({ meant }) => meant))
  const [first, ...others] = inputs.filter((input) => mixedUp.some((each) => each.name === input.name))
  const message = `'${name}' reads ${wrong}${original ? `, as '${original.name}' does` : ''}, and not ${right}. Change the inputs, or give the feature a name that says what it reads.`
  return {
    ...atFeature(analysed, feature, (first as Input).span, message),
    related: [
      ...others.map((input) => ({ path, span: input.span, message: `'${input.name}' is read too` })),
      ...(original
        ? [{ path: original.path, span: original.nameSpan, message: `'${original.name}' reads the same` }]
        : []),
    ],
  }
}

/** Words of a name that compares, or is made from its opposite on purpose. */
const relations: ReadonlySet<string> = new Set(
  'vs versus to from over per against minus less than between before after without not non no other others opposite opponent prev previous prior next lag last'.split(
    ' ',
  ),
)

const qualifiers: ReadonlySet<string> = new Set(
  (
    'total sum mean avg average median min max count std var first share pct percent ratio rate net gross raw clean adj adjusted norm ' +
    'scaled log abs new old current is has daily weekly monthly hourly yearly annual day week month hour year today yesterday in out ' +
    'home away left right buy sell buyer seller bid ask open close start end high low up down sent received sender receiver credit debit ' +
    'income expense won lost plan planned actual target budget forecast own parent child front back inner outer male female import export'
  ).split(' '),
)

/** Says what was done to a value, or is the other side of something; numbers count steps. Only an original shows that such a feature is a copy. */
const isQualifier = (word: string): boolean => qualifiers.has(word) || /\d/.test(word)
