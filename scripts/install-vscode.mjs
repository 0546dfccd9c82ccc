// Installs real VS Codes and a browser to try and test the extension with, from the npm registry and Debian only:
// code-server (the VS Code server and workbench) with a Node to run it, into a folder of .vscode-test/, and Chromium.
// A stamp holds the versions, so that a second call does nothing. Node built-ins only.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npm, root, run } from './lib/process.mjs'

const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const nodePackage = `node-${system}`
const ripgrepPackage = `@vscode/ripgrep-${process.platform}-${process.arch}`
const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** VS Code 1.139.1, in which everything is tested. The project itself runs on Node 20. */
export const newest = {
  home: process.env.MD_VSCODE_HOME ?? join(root, '.vscode-test/code-server'),
  codeServer: '4.139.1',
  packages: { [nodePackage]: '24.21.0' },
}

/** VS Code 1.96.4, the oldest that package.json promises (engines.vscode), with the Node that it has on a desktop. */
export const oldest = {
  home: join(root, '.vscode-test/oldest'),
  codeServer: '4.96.4',
  packages: { [nodePackage]: '20.18.1', [ripgrepPackage]: '1.18.0' },
}

/** Installs a VS Code unless the stamp says that it is there. Throws with the log when that fails. */
export async function installVscode({ home, codeServer, packages } = newest) {
  const stamp = join(home, `.stamp-${codeServer}-${packages[nodePackage]}`)
  if (existsSync(stamp)) return false
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  const manifest = { name: 'vscode-under-test', private: true, version: '0.0.0' }
  const dependencies = { 'code-server': codeServer, ...packages }
  writeFileSync(join(home, 'package.json'), JSON.stringify({ ...manifest, dependencies }, null, 1))

  const node = join(home, 'node_modules', nodePackage)
  const vscode = join(home, 'node_modules/code-server/lib/vscode')
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
      log: join(home, 'install.log'),
    })
    if (code !== 0) throw new Error(`VS Code could not be installed: npm ${args.join(' ')} in ${cwd} said\n${output}`)
  }
  await install(home, ['install', ...flags])
  // What code-server's own postinstall does, without compiling: nothing that is used here needs it.
  fromRegistry(join(vscode, 'npm-shrinkwrap.json'))
  await install(vscode, ['install', '--omit=dev', '--no-save', ...flags])
  await install(join(vscode, 'extensions'), ['install', '--omit=dev', '--no-save', ...flags])
  link('code-linux.sh', join(vscode, 'bin/remote-cli/code-server'))
  link('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh'))
  // Older versions of VS Code download their file finder.
  if (ripgrepPackage in packages)
    link(join(home, 'node_modules', ripgrepPackage, 'bin'), join(vscode, 'node_modules/@vscode/ripgrep/bin'))
  const version = await run(join(node, 'bin/node'), [join(vscode, 'out/server-main.js'), '--version'], {
    env,
    log: join(home, 'version.log'),
  })
  if (version.code !== 0) throw new Error(`VS Code is installed but does not start:\n${version.output}`)
  writeFileSync(stamp, '')
  return true
}

/** Packages that a lock file takes from a Git repository are in the registry too, in the same version. */
function fromRegistry(lockFile) {
  if (!existsSync(lockFile)) return
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'))
  for (const entry of Object.values(lock.packages)) {
    if (!entry.resolved?.startsWith('git')) continue
    delete entry.resolved
    delete entry.integrity
  }
  writeFileSync(lockFile, JSON.stringify(lock, null, 2))
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
  const log = join(root, '.vscode-test/apt.log')
  const apt = async (args) => {
    const { code, output } = await run('apt-get', args, { env, log })
    if (code !== 0) throw new Error(`Chromium could not be installed: apt-get ${args.join(' ')} said\n${output}`)
  }
  await apt(['update', '-qq'])
  await apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'])
  return true
}

function link(target, path) {
  rmSync(path, { recursive: true, force: true })
  symlinkSync(target, path)
}

if (process.argv[1] === import.meta.filename) {
  await installVscode()
  await installChromium()
  console.log(`VS Code is in ${newest.home}`)
}
