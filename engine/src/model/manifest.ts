import { type Node, type ParseError, parseTree } from 'jsonc-parser'
import type { Level } from '../ir/level.ts'
import type { ColumnSpec, FileInput, Formats, Frame, Named, OutputSpec, TruthWords } from '../ir/model.ts'
import type { Outcome, Severity } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import type { ValueType } from '../ir/values.ts'
import { innerSpan } from './manifestPlaces.ts'
import { type Field, ManifestReader } from './manifestReader.ts'
import { syntaxFault } from './manifestSyntax.ts'
import { kinds, manifestWords, severities, valueTypes } from './words.ts'

/** `modeldriver.json` as written, before paths and globs are resolved. */
export interface Manifest {
  readonly clientName: string
  readonly outputBase: string
  readonly models: readonly ManifestModel[]
  readonly rules: Readonly<Record<string, Severity | 'off'>>
}

export interface ManifestModel {
  readonly name: string
  readonly nameSpan: Span
  readonly seq: number
  readonly features: readonly Named[]
  readonly data?: Named
  readonly input?: Named
  readonly sheet?: Named
  readonly headerRow?: FileInput['headerRow']
  readonly joins: readonly ManifestJoin[]
  readonly groupBy?: readonly Named[]
  readonly groupOrder?: readonly Named[]
  readonly outputs?: readonly OutputSpec[]
  readonly target?: Named
  readonly columns: Readonly<Record<string, ColumnSpec>>
  readonly formats: Formats
  readonly kinds: Readonly<Record<string, Level>>
  readonly legacyMode: boolean
  readonly frames: readonly Frame[]
  readonly columnSpans: Readonly<Record<string, Span>>
}

export interface ManifestJoin {
  readonly from: Named
  readonly sheet?: Named
  readonly headerRow?: FileInput['headerRow']
  readonly on: readonly Named[]
  readonly prefix: string
  readonly columns?: readonly Named[]
}

/** Reads a manifest (JSON with comments). Never throws: what can be read is returned, the rest are MD030 problems. */
export function readManifest(path: string, text: string): Outcome<Manifest> {
  const reader = new ManifestReader(path)
  const deepest = placeTooDeep(text)
  if (deepest !== undefined) {
    reader.report('This is nested too deeply.', { start: deepest, end: deepest + 1 })
    return { value: manifestOf(reader, undefined), problems: reader.problems }
  }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  for (const error of errors.slice(0, 1)) {
    const { message, span, write } = syntaxFault(error, text)
    reader.report(message, span, write === undefined ? undefined : { name: text.slice(span.start, span.end), write })
  }
  const value = manifestOf(reader, root)
  // Behind a syntax error words stand in the wrong places: what else seems to be wrong or missing may well be right.
  return { value, problems: reader.problems.slice(0, errors.length > 0 ? 1 : undefined) }
}

/** Where brackets are opened that the parser, which calls itself for each, would not come back from. */
function placeTooDeep(text: string): number | undefined {
  let depth = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    if (depth > deepestNesting) return index
  }
  return undefined
}

const deepestNesting = 500

function manifestOf(reader: ManifestReader, root: Node | undefined): Manifest {
  const top = reader.object(root, 'The manifest', manifestWords.manifest)
  if (root?.type === 'object' && !top.has('models') && reader.problems.length === 0)
    reader.report(`The manifest has no "models": list at least one model.`, firstCharacter(root))
  const models = reader
    .list(top.get('models')?.value, '"models"')
    .flatMap((node, index) => modelOf(reader, node, index))
  const seen = new Set<string>()
  for (const { name, nameSpan } of models) {
    if (seen.has(name)) reader.report(`Two models are named '${name}'.`, nameSpan)
    seen.add(name)
  }
  return {
    clientName: reader.text(top.get('client_name')?.value, '"client_name"')?.name ?? 'default',
    outputBase: reader.text(top.get('output_base')?.value, '"output_base"')?.name ?? 'out',
    models,
    rules: reader.record(top.get('rules')?.value, '"rules"', (node) =>
      reader.choice(node, severities, 'a severity'),
    ) as Manifest['rules'],
  }
}

function modelOf(reader: ManifestReader, node: Node, index: number): ManifestModel[] {
  const fields = reader.object(node, 'A model', manifestWords.model)
  const given = (word: string) => fields.get(word)?.value
  const name = reader.text(given('model_name'), '"model_name"')
  if (!name) {
    if (node.type === 'object' && !fields.has('model_name'))
      reader.report('This model has no "model_name".', firstCharacter(node))
    return []
  }
  if (!fields.has('features')) reader.report(`Model '${name.name}' has no "features".`, name.span as Span)
  const text = (word: string) => reader.text(given(word), `"${word}"`)
  const list = (word: string) => (fields.has(word) ? reader.names(given(word), `"${word}"`) : undefined)
  const data = text('data')
  const input = text('input')
  const sheet = text('sheet')
  const headerRow = headerRowOf(reader, given('header_row'))
  const groupBy = list('group_by')
  const groupOrder = list('group_order')
  const outputs = given('outputs')
  const target = text('target')
  return [
    {
      name: name.name,
      nameSpan: name.span as Span,
      seq: seqOf(reader, given('seq')) ?? index + 1,
      features: reader.names(given('features'), '"features"'),
      ...(data && { data }),
      ...(input && { input }),
      ...(sheet && { sheet }),
      ...(headerRow && { headerRow }),
      joins: reader.list(given('joins'), '"joins"').flatMap((join) => joinOf(reader, join)),
      ...(groupBy && { groupBy }),
      ...(groupOrder && { groupOrder }),
      ...(outputs && { outputs: outputsOf(reader, outputs) }),
      ...(target && { target }),
      columns: reader.record(given('columns'), '"columns"', (column) => columnOf(reader, column)),
      formats: { ...formatsOf(reader, given('formats')), ...missingOf(reader, given('missing')) },
      kinds: reader.record(given('kinds'), '"kinds"', (kind) => reader.choice(kind, kinds, 'a level')) as Record<
        string,
        Level
      >,
      ...legacyOf(reader, fields),
      columnSpans: keySpans(given('columns')),
    },
  ]
}

function seqOf(reader: ManifestReader, node: Node | undefined): number | undefined {
  if (!node) return undefined
  if (Number.isSafeInteger(node.value)) return node.value as number
  const what = Number.isInteger(node.value) ? 'a whole number of at most 15 digits' : 'a whole number'
  return reader.report(`"seq" must be ${what}.`, innerSpan(node))
}

function headerRowOf(reader: ManifestReader, node: Node | undefined): ManifestModel['headerRow'] {
  if (!node) return undefined
  const row = node.value
  if (Number.isSafeInteger(row) && row >= 1) return { row, span: innerSpan(node) }
  return reader.report('"header_row" must be the number of a row, from 1.', innerSpan(node))
}

function joinOf(reader: ManifestReader, node: Node): ManifestJoin[] {
  const fields = reader.object(node, 'A join', manifestWords.join)
  const from = reader.text(fields.get('from')?.value, '"from"')
  if (node.type !== 'object') return []
  for (const word of ['from', 'on'])
    if (!fields.has(word)) reader.report(`This join has no "${word}".`, firstCharacter(node))
  const sheet = reader.text(fields.get('sheet')?.value, '"sheet"')
  const headerRow = headerRowOf(reader, fields.get('header_row')?.value)
  const prefix = fields.get('prefix')?.value
  const isEmpty = prefix?.type === 'string' && prefix.value === ''
  const columns = fields.get('columns')?.value
  if (!from) return []
  return [
    {
      from,
      ...(sheet && { sheet }),
      ...(headerRow && { headerRow }),
      on: reader.names(fields.get('on')?.value, '"on"'),
      prefix: (isEmpty ? undefined : reader.text(prefix, '"prefix"')?.name) ?? '',
      ...(columns && { columns: reader.names(columns, '"columns"') }),
    },
  ]
}

function legacyOf(reader: ManifestReader, fields: ReadonlyMap<string, Field>) {
  const legacyMode = reader.truth(fields.get('legacy_mode')?.value, '"legacy_mode"')
  const declared = fields.get('frames')
  const frames = [...reader.object(declared?.value, '"frames"')].map(([name, { value, keySpan }]): Frame => {
    const words = reader.object(value, `The entry of '${name}' in "frames"`, manifestWords.frame)
    for (const word of manifestWords.frame) {
      const said = words.get(word)?.value
      if (value.type === 'object' && (!said || (said.type === 'array' && said.children?.length === 0)))
        reader.report(`'${name}' does not say its "${word}": list the columns.`, keySpan)
    }
    const columns = (word: string) => reader.names(words.get(word)?.value, `"${word}"`)
    return { name, span: keySpan, inputs: columns('inputs'), outputs: columns('outputs') }
  })
  if (declared && !legacyMode) {
    const wrong = { name: 'frames', removable: '"frames"' }
    reader.report(`"frames" counts only with "legacy_mode": true.`, declared.keySpan, wrong)
  }
  return { legacyMode, frames }
}

function outputsOf(reader: ManifestReader, node: Node): OutputSpec[] {
  if (node.type !== 'object') return reader.texts(node, '"outputs"').map((output) => ({ ...output, as: output.name }))
  return [...reader.object(node, '"outputs"')].flatMap(([as, { value, keySpan }]) => {
    const feature = reader.text(value, 'An output')
    return feature ? [{ ...feature, as, asSpan: keySpan }] : []
  })
}

function columnOf(reader: ManifestReader, node: Node): ColumnSpec | undefined {
  if (node.type === 'string') {
    const type = reader.choice(node, valueTypes, 'a type')
    return type ? { type: type as ValueType } : undefined
  }
  const fields = reader.object(node, 'A column', manifestWords.column)
  const from = reader.text(fields.get('from')?.value, '"from"')
  const type = reader.choice(fields.get('type')?.value, valueTypes, 'a type')
  const format = reader.text(fields.get('format')?.value, '"format"')
  const required = reader.truth(fields.get('required')?.value, '"required"')
  return {
    ...(from && { from: from.name }),
    ...(type && { type: type as ValueType }),
    ...(format && { format: format.name }),
    ...numberSigns(reader, fields),
    ...truthWords(reader, fields),
    ...missingOf(reader, fields.get('missing')?.value),
    ...(required && { required }),
  }
}

function truthWords(reader: ManifestReader, fields: ReadonlyMap<string, Field>): Pick<ColumnSpec, 'truth'> {
  const truth: { -readonly [word in keyof TruthWords]: TruthWords[word] } = {}
  for (const word of ['true', 'false'] as const)
    if (fields.has(word)) truth[word] = reader.names(fields.get(word)?.value, `"${word}"`).map(({ name }) => name)
  return Object.keys(truth).length > 0 ? { truth } : {}
}

function formatsOf(reader: ManifestReader, node: Node | undefined): Formats {
  const fields = reader.object(node, '"formats"', manifestWords.formats)
  const date = reader.text(fields.get('date')?.value, '"date"')
  const datetime = reader.text(fields.get('datetime')?.value, '"datetime"')
  const number = reader.object(fields.get('number')?.value, '"number"', manifestWords.number)
  return {
    ...(date && { date: date.name }),
    ...(datetime && { datetime: datetime.name }),
    ...numberSigns(reader, number),
  }
}

/** `decimal` and `thousands`, of a column or of all. */
function numberSigns(reader: ManifestReader, fields: ReadonlyMap<string, Field>): Pick<Formats, 'number'> {
  const decimal = reader.text(fields.get('decimal')?.value, '"decimal"')
  const thousands = reader.text(fields.get('thousands')?.value, '"thousands"')
  if (!decimal && !thousands) return {}
  return { number: { ...(decimal && { decimal: decimal.name }), ...(thousands && { thousands: thousands.name }) } }
}

/** Texts that stand for a missing value, of a column or of all. */
function missingOf(reader: ManifestReader, node: Node | undefined): Pick<Formats, 'missing'> {
  if (!node) return {}
  return { missing: reader.names(node, '"missing"').map(({ name }) => name) }
}

function keySpans(node: Node | undefined): Readonly<Record<string, Span>> {
  const properties = node?.type === 'object' ? (node.children ?? []) : []
  const keys = properties.flatMap(({ children }) => children?.[0] ?? [])
  return Object.fromEntries(keys.map((key) => [key.value, innerSpan(key)]))
}

/** Where something is missing in an object: at its bracket. */
const firstCharacter = ({ offset }: Node): Span => ({ start: offset, end: offset + 1 })
