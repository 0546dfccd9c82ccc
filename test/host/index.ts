import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'

/**
 * The suite inside the extension host: the same entry for @vscode/test-electron and for the stand-in of test/support.
 * Its workspace is a copy of samples/. Writes its counts to MD_TEST_REPORT as JSON.
 */
export async function run(): Promise<void> {
  const { MD_TEST_GREP: grep, MD_TEST_REPORT: path } = process.env
  const mocha = new Mocha({ ui: 'bdd', timeout: 90_000, color: false, ...(grep !== undefined && { grep }) })
  mocha.suite.emit('pre-require', globalThis, '', mocha)
  await import('./activation.test.ts')
  await import('./actions.test.ts')
  await import('./beside.test.ts')
  await import('./language.test.ts')
  await import('./lineage.test.ts')
  await import('./manifest.test.ts')
  await import('./navigation.test.ts')
  await import('./recover.test.ts')
  await import('./rename.test.ts')
  await import('./run.test.ts')
  await import('./sample.test.ts')
  await import('./tools.test.ts')
  await import('./types.test.ts')

  const failures: { title: string; message: string }[] = []
  let passed = 0
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve())
    runner.on('pass', () => passed++)
    runner.on('fail', (test, error: Error) =>
      failures.push({ title: `host > ${test.fullTitle()}`, message: String(error.stack ?? error) }),
    )
  })
  if (path !== undefined) writeFileSync(path, JSON.stringify({ passed, failed: failures.length, failures }))
  if (failures.length > 0) throw new Error(`${failures.length} tests failed`)
}
