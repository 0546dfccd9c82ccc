import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { format } from 'node:util'
import { launchBrowser, newPage } from './browser.ts'
import type { Profile } from './profile.ts'
import { remoteUri, startVscode, workbenchUrl } from './vscode.ts'

export interface HostRun {
  readonly folder: string
  /** Folders of extensions under development. */
  readonly developmentPaths: readonly string[]
  /** A module with `run(): Promise<void>`. */
  readonly testsPath: string
  readonly disableExtensions: boolean
}

const timeoutMs = 600_000
/** What the workbench says about itself on every start. */
const noise =
  /connection token|Creating a socket|reconnection-grace|builtin extensions|Service Worker|AgentHost|AccountPolicyGate|Creation of workbench contribution|authentication provider 'github'|\[DefaultAccount\]|\[chat-stt\]/

/** Runs a test suite inside the extension host of a real VS Code and resolves to its exit code. */
export async function runInExtensionHost(profile: Profile, run: HostRun): Promise<number> {
  const server = await startVscode(profile, { forHostSuite: true })
  const browser = await launchBrowser()
  try {
    const page = await newPage(browser)
    const suite = new EventEmitter()
    const ended = once(suite, 'end', { signal: AbortSignal.timeout(timeoutMs) })
    page.on('crash', () => suite.emit('error', new Error('The page of the workbench crashed')))
    await page.exposeFunction('codeAutomationExit', (code: number) => suite.emit('end', code))
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const line = format(...args.map((arg) => (typeof arg === 'string' ? arg : JSON.stringify(arg))))
      if (!noise.test(line)) console.log(line)
    })
    await page.goto(
      workbenchUrl(server, run.folder, [
        ...run.developmentPaths.map((path) => ['extensionDevelopmentPath', remoteUri(server, path)] as const),
        ['extensionTestsPath', remoteUri(server, run.testsPath)],
        ...(run.disableExtensions ? [['disableExtensions', 'true'] as const] : []),
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
      ]),
    )
    const [code] = await ended
    return code
  } catch (error) {
    console.error(String(error), '\n', readFileSync(server.logFile, 'utf8').split('\n').slice(-20).join('\n'))
    return 1
  } finally {
    await browser.close()
    await server.stop()
  }
}
