import type { AnalysedModel } from '../ir/analysis.ts'
import type { Fix } from '../ir/edit.ts'
import type { Model, TableName } from '../ir/model.ts'
import { matchColumn } from '../model/names.ts'
import { knownColumns } from './columns.ts'
import { setInModel } from './manifestEdits.ts'
import type { FixContext } from './rule.ts'
import { joinKeys } from './rules/chains.ts'
import { movedBefore, readsTheSame, renumber } from './rules/md010-chain-order.ts'

/** Ways to give a model a name that another one makes: as one more output, by another table of it, by a join, by another order. */
export function* chainFixes(
  context: FixContext,
  reader: AnalysedModel,
  maker: AnalysedModel,
  name: string,
): Iterable<Fix> {
  const models = context.models.map(({ model }) => model)
  const isEarlier = context.models.indexOf(maker) < context.models.indexOf(reader)
  yield* addOutput(context, reader, maker, name)
  const table = tables.find((each) => gives(context, reader, maker, each))
  const keys = reader.model.input.kind === 'file' ? joinKeys(reader, maker, name) : undefined
  if (!table && !keys) return
  const source = `${maker.model.name}.${table ?? 'groups'}`
  const edits = keys
    ? addJoin(context, reader, { from: source, on: keys, columns: [name] })
    : setInModel(context, reader.model, ['input'], source)
  if (isEarlier) yield { title: keys ? `Join '${name}' from '${source}'` : `Read '${source}'`, edits }
  else {
    const ordered = movedBefore(models, maker.model.name, reader.model.name)
    const others = ordered?.every((model, at) => model === reader.model || readsTheSame(model, ordered[at - 1]))
    if (!ordered || !others) return
    const title = keys
      ? `Run '${maker.model.name}' before '${reader.model.name}' and join '${name}' from '${source}'`
      : `Run '${maker.model.name}' before '${reader.model.name}' and read '${source}'`
    yield { title, edits: [...renumber(context, ordered, title).edits, ...edits] }
  }
}

function addJoin(context: FixContext, { model }: AnalysedModel, join: object): Fix['edits'] {
  const { joins } = model
  return joins
    ? setInModel(context, model, ['joins', joins.length], join)
    : setInModel(context, model, ['joins'], [join])
}

const tables: readonly TableName[] = ['outputs', 'rows', 'groups']

/** The reader reads the maker's outputs already, and they are a list that the name is missing from. */
function* addOutput(
  context: FixContext,
  { model: { input } }: AnalysedModel,
  { model, levels }: AnalysedModel,
  name: string,
): Iterable<Fix> {
  const isRead = input.kind === 'model' && input.model === model.name && input.table === 'outputs'
  const isShown = !model.groupBy || levels.get(name)?.level === 'group'
  const { outputs } = model
  if (!isRead || !isShown || !outputs) return
  const at = outputs.some(({ asSpan }) => asSpan) ? name : outputs.length
  yield {
    title: `Add '${name}' to the outputs of '${model.name}'`,
    edits: setInModel(context, model, ['outputs', at], name),
    isPreferred: true,
  }
}

/** A table of the maker has all that the reader reads, and nothing that one of its features is called. */
function gives(context: FixContext, reader: AnalysedModel, maker: AnalysedModel, table: TableName): boolean {
  const { model, features, columns } = reader
  if (model.input.kind !== 'model') return false
  const supposed: Model = { ...model, input: { kind: 'model', model: maker.model.name, table } }
  const earlier = (name: string) => context.models.find((other) => other.model.name === name)
  const known = knownColumns(supposed, { headers: context.snapshot.headers, earlier }, reader).columns
  if (!known) return false
  const isNew = [...features.keys()].some((name) => known.has(name) && !columns?.has(name))
  return !isNew && namesRead(reader).every((name) => matchColumn(name, known).kind === 'one')
}

/** What a model takes from its input: for its features, keys and table functions. */
function namesRead({ model, features, frames }: AnalysedModel): readonly string[] {
  const inputs = [...features.values()].flatMap((feature) => feature.inputs.filter(({ optional }) => !optional))
  const declared = [...frames.values()].flatMap((frame) => frame.declared?.inputs ?? [])
  const all = [...inputs, ...declared, ...(model.groupBy ?? [])].map(({ name }) => name)
  return [...new Set(all)].filter((name) => !features.has(name))
}
