import type { AnalysedFrame } from '../ir/analysis.ts'
import type { Feature, Input, TableFunction } from '../ir/feature.ts'
import type { Frame, Model } from '../ir/model.ts'
import type { Sites } from '../ir/sites.ts'

export interface Functions {
  /** With the columns that table functions say they make. */
  readonly features: ReadonlyMap<string, Feature>
  /** Features and columns of table functions whose name is taken. */
  readonly duplicates: readonly Feature[]
  readonly frames: ReadonlyMap<string, AnalysedFrame>
}

/**
 * Tells table functions from features: those that `frames` declares, and in `legacy_mode` those whose one parameter is the name
 * of no column and no feature, and is no value that they calculate with. Each column that a declared one makes is a feature that reads
 * all that the function reads.
 */
export function splitFrames(
  model: Model,
  features: ReadonlyMap<string, Feature>,
  isColumn: (name: string) => boolean,
): Functions {
  const frames = new Map<string, AnalysedFrame>()
  const own = new Map(features)
  const made = new Set(model.frames?.flatMap(({ outputs }) => outputs.map(({ name }) => name)))
  const isKnown = (name: string) => isColumn(name) || features.has(name) || made.has(name)
  for (const [name, feature] of features) {
    const declared = model.frames?.find((frame) => frame.name === name)
    if (!declared && !(model.legacyMode && takesTable(feature, isKnown))) continue
    frames.set(name, { feature, ...(declared && { declared }) })
    own.delete(name)
  }
  const duplicates: Feature[] = []
  for (const { feature, declared } of frames.values()) {
    for (const column of declared ? columnsOf(feature, declared) : []) {
      if (own.has(column.name)) duplicates.push(column)
      else own.set(column.name, column)
    }
  }
  return { features: own, duplicates, frames }
}

function takesTable({ form, inputs: [input, ...others], body }: Feature, isKnown: (name: string) => boolean): boolean {
  if (form !== 'positional' || !input || others.length > 0 || isKnown(input.name)) return false
  return body.kind === 'opaque' || body.expression.kind === 'input'
}

function columnsOf(feature: Feature, { name, inputs, outputs }: Frame): readonly Feature[] {
  const { typeLevel: _, ...rest } = feature
  const frame: TableFunction = { name, outputs: outputs.map((output) => output.name) }
  const read = inputs.map((input): Input => inputOf(input.name, feature))
  return outputs.map((output) => ({
    ...rest,
    name: output.name,
    inputs: read,
    form: 'positional',
    body: { kind: 'opaque', reason: `the table function ${name}` },
    sites: readingAll(read, feature),
    frame,
  }))
}

/** It stands nowhere in the code but in the function as a whole. */
const inputOf = (name: string, { nameSpan }: Feature): Input => ({
  name,
  local: name,
  optional: false,
  acceptsMissing: true,
  span: nameSpan,
  whole: nameSpan,
})

function readingAll(inputs: readonly Input[], { nameSpan, span }: Feature): Sites {
  const read = { span: { start: nameSpan.start - span.start, end: nameSpan.end - span.start } }
  return {
    reads: new Map(inputs.map(({ local }) => [local, [read]])),
    free: [],
    own: [],
    columnUses: [],
    calculationUses: [],
    effects: [],
  }
}
