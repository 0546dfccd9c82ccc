import type { Guard } from './shape.ts'

interface VsCodeApi {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): VsCodeApi

/** The page's only way to the extension host. */
export interface Host<Out, State> {
  post(message: Out): void
  /** What `save` was given before the page was hidden or the window reloaded; undefined when there is none or it is malformed. */
  restore(): State | undefined
  save(state: State): void
}

/** May be called once per page: VS Code hands its API out a single time. */
export function connect<In, Out, State>(
  incoming: Guard<In>,
  saved: Guard<State>,
  receive: (message: In) => void,
): Host<Out, State> {
  const api = acquireVsCodeApi()
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (incoming(event.data)) receive(event.data)
    else console.warn('ModelDriver: a message of an unknown form was ignored', event.data)
  })
  return {
    post: (message) => api.postMessage(message),
    restore: () => {
      const state = api.getState()
      return saved(state) ? state : undefined
    },
    save: (state) => {
      api.setState(state)
    },
  }
}
