import { inLanguage, valuesIn } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'

/** The sentences around a reason. */
const sentenceForms = ["In '{0}' {1}.", "'{0}' {1}."]

/** Why a table function cannot become features, as the engine says it: phrases after its name, the special ones first. */
const phraseForms = [
  'is not declared in a statement of its own',
  'is used by {0}',
  'makes a column twice',
  'makes no column',
  'returns no table',
  'stands in a file that cannot be read to its end',
  'sums up the whole table, which has no groups there',
  'takes something else than one table',
  "'{0}' aggregates the whole table, which has no groups there",
  "'{0}' aggregates an aggregate",
  "'{0}' aggregates what is the same in every row",
  "'{0}' reads single values of a group",
  "'{0}' hands the whole row on",
  "'{0}' takes the row apart in another way",
  "'{0}' takes parameters of the table ($)",
  "'{0}' calls op.{1}, {2}",
  "'{0}' calls {1}",
  "'{0}' counts rows beside values of the row",
  "'{0}' has a variable '{1}' of its own",
  "'{0}' is no function of a row: {1}",
  'calls .{0}() with something else than columns in { … }',
  'calls .{0}(), {1}',
  "changes '{0}': give what it makes of it another name first",
  'does more than steps of a table: {0}',
  "makes '{0}' twice; a feature is made once",
  "makes '{0}', and no function can have this name",
  "makes '{0}', and the model has another '{1}'",
  'names a column in another way: {0}',
  "says that it makes '{0}', and its code does not",
  'groups by {0}, and the group_by of the model {1}',
]

/** What phrases say of a step or function, or of the key. */
const detailForms = [
  'another statement',
  'which no feature has',
  'which counts missing as a value, and nunique() does not',
  'which takes the first of equally frequent values, and mode() the smallest',
  'which looks at the rows around it: write it with cumsum(), lag() or rank() of a column',
  'which is no step of single columns',
  'which leaves rows out',
  'which orders the rows',
  'which gives columns other names',
  'whose values are no columns',
  'which is "joins" in modeldriver.json',
  'which changes columns',
  'is not there',
  'is the whole table',
  'is {0}',
]

const ofTwoModels = "'{0}' stands in a file of two models. Give each its own."

export const reasonForms = [ofTwoModels, ...sentenceForms, ...phraseForms, ...detailForms]

/** A reason in the language of the editor. */
export function reasonText(reason: string): string {
  if (valuesIn(ofTwoModels, reason)) return inLanguage(reason, [ofTwoModels])
  return composed(reason, sentenceForms, (phrase) =>
    composed(phrase, phraseForms, (detail) => inLanguage(detail, detailForms)),
  )
}

/** By the first form that the text has, with its last value in the language, too. */
function composed(text: string, forms: readonly string[], inner: (value: string) => string): string {
  for (const form of forms) {
    const found = valuesIn(form, text)
    if (found === undefined) continue
    const values = found.map((value, i) => (i === found.length - 1 ? inner(value) : value))
    return t(form, ...values)
  }
  return text
}
