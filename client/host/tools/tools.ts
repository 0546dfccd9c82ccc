import {
  featureValues,
  type GraphNode,
  type GraphView,
  type LineageEntry,
  type RunSummary,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import type { Runs } from '../runner/runs.ts'
import { valueText } from '../values/texts.ts'

/*
 * What a language model in the editor may ask: the same analysis that the views show, as text. Nothing leaves the machine
 * through ModelDriver; running asks for trust and for confirmation as it does elsewhere.
 */

interface FeatureInput {
  readonly feature: string
}
interface RunInput {
  readonly model?: string
}

export function registerTools(language: Language, runs: Runs): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.lm.registerTool<object>('modeldriver_list_features', {
      invoke: async () =>
        text((await views(language)).map(listed).join('\n\n') || 'There are no models in this workspace.'),
    }),
    vscode.lm.registerTool<FeatureInput>('modeldriver_explain_lineage', {
      invoke: async ({ input }) => text(await lineageText(language, input.feature)),
    }),
    vscode.lm.registerTool<RunInput>('modeldriver_run_sample', {
      prepareInvocation: ({ input }) => ({
        invocationMessage:
          input.model === undefined
            ? t('Running the models on sample data')
            : t('Running {0} on sample data', input.model),
        confirmationMessages: {
          title: t('Run Model on Sample'),
          message: t('This executes the code of the feature files of this workspace.'),
        },
      }),
      invoke: async ({ input }) => text(await runText(language, runs, input.model)),
    }),
  )
}

const text = (value: string) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(value)])

async function views(language: Language): Promise<readonly GraphView[]> {
  const projects = await language.projects()
  const all = await Promise.all(projects.map(({ uri }) => language.graph(uri)))
  return all.flatMap((view) => view ?? [])
}

export function listed({ title, lanes, nodes }: GraphView): string {
  const models = lanes.map(({ model, seq, groupBy, input }) => {
    const own = nodes.filter((node) => node.model === model && node.kind !== 'model')
    const key = groupBy === undefined ? 'no group_by' : `group_by ${groupBy.join(', ') || 'the whole table'}`
    return [`Model ${model} (seq ${seq}, reads ${input}, ${key})`, ...own.map((node) => `- ${nodeText(node)}`)].join(
      '\n',
    )
  })
  return [`Pipeline ${title}`, ...models].join('\n')
}

function nodeText({ name, kind, type, why, doc, problems }: GraphNode): string {
  const level = kind === 'column' ? 'input column' : kind === 'constant' ? 'constant' : `${kind} feature`
  const facts = [level, type, kind === 'column' ? undefined : why, doc, ...problems.map(({ message }) => message)]
  return `${name}: ${facts.filter((fact) => fact !== undefined).join('; ')}`
}

async function lineageText(language: Language, feature: string): Promise<string> {
  const nodes = (await views(language)).flatMap((view) => view.nodes)
  const found = nodes.filter(
    ({ name, kind, place }) => name === feature && kind !== 'column' && kind !== 'model' && place,
  )
  const lineages = await Promise.all(
    found.map(async ({ place, model }) => {
      const lineage = place && (await language.lineage({ uri: place.uri, feature }))
      return (
        lineage &&
        `${feature} of model ${model}\n${entries('Made from', lineage.upstream)}\n${entries('Used by', lineage.users)}`
      )
    }),
  )
  const all = lineages.filter((lineage) => lineage !== undefined)
  if (all.length > 0) return all.join('\n\n')
  const names = [...new Set(nodes.filter(({ kind }) => kind !== 'model').map(({ name }) => name))]
  return `No feature is named '${feature}'. There are: ${names.join(', ')}.`
}

const entries = (title: string, list: readonly LineageEntry[]): string =>
  list.length === 0
    ? `${title}: nothing`
    : [
        `${title}:`,
        ...list.map(
          ({ name, kind, model, type, depth, why }) =>
            `${'  '.repeat(depth)}- ${[name, `${kind}${type === undefined ? '' : `, ${type}`}`, model, why].filter(Boolean).join('; ')}`,
        ),
      ].join('\n')

async function runText(language: Language, runs: Runs, model: string | undefined): Promise<string> {
  const all = await views(language)
  const view = model === undefined ? all[0] : all.find(({ lanes }) => lanes.some((lane) => lane.model === model))
  if (view === undefined) {
    const names = all.flatMap(({ lanes }) => lanes.map((lane) => lane.model))
    return model === undefined
      ? 'There are no models to run.'
      : `No model is named '${model}'. There are: ${names.join(', ')}.`
  }
  const outcome = await runs.start({ project: view.project, ...(model !== undefined && { model }) })
  if (outcome === undefined) return 'The workspace is not trusted, so nothing was run.'
  if (outcome.kind === 'cancelled') return 'The run was cancelled.'
  return outcome.kind === 'ran'
    ? summaryText(outcome.summary)
    : outcome.problems.map(({ message }) => message).join('\n')
}

export function summaryText({ models, problems }: RunSummary): string {
  const parts = models.map((model) => {
    const counts = [`${model.rows.count} rows`, ...(model.groups ? [`${model.groups.count} groups`] : [])].join(', ')
    const values = featureValues(model).map((value) => {
      const { feature, error } = value.feature
      return `- ${feature}: ${error === undefined ? valueText(value) : error.message}`
    })
    return [`Model ${model.model}: ${counts}`, ...values].join('\n')
  })
  return [...parts, ...problems.map(({ message }) => message)].join('\n\n')
}
