// The layers of tests. Each runs one tool and resolves to { passed, skipped, failures: [{ title, message }] }.
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { packageExtension, sizeLine } from '../package.mjs'
import { root, run } from './process.mjs'
import { bundle } from './typescript.mjs'

const results = join(root, 'test-results')
const logOf = (name) => join(results, `${name}.log`)

/** A tool that says yes or no: one check. */
export async function toolLayer(name, script, args) {
  const { code, output } = await run(process.execPath, [join(root, script), ...args], { log: logOf(name) })
  return code === 0 ? passed(1) : failed(name, output)
}

/** A vitest project, counted from its JSON report. */
export async function vitestLayer(project, settings = {}) {
  const report = join(results, `${project}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [
    vitest,
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const env = { ...process.env, ...settings }
  const { code, output } = await run(process.execPath, args, { log: logOf(project), env })
  if (!existsSync(report)) return failed(project, output)
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })))
  const failures = [
    ...tests
      .filter(({ status }) => status === 'failed')
      .map((test) => failure(`${relative(root, test.file)} > ${test.fullName}`, test.failureMessages.join('\n'))),
    // A file that could not be loaded has no tests to fail.
    ...files
      .filter((file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'))
      .map((file) => failure(relative(root, file.name), file.message || 'The file could not be run.')),
  ]
  // Errors outside of any test are only in the exit code.
  if (code !== 0 && failures.length === 0) failures.push(failure(project, output))
  const count = (...states) => tests.filter(({ status }) => states.includes(status)).length
  return { passed: count('passed'), skipped: count('pending', 'skipped', 'todo'), failures }
}

/** The packaged extension is within its budgets: one check for each. */
export async function packageLayer() {
  const { sizes } = await packageExtension()
  const tooLarge = sizes.filter(({ bytes, budget }) => bytes > budget)
  return {
    passed: sizes.length - tooLarge.length,
    skipped: 0,
    failures: tooLarge.map((size) => failure(`package > ${size.what}`, sizeLine(size))),
  }
}

/** The colours of the level markers, over the grammars that VS Code ships; counted from the XML report of each file. */
export async function grammarLayer() {
  const reports = join(results, 'grammar')
  const grammars = join(root, 'node_modules/tm-grammars/grammars')
  const languages = ['typescript', 'javascript', 'python'].flatMap((name) => ['-g', join(grammars, `${name}.json`)])
  const tool = join(root, 'node_modules/vscode-tmgrammar-test/dist/unit.js')
  const args = [tool, ...languages, 'syntaxes/test/*.tmtest', '--xunit-report', reports]
  const { code, output } = await run(process.execPath, args, { log: logOf('grammar') })
  const cases = existsSync(reports) ? readdirSync(reports).flatMap((file) => testCases(join(reports, file))) : []
  const failures = cases.filter(({ isBad }) => isBad).map(({ name }) => failure(name, output))
  if (code !== 0 && failures.length === 0) failures.push(failure('grammar', output))
  return { passed: cases.length - cases.filter(({ isBad }) => isBad).length, skipped: 0, failures }
}

function testCases(report) {
  const cases = readFileSync(report, 'utf8').matchAll(/<testcase name="([^"]*)"[^>]*>(.*?)<\/testcase>/gs)
  return [...cases].map(([, name, body]) => ({ name, isBad: body.trim() !== '' }))
}

/** The suite in the extension host of a real VS Code, of another one when its folder is given; it writes its own report. */
export async function hostLayer(name, vscodeHome) {
  const standIn = await bundle('test/support/code.ts', { banner: '#!/usr/bin/env node' })
  chmodSync(standIn, 0o755)
  const report = join(results, `${name}.json`)
  const suite = await bundle('test/support/host-suite.ts')
  const env = vscodeHome === undefined ? process.env : { ...process.env, MD_VSCODE_HOME: vscodeHome }
  const { code, output } = await run(process.execPath, [suite, standIn, report], { log: logOf(name), env })
  if (!existsSync(report)) return failed(name, output)
  const { passed, failures } = JSON.parse(readFileSync(report, 'utf8'))
  if (code !== 0 && failures.length === 0) failures.push(failure(name, output))
  return { passed, skipped: 0, failures }
}

function passed(count) {
  return { passed: count, skipped: 0, failures: [] }
}

function failed(title, message) {
  return { passed: 0, skipped: 0, failures: [failure(title, message)] }
}

function failure(title, message) {
  return { title, message }
}
