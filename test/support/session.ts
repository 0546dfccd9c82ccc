import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, newPage } from './browser.ts'
import { clone, packagedExtension } from './clone.ts'
import { type Profile, throwAwayProfile } from './profile.ts'
import { until } from './until.ts'
import { runCodeCli, type ServerOptions, startVscode, workbenchUrl } from './vscode.ts'

/** A person at a VS Code with the packaged extension and a copy of the samples, in a profile that is thrown away. */
export interface Session {
  readonly page: Page
  /** A path in the copy of the samples. */
  file(...path: readonly string[]): string
  close(): Promise<void>
}

export interface SessionOptions extends Pick<ServerOptions, 'asksForTrust' | 'language'> {
  /** Folders of the samples that are the roots of the workspace; without, their folder is the one root. */
  readonly roots?: readonly string[]
  /** The workspace is a folder without files. */
  readonly isEmpty?: true
  /** Files of another extension that is installed, too. */
  readonly other?: Readonly<Record<string, string>>
}

const openMs = 30_000

/** Installs the extension as users get it, opens the samples and waits for their files to be listed. */
export async function openSession(
  settings: Readonly<Record<string, unknown>> = {},
  options: SessionOptions = {},
): Promise<Session> {
  const profile = throwAwayProfile(settings)
  if (!options.isEmpty) cpSync(join(clone, 'samples'), profile.workspace, { recursive: true })
  const extensions = [packagedExtension(), ...(options.other ? [packaged(options.other, profile)] : [])]
  for (const extension of extensions) await runCodeCli(profile, ['--install-extension', extension, '--force'])
  const server = await startVscode(profile, options)
  const browser = await launchBrowser()
  const page = await newPage(browser)
  const listed = options.isEmpty ? page.locator('.explorer-viewlet') : page.getByRole('treeitem', { name: 'retail' })
  // VS Code now and then opens a .code-workspace file without its folders ("No Folder Opened"); a reload finds them.
  await until(
    'the workbench with its files',
    async () => {
      await page.goto(workbenchUrl(server, opened(profile, options)))
      await listed.waitFor({ timeout: openMs })
      return true
    },
    3 * openMs,
  )
  return {
    page,
    file: (...path) => join(profile.workspace, ...path),
    close: async () => {
      await browser.close()
      await server.stop()
      profile.remove()
    },
  }
}

function packaged(files: Readonly<Record<string, string>>, { folder }: Profile): string {
  const out = join(folder, 'other.vsix')
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'other', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const vsce = join(clone, 'node_modules/@vscode/vsce/vsce')
  const args = [vsce, 'package', '--no-dependencies', '--skip-license', '--allow-missing-repository', '--out', out]
  execFileSync(process.execPath, args, { cwd: join(folder, 'other'), stdio: 'pipe' })
  return out
}

function opened({ workspace }: Profile, { roots }: SessionOptions): string {
  if (roots === undefined) return workspace
  const file = join(workspace, 'roots.code-workspace')
  writeFileSync(file, JSON.stringify({ folders: roots.map((path) => ({ path })) }))
  return file
}
