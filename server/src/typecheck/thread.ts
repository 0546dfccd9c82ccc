import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CheckAnswer, WorkerMemory } from './messages.ts'
import type { CheckThread, ThreadEvents } from './type-checks.ts'

/**
 * Small spaces for young objects keep the whole server small: 245 instead of 290 MB at 2000 features, in the same time. What wants
 * more than 300 MB is ended instead of the whole server.
 */
const limits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 300 }

/** The thread that checks types, of the file that is built beside the server's. It does not keep the server alive. */
export function startCheckThread(memory: WorkerMemory, { answered, ended }: ThreadEvents): CheckThread {
  const worker = new Worker(join(__dirname, 'typecheck.js'), {
    workerData: memory,
    resourceLimits: limits,
  })
  worker.unref()
  worker.on('message', (answer: CheckAnswer) => answered(answer))
  worker.on('error', (error) => ended(error.message))
  return worker
}
