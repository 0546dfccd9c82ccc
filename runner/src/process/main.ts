import type { RunnerMessage } from '@modeldriver/protocol'
import { refuseExit } from '../load/exit.ts'
import { onStray } from '../load/stray.ts'
import { createResponder } from './session.ts'
import { readRequest } from './validate.ts'

// What features compute must not depend on where the machine stands.
process.env.TZ = 'UTC'

/** The run process: started by the editor, talks over IPC, can be killed at any time. */
const send = (message: RunnerMessage): void => {
  if (process.connected) process.send?.(message)
}
const strays = new Set<string>()
const respond = createResponder((message) => send(withStrays(message)))

/** A result with what author code left behind in the meantime. */
function withStrays(message: RunnerMessage): RunnerMessage {
  if (message.kind !== 'ran' || strays.size === 0) return message
  const { summary } = message
  const found = [...strays].map((text) => ({ message: text }))
  strays.clear()
  return { ...message, summary: { ...summary, problems: [...summary.problems, ...found] } }
}

let isBusy = false
let queue: Promise<void> = Promise.resolve()

process.on('message', (message) => {
  const request = readRequest(message)
  if (typeof request === 'string') {
    const id = typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : Number.NaN
    send({ kind: 'failed', id: Number.isSafeInteger(id) ? id : -1, problems: [{ message: request }] })
    return
  }
  queue = queue.then(async () => {
    isBusy = true
    await respond(request)
    isBusy = false
  })
})

// What author code left behind (a timer, a rejected promise) must not end the process.
onStray((message) => {
  if (isBusy) strays.add(message)
  else console.error(message)
})
// Ends a run that is under way (`untilInterrupted`), and nothing else.
process.on('SIGINT', () => {})
const exit = refuseExit()
process.on('disconnect', () => exit(0))

send({ kind: 'ready' })
