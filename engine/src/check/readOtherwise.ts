import type { AnalysedModel } from '../ir/analysis.ts'
import type { Fix, TextEdit } from '../ir/edit.ts'
import type { Problem } from '../ir/problem.ts'
import { isFeatureFile, manifestName } from '../model/featureFiles.ts'
import { headerOfColumn } from '../model/headers.ts'
import { basename, dirname, join } from '../model/paths.ts'
import { insert } from './edits.ts'
import { setInModel } from './manifestEdits.ts'
import { type Reading, readingsOf, withoutMarks } from './readAs.ts'
import type { FixContext } from './rule.ts'
import { marksBeside, seenColumn } from './valueTypes.ts'

/** Repairs that let texts be read as the dates or numbers that they look like, and that are wanted. */
export function* readOtherwise(context: FixContext, { model, data }: Problem): Iterable<Fix> {
  const analysed = context.models.find((each) => each.model.name === model)
  const name = data?.name
  if (!analysed || typeof name !== 'string') return
  const column = analysed.columns?.get(name)
  if (column?.origin.kind !== 'file' || column.joined || column.type !== 'string') return
  const header = column.origin.header
  const isSaid = Object.hasOwn(analysed.model.columns, header)
  const seen = seenColumn(analysed, name, context.snapshot)
  if (!seen) return
  const beside = marksBeside(analysed, name, seen)
  const readings = readingsOf(withoutMarks(seen.samples, beside), beside).filter(
    ({ kind }) => data?.wanted === undefined || data.wanted === kind,
  )
  for (const { kind, shown, entry } of readings) {
    // What else the column's entry says stays.
    const isMore = Object.keys(entry).some((key) => key !== 'missing')
    if (isSaid && (isMore || !beside.isOwn)) continue
    yield {
      title: kind === 'Date' ? `Read '${name}' as dates: ${shown}` : `Read '${name}' as numbers: ${shown}`,
      edits: isSaid
        ? setInModel(context, analysed.model, ['columns', header, 'missing'], entry.missing)
        : columnEdits(context, analysed, header, entry),
    }
  }
}

function columnEdits(
  context: FixContext,
  analysed: AnalysedModel,
  header: string,
  entry: Reading['entry'],
): readonly TextEdit[] {
  return context.snapshot.project.kind === 'file'
    ? manifestWith(context, analysed, { [header]: entry })
    : setInModel(context, analysed.model, ['columns', header], entry)
}

/** A manifest for a feature file that stands alone; none beside other feature files, which it would leave out. */
function manifestWith(
  { snapshot, list }: FixContext,
  { model }: AnalysedModel,
  columns: Readonly<Record<string, unknown>>,
): readonly TextEdit[] {
  const { path } = snapshot.project
  const folder = dirname(path)
  const isAlone = list(folder).every(
    (name) => name !== manifestName && (!isFeatureFile(name) || name === basename(path)),
  )
  if (!isAlone || model.input.kind !== 'file' || dirname(model.input.path) !== folder) return []
  const header = headerOfColumn(snapshot, { kind: 'file', path: model.input.path, header: '' })
  const row = header?.headerRow
  const keys = model.groupBy?.map(({ name }) => name)
  const entry = {
    model_name: model.name,
    features: [basename(path)],
    data: basename(model.input.path),
    ...(row !== undefined && { header_row: row }),
    ...(keys && { group_by: keys }),
    columns,
  }
  return [insert(join(folder, manifestName), 0, `${JSON.stringify({ models: [entry] }, null, 2)}\n`)]
}
