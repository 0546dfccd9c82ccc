import {
  type AnalysedModel,
  type ManifestCursor,
  manifestCursor,
  ownReading,
  pathOfModel,
  rules,
} from '@modeldriver/engine'
import { columnFormats, formats, markItems } from './formats.ts'
import type { CompletionContext, CompletionList } from './list.ts'
import {
  columnKeys,
  headerItems,
  joinColumns,
  joinKeys,
  joinSheets,
  kindKeys,
  outputItems,
  type Proposal,
  sheets,
} from './manifestNames.ts'
import { keyItems } from './names.ts'
import { dataFiles, featureFiles, tables } from './projectFiles.ts'

/** What the editor's own JSON service cannot know of `modeldriver.json`: names of columns, features, models and files. */
export function manifestItemsAt(context: CompletionContext, path: string, offset: number): CompletionList | undefined {
  const text = context.text(path)
  const cursor = text === undefined ? undefined : manifestCursor(text, offset)
  if (text === undefined || !cursor) return undefined
  const taken = new Set(cursor.others)
  const items = proposals(context, text, cursor).filter(({ label }) => !taken.has(label))
  const { insert, replace, hasQuotes } = rangesOf(cursor, offset)
  return {
    insert,
    replace,
    items: items.map(({ value, ...item }) => ({
      ...item,
      text: written(cursor, item.label, value, hasQuotes),
      ...(hasQuotes && cursor.quotes !== 'none' && { filter: JSON.stringify(item.label) }),
    })),
  }
}

/** Inside of quotes, unless something must be written behind them. */
function rangesOf({ word, quotes, isKey, hasValue }: ManifestCursor, offset: number) {
  if (quotes === 'both' && isKey && !hasValue) {
    const whole = { start: word.start - 1, end: word.end + 1 }
    return { insert: whole, replace: whole, hasQuotes: true }
  }
  return { insert: { start: word.start, end: offset }, replace: word, hasQuotes: quotes === 'none' }
}

/** The text of a name or value as JSON, with what it lacks around it. */
function written(
  { isKey, quotes, hasValue, needsComma }: ManifestCursor,
  label: string,
  value: unknown,
  hasQuotes: boolean,
): string {
  const json = JSON.stringify(label)
  if (quotes === 'both' && !hasQuotes) return json.slice(1, -1)
  const rest = isKey && !hasValue ? `: ${spaced(value)}` : ''
  const comma = needsComma && !hasValue ? ',' : ''
  return `${quotes === 'open' ? json.slice(1) : json}${rest}${comma}`
}

const spaced = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{ ${Object.entries(value)
        .map(([key, each]) => `${JSON.stringify(key)}: ${JSON.stringify(each)}`)
        .join(', ')} }`
    : JSON.stringify(value)

function proposals(context: CompletionContext, text: string, { path, isKey }: ManifestCursor): readonly Proposal[] {
  const [top, index, ...within] = path
  if (top === 'rules' && isKey && path.length === 2) return ruleKeys
  if (top !== 'models' || typeof index !== 'number') return []
  const model = context.analysis.models.find(
    (each) => each.model.nameSpan && pathOfModel(text, each.model.nameSpan)[1] === index,
  )
  const place = isKey ? `${within.slice(0, -1).join('/')} key` : withoutNumbers(within)
  return (places[place] ?? places[generic(place)])?.({ context, text, path, model }) ?? []
}

interface Place {
  readonly context: CompletionContext
  readonly text: string
  readonly path: ManifestCursor['path']
  /** Missing while the model has no name. */
  readonly model: AnalysedModel | undefined
}

/** By what the place is in a model: `outputs`, `columns/*\/from`; ` key` where a name is written. */
const places: Readonly<Record<string, (place: Place) => readonly Proposal[]>> = {
  features: ({ context }) => featureFiles(context),
  data: ({ context }) => dataFiles(context),
  input: ({ context, model }) => [...tables(context, model), ...dataFiles(context)],
  sheet: ({ context, model }) => (model ? sheets(context.analysis, model.model.input, ownReading(model.model)) : []),
  group_by: ({ model }) => (model ? keyItems(model) : []),
  group_order: ({ model }) => (model ? outputItems(model) : []),
  outputs: ({ model }) => (model ? outputItems(model) : []),
  'outputs/*': ({ model }) => (model ? outputItems(model) : []),
  target: ({ model }) => (model ? outputItems(model) : []),
  'columns key': ({ context, model }) => (model ? columnKeys(context.analysis, model) : []),
  'columns/*/from': ({ context, model, path }) =>
    model ? headerItems(context.analysis, model, String(path.at(-2))) : [],
  'columns/*/format': ({ context, model, path }) => columnFormats(context.analysis, model, String(path.at(-2))),
  'formats/date': () => formats('date'),
  'formats/datetime': () => formats('datetime'),
  missing: ({ context, model }) => markItems(context.analysis, model),
  'columns/*/missing': ({ context, model, path }) =>
    markItems(context.analysis, model, String(path.filter((part) => typeof part === 'string').at(-2))),
  'kinds key': ({ model }) => (model ? kindKeys(model) : []),
  'joins/from': ({ context, model }) => [...tables(context, model), ...dataFiles(context)],
  'joins/sheet': (place) => joinSheets(place),
  'joins/on': (place) => joinKeys(place),
  'joins/columns': (place) => joinColumns(place),
  'frames/*/inputs': ({ model }) => (model ? outputItems(model) : []),
}

const withoutNumbers = (path: ManifestCursor['path']): string =>
  path.filter((part) => typeof part === 'string').join('/')

/** The same place for every name that an author may choose. */
const generic = (place: string): string => place.replace(/^(outputs|columns|frames)\/[^/]*/, '$1/*')

const ruleKeys: readonly Proposal[] = rules.map(({ code, name }) => ({
  label: code,
  kind: 'rule',
  origin: name,
  value: 'off',
  subject: { kind: 'rule', code },
}))
