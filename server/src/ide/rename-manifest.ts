import type { AnalysedModel, Analysis, ModelInput, Span, TextEdit } from '@modeldriver/engine'
import { appendProperty, basename, inlineJson, pathOfModel, prependProperty, relative } from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { type Giver, type Moves, namesInManifest, type PlacedName, tableKey } from './naming.ts'
import { columnOfJoin, joinOf } from './subject.ts'

/** A column of the data gets a name that the data does not know: what that means, to be confirmed. */
export interface Alias {
  readonly title: string
  readonly explanation: string
}

/** What a new name changes in the manifest; `alias` when a column of the data gets a name that the data does not know. */
export function manifestEdits(
  analysis: Analysis,
  moves: Moves,
): { readonly edits: readonly TextEdit[]; readonly alias?: Alias } {
  if (analysis.snapshot.project.kind !== 'manifest') return { edits: [] }
  const { path } = analysis.snapshot.project
  const renamed = namesInManifest(analysis).flatMap((placed) => {
    const to = newName(placed, moves)
    return to === undefined || to === placed.name ? [] : [{ path, span: placed.span, text: inQuotes(to) }]
  })
  const aliases = moves.givers.filter(({ giver }) => isNewAlias(giver))
  const added = aliases.flatMap(({ giver, to }) => aliasEdits(analysis, giver, to))
  const [first] = aliases
  return { edits: [...renamed, ...added], ...(first && { alias: aliasOf(analysis, first.giver, first.to) }) }
}

function newName(placed: PlacedName, { names, ports, givers }: Moves): string | undefined {
  const { analysed, role, name } = placed
  const given = (table: ModelInput | undefined, port = name) =>
    table?.kind === 'model' ? ports.get(tableKey(table))?.get(port) : undefined
  switch (role) {
    case 'output name':
      return givers.find(({ giver }) => giver.kind === 'output' && giver.model === analysed && giver.name === name)?.to
    case 'column source':
      return given(analysed.model.input)
    case 'join column':
      return given(joinOf(placed)?.join.source, columnOfJoin(placed))
    default:
      return names.get(analysed)?.get(name)
  }
}

/** An entry of `columns` that keeps the name of the data in `from`: added, or completed. */
function aliasEdits(analysis: Analysis, { model, name }: Giver, to: string): readonly TextEdit[] {
  const { manifestText = '', project } = analysis.snapshot
  const { nameSpan } = model.model
  if (!nameSpan) return []
  const columns = [...pathOfModel(manifestText, nameSpan), 'columns']
  const entry = namesInManifest(analysis).find(
    (placed) => placed.analysed === model && placed.role === 'column' && placed.name === name,
  )
  const from = headerOf(model, name)
  const { path } = project
  if (!entry) return appendProperty(path, manifestText, columns, to, { from })
  const type = typeOnly(manifestText, entry.span)
  if (!type) return prependProperty(path, manifestText, [...columns, name], 'from', from)
  return [{ path, span: type, text: inlineJson({ from, type: manifestText.slice(type.start + 1, type.end - 1) }) }]
}

/** The data calls it by this very name; an entry that has `from` is a name of ours already. */
const isNewAlias = ({ kind, model, name }: Giver): boolean =>
  kind === 'column' && model.model.columns[name]?.from === undefined && model.model.input.kind !== 'model'

function headerOf({ columns }: AnalysedModel, name: string): string {
  const origin = columns?.get(name)?.origin
  return origin?.kind === 'file' ? origin.header : name
}

function aliasOf(analysis: Analysis, { model, name }: Giver, to: string): Alias {
  const header = headerOf(model, name)
  const { input } = model.model
  const data = input.kind === 'file' ? relative(analysis.snapshot.project.root, input.path) : t('the data')
  return {
    title: t("Read column '{0}' as '{1}'", header, to),
    explanation: t(
      "{0} is not changed: {1} says from now on under which name its column '{2}' is read.",
      data,
      basename(analysis.snapshot.project.path),
      header,
    ),
  }
}

/** The value behind a property's name when it is a text: `"number"` of `"amount": "number"`. */
function typeOnly(text: string, key: Span): Span | undefined {
  const [colon, value] = /^("\s*:\s*)("[^"\n]*")/.exec(text.slice(key.end))?.slice(1) ?? []
  if (colon === undefined || value === undefined) return undefined
  const start = key.end + colon.length
  return { start, end: start + value.length }
}

const inQuotes = (name: string): string => JSON.stringify(name).slice(1, -1)
