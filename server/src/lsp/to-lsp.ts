import { type Location as FileLocation, helpOf, type Problem, type Severity, type Span } from '@modeldriver/engine'
import { type GraphView, type LineageEntry, type LineageResult, lensCommands, type Place } from '@modeldriver/protocol'
import {
  type CodeLens,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Location,
  type Range,
} from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { PipelineGraph } from '../ide/graph-view.ts'
import type { Lens } from '../ide/lenses.ts'
import type { Lineage, LineageItem } from '../ide/lineage.ts'

/** The texts that offsets are counted in, and the editor's addresses of files. */
export interface Places {
  readonly document: (path: string) => TextDocument | undefined
  readonly uriOf: (path: string) => string
  /** The address of docs/problems.md, for editors that follow the code of a problem. */
  readonly problemsPage?: string | undefined
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
}

/** Unused features and unused inputs: shown faded. */
const unnecessary: ReadonlySet<string> = new Set(['MD017', 'MD018'])

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

export const toRange = (document: TextDocument | undefined, { start: from, end }: Span): Range =>
  document ? { start: document.positionAt(from), end: document.positionAt(end) } : start

export const toLocation = (places: Places, { path, span }: FileLocation): Location => ({
  uri: places.uriOf(path),
  range: toRange(places.document(path), span),
})

const toPlace: (places: Places, location: FileLocation) => Place = toLocation

export function toDiagnostic(places: Places, problem: Problem): Diagnostic {
  return {
    range: toRange(places.document(problem.path), problem.span),
    severity: severities[problem.severity],
    code: problem.code,
    ...(places.problemsPage && { codeDescription: { href: helpOf(places.problemsPage, problem.code) } }),
    source: 'modeldriver',
    message: problem.message,
    ...(unnecessary.has(problem.code) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(problem.related.length > 0 && {
      relatedInformation: problem.related.map((related) => ({
        location: toLocation(places, related),
        message: related.message,
      })),
    }),
    ...(problem.data && { data: problem.data }),
  }
}

const lensCommand: Readonly<Record<Lens['action'], string>> = {
  run: lensCommands.run,
  graph: lensCommands.showGraph,
  inputs: lensCommands.showInputs,
  users: lensCommands.showUsers,
}

export const toCodeLens = (document: TextDocument, { span, title, action, feature }: Lens): CodeLens => ({
  range: toRange(document, span),
  command: { title, command: lensCommand[action], arguments: [document.uri, feature] },
})

/** For editors without our commands: only what it says. */
export const toPlainLens = (document: TextDocument, { span, title }: Lens): CodeLens => ({
  range: toRange(document, span),
  command: { title, command: '' },
})

export const toLineageResult = (places: Places, { feature, upstream, users }: Lineage): LineageResult => ({
  feature,
  upstream: upstream.map((item) => toEntry(places, item)),
  users: users.map((item) => toEntry(places, item)),
})

function toEntry(places: Places, { location, ...item }: LineageItem): LineageEntry {
  return { ...item, ...(location && { place: toPlace(places, location) }) }
}

export function toGraphView(
  places: Places,
  project: { readonly path: string; readonly revision: number },
  graph: PipelineGraph,
): GraphView {
  return {
    ...graph,
    project: project.path,
    revision: project.revision,
    nodes: graph.nodes.map(({ location, ...node }) => ({
      ...node,
      ...(location && { place: toPlace(places, location) }),
    })),
  }
}
