import type { Guard } from './shape.ts'

interface VsCodeApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

/** The page's only way to the extension host. */
export interface Host<In, Out, State> {
  post(message: Out): void
  /** Says who takes what the extension host sends, beginning with what came before anybody did. */
  listen(receive: (message: In) => void): void
  /** What `save` was given before the page was hidden or the window reloaded; undefined when there is none or it is malformed. */
  restore(): State | undefined
  save(state: State): void
}

/** May be called once per page: VS Code hands its API out a single time. */
export function connect<In, Out, State>(incoming: Guard<In>, saved: Guard<State>): Host<In, Out, State> {
  const api = acquireVsCodeApi()
  const early: In[] = []
  let receive = (message: In): void => void early.push(message)
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (incoming(event.data)) receive(event.data)
    else console.warn('ModelDriver: a message of an unknown form was ignored', event.data)
  })
  return {
    post: (message) => api.postMessage(message),
    listen: (taker) => {
      receive = taker
      for (const message of early.splice(0)) taker(message)
    },
    restore: () => {
      const state = api.getState()
      return saved(state) ? state : undefined
    },
    save: (state) => {
      api.setState(state)
    },
  }
}
