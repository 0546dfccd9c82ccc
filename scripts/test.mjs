// The one command that runs everything: installs what is missing, checks, builds, and runs all layers of tests.
//
//   npm test [-- layer…]        layers: lint types package unit cli lsp grammar host oldest e2e
//
// The last line is `N passed, N failed`, summed over all layers. A layer that ran nothing has failed.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { installChromium, installVscode, oldest } from './install-vscode.mjs'
import { installPackages } from './lib/install.mjs'
import { grammarLayer, hostLayer, packageLayer, toolLayer, vitestLayer } from './lib/layers.mjs'
import { duration, must, root, step } from './lib/process.mjs'

const layers = {
  lint: () => toolLayer('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
  types: () => toolLayer('types', 'scripts/types.mjs', []),
  package: packageLayer,
  unit: () => vitestLayer('unit'),
  cli: () => vitestLayer('cli'),
  lsp: () => vitestLayer('lsp'),
  grammar: grammarLayer,
  host: () => hostLayer('host'),
  oldest: () => hostLayer('oldest', oldest.home),
  // A picture of each view is kept beside the results, to be looked at.
  e2e: () => vitestLayer('e2e', { MD_PICTURES: 'look' }),
}
const inEditor = ['host', 'oldest', 'e2e']

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in layers))
if (unknown.length > 0) {
  console.error(`There is no layer ${unknown.join(', ')}. Layers: ${Object.keys(layers).join(', ')}`)
  process.exit(2)
}
const chosen = asked.length > 0 ? asked : Object.keys(layers)

const started = performance.now()
rmSync(join(root, 'test-results'), { recursive: true, force: true })
await step('Packages installed', installPackages)
await step('Built into dist/ and dist-test/', () => must('The build', process.execPath, ['build.mjs', '--test']))
if (chosen.some((name) => inEditor.includes(name))) {
  await step('VS Code installed', installVscode)
  if (chosen.includes('oldest')) await step('The oldest VS Code installed', () => installVscode(oldest))
  await step('Chromium installed', installChromium)
}

console.log()
const results = []
for (const name of chosen) results.push(await runLayer(name))

const failures = results.flatMap(({ failures }) => failures)
if (failures.length > 0) console.log('\nFailed:')
for (const { title, message } of failures) console.log(`\n  ${title}\n${indent(message)}`)
const passed = results.reduce((sum, result) => sum + result.passed, 0)
console.log(`\n${duration(performance.now() - started)} in all`)
process.exitCode = failures.length > 0 ? 1 : 0
console.log(`${passed} passed, ${failures.length} failed`)

async function runLayer(name) {
  const begin = performance.now()
  const result = await layers[name]().catch((error) => ({
    passed: 0,
    skipped: 0,
    failures: [{ title: name, message: String(error?.stack ?? error) }],
  }))
  if (result.passed === 0 && result.failures.length === 0) {
    result.failures.push({ title: name, message: 'No test ran in this layer.' })
  }
  const counts = `${result.passed} passed, ${result.failures.length} failed${result.skipped ? `, ${result.skipped} skipped` : ''}`
  console.log(`${name.padEnd(10)} ${counts.padEnd(40)} ${duration(performance.now() - begin)}`)
  return result
}

function indent(message) {
  return message
    .split('\n')
    .slice(0, 40)
    .map((line) => `    ${line}`)
    .join('\n')
}
