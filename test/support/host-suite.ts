// Runs the suite of dist-test/host/ in the extension host of a VS Code: of the one that VSCODE_EXECUTABLE names, else of the
// one that stands in (see code.ts). The workspace is a copy of the samples.
//
//   node host-suite.mjs <stand-in> <report.json>
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTests } from '@vscode/test-electron'
import { clone } from './clone.ts'

const [standIn, report] = process.argv.slice(2)
if (standIn === undefined || report === undefined) throw new Error('Usage: host-suite.mjs <stand-in> <report.json>')
const folder = mkdtempSync(join(tmpdir(), 'md-host-'))
const workspace = join(folder, 'ws')
cpSync(join(clone, 'samples'), workspace, { recursive: true })
try {
  process.exitCode = await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? standIn,
    extensionDevelopmentPath: clone,
    extensionTestsPath: join(clone, 'dist-test/host/index.js'),
    launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${folder}/u`, `--extensions-dir=${folder}/e`],
    extensionTestsEnv: { MD_TEST_REPORT: report },
  })
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
