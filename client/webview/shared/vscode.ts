import type { Guard } from './shape.ts'

interface VsCodeApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

/** The page's only way to the extension host. */
export interface Host<In, Out> {
  post(message: Out): void
  /** Says who takes what the extension host sends, beginning with what came before anybody did. */
  listen(receive: (message: In) => void): void
}

/** A host of which VS Code keeps what the page says of itself. */
export interface KeepingHost<In, Out, State> extends Host<In, Out> {
  /** What `save` was given before the page was hidden or the window reloaded; undefined when there is none or it is malformed. */
  restore(): State | undefined
  save(state: State): void
}

/** Once per page, as VS Code hands its API out a single time. */
export function connect<In, Out>(incoming: Guard<In>, api = acquireVsCodeApi()): Host<In, Out> {
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
  }
}

export function connectKeeping<In, Out, State>(incoming: Guard<In>, saved: Guard<State>): KeepingHost<In, Out, State> {
  const api = acquireVsCodeApi()
  return {
    ...connect(incoming, api),
    restore: () => {
      const state = api.getState()
      return saved(state) ? state : undefined
    },
    save: (state) => {
      api.setState(state)
    },
  }
}
