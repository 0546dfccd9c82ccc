import { Worker } from 'node:worker_threads'

const everyMs = 500

/** Runs in a thread of its own. Who started this process is its parent until that ends (Windows: its number stays, and nobody has it). */
const watching = `
const { workerData: parent } = require('node:worker_threads')
const isThere = () => {
  try {
    return process.kill(parent, 0)
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}
setInterval(() => {
  if (process.ppid !== parent || !isThere()) process.kill(process.pid, 'SIGKILL')
}, ${everyMs})`

/** Ends this process soon after the one that started it, also in the middle of a feature, where nobody hears that it is gone. */
export function endWithParent(): void {
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 }
  const watch = new Worker(watching, { eval: true, workerData: process.ppid, resourceLimits: limits })
  // Without it the process ends when it hears of it.
  watch.on('error', () => {})
  watch.unref()
}
