import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTests } from '@vscode/test-electron'
import { clone } from './clone.ts'

/** What the suite in dist-test/host/ writes: mocha's own counts and one entry per test. */
export interface HostReport {
  readonly passed: number
  readonly failed: number
  readonly failures: readonly { readonly title: string; readonly message: string }[]
}

/**
 * Runs the suite in the extension host of a VS Code: of the one that VSCODE_EXECUTABLE names, else of code-server through
 * `standIn` (see code.ts). The workspace is a copy of the samples.
 */
export async function runHostSuite(standIn: string): Promise<HostReport> {
  const folder = mkdtempSync(join(tmpdir(), 'md-host-'))
  const report = join(folder, 'report.json')
  const workspace = join(folder, 'ws')
  mkdirSync(workspace)
  cpSync(join(clone, 'samples'), workspace, { recursive: true })
  try {
    await runTests({
      vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? standIn,
      extensionDevelopmentPath: clone,
      extensionTestsPath: join(clone, 'dist-test/host/index.js'),
      launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${folder}/u`, `--extensions-dir=${folder}/e`],
      extensionTestsEnv: { MD_TEST_REPORT: report },
    }).catch((error: unknown) => {
      if (!existsSync(report)) throw error // a suite with failures also ends here, but says more in its report
    })
    return JSON.parse(readFileSync(report, 'utf8')) as HostReport
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
