// Installs a real VS Code and a browser to try and test the extension with, from the npm registry and Debian only:
// code-server (the VS Code server and workbench) with the Node it needs, into .vscode-test/code-server, and Chromium.
// A stamp holds the versions, so that a second call does nothing. Node built-ins only.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npm, root, run } from './lib/process.mjs'

const codeServer = '4.139.1' // VS Code 1.139.1
const nodeVersion = '24.21.0' // which code-server asks for; the project itself runs on Node 20

export const vscodeHome = process.env.MD_VSCODE_HOME ?? join(root, '.vscode-test/code-server')
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** Installs VS Code unless the stamp says that it is there. Throws with the log when that fails. */
export async function installVscode() {
  const stamp = join(vscodeHome, `.stamp-${codeServer}-${nodeVersion}`)
  if (existsSync(stamp)) return false
  rmSync(vscodeHome, { recursive: true, force: true })
  mkdirSync(vscodeHome, { recursive: true })
  const manifest = { name: 'vscode-under-test', private: true, version: '0.0.0' }
  const dependencies = { 'code-server': codeServer, [nodePackage]: nodeVersion }
  writeFileSync(join(vscodeHome, 'package.json'), JSON.stringify({ ...manifest, dependencies }, null, 1))

  const node = join(vscodeHome, 'node_modules', nodePackage)
  const server = join(vscodeHome, 'node_modules/code-server')
  const vscode = join(server, 'lib/vscode')
  // The environment of the npm that runs this script would point the inner ones at this clone.
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))
  const env = {
    ...Object.fromEntries(outer),
    PATH: `${join(node, 'bin')}${delimiter}${process.env.PATH}`,
    npm_config_nodedir: node,
  }
  const install = async (cwd, args) => {
    const { code, output } = await run(npm.command, [...npm.args, ...args], {
      cwd,
      env,
      log: join(vscodeHome, 'install.log'),
    })
    if (code !== 0) throw new Error(`VS Code could not be installed: npm ${args.join(' ')} in ${cwd} said\n${output}`)
  }
  await install(vscodeHome, ['install', ...flags])
  // What code-server's own postinstall does, without compiling: nothing that is used here needs it.
  await install(vscode, ['install', '--omit=dev', '--no-save', ...flags])
  await install(join(vscode, 'extensions'), ['install', '--omit=dev', '--no-save', ...flags])
  link('code-linux.sh', join(vscode, 'bin/remote-cli/code-server'))
  link('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh'))
  const version = await run(
    join(node, 'bin/node'),
    [join(server, 'out/node/entry.js'), '--version', '--config', join(vscodeHome, 'config.yaml')],
    { env, log: join(vscodeHome, 'version.log') },
  )
  if (version.code !== 0) throw new Error(`VS Code is installed but does not start:\n${version.output}`)
  writeFileSync(stamp, '')
  return true
}

/** Installs Debian's Chromium (as root), unless there is one or MD_CHROMIUM names another. */
export async function installChromium() {
  if (existsSync(process.env.MD_CHROMIUM ?? '/usr/bin/chromium')) return false
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(
      'The end-to-end tests need Chromium: install it (on Debian, as root: apt-get install chromium) or set MD_CHROMIUM to its path.',
    )
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const log = join(vscodeHome, '..', 'apt.log')
  const apt = async (args) => {
    const { code, output } = await run('apt-get', args, { env, log })
    if (code !== 0) throw new Error(`Chromium could not be installed: apt-get ${args.join(' ')} said\n${output}`)
  }
  await apt(['update', '-qq'])
  await apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'])
  return true
}

function link(target, path) {
  rmSync(path, { force: true })
  symlinkSync(target, path)
}

if (process.argv[1] === import.meta.filename) {
  await installVscode()
  await installChromium()
  console.log(`VS Code is in ${vscodeHome}`)
}
