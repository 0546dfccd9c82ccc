import { existsSync, rmSync } from 'node:fs'
import { profileIn, settingsPath, writeSettings } from './profile.ts'
import { quietSettings } from './settings.ts'
import { remoteUri, runCodeCli, startVscode, type VscodeServer, workbenchUrl } from './vscode.ts'

export interface EditorOptions {
  /** The packaged extension. */
  readonly extension: string
  /** Where settings and state are kept from one start to the next. */
  readonly profile: string
  /** Forget what was kept. */
  readonly fresh: boolean
  readonly folder: string
  /** A file to show first. */
  readonly file?: string
  readonly port?: number
}

/** An editor to try the extension in by hand: VS Code with the extension installed, and the address to open it at. */
export async function startEditor(options: EditorOptions): Promise<{ server: VscodeServer; url: string }> {
  if (options.fresh) rmSync(options.profile, { recursive: true, force: true })
  const profile = profileIn(options.profile)
  if (!existsSync(settingsPath(profile))) writeSettings(profile, quietSettings)
  await runCodeCli(profile, ['--install-extension', options.extension, '--force'])
  const server = await startVscode(profile, options.port === undefined ? {} : { port: options.port })
  const open = options.file === undefined ? [] : [['openFile', remoteUri(server, options.file)] as const]
  return { server, url: workbenchUrl(server, options.folder, open) }
}
