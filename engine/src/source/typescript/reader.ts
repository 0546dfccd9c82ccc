import type {
  Directive,
  Feature,
  FeatureFile,
  Import,
  Input,
  MisspeltDirective,
  RejectedFeature,
} from '../../ir/feature.ts'
import type { Helper } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { groupByIn } from '../directives.ts'
import { shifted } from '../ignores.ts'
import type { FeatureReader } from '../reader.ts'
import { type Analysis, analyseFunction } from './analyse.ts'
import { blockAtHead, commentsBetween } from './comments.ts'
import { type Declared, declaredIn } from './features.ts'
import { errorsOf } from './fileErrors.ts'
import { type Module, type ModuleName, makeModule } from './module.ts'
import { type FunctionNode, parseAgain, parseFile, type ts } from './parse.ts'
import { type CutText, type Part, partsOf } from './parts.ts'
import { helperSitesOf } from './sites.ts'
import type { Chunk, DeclarationFacts } from './statement.ts'

/** Reads TypeScript and JavaScript feature files. */
export function typeScriptReader(): FeatureReader {
  // In places that are written over: taking entries out of a map and in again would leave tables that keep old trees alive.
  const remembered = new Map<string, { last: Remembered | undefined }>()
  return {
    read(path, text) {
      const place = remembered.get(path) ?? { last: undefined }
      remembered.set(path, place)
      const before = place.last
      if (before?.source.text === text) return before.file
      // Parsing again takes the old tree apart: it must not be found if that fails.
      place.last = undefined
      place.last = readFile(path, text, before)
      return place.last.file
    },
    forget(path) {
      remembered.delete(path)
    },
  }
}

interface Remembered {
  readonly source: ts.SourceFile
  readonly cut: CutText
  readonly file: FeatureFile
}

function readFile(path: string, text: string, before: Remembered | undefined): Remembered {
  const source = parse(path, text, before?.source)
  const parts = partsOf(source, before?.cut)
  const assembled = new Assembly(path, parts).assemble(source.text)
  const errors = errorsOf(source, parts, text)
  const file = errors.length > 0 ? { ...assembled, syntaxErrors: errors } : assembled
  return { source, cut: { text: source.text, parts }, file }
}

/** Nesting that exhausts the parser's stack leaves nothing to read; the file counts as empty until it is repaired. */
function parse(path: string, text: string, old: ts.SourceFile | undefined): ts.SourceFile {
  try {
    return old ? parseAgain(old, text) : parseFile(path, text)
  } catch {
    return old ? parse(path, text, undefined) : parseFile(path, '')
  }
}

function importsOf(parts: readonly Part[]): readonly Import[] {
  const loading = parts.filter(({ facts }) => facts.loads)
  if (loading.length === 0) return []
  const values = new Set(parts.flatMap(({ facts }) => facts.declarations.flatMap(({ symbol }) => symbol.needs)))
  return loading.map(({ chunk, facts }) => {
    const { from, span, names } = facts.loads as Import
    return {
      from,
      span: shift(span, chunk.start),
      names: names.map((each) => ({ ...each, span: shift(each.span, chunk.start), isValue: values.has(each.local) })),
    }
  })
}

/** Puts the parts of one file together: exports, overloads, markers, spans. */
class Assembly {
  private readonly features: Feature[] = []
  private readonly helpers: Helper[] = []
  private readonly rejected: RejectedFeature[] = []
  private readonly orphans: Directive[] = []
  private readonly misspelt: MisspeltDirective[] = []
  private readonly module: Module
  /** `export { local as name }` by local name. */
  private readonly exportLists = new Map<string, { name: string; span: Span }[]>()
  private readonly overloads = new Map<string, { directives: Directive[]; hasBody: boolean; first: DeclarationFacts }>()

  constructor(
    private readonly path: string,
    private readonly parts: readonly Part[],
  ) {
    const names = new Map<string, ModuleName>()
    for (const part of parts) this.register(part, names)
    this.module = makeModule(names)
  }

  assemble(text: string): FeatureFile {
    for (const part of this.parts) this.readPart(part)
    const imports = importsOf(this.parts)
    const groupBy = headGroupBy(text, this.parts)
    return {
      path: this.path,
      features: this.features,
      helpers: this.helpers,
      orphanDirectives: this.orphans,
      misspeltDirectives: this.misspelt,
      ignores: this.parts.flatMap(({ chunk, facts }) => facts.ignores.map((each) => shifted(each, chunk.start))),
      rejected: this.rejected,
      ...(groupBy && { groupBy }),
      ...(imports.length > 0 && { imports }),
    }
  }

  private register({ chunk, facts }: Part, names: Map<string, ModuleName>): void {
    facts.declarations.forEach((declaration, index) => {
      const { name, bodyless, isFunction, symbol } = declaration
      if (isFunction && bodyless) this.registerOverload(declaration, chunk.start)
      if (!bodyless && isFunction && this.overloads.has(name)) this.overload(name).hasBody = true
      if (bodyless && names.has(name)) return
      names.set(name, { symbol, open: () => openDeclared(chunk, index) })
    })
    for (const { local, name, from } of facts.imports)
      names.set(local, {
        symbol: { hash: `import ${name} of ${from}`, needs: [] },
        open: () => ({ kind: 'imported', name, from }),
      })
    for (const { local, name, span } of facts.exports) {
      const list = this.exportLists.get(local) ?? []
      list.push({ name, span: shift(span, chunk.start) })
      this.exportLists.set(local, list)
    }
  }

  private registerOverload(declaration: DeclarationFacts, offset: number): void {
    const { name } = declaration
    if (!this.overloads.has(name)) this.overloads.set(name, { directives: [], hasBody: false, first: declaration })
    this.overload(name).directives.push(...declaration.directives.map((each) => shiftDirective(each, offset)))
  }

  private overload(name: string) {
    return this.overloads.get(name) as { directives: Directive[]; hasBody: boolean; first: DeclarationFacts }
  }

  private readPart(part: Part): void {
    const { chunk, facts } = part
    let claimed = facts.nameless !== undefined
    if (facts.nameless) this.rejected.push(shiftRejected(facts.nameless, chunk.start))
    facts.declarations.forEach((declaration, index) => {
      if (this.takeOver(part, declaration, index)) {
        claimed = true
        return
      }
      const exports = this.exportsOf(declaration, chunk.start)
      if (!declaration.isFunction || exports.length === 0) {
        this.addHelper(chunk, declaration, index)
        return
      }
      claimed = true
      const overload = this.overloads.get(declaration.name)
      const isOverload = declaration.bodyless && (overload?.hasBody || overload?.first !== declaration)
      if (!isOverload) this.addFeatures(part, declaration, index, exports)
    })
    if (claimed) for (const each of facts.misspelt) this.misspelt.push({ ...each, span: shift(each.span, chunk.start) })
    for (const { directive, attached } of facts.markers)
      if (!attached || !claimed) this.orphans.push(shiftDirective(directive, chunk.start))
  }

  /** The names under which a declaration is a feature, and where each is written. */
  private exportsOf({ name, exportedAs, nameSpan }: DeclarationFacts, offset: number): readonly FeatureName[] {
    const lists = this.exportLists.get(name)
    if (exportedAs === undefined && !lists) return []
    const own: FeatureName[] =
      exportedAs === undefined ? [] : [{ name, exportName: exportedAs, span: shift(nameSpan, offset) }]
    if (!lists) return name.startsWith('_') ? [] : own
    const listed = lists.map(
      (each): FeatureName => ({
        name: each.name === 'default' ? name : each.name,
        exportName: each.name,
        span: each.name === name || each.name === 'default' ? shift(nameSpan, offset) : each.span,
      }),
    )
    const seen = new Set<string>()
    return [...own, ...listed].filter((each) => {
      if (each.name === '' || each.name.startsWith('_') || seen.has(each.name)) return false
      seen.add(each.name)
      return true
    })
  }

  /** Most features of a file are as they were, but for their place. */
  private takeOver({ chunk, made }: Part, declaration: DeclarationFacts, index: number): boolean {
    const known = made[index]
    const { name } = declaration
    if (!known || this.exportLists.has(name) || this.overloads.has(name)) return false
    if (this.analyse(chunk, declaration, index, []) !== known.analysis) return false
    const { offset, analysis } = known
    const feature = offset === chunk.start ? known.feature : movedBy(known.feature, chunk.start - offset)
    if (feature !== known.feature) made[index] = { offset: chunk.start, analysis, feature }
    this.features.push(feature)
    return true
  }

  private addFeatures(
    { chunk, facts, made }: Part,
    declaration: DeclarationFacts,
    index: number,
    exports: readonly FeatureName[],
  ): void {
    const overloads = this.overloads.get(declaration.name)?.directives ?? []
    const analysis = this.analyse(chunk, declaration, index, overloads)
    if (analysis.kind === 'rejected') {
      this.rejected.push(shiftRejected(analysis.rejected, chunk.start))
      return
    }
    const isPlain = overloads.length === 0 && exports.length === 1 && declaration.exportedAs !== undefined
    const own = declaration.directives.map((each) => shiftDirective(each, chunk.start))
    for (const { name, exportName, span } of exports) {
      const feature = featureAt(analysis.feature, chunk.start, {
        name,
        exportName,
        path: this.path,
        nameSpan: span,
        span: shift(declaration.span, chunk.start),
        directives: declaration.bodyless ? overloads : [...overloads, ...own],
        doc: facts.doc,
      })
      this.features.push(feature)
      made[index] = isPlain ? { offset: chunk.start, analysis, feature } : undefined
    }
  }

  private addHelper(chunk: Chunk, declaration: DeclarationFacts, index: number): void {
    const { name, isFunction, bodyless, symbol } = declaration
    if (bodyless) return
    const key = this.module.meaning(symbol.needs)
    if (declaration.helper?.key !== key) {
      const declared = declaredIn(chunk.statement as ts.Statement)[index] as Declared
      declaration.helper = { key, sites: helperSitesOf(declared, this.module) }
    }
    const span = shift(declaration.span, chunk.start)
    // The names of one pattern share their declaration.
    if (this.helpers.at(-1)?.span.start === span.start) return
    this.helpers.push({ name, isFunction, span, sites: declaration.helper.sites })
  }

  private analyse(
    chunk: Chunk,
    declaration: DeclarationFacts,
    index: number,
    overloads: readonly Directive[],
  ): Analysis {
    const level = (declaration.directives[0] ?? overloads[0])?.level
    const key = `${level ?? ''} ${this.module.meaning(declaration.symbol.needs)}`
    if (declaration.memory?.key === key) return declaration.memory.analysis
    const declared = declaredIn(chunk.statement as ts.Statement)[index] as Declared & { function: FunctionNode }
    const spanOf = (node: ts.Node): Span => ({ start: node.getStart() - chunk.start, end: node.end - chunk.start })
    const analysis = analyseFunction(declared, this.module, level, spanOf)
    declaration.memory = { key, analysis }
    return analysis
  }
}

interface FeatureName {
  readonly name: string
  readonly exportName: string
  readonly span: Span
}

function openDeclared(chunk: Chunk, index: number) {
  const declared = chunk.statement && declaredIn(chunk.statement)[index]
  return declared && ({ kind: 'declared', declared } as const)
}

/** `group_by` of the comments at the head of the file, up to the first blank line. */
function headGroupBy(text: string, parts: readonly Part[]): FeatureFile['groupBy'] {
  const end = parts[0]?.chunk.statement?.getStart() ?? text.length
  const comments = commentsBetween(text, { start: 0, end }, undefined)
  return groupByIn(blockAtHead(text, comments))
}

const shift = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by })

type Named = Pick<Feature, 'name' | 'exportName' | 'path' | 'nameSpan' | 'span' | 'directives'> & {
  readonly doc: string | undefined
}

/** Written out field by field: most features of a file are made again with each keystroke, and so they all have one shape. */
function featureAt(read: (Analysis & { kind: 'feature' })['feature'], by: number, named: Named): Feature {
  const { name, exportName, path, nameSpan, span, directives, doc } = named
  const { inputs, form, body, typeLevel, fingerprint, inputsSpan, bodySpan, sites } = read
  const feature = {
    name,
    exportName,
    path,
    inputs: inputs.map((input) => shiftInput(input, by)),
    form,
    body,
    directives,
    fingerprint,
    nameSpan,
    span,
    inputsSpan: shift(inputsSpan, by),
    bodySpan: shift(bodySpan, by),
    sites,
  }
  if (doc === undefined && !typeLevel) return feature
  return { ...feature, ...(typeLevel && { typeLevel }), ...(doc !== undefined && { doc }) }
}

/** The same feature further on in its file. */
function movedBy(feature: Feature, by: number): Feature {
  const { name, exportName, path, inputs, form, body, directives, fingerprint, sites } = feature
  const moved = {
    name,
    exportName,
    path,
    inputs: inputs.map((input) => shiftInput(input, by)),
    form,
    body,
    directives: directives.map((each) => shiftDirective(each, by)),
    fingerprint,
    nameSpan: shift(feature.nameSpan, by),
    span: shift(feature.span, by),
    inputsSpan: shift(feature.inputsSpan, by),
    bodySpan: shift(feature.bodySpan, by),
    sites,
  }
  const { doc, typeLevel } = feature
  if (doc === undefined && !typeLevel) return moved
  return { ...moved, ...(typeLevel && { typeLevel }), ...(doc !== undefined && { doc }) }
}

function shiftInput(input: Input, by: number): Input {
  const { type, typeSpan, missingAs } = input
  if (type !== undefined || typeSpan || missingAs)
    return {
      ...input,
      span: shift(input.span, by),
      whole: shift(input.whole, by),
      ...(typeSpan && { typeSpan: shift(typeSpan, by) }),
    }
  const { name, local, optional, acceptsMissing } = input
  return { name, local, optional, acceptsMissing, span: shift(input.span, by), whole: shift(input.whole, by) }
}

const shiftDirective = (directive: Directive, by: number): Directive => ({
  ...directive,
  span: shift(directive.span, by),
})

const shiftRejected = (rejected: RejectedFeature, by: number): RejectedFeature => ({
  ...rejected,
  span: shift(rejected.span, by),
})
