import type { ShadowFile, TypeFinding } from '@modeldriver/engine'

// What crosses to the worker and back.

export interface CheckRequest {
  /** Counts up. A check ends early when a later number stands in the shared memory. */
  readonly id: number
  readonly project: string
  readonly files: readonly ShadowFile[]
}

export type CheckAnswer =
  | { readonly id: number; readonly kind: 'found'; readonly findings: readonly TypeFinding[] }
  | { readonly id: number; readonly kind: 'given-up' }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string }

export interface WorkerMemory {
  /** One number: the latest request. */
  readonly latest: SharedArrayBuffer
}
