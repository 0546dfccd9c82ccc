import { cpSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, newPage } from './browser.ts'
import { clone, packagedExtension } from './clone.ts'
import { throwAwayProfile, writeSettings } from './profile.ts'
import { testSettings } from './settings.ts'
import { runCodeCli, startVscode, workbenchUrl } from './vscode.ts'

type Settings = Readonly<Record<string, unknown>>

/** A person at a VS Code with the packaged extension and a copy of the samples, in a profile that is thrown away. */
export interface Session {
  readonly page: Page
  /** A path in the copy of the samples. */
  file(...path: readonly string[]): string
  /** Changes the user's settings while VS Code runs. */
  set(settings: Settings): void
  close(): Promise<void>
}

/** Installs the extension as users get it, opens the samples and waits for their files to be listed. */
export async function openSession(settings: Settings = {}): Promise<Session> {
  const profile = throwAwayProfile(settings)
  cpSync(join(clone, 'samples'), profile.workspace, { recursive: true })
  await runCodeCli(profile, ['--install-extension', packagedExtension(), '--force'])
  const server = await startVscode(profile)
  const browser = await launchBrowser()
  const page = await newPage(browser)
  await page.goto(workbenchUrl(server, profile.workspace))
  await page.getByRole('treeitem', { name: 'retail' }).waitFor()
  return {
    page,
    file: (...path) => join(profile.workspace, ...path),
    set: (more) => writeSettings(profile, { ...testSettings, ...settings, ...more }),
    close: async () => {
      await browser.close()
      await server.stop()
      profile.remove()
    },
  }
}
