import type { GraphView } from './graph.ts'
import type { Place } from './place.ts'
import type {
  ColumnSummary,
  ColumnsRequest,
  DescribedColumns,
  Page,
  PageRequest,
  RangeRequest,
  RangeStatistics,
  RunProblem,
  RunSummary,
  TableOfRun,
  Trace,
  TraceRequest,
  ViewRequest,
} from './run.ts'

/** Every page to the host. */
export type FromPage =
  /** The page is there, and has heard nothing yet. */
  | { readonly kind: 'ready' }
  /** How the page is looked at: nobody but the next page reads it. */
  | { readonly kind: 'keep'; readonly state: object }

/** Host to every page that is ready, before anything else: what the page before wanted to be kept, if it did. */
export interface KeptMessage {
  readonly kind: 'kept'
  readonly state?: unknown
}

/** Host to graph page. */
export type ToGraphPage =
  | { readonly kind: 'graph'; readonly view: GraphView; readonly select?: string }
  | { readonly kind: 'error'; readonly message: string }
  /** The active editor moved to another feature. */
  | { readonly kind: 'select'; readonly node: string }
  | { readonly kind: 'run'; readonly run: RunOverlay }
  | TracedMessage

/** Graph page to host. */
export type FromGraphPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'run'; readonly model: string }
  /** Writes the drawing to a file that the person chooses; a PNG comes as base64. */
  | { readonly kind: 'export'; readonly format: GraphFormat; readonly content: string }

/** What the last run says of the nodes, by id. */
export interface RunOverlay {
  readonly nodes: Readonly<Record<string, NodeRun>>
  /** An edit came after the run. */
  readonly isStale: boolean
}

export interface NodeRun {
  readonly ms: number
  readonly count: number
  readonly missing: number
  /** Taken from an earlier run. */
  readonly isKept?: boolean
  readonly error?: string
}

export const graphFormats = ['svg', 'png', 'mermaid', 'dot'] as const
export type GraphFormat = (typeof graphFormats)[number]

/** Host to results page. */
export type ToResultsPage =
  | { readonly kind: 'running'; readonly model?: string }
  | {
      readonly kind: 'ran'
      readonly summary: RunSummary
      readonly show?: { readonly model: string; readonly feature?: string }
    }
  | { readonly kind: 'page'; readonly id: number; readonly page: Page }
  | { readonly kind: 'view'; readonly id: number; readonly view: string; readonly count: number }
  | { readonly kind: 'statistics'; readonly id: number; readonly statistics: RangeStatistics }
  | { readonly kind: 'trace'; readonly id: number; readonly trace: Trace }
  | ({ readonly kind: 'columns'; readonly id: number } & DescribedColumns)
  /** The question cannot be answered: a filter that is none, a result that is gone. */
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  /** Something that was asked for is done: cells are on the clipboard, a file is written. */
  | { readonly kind: 'done'; readonly message: string }
  /** There is no result, or, when it `isGone`, none any more. */
  | { readonly kind: 'error'; readonly problems: readonly RunProblem[]; readonly isGone?: boolean }

/** Results page to host. `id` pairs an answer with its question. */
export type FromResultsPage =
  | { readonly kind: 'ready' }
  | TableQuestion
  /** Puts a block of cells with its header on the clipboard. */
  | ({ readonly kind: 'copy' } & Omit<RangeRequest, 'kind' | 'id' | 'as'>)
  /** Writes the table or view to a file that the person chooses. */
  | ({ readonly kind: 'export'; readonly columns: readonly string[] } & TableOfRun)
  | { readonly kind: 'open'; readonly path: string; readonly line: number; readonly character?: number }
  | { readonly kind: 'showInGraph'; readonly path: string; readonly line: number }
  | TracedMessage
  | { readonly kind: 'runAgain' }
  | { readonly kind: 'cancel' }

/** Which cell of the results is traced, to be marked wherever its feature is seen; without one, none is any more. */
export interface TracedMessage {
  readonly kind: 'traced'
  readonly cell?: TracedCell
}

/** A cell and those that it was made from, as people read them. */
export interface TracedCell {
  readonly model: string
  readonly column: string
  readonly kind: ColumnSummary['kind']
  readonly value: string
  /** By the names that its feature reads. */
  readonly inputs: Readonly<Record<string, string>>
}

/** What the runner answers, about a table of the run that is shown. */
export type TableQuestion = PageRequest | ViewRequest | RangeRequest | TraceRequest | ColumnsRequest
