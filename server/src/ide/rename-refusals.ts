import type { AnalysedModel, Analysis, Feature, Input } from '@modeldriver/engine'
import { basename, decideFeatures, isReserved, isVariableName, nameIn } from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { type Given, type Giver, type Moves, tableKey } from './naming.ts'

/** Why a thing cannot have a name, as sentences for the author; undefined when nothing speaks against it. */
export function refusalOf(
  analysis: Analysis,
  name: string,
  given: Given,
  moves: Moves,
  to: string,
): string | undefined {
  if (to === name) return t("'{0}' is the name already.", to)
  return (
    withoutPrefix(name, given.prefix, to) ??
    unfit(moves, to) ??
    fixed(analysis, moves) ??
    first(moves.names, ([model, moved]) => taken(given.giver, model, moved) ?? inFrames(model, moved)) ??
    first(analysis.models, (model) => unevenJoin(model, moves)) ??
    first(moves.givers, (each) => takenAsOutput(each.giver, each.to) ?? otherLevel(each.giver, each.to))
  )
}

function withoutPrefix(name: string, prefix: string, to: string): string | undefined {
  if (to.startsWith(prefix) && to.length > prefix.length) return undefined
  return t(
    "The join in modeldriver.json puts '{0}' before '{1}', so the new name must begin with '{0}' too.",
    prefix,
    name.slice(prefix.length),
  )
}

/** A name that the places where it would stand cannot have. */
function unfit({ givers, names }: Moves, to: string): string | undefined {
  if (to.trim() === '') return t('A column or feature needs a name.')
  const feature = givers.find(({ giver }) => giver.kind === 'feature')
  if (feature?.to.startsWith('_'))
    return t(
      "A function whose name begins with _ is no feature. Choose a name for '{0}' that begins with a letter.",
      feature.giver.name,
    )
  const isFit = [...names.values()].every((moved) => [...moved.values()].every(isVariableName))
  if (isFit && (!feature || isVariableName(feature.to))) return undefined
  const why = isReserved(to)
    ? t("'{0}' is a word of the language", to)
    : t("'{0}' is not a name: letters, digits and _ make one", to)
  if (feature) return t('{0}. Choose another name for the feature.', why)
  const reader = [...names].flatMap(([model, moved]) => readers(model, moved)).find(({ form }) => form === 'positional')
  return (
    reader &&
    t(
      "{0}, and '{1}' reads the column as a parameter. Choose another name, or write '{1}' with { … } around its inputs.",
      why,
      reader.name,
    )
  )
}

/** What has its name from data or code that a rename does not change. */
function fixed({ snapshot }: Analysis, { givers }: Moves): string | undefined {
  for (const { giver } of givers) {
    const { kind, model, name } = giver
    const origin = model.columns?.get(name)?.origin
    if (kind === 'frame')
      return t(
        `'{0}' is made by the table function '{1}', whose code names its columns itself. Change it there, and in "frames" of modeldriver.json.`,
        name,
        model.features.get(name)?.frame?.name ?? '',
      )
    if (kind === 'joined file')
      return t(
        `'{0}' is a column of {1}, and data is never changed. Only the "prefix" of the join can give its columns other names.`,
        name,
        origin?.kind === 'file' ? basename(origin.path) : t('a joined file'),
      )
    if (kind !== 'column' || snapshot.project.kind === 'manifest') continue
    const { input } = model.model
    const data = input.kind === 'file' ? basename(input.path) : t('the data')
    return t(
      `'{0}' is a column of {1}, and data is never changed. A modeldriver.json can give the column another name: make one with the command "ModelDriver: Create modeldriver.json".`,
      name,
      data,
    )
  }
  return undefined
}

/** A model in which a new name stands for something else already. */
function taken(giver: Giver, model: AnalysedModel, moved: ReadonlyMap<string, string>): string | undefined {
  // A misspelt parameter becomes the name of something that is there.
  if (giver.kind === 'nothing' && isUnresolved(model, giver.name)) return undefined
  return first(new Set(moved.values()), (to) => (moved.has(to) ? undefined : takenIn(model, to)))
}

function takenIn(model: AnalysedModel, to: string): string | undefined {
  const { name, columns, kinds } = model.model
  if (model.features.has(to)) return t("'{0}' is already a feature of model '{1}'. Choose another name.", to, name)
  if (model.columns?.has(to))
    return t(
      "'{0}' is already a column of model '{1}' (from {2}). Choose another name.",
      to,
      name,
      model.columnsFrom ?? t('its data'),
    )
  const word = Object.hasOwn(columns, to) ? 'columns' : Object.hasOwn(kinds, to) ? 'kinds' : undefined
  if (word)
    return t(`modeldriver.json already names '{0}' in "{1}" of model '{2}'. Choose another name.`, to, word, name)
  const reader = [...model.features.values()].find((feature) => feature.inputs.some(catches(model, to)))
  return (
    reader &&
    t(
      "'{0}' has a parameter '{1}' already, which would read this from now on. Choose another name, or rename that parameter first.",
      reader.name,
      to,
    )
  )
}

/** A parameter that works without the new name; one that is an error today would be repaired by it. */
const catches =
  (model: AnalysedModel, to: string) =>
  ({ name, optional }: Input): boolean =>
    name === to && (optional || model.columns === undefined)

const isUnresolved = (model: AnalysedModel, name: string): boolean =>
  [...model.unresolved.values()].some((inputs) => inputs.some((input) => input.name === name))

/** Functions that take whole tables name columns in code that cannot be read here. */
function inFrames(model: AnalysedModel, moved: ReadonlyMap<string, string>): string | undefined {
  for (const { name, inputs } of model.model.frames ?? []) {
    const read = inputs.find((input) => moved.has(input.name))
    if (read)
      return t(
        "The table function '{0}' of model '{1}' reads '{2}', and its code names its columns itself. Change it by hand.",
        name,
        model.model.name,
        read.name,
      )
  }
  return undefined
}

/** `on` names a column of both tables at once. */
function unevenJoin({ model, joins }: AnalysedModel, { names, ports }: Moves): string | undefined {
  for (const { join, keys } of joins) {
    const { source, from } = join
    for (const { written, column } of keys) {
      const { name } = written
      const here = [...names].find(([moved]) => moved.model === model)?.[1].get(name)
      const there = source.kind === 'model' ? ports.get(tableKey(source))?.get(column ?? name) : undefined
      if (here !== there)
        return t(
          "Model '{0}' joins {1} on '{2}', which both tables must call the same, and only one of them would change. Rename it by hand where the two begin.",
          model.name,
          from.name,
          name,
        )
    }
  }
  return undefined
}

/** `outputs` gives each name once. */
function takenAsOutput(giver: Giver, to: string): string | undefined {
  if (giver.kind !== 'output') return undefined
  const { name, outputs, groupBy } = giver.model.model
  const isInRows = nameIn(giver.model, 'rows', giver.name) !== giver.name
  const isTaken =
    outputs?.some(({ as }) => as === to) ||
    groupBy?.some((key) => key.name === to) ||
    (isInRows && giver.model.columns?.has(to))
  return isTaken ? t("Model '{0}' already has an output '{1}'. Choose another name.", name, to) : undefined
}

/** A feature whose level only its name tells must not change it silently. */
function otherLevel(giver: Giver, to: string): string | undefined {
  if (giver.kind !== 'feature') return undefined
  const { model, feature } = giver
  const before = model.levels.get(feature.name)
  if (!before || (before.rule !== 'name' && before.rule !== 'default')) return undefined
  if (levelByName(feature, to) === before.level) return undefined
  return before.level === 'group'
    ? t(
        "'{0}' is a group feature only because of its name, and '{1}' would be a row feature. Write #agg in it first, or choose another name.",
        feature.name,
        to,
      )
    : t(
        "By its name '{0}' would be taken for a group feature, and '{1}' is none. Write #row in it first, or choose another name.",
        to,
        feature.name,
      )
}

const levelByName = (feature: Feature, name: string) =>
  decideFeatures([{ ...feature, name }], () => ({ level: 'row' }), { kinds: {} }).levels.get(name)?.level

const readers = (model: AnalysedModel, moved: ReadonlyMap<string, string>): readonly Feature[] =>
  [...model.features.values()].filter(({ inputs }) => inputs.some(({ name }) => moved.has(name)))

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
