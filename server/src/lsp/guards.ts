import { ResponseError } from 'vscode-languageserver/node'

/** Failures become log lines: one bad answer never takes the server down. */
export interface Guards {
  readonly failed: (doing: string, error: unknown) => void
  /** A request handler that answers `otherwise` when its work fails; a refusal (`ResponseError`) is an answer. */
  readonly answer: <P, R>(name: string, otherwise: R, work: (params: P) => Promise<R>) => (params: P) => Promise<R>
  /** A notification handler whose failure is only logged. */
  readonly note: <P>(name: string, work: (params: P) => Promise<void>) => (params: P) => void
}

export function guards(log: (message: string) => void): Guards {
  const failed = (doing: string, error: unknown) =>
    log(`${doing} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return {
    failed,
    answer: (name, otherwise, work) => async (params) => {
      try {
        return await work(params)
      } catch (error) {
        if (error instanceof ResponseError) throw error
        failed(name, error)
        return otherwise
      }
    },
    note: (name, work) => (params) => {
      work(params).catch((error: unknown) => failed(name, error))
    },
  }
}

/** Makes a value when it is first asked for; tries again after a failure. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
