import { parentPort, workerData } from 'node:worker_threads'
import { Cancelled, libraryTexts, makeTypeChecker } from '@modeldriver/engine/typecheck'
import type { CheckAnswer, CheckRequest, WorkerMemory } from './messages.ts'

// Checks types in a thread of its own: a second of work stops nobody from typing.

const latest = new Int32Array((workerData as WorkerMemory).latest)
const checker = makeTypeChecker(libraryTexts())

function answer({ id, project, files }: CheckRequest): CheckAnswer {
  const isCancelled = () => Atomics.load(latest, 0) !== id
  if (isCancelled()) return { id, kind: 'given-up' }
  try {
    return { id, kind: 'found', findings: checker.check(files, { isCancelled, scope: project }) }
  } catch (error) {
    if (error instanceof Cancelled) return { id, kind: 'given-up' }
    return { id, kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (request: CheckRequest) => parentPort?.postMessage(answer(request)))
