import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix, TextEdit } from '../../ir/edit.ts'
import type { Feature } from '../../ir/feature.ts'
import type { KnownColumn } from '../../ir/model.ts'
import { basename } from '../../model/paths.ts'
import { freeName, renameFunction } from '../declarationEdits.ts'
import { renameInput, replace, subjectOf } from '../edits.ts'
import { keyPlace } from '../manifestEdits.ts'
import { atFeature, type FixContext, type Rule } from '../rule.ts'

/** MD015: a feature with the name of an input column. */
export const shadowedColumn: Rule = {
  code: 'MD015',
  name: 'shadowed-column',
  severity: 'error',
  doc: `A feature has the name of a column of the data, so it would be ambiguous which of the two the others read. The column wins:
the feature is not computed.

\`\`\`ts
export const cost = (cost) => Math.max(cost, 0)       // the data has a column "cost"
export const cost_clean = (cost) => Math.max(cost, 0)
\`\`\`

**What to do:** give the feature a name of its own (\`cost_clean\`) and read that.`,
  checkFeature(_, analysed, feature) {
    const { name } = feature
    const column = analysed.columns?.get(name)
    if (!column) return []
    const { origin } = column
    const self = feature.inputs.some((input) => input.name === name) ? ' and takes it as input' : ''
    const what = feature.frame
      ? `The table function '${feature.frame.name}' makes '${name}', which`
      : `Feature '${name}'`
    const free = freeName(analysed, `${name}_clean`)
    const todo = feature.frame
      ? `It cannot replace a column: let it make '${free}', declare that in its "outputs", and read it in place of '${name}'; or replace the column for later models with "outputs": { "${name}": "${free}" } of this model.`
      : `Rename it, for example to '${free}'.`
    const message = `${what} has the same name as a column of ${whereFrom(column)}${self}, so '${name}' would be ambiguous. ${todo}`
    return [
      {
        ...atFeature(analysed, feature, feature.nameSpan, message),
        ...(origin.kind === 'file' &&
          origin.span && { related: [{ path: origin.path, span: origin.span, message: `column '${name}'` }] }),
      },
    ]
  },
  *fixes(context, problem): Iterable<Fix> {
    const subject = subjectOf(context, problem)
    const file = context.snapshot.files.get(problem.path)
    const text = context.text(problem.path)
    if (!subject || !file || text === undefined || isHandedOver(context, subject.analysed, subject.feature.name)) return
    const { analysed, feature } = subject
    const name = freeName(analysed, `${feature.name}_clean`)
    const own = renameFunction(feature, name, file, text)
    if (!own) return
    const edits = [...own, ...renameKind(context, analysed, feature.name, name)]
    const users = readersOf(analysed, feature, name)
    if (users.length > 0) {
      yield {
        title:
          users.length === 1
            ? `Rename to '${name}' and use it in 1 feature`
            : `Rename to '${name}' and use it in ${users.length} features`,
        edits: [...edits, ...useIn(users, feature.name, name)],
      }
    }
    yield { title: `Rename to '${name}'`, edits }
  },
}

function whereFrom({ origin }: KnownColumn): string {
  switch (origin.kind) {
    case 'file':
      return basename(origin.path)
    case 'model':
      return `model '${origin.model}'`
    case 'manifest':
      return 'the manifest'
  }
}

/** The other features that read the column, and could read the feature without closing a cycle. */
function readersOf({ features }: AnalysedModel, feature: Feature, to: string): readonly Feature[] {
  const above = new Set([feature.name])
  for (const name of above) for (const input of features.get(name)?.inputs ?? []) above.add(input.name)
  return [...features.values()].filter(
    (reader) =>
      !above.has(reader.name) &&
      reader.inputs.some((input) => input.name === feature.name && renameInput(reader, input, to).length > 0),
  )
}

const useIn = (users: readonly Feature[], from: string, to: string): readonly TextEdit[] =>
  users.flatMap((user) =>
    user.inputs.filter(({ name }) => name === from).flatMap((input) => renameInput(user, input, to)),
  )

/** The manifest's `kinds` names the feature. */
function renameKind(context: FixContext, { model }: AnalysedModel, from: string, to: string): readonly TextEdit[] {
  if (!Object.hasOwn(model.kinds, from)) return []
  const span = keyPlace(context, model, ['kinds', from])
  return span ? [replace(context.snapshot.project.path, span, to)] : []
}

/** A later model reads the name from the outputs of this one, which are all of its features. */
const isHandedOver = ({ models }: FixContext, { model }: AnalysedModel, name: string): boolean =>
  model.outputs === undefined &&
  models.some(({ columns }) => {
    const origin = columns?.get(name)?.origin
    return origin?.kind === 'model' && origin.model === model.name && origin.table === 'outputs'
  })
