import type { AnalysedJoin, AnalysedModel, Analysis, Feature, Input, Span } from '@modeldriver/engine'
import { at } from './at.ts'
import { type Given, givenBy, giverOf, namesInManifest, type PlacedName } from './naming.ts'
import { featuresIn, type Source, sourceOf } from './sources.ts'

/** The text of a file as it was analysed. */
export type TextOf = (path: string) => string | undefined

/** A name of a column or feature in the editor. */
export interface Subject {
  readonly name: string
  /** Without quotes. */
  readonly span: Span
  readonly place: 'feature' | 'input' | 'use' | 'manifest' | 'comment'
  /** What it means. */
  readonly source: Source
  /** What gives it this name; absent where that is the data's own. */
  readonly given?: Given
}

/**
 * The column or feature whose name stands at a place: a feature's name, an input or its use in the body, a name in the manifest
 * or in `group_by` of a first comment. Helpers and variables are none.
 */
export function subjectAt(analysis: Analysis, path: string, offset: number, textOf: TextOf): Subject | undefined {
  if (path === analysis.snapshot.project.path && analysis.snapshot.project.kind === 'manifest')
    return inManifest(analysis, offset)
  const found = at(analysis, path, offset)
  if (found?.kind === 'name') {
    const { model, feature, span } = found
    const giver = giverOf(model, feature)
    const source = { kind: 'feature', model, feature } as const
    return { name: feature.name, span, place: 'feature', source, given: { prefix: '', giver } }
  }
  const text = textOf(path) ?? ''
  if (found) return subject(analysis, 'input', found.model, found.input.name, unquoted(text, found.span))
  return useOfInput(analysis, path, offset, text) ?? keyInComment(analysis, path, offset, text)
}

/** A place where a body reads an input under the column's own name. */
function useOfInput(analysis: Analysis, path: string, offset: number, text: string): Subject | undefined {
  for (const { model, feature } of featuresIn(analysis, path)) {
    if (!touches(feature.span, offset)) continue
    for (const input of feature.inputs) {
      if (input.local !== input.name || hasOwnLocal(feature, input, text)) continue
      const read = feature.sites.reads
        .get(input.local)
        ?.map(({ span }) => ({ start: span.start + feature.span.start, end: span.end + feature.span.start }))
        .find((span) => touches(span, offset))
      if (read) return subject(analysis, 'use', model, input.name, read)
    }
  }
  return undefined
}

/** `{ cost: cost }`: the second is a variable of the function, whatever it is called. */
const hasOwnLocal = ({ form }: Feature, { span, whole }: Input, text: string): boolean =>
  form === 'destructured' && /^\s*:/.test(text.slice(span.end, whole.end))

function inManifest(analysis: Analysis, offset: number): Subject | undefined {
  const placed = namesInManifest(analysis).find(({ span }) => touches(span, offset))
  const source = placed && sourceInManifest(analysis, placed)
  if (!source) return undefined
  const given = givenInManifest(analysis, placed)
  return { name: placed.name, span: placed.span, place: 'manifest', source, ...(given && { given }) }
}

/** What a name in the manifest means; undefined when nothing of that name is there. */
export function sourceInManifest(analysis: Analysis, placed: PlacedName): Source | undefined {
  const { analysed: model } = placed
  const name = nameInModel(placed)
  const isKnown = model.columns === undefined || model.columns.has(name) || model.features.has(name)
  return isKnown ? sourceOf(analysis, model, name) : undefined
}

/** The name under which features of the model read what a name in the manifest means. */
function nameInModel(placed: PlacedName): string {
  const { analysed, role, name, path } = placed
  switch (role) {
    case 'output name':
      return analysed.model.outputs?.find(({ as }) => as === name)?.name ?? name
    case 'column source':
      return String(path.at(-2))
    case 'join column':
      return `${joinOf(placed)?.join.prefix ?? ''}${name}`
    default:
      return name
  }
}

function givenInManifest(analysis: Analysis, placed: PlacedName): Given | undefined {
  const { analysed: model, role, name } = placed
  if (role === 'output name') return { prefix: '', giver: { kind: 'output', model, name } }
  if (role === 'column source') return undefined
  if (role !== 'join column') return givenBy(analysis, model, name)
  const prefix = joinOf(placed)?.join.prefix ?? ''
  const given = givenBy(analysis, model, prefix + name)
  return { ...given, prefix: given.prefix.slice(prefix.length) }
}

/** The join that a name in its `columns` stands in. */
export const joinOf = ({ analysed, span }: PlacedName): AnalysedJoin | undefined =>
  analysed.joins.find(({ columns }) => columns?.some(({ written }) => written.span?.start === span.start))

/** The column of the joined table that it means. */
export const columnOfJoin = (placed: PlacedName): string | undefined =>
  joinOf(placed)?.columns?.find(({ written }) => written.span?.start === placed.span.start)?.column

/** The names of `group_by` in the first comment, where that counts. */
export function keysInComment(
  analysis: Analysis,
  path: string,
  text: string,
): readonly { readonly model: AnalysedModel; readonly name: string; readonly span: Span }[] {
  const { project, files } = analysis.snapshot
  const groupBy = files.get(path)?.groupBy
  const [model] = analysis.models
  if (project.kind !== 'file' || project.path !== path || !groupBy || !model) return []
  let from = groupBy.span.start
  return groupBy.names.flatMap((name) => {
    const start = text.indexOf(name, from)
    if (start < 0 || start + name.length > groupBy.span.end) return []
    from = start + name.length
    return [{ model, name, span: { start, end: from } }]
  })
}

function keyInComment(analysis: Analysis, path: string, offset: number, text: string): Subject | undefined {
  const key = keysInComment(analysis, path, text).find(({ span }) => touches(span, offset))
  return key && subject(analysis, 'comment', key.model, key.name, key.span)
}

function subject(analysis: Analysis, place: Subject['place'], model: AnalysedModel, name: string, span: Span): Subject {
  return { name, span, place, source: sourceOf(analysis, model, name), given: givenBy(analysis, model, name) }
}

/** A name without the quotes around it. */
export function unquoted(text: string, { start, end }: Span): Span {
  return /["'`]/.test(text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end }
}

const touches = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end
