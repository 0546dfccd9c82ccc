// Opens a real VS Code in the browser, with the extension installed and the samples open.
//
//   npm start [-- [folder] [--port N] [--open] [--fresh]]
//
// Without a folder it opens a copy of samples/, so that trying things out leaves the clone as it is. The copy and the
// editor's settings are kept until --fresh.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installVscode } from './install-vscode.mjs'
import { installPackages } from './lib/install.mjs'
import { must, root, run, step } from './lib/process.mjs'
import { importTypeScript } from './lib/typescript.mjs'
import { packageExtension } from './package.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, open: { type: 'boolean' }, fresh: { type: 'boolean' } },
})
const fresh = values.fresh === true
const samples = join(root, '.vscode-test/samples')
const firstFile = join(samples, 'retail/transactions.features.ts')

await step('Packages installed', installPackages)
await step('VS Code installed', installVscode)
await step('Built', () => must('The build', process.execPath, ['build.mjs']))
const { path: extension } = await step('Extension packaged', packageExtension)
const { startEditor } = await importTypeScript('test/support/editor.ts')

if (fresh) rmSync(samples, { recursive: true, force: true })
if (!existsSync(samples)) cpSync(join(root, 'samples'), samples, { recursive: true })
const own = positionals[0]
const { server, url } = await step('VS Code started', () =>
  startEditor({
    extension,
    profile: join(root, '.vscode-test/profile'),
    fresh,
    folder: own ? resolve(own) : samples,
    ...(own ? {} : { file: firstFile }),
    ...(values.port ? { port: Number(values.port) } : {}),
  }),
)

console.log(`
  Open this in a browser (only this machine can reach it):

  ${url}

  ${own ? `Folder  ${resolve(own)}` : `Samples ${relative(root, samples)}, a copy: edit what you like; --fresh makes a new one`}
  Log     ${relative(root, server.logFile)}
  Ctrl+C ends it.`)
if (values.open) run('xdg-open', [url], { log: join(root, '.vscode-test/xdg-open.log') })

await server.ended
console.log('\nVS Code ended.')
process.exit(0)
