import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { clone } from './clone.ts'
import type { Profile } from './profile.ts'
import { until } from './until.ts'

/** A running VS Code server with its workbench at `origin`. */
export interface VscodeServer {
  readonly origin: string
  readonly logFile: string
  /** Ends it with everything it started. */
  stop(): Promise<void>
  /** Resolves when it ended, by whatever cause. */
  readonly ended: Promise<unknown>
}

export interface ServerOptions {
  readonly port?: number
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Lets the address of the workbench name a test suite for the extension host; notifications are not shown then. */
  readonly forHostSuite?: boolean
  /** Folders are not trusted until somebody says so, as in a person's own VS Code. */
  readonly asksForTrust?: boolean
  /** The language of the editor: extensions are told of it. VS Code's own words stay English, as no language pack has any. */
  readonly language?: string
}

const home = process.env.MD_VSCODE_HOME ?? join(clone, '.vscode-test/code-server')
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
const node = join(home, 'node_modules', nodePackage, 'bin/node')
const entry = join(home, 'node_modules/code-server/lib/vscode/out/server-main.js')
const startMs = 60_000
const stopMs = 5_000

/** Runs the `code` command line (`--install-extension …`) on a profile and resolves to what it printed. */
export async function runCodeCli(profile: Profile, args: readonly string[]): Promise<string> {
  const child = spawn(node, [...commonArgs(profile), ...args], {
    env: cleanEnvironment(profile, {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (bytes: Buffer): void => {
    output += bytes
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`code ${args.join(' ')} ended with exit code ${code}:\n${output}`)
  return output
}

/** Starts VS Code on a loopback port, in a process group of its own, and waits until it answers. */
export async function startVscode(profile: Profile, options: ServerOptions = {}): Promise<VscodeServer> {
  const port = options.port ?? (await freePort())
  if (options.language !== undefined) addLanguage(profile, options.language)
  const logFile = join(profile.folder, 'server.log')
  const log = openSync(logFile, 'w')
  const child = spawn(node, [...commonArgs(profile), ...serverArgs(port, options)], {
    env: cleanEnvironment(profile, options.env ?? {}),
    stdio: ['ignore', log, log],
    detached: true,
  })
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    killGroup(child, 'SIGTERM')
    const late = setTimeout(killGroup, stopMs, child, 'SIGKILL')
    await ended
    clearTimeout(late)
    killGroup(child, 'SIGKILL')
    release()
  }
  const release = endWithThisProcess(child, stop)
  const origin = `http://127.0.0.1:${port}`
  try {
    await until('VS Code to answer', () => child.exitCode !== null || isHealthy(origin), startMs)
    if (child.exitCode !== null) throw new Error(`VS Code ended with exit code ${child.exitCode}`)
  } catch (error) {
    await stop()
    throw new Error(`VS Code did not start. Its log:\n${readFileSync(logFile, 'utf8')}`, { cause: error })
  }
  return { origin, logFile, stop, ended }
}

/** The address of the workbench with a folder or a `.code-workspace` file open. `payload` is what desktop VS Code takes as arguments. */
export function workbenchUrl(
  server: VscodeServer,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const url = new URL(server.origin)
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder)
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload))
  return url.href
}

/** A file of this machine as the workbench names it. */
export function remoteUri(server: VscodeServer, path: string): string {
  return `vscode-remote://${new URL(server.origin).host}${path}`
}

function commonArgs(profile: Profile): string[] {
  const { folder, userData, extensions } = profile
  return [entry, '--server-data-dir', folder, '--user-data-dir', userData, '--extensions-dir', extensions]
}

function serverArgs(port: number, options: ServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    '--disable-telemetry',
    ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
    ...(options.language === undefined ? [] : ['--locale', options.language]),
    ...(options.forHostSuite ? ['--enable-smoke-test-driver'] : []),
  ]
}

/** VS Code knows the languages of language packs: this one has no words. */
function addLanguage({ userData, folder }: Profile, language: string): void {
  const words = join(folder, 'words.json')
  writeFileSync(words, JSON.stringify({ contents: {} }))
  const pack = {
    hash: 'empty',
    extensions: [{ extensionIdentifier: { id: 'test.language' }, version: '1.0.0' }],
    translations: { vscode: words },
    label: language,
  }
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }))
}

/** Whoever starts this may itself run inside a VS Code, whose variables would mislead the new one. */
function cleanEnvironment(profile: Profile, extra: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const misleading =
    /^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_)|^(PASSWORD|HASHED_PASSWORD|PORT|NODE_OPTIONS|GITHUB_TOKEN)$/
  const all = { ...process.env, ...extra }
  const clean = Object.fromEntries(Object.entries(all).filter(([name]) => !misleading.test(name)))
  return { ...clean, EXTENSIONS_GALLERY: '{}', XDG_CONFIG_HOME: profile.folder }
}

async function isHealthy(origin: string): Promise<boolean> {
  return (await fetch(`${origin}/version`)).ok
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1')
  return address.port
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The whole group ended already.
  }
}

/** A group of its own is not ended by the terminal, so this process must take it along. */
function endWithThisProcess(child: ChildProcess, stop: () => Promise<void>): () => void {
  const onExit = (): void => killGroup(child, 'SIGKILL')
  const onSignal = (): void => void stop().then(() => process.exit(130))
  process.once('exit', onExit).once('SIGTERM', onSignal).once('SIGINT', onSignal)
  return () => {
    process.off('exit', onExit).off('SIGTERM', onSignal).off('SIGINT', onSignal)
  }
}
