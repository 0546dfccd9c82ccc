import type { RunnerMessage } from '@modeldriver/protocol'
import { refuseExit } from '../load/exit.ts'
import { onStray } from '../load/stray.ts'
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
onStray((message) => {
  if (current === undefined) console.error(message)
  else send({ kind: 'failed', id: current, problems: [{ message }] })
})
const exit = refuseExit()
process.on('disconnect', () => exit(0))

send({ kind: 'ready' })
