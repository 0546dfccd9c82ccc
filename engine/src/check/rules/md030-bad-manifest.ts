import type { AnalysedModel } from '../../ir/analysis.ts'
import type { KnownColumn } from '../../ir/model.ts'
import { ownReading } from '../../model/headers.ts'
import { closest } from '../../model/suggest.ts'
import { replace } from '../edits.ts'
import { changeTo, keyPlace, removeIt, rulePlace, setInModel, valuePlace } from '../manifestEdits.ts'
import { didYouMean, type Finding, inManifest, type Rule, type RuleContext } from '../rule.ts'
import { columnsOfTable, sourcesOf } from '../tables.ts'
import { badFormats } from './formats.ts'
import { badJoins, repeatedKeys } from './joins.ts'
import { withoutCount } from './tablesRead.ts'

/** MD030: names in the manifest that mean nothing. What has the wrong form is found while it is read (model/manifest.ts). */
export const badManifest: Rule = {
  code: 'MD030',
  name: 'bad-manifest',
  severity: 'error',
  isFixed: 'a manifest that is wrong cannot say so of itself',
  doc: `\`modeldriver.json\` does not say what it should: a word is misspelt or stands twice, a value has the wrong form, two models have one
name, a feature file is not there, a date pattern cannot be read by, or \`columns\`, \`kinds\`, \`joins\`, \`frames\` and \`rules\` name what does
not exist.

\`\`\`jsonc
"formats": { "date": "YYYY-MM-DD" },                  // years are yyyy, months MM, days dd
"columns": { "pric": { "required": true } },          // the column is "price"
"joins": [{ "from": "daily.groups", "on": ["day"] }], // brings a column that is there already: needs a "prefix"
"rules": { "MD999": "off" }                           // no such problem
\`\`\`

**What to do:** the message says which word and what it may be. Dates are written with yyyy or yy, MM or M, dd or d, HH or H, mm or m, ss or
s, SSS. The severity of MD030 itself and of MD027, which is found while a model runs, cannot be changed.`,
  *check(context) {
    yield* badRules(context)
    for (const analysed of context.models) {
      yield* columnsOf(context, analysed)
      yield* badFormats(context, analysed.model)
      yield* kindsOf(context, analysed)
      yield* badJoins(context, analysed)
      yield* repeatedKeys(context, analysed)
      yield* framesOf(context, analysed)
      if (analysed.model.groupOrder && !analysed.model.groupBy) yield orderWithoutKey(context, analysed)
    }
  },
  *fixes(context, problem) {
    yield* changeTo(problem)
    const { removable, join, prefix, write } = problem.data ?? {}
    if (typeof write === 'string')
      yield { title: `Write ${write}`, edits: [replace(problem.path, problem.span, write)], isPreferred: true }
    if (typeof removable === 'string') yield* removeIt(context, problem, removable)
    const analysed = context.models.find(({ model }) => model.name === problem.model)
    if (analysed && typeof join === 'number')
      yield {
        title: `Give the join the prefix "${prefix}"`,
        edits: setInModel(context, analysed.model, ['joins', join, 'prefix'], prefix),
        isPreferred: true,
      }
  },
}

function* badRules(context: RuleContext): Iterable<Finding> {
  const written = context.snapshot.project.rules
  const free = context.catalogue.filter(({ code, isFixed }) => isFixed === undefined && !Object.hasOwn(written, code))
  for (const name of Object.keys(written)) {
    const rule = context.catalogue.find(({ code }) => code === name)
    const at = (message: string) => inManifest(context, rulePlace(context, name), message)
    const removable = `"${name}"`
    if (rule?.isFixed !== undefined)
      yield {
        ...at(`The severity of ${name} cannot be changed: ${rule.isFixed}.`),
        data: { name, removable },
      }
    if (rule) continue
    const suggestions = closest(
      name,
      free.map(({ code }) => code),
    )
    yield {
      ...at(`There is no problem with the code "${name}".${didYouMean(suggestions)}`),
      data: { name, suggestions, removable },
    }
  }
}

/** `columns` of a model that reads a table must be in that table. */
function* columnsOf(context: RuleContext, analysed: AnalysedModel): Iterable<Finding> {
  const { model } = analysed
  if (Object.keys(model.columns).length === 0) return
  const there =
    model.input.kind === 'none'
      ? undefined
      : columnsOfTable(model.input, sourcesOf(context, analysed), ownReading(model))
  if (!there) return
  const where = withoutCount(analysed.columnsFrom)
  for (const [name, { from }] of Object.entries(model.columns)) {
    if (isThere(there, name, from)) continue
    const wrong = from ?? name
    const suggestions = closest(wrong, without(there.keys(), model.columns))
    const span =
      from === undefined
        ? keyPlace(context, model, ['columns', name])
        : valuePlace(context, model, ['columns', name, 'from'])
    yield {
      ...inManifest(context, span, `"columns" names '${wrong}', which is not in ${where}.${didYouMean(suggestions)}`),
      model: model.name,
      data: { name: wrong, suggestions, ...(from === undefined && { removable: `"${name}"` }) },
    }
  }
}

/** Names that an object does not have yet. */
const without = (names: Iterable<string>, written: object): readonly string[] =>
  [...names].filter((name) => !Object.hasOwn(written, name))

/** A header is read under the name that the manifest gives it. */
const isThere = (there: ReadonlyMap<string, KnownColumn>, name: string, from: string | undefined): boolean =>
  there.has(name) || (from !== undefined && there.has(from))

function* kindsOf(context: RuleContext, { model, features }: AnalysedModel): Iterable<Finding> {
  for (const name of Object.keys(model.kinds)) {
    if (features.has(name) || model.lacksFiles) continue
    const suggestions = closest(name, without(features.keys(), model.kinds))
    const message = `"kinds" names '${name}', which is not a feature of model '${model.name}'.${didYouMean(suggestions)}`
    yield {
      ...inManifest(context, keyPlace(context, model, ['kinds', name]), message),
      model: model.name,
      data: { name, suggestions, removable: `"${name}"` },
    }
  }
}

/** `frames` describes functions of the model that take one table. */
function* framesOf(context: RuleContext, { model, frames, features }: AnalysedModel): Iterable<Finding> {
  for (const { name, span } of model.frames ?? []) {
    const at = (message: string) => ({ ...inManifest(context, span, message), model: model.name })
    const count = frames.get(name)?.feature.inputs.length
    if (count !== undefined && count !== 1)
      yield at(`'${name}' takes ${count} parameters; a function in "frames" takes one, the table.`)
    if (count !== undefined || model.lacksFiles) continue
    const suggestions = closest(name, [...frames.keys(), ...features.keys()])
    yield {
      ...at(`"frames" names '${name}', which is not a function of model '${model.name}'.${didYouMean(suggestions)}`),
      data: { name, suggestions, removable: `"${name}"` },
    }
  }
}

const orderWithoutKey = (context: RuleContext, { model }: AnalysedModel): Finding => ({
  ...inManifest(
    context,
    keyPlace(context, model, ['group_order']),
    `"group_order" orders groups, but model '${model.name}' has no "group_by".`,
  ),
  model: model.name,
  data: { name: 'group_order', removable: '"group_order"' },
})
