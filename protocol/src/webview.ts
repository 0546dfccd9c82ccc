import type { TableName } from '@modeldriver/engine'
import type { GraphView } from './graph.ts'
import type { Place } from './place.ts'
import type { Page, RunSummary } from './run.ts'

/** Host to graph page. */
export type ToGraphPage =
  | { readonly kind: 'graph'; readonly view: GraphView; readonly select?: string }
  | { readonly kind: 'error'; readonly message: string }
  /** The active editor moved to another feature. */
  | { readonly kind: 'select'; readonly node: string }

/** Graph page to host. */
export type FromGraphPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly place: Place }
  | { readonly kind: 'run'; readonly model: string }

/** Host to results page. */
export type ToResultsPage =
  | { readonly kind: 'running'; readonly model?: string }
  | {
      readonly kind: 'ran'
      readonly summary: RunSummary
      readonly show?: { readonly model: string; readonly feature?: string }
    }
  | { readonly kind: 'page'; readonly id: number; readonly page: Page }
  | { readonly kind: 'view'; readonly id: number; readonly view: string }
  | { readonly kind: 'error'; readonly message: string }

/** Results page to host. `id` pairs an answer with its question. */
export type FromResultsPage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'page'
      readonly id: number
      readonly run: string
      readonly model: string
      readonly table: TableName
      readonly view?: string
      readonly offset: number
      readonly count: number
    }
  | {
      readonly kind: 'sort'
      readonly id: number
      readonly run: string
      readonly model: string
      readonly table: TableName
      readonly column?: string
      readonly descending: boolean
    }
  | { readonly kind: 'open'; readonly path: string; readonly line: number; readonly character?: number }
  | { readonly kind: 'runAgain' }
  | { readonly kind: 'cancel' }
