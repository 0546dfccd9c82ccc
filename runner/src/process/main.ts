import { setImmediate as turn } from 'node:timers/promises'
import type { RunnerMessage, RunnerRequest } from '@modeldriver/protocol'
import { refuseExit } from '../load/exit.ts'
import { onStray } from '../load/stray.ts'
import { endWithParent } from './orphan.ts'
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

let isAnswering = false
let isBusy = false
const waiting: RunnerRequest[] = []

process.on('message', (message) => {
  const request = readRequest(message)
  if (typeof request === 'string') {
    const id = typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : Number.NaN
    send({ kind: 'failed', id: Number.isSafeInteger(id) ? id : -1, problems: [{ message: request }] })
    return
  }
  waiting.push(request)
  if (!isAnswering) void answerAll()
})

/** One after the other. What is asked of columns lets everything else pass: a person who scrolls waits for rows. */
async function answerAll(): Promise<void> {
  isAnswering = true
  while (waiting.length > 0) {
    if (waiting.every(({ kind }) => kind === 'columns')) await turn()
    const first = waiting.findIndex(({ kind }) => kind !== 'columns')
    const [request] = waiting.splice(Math.max(0, first), 1)
    isBusy = true
    if (request) await respond(request)
    isBusy = false
  }
  isAnswering = false
}

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
endWithParent()
