import type { CodeError, Directive, Ignore, Import, MisspeltDirective, RejectedFeature } from '../../ir/feature.ts'
import type { Helper } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { directivesIn, docOf, misspeltIn } from '../directives.ts'
import { ignoresIn } from '../ignores.ts'
import type { Analysis } from './analyse.ts'
import { blockAbove, commentsBetween } from './comments.ts'
import { eagerNames, earlyErrors } from './earlyErrors.ts'
import { declaredIn, exportedBy, type ImportedName, importedBy, moduleLoadedBy, namelessDefault } from './features.ts'
import { type FileSymbol, symbolOf } from './module.ts'
import { isTooDeep, ts } from './parse.ts'

/** One top-level statement with the comments that belong to it: from the end of the line above to the end of its own. */
export interface Chunk extends Span {
  /** Absent for what follows the last statement. */
  readonly statement?: ts.Statement
}

/** What is known of a statement from its own text; every span counts from the start of its chunk. */
export interface StatementFacts {
  readonly declarations: readonly DeclarationFacts[]
  readonly exports: readonly { readonly local: string; readonly name: string; readonly span: Span }[]
  readonly imports: readonly ImportedName[]
  /** The module that it loads; whether a name is a value is seen in the whole file. */
  readonly loads?: Import
  readonly markers: readonly Marker[]
  readonly misspelt: readonly MisspeltDirective[]
  readonly ignores: readonly Ignore[]
  readonly nameless?: RejectedFeature
  readonly doc?: string
  /** Names that it needs while the file is loaded. */
  readonly eager: readonly { readonly name: string; readonly span: Span }[]
  /** What the language refuses though it can be parsed. */
  readonly refused: readonly CodeError[]
  /** Nested so deeply that it is not read. */
  readonly isTooDeep?: true
}

export interface DeclarationFacts {
  readonly name: string
  readonly symbol: FileSymbol
  readonly isFunction: boolean
  /** `function f() {}`: it is there before the file's first line. */
  readonly isHoisted: boolean
  readonly bodyless: boolean
  readonly exportedAs?: string
  readonly nameSpan: Span
  readonly span: Span
  /** Markers that stand where they belong to this declaration. */
  readonly directives: readonly Directive[]
  /** The last analysis, and what it depended on. */
  memory?: { readonly key: string; readonly analysis: Analysis }
  helper?: { readonly key: string; readonly sites: Helper['sites'] }
}

/** A level marker, and whether it stands where it belongs to the statement. */
export interface Marker {
  readonly directive: Directive
  readonly attached: boolean
}

/** Cuts a file into chunks. Every character is in exactly one; the last has no statement. */
export function cutIntoChunks(file: ts.SourceFile): readonly Chunk[] {
  const { text, statements } = file
  const chunks: Chunk[] = []
  let start = 0
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i] as ts.Statement
    let end = statement.end
    for (let next = statements[i + 1]; next && isSemicolonAfter(text, end, next); next = statements[i + 1]) {
      end = next.end
      i++
    }
    end = endOfTrailingComments(text, end)
    chunks.push({ start, end, statement })
    start = end
  }
  chunks.push({ start, end: text.length })
  return chunks
}

export function readStatement({ start, end, statement }: Chunk, text: string): StatementFacts {
  const spanOf = (node: ts.Node): Span => ({ start: node.getStart() - start, end: node.end - start })
  if (statement && isTooDeep(statement))
    return {
      declarations: [],
      exports: [],
      imports: [],
      markers: [],
      misspelt: [],
      ignores: [],
      eager: [],
      refused: [],
      isTooDeep: true,
    }
  const comments = commentsBetween(text, { start, end }, statement)
  if (!statement)
    return {
      declarations: [],
      exports: [],
      imports: [],
      markers: markersIn(comments, start, () => false),
      misspelt: [],
      ignores: ignoresIn(text, { start, end }, comments),
      eager: [],
      refused: [],
    }

  const from = statement.getStart()
  const above = blockAbove(
    text,
    comments.filter((comment) => comment.end <= from),
    from,
  )
  const first = above[0]?.start ?? from
  const markers = markersIn(comments, start, (at) => at >= first)
  const declared = declaredIn(statement)
  const nameless = namelessDefault(statement)
  const doc = docOf(above.map((comment) => comment.text))
  const attached = markers.filter((marker) => marker.attached).map((marker) => marker.directive)
  const ranges = declared.map(({ node }) => spanOf(node))
  return {
    declarations: declared.map((each, index) => ({
      name: each.name,
      symbol: symbolOf(each),
      isFunction: each.function !== undefined,
      isHoisted: ts.isFunctionDeclaration(each.node),
      bodyless: each.bodyless,
      nameSpan: spanOf(each.nameNode),
      span: ranges[index] as Span,
      directives: [
        ...attached.filter(({ span }) => belongsTo(span, index, ranges)),
        ...(each.wrapper && each.wrapper.text !== 'feature' ? [wrapperDirective(each.wrapper, spanOf)] : []),
      ],
      ...(each.exportedAs !== undefined && { exportedAs: each.exportedAs }),
    })),
    exports: exportedBy(statement).map(({ local, name, node }) => ({ local, name, span: spanOf(node) })),
    imports: importedBy(statement),
    ...loadedBy(statement, spanOf),
    markers,
    misspelt: comments
      .filter((each) => each.start >= first)
      .flatMap((each) => misspeltIn(each.text, each.start - start)),
    ignores: ignoresIn(text, { start, end }, comments, { start: first, end: from }),
    eager: eagerNames(statement, spanOf),
    refused: earlyErrors(statement, spanOf),
    ...(nameless && { nameless: rejectNameless(statement, spanOf) }),
    ...(doc !== undefined && { doc }),
  }
}

function loadedBy(statement: ts.Statement, spanOf: (node: ts.Node) => Span): Pick<StatementFacts, 'loads'> {
  const loaded = moduleLoadedBy(statement)
  if (!loaded) return {}
  const { start, end } = spanOf(loaded.from)
  const names = loaded.names.map(({ name, local, node }) => ({ name, local, span: spanOf(node), isValue: false }))
  return { loads: { from: loaded.from.text, span: { start: start + 1, end: end - 1 }, names } }
}

function markersIn(
  comments: readonly { readonly text: string; readonly start: number }[],
  offset: number,
  isAttached: (at: number) => boolean,
): readonly Marker[] {
  return comments.flatMap((comment) =>
    directivesIn(comment.text, comment.start - offset).map((directive) => ({
      directive,
      attached: isAttached(comment.start),
    })),
  )
}

/** `agg(…)` around a function says the same as a marker. */
function wrapperDirective(wrapper: ts.Identifier, spanOf: (node: ts.Node) => Span): Directive {
  return { level: wrapper.text === 'row' ? 'row' : 'group', text: `${wrapper.text}(…)`, span: spanOf(wrapper) }
}

function rejectNameless(statement: ts.Statement, spanOf: (node: ts.Node) => Span): RejectedFeature {
  const text = /^export\s+default/.exec(statement.getText())?.[0] ?? ''
  const { start } = spanOf(statement)
  return { reason: 'nameless', text, span: { start, end: start + text.length } }
}

/** A `;` on the same line, which the grammar makes a statement of its own. */
function isSemicolonAfter(text: string, end: number, next: ts.Statement): boolean {
  return ts.isEmptyStatement(next) && !text.slice(end, next.end).includes('\n')
}

function endOfTrailingComments(text: string, end: number): number {
  const next = text.charCodeAt(end)
  if (next === 10 || next === 13 || Number.isNaN(next)) return end
  return ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end
}

/** Above several declarators a marker is for all of them, further on for the one that it stands in or follows. */
function belongsTo(marker: Span, index: number, ranges: readonly Span[]): boolean {
  const last = ranges.findLastIndex((range) => range.start <= marker.start)
  return last < 0 || last === index
}
