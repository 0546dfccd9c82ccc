import {
  type AnalysedModel,
  type Feature,
  type InputPlace,
  identifierOf,
  inputPlaceAt,
  isVariableName,
  matchHeader,
  propertyText,
} from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { modelOfFile } from '../target.ts'
import { type Annotate, annotationFor } from './annotation.ts'
import { type CompletionContext, type CompletionItem, type CompletionList, subjectOf } from './list.ts'
import { columnItem, columnsOf, downstreamOf, featureItem, featuresOf, type ReadableColumn } from './names.ts'

/**
 * What a feature may read, in its list of parameters or its pattern: columns, then features; nothing that it reads already,
 * and nothing that would close a cycle. Nothing elsewhere, so that TypeScript's answers stand alone.
 */
export function inputsAt(context: CompletionContext, path: string, offset: number): CompletionList | undefined {
  const text = context.text(path)
  const known = context.analysis.snapshot.files.get(path)?.features ?? []
  const place =
    text === undefined
      ? undefined
      : inputPlaceAt(
          text,
          offset,
          known.map(({ span }) => span),
        )
  if (text === undefined || !place) return undefined
  const { analysis, files } = wholeAnalysis(context, path, text, place)
  const model = modelOfFile(analysis, path)
  if (!model) return undefined
  const features = files.get(path)?.features ?? []
  const { start } = place.word
  const own = features.filter(({ inputsSpan, bodySpan }) => inputsSpan.start <= start && start <= bodySpan.start)
  const names = new Set([place.name, ...own.map(({ name }) => name)])
  const writer = { place, model, typeOf: annotationFor(place, own[0], features) }
  const taken = new Set([...place.others.map((name) => model.aliases.get(name) ?? name), ...names])
  const closing = downstreamOf(model, names)
  const items = [
    ...columnsOf(model).flatMap((column) => (taken.has(column.name) ? [] : columnInput(writer, column))),
    ...featuresOf(model).flatMap((feature) =>
      taken.has(feature.name) || closing.has(feature.name) ? [] : featureInput(writer, feature),
    ),
    ...optionalInputs(writer, context).filter(({ label }) => !taken.has(label)),
  ]
  const quote = /^['"]/.exec(text.slice(start, offset))?.[0]
  return {
    insert: { start, end: offset },
    replace: place.word,
    items: quote ? items.map((item) => ({ ...item, filter: `${quote}${item.filter ?? item.label}` })) : items,
  }
}

/** The analysis with the function ended that is being written: unfinished, it takes the next one away. */
function wholeAnalysis({ analysis, reread }: CompletionContext, path: string, text: string, { closing }: InputPlace) {
  const whole = closing
    ? reread(path, text.slice(0, closing.span.start) + closing.text + text.slice(closing.span.end))
    : analysis
  return { analysis: whole, files: whole.snapshot.files }
}

interface Writer {
  readonly place: InputPlace
  readonly model: AnalysedModel
  /** The annotation to write behind a name, if the file has them. */
  readonly typeOf: Annotate
}

function columnInput(writer: Writer, readable: ReadableColumn): readonly CompletionItem[] {
  const { place, model, typeOf } = writer
  const { name, column } = readable
  const item = columnItem(model, readable)
  const local = localName(model, name)
  const type = typeOf(column?.type, column?.level ?? 'row')
  if (place.form === 'destructured') {
    const property = propertyText(name)
    const text = isVariableName(name) || place.isContinued ? property : `${property}: ${local ?? identifierOf(name)}`
    return [{ ...item, text, ...(property !== name && { filter: `${name} ${local ?? identifierOf(name)}` }) }]
  }
  if (local === undefined) return []
  return [{ ...item, text: `${local}${type}`, ...(local !== name && { filter: `${name} ${local}` }) }]
}

function featureInput({ place, model, typeOf }: Writer, feature: Feature): readonly CompletionItem[] {
  const { name } = feature
  const isGroup = model.levels.get(name)?.level !== 'row'
  const item = featureItem(model, feature)
  if (place.form === 'destructured') return [{ ...item, text: propertyText(name) }]
  return isVariableName(name)
    ? [{ ...item, text: `${name}${typeOf(model.types.get(name), isGroup ? 'group' : 'row')}` }]
    : []
}

/** Inputs that others read if they are there, with their default. */
function optionalInputs({ place, model }: Writer, { text }: CompletionContext): readonly CompletionItem[] {
  const found = new Map<string, CompletionItem>()
  for (const { form, inputs, path } of model.features.values()) {
    for (const { name, local, optional, span, whole } of inputs) {
      if (!optional || local !== name || form !== place.form || found.has(name)) continue
      if (model.columns?.has(name) || model.features.has(name)) continue
      const rest = text(path)?.slice(span.end, whole.end) ?? ''
      if (rest === '' || rest.includes('\n')) continue
      const origin = t('optional, not in the data')
      const written = place.isContinued ? name : `${name}${rest}`
      found.set(name, { label: name, kind: 'value', text: written, origin, subject: subjectOf(model, name) })
    }
  }
  return [...found.values()]
}

/** The name a parameter needs to read a column: as others of the model write it; none when it would mean something else. */
function localName(model: AnalysedModel, header: string): string | undefined {
  if (isVariableName(header)) return header
  const inUse = [...model.aliases].find(([, meant]) => meant === header)?.[0]
  const name = inUse ?? identifierOf(header)
  const match = matchHeader(
    name,
    columnsOf(model).map((column) => column.name),
  )
  return isVariableName(name) && !model.features.has(name) && match.kind === 'one' && match.header === header
    ? name
    : undefined
}
