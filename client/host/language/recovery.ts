import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient, State } from 'vscode-languageclient/node'

/** What becomes of a server that ended by itself: it is started again, unless it ends again and again; people are told either way. */
export interface Recovery {
  readonly errorHandler: ErrorHandler
  /** There is a server, or one is on the way. */
  readonly alive: boolean
  /** Starts it, and counts from the beginning. */
  restart(): Promise<void>
  /** Says in a message that there is no server, and how to have one. Resolves to whether there is one then. */
  offerRestart(message: string): Promise<boolean>
}

const onceInMs = 10_000

/** What it has to say itself goes into the log. */
export class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false)
  }
}

export function createRecovery(client: () => LanguageClient, log: vscode.LogOutputChannel): Recovery {
  let handler: ErrorHandler | undefined
  let isRestarting = false
  let saidAt = Number.NEGATIVE_INFINITY
  const policy = (): ErrorHandler => {
    handler ??= client().createDefaultErrorHandler()
    return handler
  }
  const restart = async (): Promise<void> => {
    handler = undefined
    await (client().isRunning() ? client().restart() : client().start())
  }
  const offerRestart = async (message: string): Promise<boolean> => {
    const [again, show] = [t('Restart Server'), t('Show Log')]
    const chosen = await vscode.window.showErrorMessage(message, again, show)
    if (chosen === show) log.show()
    if (chosen === again) await restart().catch((error: unknown) => log.error(String(error)))
    return client().isRunning()
  }
  /** Not with every end in a row: VS Code holds back who says much in a short time. */
  const sayRestarted = async (): Promise<void> => {
    if (performance.now() - saidAt < onceInMs) return
    saidAt = performance.now()
    if ((await vscode.window.showWarningMessage(startedAgain(), t('Show Log'))) !== undefined) log.show()
  }
  const restartLater = (): void => {
    isRestarting = true
    setImmediate(() => {
      isRestarting = false
      // Why it failed is in the log, and what becomes of it is decided by `closed`.
      client()
        .start()
        .catch(() => undefined)
    })
  }
  return {
    restart,
    offerRestart,
    get alive() {
      const { state } = client()
      return isRestarting || state === State.Running || state === State.Starting
    },
    errorHandler: {
      // What cannot be written to a server that ended is no reason to stop it, and not to start it again: its end is told next.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      // The client itself would start it at once, and lose its way where the server ended while it was starting.
      closed: async () => {
        const { action } = await policy().closed()
        const isAgain = action === CloseAction.Restart
        if (isAgain) {
          restartLater()
          void sayRestarted()
        } else void offerRestart(endsAgainAndAgain())
        // For the log; the client's own words are about what it does itself.
        const message = isAgain ? startedAgain() : endsAgainAndAgain()
        return { action: CloseAction.DoNotRestart, handled: true, message }
      },
    },
  }
}

const startedAgain = (): string =>
  t('The language server of ModelDriver ended and was started again. Nothing that you typed is lost.')

const endsAgainAndAgain = (): string =>
  t(
    'The language server of ModelDriver ended five times within three minutes, so it was not started again: checks, lenses and graphs stand still. Nothing that you typed is lost.',
  )
