import { literalTexts } from '../check/literals.ts'
import {
  isWholeInput,
  type ModelOrigin,
  makerIn,
  reasonOfType,
  seenType,
  truthWordsOf,
  typeOfName,
} from '../check/valueTypes.ts'
import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import { children } from '../ir/children.ts'
import { type Expression, isWindowName, type Vector } from '../ir/expression.ts'
import type { Feature, Input } from '../ir/feature.ts'
import type { ValueType } from '../ir/values.ts'
import { insertionsFor, type ShadowFeature, type ShadowFile, type ShadowInput } from './shadow.ts'

/** The files of a project with the types of everything their features read. `textOf` gives the texts that were analysed. */
export function shadowProject(analysis: Analysis, textOf: (path: string) => string | undefined): readonly ShadowFile[] {
  const typing = new Typing(analysis)
  return analysis.models.flatMap((analysed) =>
    analysed.model.featureFiles.flatMap((path) => {
      const text = textOf(path)
      const own = [...analysed.features.values()].filter((feature) => feature.path === path && !feature.frame)
      return text === undefined || own.length === 0 ? [] : [shadowFile(analysed, path, text, own, typing)]
    }),
  )
}

function shadowFile(
  analysed: AnalysedModel,
  path: string,
  text: string,
  features: readonly Feature[],
  typing: Typing,
): ShadowFile {
  const insertions = new Map<number, ReturnType<typeof insertionsFor>[number]>()
  for (const feature of features) {
    const aggregated = inputsAggregated(analysed, feature)
    for (const insertion of insertionsFor(feature, text, (input) =>
      typing.ofInput(analysed, feature, input, aggregated),
    ))
      insertions.set(insertion.at, insertion)
  }
  return {
    model: analysed.model.name,
    path,
    text,
    insertions: [...insertions.values()].sort((a, b) => a.at - b.at),
    features: features.map(
      (feature): ShadowFeature => ({
        name: feature.name,
        exportName: feature.exportName,
        span: feature.span,
        inputs: feature.inputs.map((input) => typing.facts(analysed, feature, input)),
        ...(feature.body.kind === 'expression' &&
          looksAround(analysed, feature.body.expression) && { looksAround: true }),
      }),
    ),
  }
}

interface Maker {
  readonly analysed: AnalysedModel
  readonly feature: Feature
}

/** Where a file of a model is, for the checker. */
export const shadowPath = (model: string, path: string): string => `/${encodeURIComponent(model)}${path}`

/** The types that inputs have, as text. */
class Typing {
  private readonly known = new Map<Feature, boolean>()

  constructor(private readonly analysis: Analysis) {}

  ofInput(
    analysed: AnalysedModel,
    feature: Feature,
    input: Input,
    aggregated: ReadonlySet<string>,
  ): string | undefined {
    const value = this.ofName(analysed, input.name)
    if (isWholeInput(analysed, feature, input.name)) return `ModelDriver.Column<${value ?? 'any'}>`
    if (value === undefined) return undefined
    return aggregated.has(input.name) ? `(${value}) & ModelDriver.RowColumn<${value}>` : value
  }

  facts(analysed: AnalysedModel, feature: Feature, { name, local }: Input): ShadowInput {
    const { models, snapshot } = this.analysis
    const reason = reasonOfType(models, analysed, name, snapshot)
    const texts = this.textsOf(analysed, name)
    const keys = analysed.model.groupBy?.map((key) => key.name) ?? []
    return {
      name,
      local,
      ...(reason && { clause: reason.clause }),
      ...(isWholeInput(analysed, feature, name) && { whole: keys.join(', ') }),
      ...(texts && { texts }),
      ...(typeOfName(analysed, name) === 'boolean' && { truth: truthWordsOf(analysed, name) }),
    }
  }

  /** The type of one value of a name. */
  private ofName(analysed: AnalysedModel, name: string): string | undefined {
    const type = seenType(analysed, name, this.analysis.snapshot)
    if (type)
      return (
        this.textsOf(analysed, name)
          ?.map((text) => JSON.stringify(text))
          .join(' | ') ?? typeTexts[type]
      )
    const made = this.makerOf(analysed, name)
    if (!made || !this.isKnown(made.analysed, made.feature)) return undefined
    const file = JSON.stringify(shadowPath(made.analysed.model.name, made.feature.path))
    return `ModelDriver.ValueOf<(typeof import(${file}))[${JSON.stringify(made.feature.exportName)}]>`
  }

  private textsOf(analysed: AnalysedModel, name: string): readonly string[] | undefined {
    const body = this.makerOf(analysed, name)?.feature.body
    return body?.kind === 'expression' ? literalTexts(body.expression) : undefined
  }

  /** The feature that makes what a model reads under a name. */
  private makerOf(analysed: AnalysedModel, name: string): Maker | undefined {
    const column = analysed.columns?.get(name)
    if (column) return column.origin.kind === 'model' ? this.makerBefore(analysed, column.origin) : undefined
    const feature = analysed.features.get(name)
    return feature && { analysed, feature }
  }

  private makerBefore(analysed: AnalysedModel, origin: ModelOrigin): Maker | undefined {
    const earlier = this.analysis.models.find(({ model }) => model.name === origin.model)
    if (!earlier || earlier === analysed) return undefined
    return makerIn(this.analysis.models, origin) ?? this.makerOf(earlier, origin.column)
  }

  /** Whether TypeScript can tell what a feature gives: it knows all that it reads. Not so in cycles. */
  private isKnown(analysed: AnalysedModel, feature: Feature, depth = 0): boolean {
    const before = this.known.get(feature)
    if (before !== undefined) return before
    this.known.set(feature, false)
    const isKnown =
      !feature.frame &&
      depth < deepest &&
      feature.inputs.every(({ name }) => {
        if (seenType(analysed, name, this.analysis.snapshot)) return true
        const made = this.makerOf(analysed, name)
        return made !== undefined && this.isKnown(made.analysed, made.feature, depth + 1)
      })
    this.known.set(feature, isKnown)
    return isKnown
  }
}

/** How many features in a row may get their types from each other's bodies. */
const deepest = 20

/** The inputs that a body reads as whole columns, too: `revenue` in `revenue - revenue.mean()`. */
function inputsAggregated(analysed: AnalysedModel, { body }: Feature): ReadonlySet<string> {
  const names = new Set<string>()
  const visit = (node: Expression, inside: boolean): void => {
    if (inside && node.kind === 'input') names.add(node.name)
    const isColumn = inside || node.kind === 'aggregate' || (node.kind === 'vector' && !isWindow(analysed, node))
    for (const child of children(node)) visit(child, isColumn)
  }
  if (body.kind === 'expression') visit(body.expression, false)
  return names
}

const looksAround = (analysed: AnalysedModel, expression: Expression): boolean =>
  (expression.kind === 'vector' && isWindow(analysed, expression)) ||
  children(expression).some((child) => looksAround(analysed, child))

/** `total.lag(1)` of one value per group. */
function isWindow({ columns, levels }: AnalysedModel, { name, of }: Vector): boolean {
  if (!isWindowName(name)) return false
  if (of.kind === 'aggregate') return true
  return of.kind === 'input' && (columns?.get(of.name)?.level ?? levels.get(of.name)?.level) === 'group'
}

const typeTexts: Readonly<Record<ValueType, string>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'Date',
  datetime: 'Date',
}
