import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Level } from '../ir/level.ts'
import type { ColumnSpec, Formats, Named, OutputSpec } from '../ir/model.ts'
import type { Outcome, Problem, Severity } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import type { ValueType } from '../ir/values.ts'
import { closest } from './suggest.ts'

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
  readonly groupBy?: readonly Named[]
  readonly outputs?: readonly OutputSpec[]
  readonly columns: Readonly<Record<string, ColumnSpec>>
  readonly formats: Formats
  readonly kinds: Readonly<Record<string, Level>>
}

const valueTypes: readonly string[] = ['number', 'integer', 'string', 'boolean', 'date', 'datetime']
const severities: readonly string[] = ['off', 'hint', 'information', 'warning', 'error']
/** Words of the manifest that this version knows but cannot compute: said, never ignored. */
const later: readonly string[] = ['joins', 'legacy_mode', 'frames', 'group_order', 'target']

/** Reads a manifest (JSON with comments). Never throws: what can be read is returned, the rest are MD030 problems. */
export function readManifest(path: string, text: string): Outcome<Manifest> {
  const reader = new ManifestReader(path)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true })
  for (const { error, offset, length } of errors.slice(0, 1)) {
    const what = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
    reader.report(`This is not valid JSON: ${what}.`, { start: offset, end: offset + Math.max(length, 1) })
  }
  return { value: reader.manifest(root), problems: reader.problems }
}

class ManifestReader {
  readonly problems: Problem[] = []
  constructor(private readonly path: string) {}

  report(message: string, span: Span): undefined {
    this.problems.push({ code: 'MD030', severity: 'error', message, path: this.path, span, related: [] })
  }

  manifest(root: Node | undefined): Manifest {
    const top = this.object(root, ['$schema', 'client_name', 'output_base', 'models', 'rules'], 'The manifest')
    if (root && !top.has('models') && root.type === 'object')
      this.report(`The manifest has no "models": list at least one model.`, {
        start: root.offset,
        end: root.offset + 1,
      })
    const models = this.list(top.get('models'), '"models"').flatMap((node, index) => this.model(node, index))
    this.uniqueNames(models)
    return {
      clientName: this.text(top.get('client_name'), '"client_name"')?.name ?? 'default',
      outputBase: this.text(top.get('output_base'), '"output_base"')?.name ?? 'out',
      models,
      rules: this.record(top.get('rules'), '"rules"', (node) =>
        this.choice(node, severities, 'a severity'),
      ) as Manifest['rules'],
    }
  }

  private model(node: Node, index: number): ManifestModel[] {
    const known = [
      'model_name',
      'seq',
      'features',
      'data',
      'input',
      'group_by',
      'outputs',
      'columns',
      'formats',
      'kinds',
    ]
    const fields = this.object(node, known, 'A model', later)
    const name = this.text(fields.get('model_name'), '"model_name"')
    if (!name) {
      if (node.type === 'object' && !fields.has('model_name'))
        this.report('This model has no "model_name".', { start: node.offset, end: node.offset + 1 })
      return []
    }
    for (const word of later) {
      const value = fields.get(word)
      if (value && value.value !== false)
        this.report(
          `"${word}" cannot be computed by this version of ModelDriver; remove it from model '${name.name}'.`,
          spanOf(value.parent ?? value),
        )
    }
    const seq = fields.get('seq')
    if (seq && !Number.isInteger(seq.value)) this.report('"seq" must be a whole number.', spanOf(seq))
    const groupBy = fields.get('group_by')
    const outputs = fields.get('outputs')
    const data = this.text(fields.get('data'), '"data"')
    const input = this.text(fields.get('input'), '"input"')
    return [
      {
        name: name.name,
        nameSpan: name.span as Span,
        seq: Number.isInteger(seq?.value) ? (seq?.value as number) : index + 1,
        features: this.texts(fields.get('features'), '"features"'),
        ...(data && { data }),
        ...(input && { input }),
        ...(groupBy && { groupBy: this.texts(groupBy, '"group_by"') }),
        ...(outputs && { outputs: this.outputs(outputs) }),
        columns: this.record(fields.get('columns'), '"columns"', (column) => this.column(column)),
        formats: this.formats(fields.get('formats')),
        kinds: this.record(fields.get('kinds'), '"kinds"', (kind) =>
          this.choice(kind, ['row', 'group'], 'a level'),
        ) as Record<string, Level>,
      },
    ]
  }

  private outputs(node: Node): OutputSpec[] {
    if (node.type !== 'object') return this.texts(node, '"outputs"').map((output) => ({ ...output, as: output.name }))
    return [...this.object(node)].flatMap(([as, value]) => {
      const feature = this.text(value, 'An output')
      return feature ? [{ ...feature, as }] : []
    })
  }

  private column(node: Node): ColumnSpec | undefined {
    if (node.type === 'string') {
      const type = this.choice(node, valueTypes, 'a type')
      return type ? { type: type as ValueType } : undefined
    }
    const fields = this.object(node, ['from', 'type', 'format', 'required'], 'A column')
    const from = this.text(fields.get('from'), '"from"')
    const type = fields.has('type') ? this.choice(fields.get('type') as Node, valueTypes, 'a type') : undefined
    const format = this.text(fields.get('format'), '"format"')
    return {
      ...(from && { from: from.name }),
      ...(type && { type: type as ValueType }),
      ...(format && { format: format.name }),
      ...(fields.get('required')?.value === true && { required: true }),
    }
  }

  private formats(node: Node | undefined): Formats {
    const fields = this.object(node, ['date', 'datetime', 'number'], '"formats"')
    const date = this.text(fields.get('date'), '"date"')
    const datetime = this.text(fields.get('datetime'), '"datetime"')
    const number = this.object(fields.get('number'), ['decimal', 'thousands'], '"number"')
    const decimal = this.text(number.get('decimal'), '"decimal"')
    const thousands = this.text(number.get('thousands'), '"thousands"')
    return {
      ...(date && { date: date.name }),
      ...(datetime && { datetime: datetime.name }),
      ...(number.size > 0 && {
        number: { ...(decimal && { decimal: decimal.name }), ...(thousands && { thousands: thousands.name }) },
      }),
    }
  }

  private uniqueNames(models: readonly ManifestModel[]): void {
    const seen = new Set<string>()
    for (const model of models) {
      if (seen.has(model.name)) this.report(`Two models are named '${model.name}'.`, model.nameSpan)
      seen.add(model.name)
    }
  }

  /** Fields of an object by name; unknown names are problems when `known` is given. */
  private object(
    node: Node | undefined,
    known?: readonly string[],
    what = '',
    alsoKnown: readonly string[] = [],
  ): Map<string, Node> {
    const fields = new Map<string, Node>()
    if (node && node.type !== 'object') this.report(`${what || 'This'} must be an object { … }.`, spanOf(node))
    for (const property of node?.type === 'object' ? (node.children ?? []) : []) {
      const [key, value] = property.children ?? []
      if (!key || !value) continue
      fields.set(key.value, value)
      if (known && !known.includes(key.value) && !alsoKnown.includes(key.value)) {
        const meant = closest(key.value, known)[0]
        this.report(`${what} has no property "${key.value}".${meant ? ` Did you mean "${meant}"?` : ''}`, spanOf(key))
      }
    }
    return fields
  }

  private record<T>(node: Node | undefined, what: string, read: (node: Node) => T | undefined): Record<string, T> {
    const entries = [...this.object(node, undefined, what)].map(([key, value]) => [key, read(value)] as const)
    return Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== undefined))
  }

  private list(node: Node | undefined, what: string): readonly Node[] {
    if (!node) return []
    if (node.type === 'array') return node.children ?? []
    return this.report(`${what} must be a list [ … ].`, spanOf(node)) ?? []
  }

  private text(node: Node | undefined, what: string): Named | undefined {
    if (!node) return undefined
    if (node.type === 'string' && node.value !== '') return { name: node.value, span: textSpan(node) }
    return this.report(`${what} must be a text in quotes.`, spanOf(node))
  }

  /** One text, or a list of them. */
  private texts(node: Node | undefined, what: string): readonly Named[] {
    if (!node) return []
    const items = node.type === 'array' ? (node.children ?? []) : [node]
    return items.flatMap((item) => this.text(item, `Each entry of ${what}`) ?? [])
  }

  private choice(node: Node, choices: readonly string[], what: string): string | undefined {
    if (choices.includes(node.value)) return node.value as string
    return this.report(
      `${JSON.stringify(node.value) ?? 'This'} is not ${what}; choose one of ${choices.join(', ')}.`,
      spanOf(node),
    )
  }
}

const spanOf = (node: Node): Span => ({ start: node.offset, end: node.offset + node.length })
/** A text without its quotes. */
const textSpan = (node: Node): Span => ({ start: node.offset + 1, end: node.offset + node.length - 1 })
