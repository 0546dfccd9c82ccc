import { type AnalysedModel, type Analysis, basename, type KnownColumn, type Location } from '@modeldriver/engine'

/** A column, as a search over the workspace finds it. */
export interface ColumnSymbol {
  readonly name: string
  /** The data file, or the model that declares it. */
  readonly container: string
  readonly location: Location
}

/**
 * The columns of a project that `query` finds (its letters in their order, in any case), where they stand: header cells and
 * entries of the manifest. Features are functions, which TypeScript lists.
 */
export function columnSymbols(analysis: Analysis, query: string): readonly ColumnSymbol[] {
  const found = analysis.models.flatMap((model) =>
    [...(model.columns?.values() ?? [])].flatMap((column) => symbolOf(analysis, model, column)),
  )
  const matching = found.filter(({ name }) => matches(name.toLowerCase(), query.toLowerCase()))
  return [...new Map(matching.map((symbol) => [keyOf(symbol), symbol])).values()]
}

function symbolOf(
  analysis: Analysis,
  { model }: AnalysedModel,
  { name, origin }: KnownColumn,
): readonly ColumnSymbol[] {
  if ((origin.kind !== 'file' && origin.kind !== 'manifest') || !origin.span) return []
  const isFile = origin.kind === 'file'
  const path = isFile ? origin.path : analysis.snapshot.project.path
  return [{ name, container: isFile ? basename(path) : `model ${model.name}`, location: { path, span: origin.span } }]
}

function matches(name: string, query: string): boolean {
  let at = 0
  for (const letter of query) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

const keyOf = ({ name, location }: ColumnSymbol): string => `${location.span.start} ${name} ${location.path}`
