import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { CloseAction, type ErrorHandler, type LanguageClient } from 'vscode-languageclient/node'

/** What becomes of a server that ended by itself: it is started again, unless it ends again and again; people are told either way. */
export interface Recovery {
  readonly errorHandler: ErrorHandler
  /** Starts it, and counts from the beginning. */
  restart(): Promise<void>
  /** Says in a message that there is no server, and how to have one. Resolves to whether there is one then. */
  offerRestart(message: string): Promise<boolean>
}

export function createRecovery(client: () => LanguageClient, log: vscode.LogOutputChannel): Recovery {
  let handler: ErrorHandler | undefined
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
  return {
    restart,
    offerRestart,
    errorHandler: {
      error: (error, message, count) => policy().error(error, message, count),
      // Nothing is waited for: until this answers, the client takes the server for running.
      closed: async () => {
        const result = await policy().closed()
        if (result.action === CloseAction.Restart) void sayRestarted(log)
        else void offerRestart(endsAgainAndAgain())
        return { ...result, handled: true }
      },
    },
  }
}

const endsAgainAndAgain = (): string =>
  t(
    'The language server of ModelDriver ended five times within three minutes, so it was not started again: checks, lenses and graphs stand still. Nothing that you typed is lost.',
  )

async function sayRestarted(log: vscode.LogOutputChannel): Promise<void> {
  const message = t('The language server of ModelDriver ended and was started again. Nothing that you typed is lost.')
  if ((await vscode.window.showWarningMessage(message, t('Show Log'))) !== undefined) log.show()
}
