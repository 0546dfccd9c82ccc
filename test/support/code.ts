// Stands in for the `code` program of a desktop VS Code: given to @vscode/test-electron as vscodeExecutablePath, the same
// runTests() call runs the suite in the extension host of code-server, without a download. Its exit code is the suite's.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runInExtensionHost } from './host.ts'
import { type Profile, settingsPath, throwAwayProfile, writeSettings } from './profile.ts'
import { testSettings } from './settings.ts'

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'disable-extensions': { type: 'boolean' },
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
  },
})

const temporary = throwAwayProfile()
try {
  const profile: Profile = {
    ...temporary,
    userData: folder(values['user-data-dir']) ?? temporary.userData,
    extensions: folder(values['extensions-dir']) ?? temporary.extensions,
  }
  if (!existsSync(settingsPath(profile))) {
    mkdirSync(resolve(profile.userData, 'User'), { recursive: true })
    writeSettings(profile, testSettings)
  }
  if (typeof values.extensionTestsPath !== 'string') throw new Error('Only runs test suites: --extensionTestsPath=…')
  process.exitCode = await runInExtensionHost(profile, {
    folder: resolve(positionals[0] ?? profile.workspace),
    developmentPaths: [values.extensionDevelopmentPath ?? []].flat().map(String).map(localPath),
    testsPath: moduleFile(localPath(values.extensionTestsPath)),
    disableExtensions: values['disable-extensions'] === true,
  })
} finally {
  temporary.remove()
}

function folder(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  mkdirSync(value, { recursive: true })
  return resolve(value)
}

function localPath(value: string): string {
  return resolve(value.replace(/^file:\/\//, ''))
}

/** Desktop VS Code takes the path of a module without its ending; the web workbench wants the file. */
function moduleFile(path: string): string {
  return existsSync(path) && statSync(path).isFile() ? path : `${path}.js`
}
