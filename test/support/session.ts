import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { launchBrowser, newPage, windowSize } from './browser.ts'
import { clone, packagedExtension } from './clone.ts'
import { isPicturing, pictureSize } from './pictures.ts'
import { type Profile, throwAwayProfile } from './profile.ts'
import type { Theme } from './themes.ts'
import { until } from './until.ts'
import { runCodeCli, type ServerOptions, startVscode, workbenchUrl } from './vscode.ts'
import { startOver } from './workbench.ts'

/** A person at a VS Code with the packaged extension and a copy of the samples, in a profile that is thrown away. */
export interface Session {
  readonly page: Page
  /** A path in the copy of the samples. */
  file(...path: readonly string[]): string
  /** Gives the window another theme while it is open; resolves when it and the pages of all views have it. */
  useTheme(theme: Theme): Promise<void>
  /** Milliseconds that it took to install the extension, and then until the workbench stood. */
  readonly took: { readonly install: number; readonly open: number }
  close(): Promise<void>
}

export interface SessionOptions extends Pick<ServerOptions, 'asksForTrust' | 'language'> {
  /** Folders of the samples that are the roots of the workspace; without, their folder is the one root. */
  readonly roots?: readonly string[]
  /** The one sample that is opened; without, all of them. */
  readonly sample?: string
  /** The workspace is a folder without files. */
  readonly isEmpty?: true
  /** Pages have scroll bars that the mouse can take. */
  readonly hasScrollBars?: true
  /** Files of another extension that is installed, too. */
  readonly other?: Readonly<Record<string, string>>
}

const openMs = 30_000
const usualSize = isPicturing ? pictureSize : windowSize
const samples = join(clone, 'samples')

/** Installs the extension as users get it, opens the samples and waits for their files to be listed. */
export async function openSession(
  settings: Readonly<Record<string, unknown>> = {},
  options: SessionOptions = {},
): Promise<Session> {
  const profile = throwAwayProfile(settings)
  if (!options.isEmpty) cpSync(join(samples, options.sample ?? ''), profile.workspace, { recursive: true })
  // Nobody closes the window that files share: it ends with the process.
  process.once('exit', profile.remove)
  const extensions = [packagedExtension(), ...(options.other ? [packaged(options.other, profile)] : [])]
  const begun = performance.now()
  for (const extension of extensions) await runCodeCli(profile, ['--install-extension', extension, '--force'])
  const installed = performance.now()
  const server = await startVscode(profile, options)
  const browser = await launchBrowser(options.hasScrollBars)
  const page = await newPage(browser, usualSize)
  const first = options.sample === undefined ? 'retail' : 'modeldriver.json'
  const listed = options.isEmpty ? page.locator('.explorer-viewlet') : page.getByRole('treeitem', { name: first })
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
    took: { install: installed - begun, open: performance.now() - installed },
    useTheme: async ({ setting, workbench, kind }) => {
      const file = join(profile.workspace, '.vscode/settings.json')
      mkdirSync(dirname(file), { recursive: true })
      // A change that follows another at once is missed now and then, so it is written again.
      await until(`the theme ${setting}`, async () => {
        writeFileSync(file, JSON.stringify({ 'workbench.colorTheme': setting }))
        await page.locator(`.monaco-workbench.${workbench}`).waitFor({ timeout: 5000 })
        return true
      })
      await until(`the pages in the theme ${setting}`, async () => {
        const kinds = await Promise.all(page.frames().map(themeOf))
        return kinds.every((each) => each === undefined || each === kind)
      })
    },
    close: async () => {
      await browser.close()
      await server.stop()
      process.off('exit', profile.remove)
      profile.remove()
    },
  }
}

let shared: Promise<Session> | undefined

/**
 * The window of the files that ask nothing of their own of it, opened by the first of them. `close` leaves it to the next
 * one without editors, with the samples as they are in the clone.
 */
export async function sharedSession(): Promise<Session> {
  shared ??= openSession({
    'modeldriver.run.featureTimeoutSeconds': 120, // what never ends is cancelled by hand
    'editor.inlayHints.enabled': 'off', // the text alone
  })
  const session = await shared
  await session.page.setViewportSize(usualSize)
  return {
    ...session,
    close: async () => {
      await startOver(session.page)
      const folder = session.file()
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!existsSync(join(samples, name))) rmSync(join(folder, name), { recursive: true, force: true })
      }
      cpSync(samples, folder, { recursive: true })
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

/** The theme that the page of a view has; nothing for other frames. */
function themeOf(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() =>
    document.documentElement.dataset.view === undefined ? undefined : document.body.dataset.vscodeThemeKind,
  )
}

function opened({ workspace }: Profile, { roots }: SessionOptions): string {
  if (roots === undefined) return workspace
  const file = join(workspace, 'roots.code-workspace')
  writeFileSync(file, JSON.stringify({ folders: roots.map((path) => ({ path })) }))
  return file
}
