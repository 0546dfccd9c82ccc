import type { FromPage, KeptMessage } from '@modeldriver/protocol'
import { type Guard, oneOf, shape } from './shape.ts'

interface VsCodeApi {
  postMessage(message: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

/** How the page before this one was looked at. */
export interface Kept<State> {
  readonly kind: 'kept'
  readonly saved: State
}

/** The page's only way to the extension host, which keeps for the next page how this one is looked at. */
export interface Host<In, Out, State> {
  post(message: Out): void
  keep(state: State): void
  /** Says who takes what the extension host sends, beginning with what came before anybody did. */
  listen(receive: (message: In | Kept<State>) => void): void
}

const keptMessage = shape<KeptMessage>({ kind: oneOf('kept'), state: (_): _ is unknown => true })

/**
 * Once per page, as VS Code hands its API out a single time. Asks for everything at once, before anything is drawn, and
 * is told first what was kept; a message from before that will come again.
 */
export function connect<In, Out, State>(
  incoming: Guard<In>,
  isSaved: Guard<State>,
  api = acquireVsCodeApi(),
): Host<In, Out, State> {
  const early: (In | Kept<State>)[] = []
  let receive = (message: In | Kept<State>): void => void early.push(message)
  let isAnswered = false
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (keptMessage(data)) {
      isAnswered = true
      if (isSaved(data.state)) receive({ kind: 'kept', saved: data.state })
    } else if (!isAnswered) return
    else if (incoming(data)) receive(data)
    else console.warn('ModelDriver: a message of an unknown form was ignored', data)
  })
  const say = (message: FromPage): void => api.postMessage(message)
  say({ kind: 'ready' })
  return {
    post: (message) => api.postMessage(message),
    keep: (state) => say({ kind: 'keep', state: state as object }),
    listen: (taker) => {
      receive = taker
      for (const message of early.splice(0)) taker(message)
    },
  }
}
