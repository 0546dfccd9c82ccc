import type { RunnerMessage } from '@modeldriver/protocol'
import { createResponder } from './session.ts'
import { readRequest } from './validate.ts'

/** The run process: started by the editor, talks over IPC, can be killed at any time. */
const send = (message: RunnerMessage): void => {
  if (process.connected) process.send?.(message)
}
const respond = createResponder(send)

/** The request being answered. */
let current: number | undefined
let queue: Promise<void> = Promise.resolve()

process.on('message', (message) => {
  const request = readRequest(message)
  if (typeof request === 'string') {
    const id = typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : Number.NaN
    send({ kind: 'failed', id: Number.isSafeInteger(id) ? id : -1, problems: [{ message: request }] })
    return
  }
  queue = queue.then(async () => {
    current = request.id
    await respond(request)
    current = undefined
  })
})

// What author code left behind (a timer, a rejected promise) must not end the process.
const stray = (error: unknown): void => {
  const what = error instanceof Error ? error.message : String(error)
  const message = `A feature file failed after it was loaded: ${what}`
  if (current === undefined) console.error(message)
  else send({ kind: 'failed', id: current, problems: [{ message }] })
}
process.on('uncaughtException', stray)
process.on('unhandledRejection', stray)
process.on('disconnect', () => process.exit(0))

send({ kind: 'ready' })
