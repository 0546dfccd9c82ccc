import {
  CallHierarchyPrepareRequest,
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  type Disposable,
  type ServerCapabilities,
} from 'vscode-languageserver/node'

const section = 'modeldriver.callHierarchy'

/** Whether the editor can be told later on that call hierarchies are ours, and has settings that say so. */
const canAsk = ({ textDocument, workspace }: ClientCapabilities): boolean =>
  Boolean(textDocument?.callHierarchy?.dynamicRegistration && workspace?.configuration)

/** Offered from the start to editors that cannot be asked. */
export const fixedOffers = (client: ClientCapabilities): ServerCapabilities =>
  canAsk(client) ? {} : { callHierarchyProvider: true }

/**
 * Offers call hierarchies while the setting says so. VS Code asks one provider only, and ours before TypeScript's: without the
 * offer TypeScript answers in feature files as it does elsewhere.
 */
export async function offerCallHierarchy(
  connection: Connection,
  client: ClientCapabilities,
  failed: (doing: string, error: unknown) => void,
): Promise<void> {
  if (!canAsk(client)) return
  let offer: Disposable | undefined
  const follow = async (): Promise<void> => {
    const settings: { readonly enabled?: boolean } | null = await connection.workspace.getConfiguration(section)
    const isWanted = settings?.enabled !== false
    if (isWanted)
      offer ??= await connection.client.register(CallHierarchyPrepareRequest.type, { documentSelector: null })
    else {
      offer?.dispose()
      offer = undefined
    }
  }
  /** One after the other: two quick changes must not register twice. */
  let last = follow()
  connection.onDidChangeConfiguration(() => {
    last = last.then(follow).catch((error: unknown) => failed('following the settings', error))
  })
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration)
    await connection.client.register(DidChangeConfigurationNotification.type, { section })
  await last
}
