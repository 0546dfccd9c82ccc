// Child processes and time, for the scripts. Node built-ins only: these scripts run before anything is installed.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/**
 * Runs a program in the clone and resolves to its exit code and output; never rejects.
 * `log`: write the output to that file instead of the terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log?: string, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { log, cwd = root, env = process.env } = {}) {
  const quiet = log !== undefined
  const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
  let output = ''
  if (quiet) {
    mkdirSync(dirname(log), { recursive: true })
    const file = createWriteStream(log)
    const keep = (bytes) => {
      output += bytes
      file.write(bytes)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('close', () => file.end())
  }
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 127, output: `${command}: ${error.message}` }))
    child.once('close', (code) => done({ code: code ?? 1, output }))
  })
}

/** Runs a program whose failure ends the script: shows its output and exits with its code. */
export async function must(what, command, args, options) {
  const { code, output } = await run(command, args, options)
  if (code === 0) return output
  process.stderr.write(`${output}\n${what} failed (exit code ${code}): ${command} ${args.join(' ')}\n`)
  process.exit(1)
}

/** The npm that started this script, else the one on the PATH. */
export const npm = process.env.npm_execpath
  ? { command: process.execPath, args: [process.env.npm_execpath] }
  : { command: 'npm', args: [] }

/** `4.2 s`, `1 min 12 s`. */
export function duration(ms) {
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/** Says what is being done, does it, and says how long it took. */
export async function step(title, work) {
  const started = performance.now()
  const result = await work()
  console.log(`${title.padEnd(40)} ${duration(performance.now() - started)}`)
  return result
}
