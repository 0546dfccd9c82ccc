#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'

const usage = `Usage: modeldriver-language-server --stdio

The language server of ModelDriver, for every editor that speaks the Language Server Protocol: problems, completion, lineage
and renames in modeldriver.json and in feature files (*.features.ts, .mts, .js, .mjs). The editor starts it and talks to it
over standard input and output; docs/editors.md has the settings of Neovim and Helix.

Options:
  --stdio     serve
  --version   print the version
  --help      print this text

Exit codes: 0 the editor ended it, 1 the editor went away, 2 wrong usage.`

const server = new URL('../../dist/server.js', import.meta.url)
const options = process.argv.slice(2)
/** Some clients add the process that they run in, so that the server ends with it. */
const known = /^--(?:stdio|version|help|clientProcessId=\d+)$/
const unknown = options.find((option) => !known.test(option))

if (unknown !== undefined) refuse(`'${unknown}' is not an option.`)
else if (options.includes('--help')) console.log(usage)
else if (options.includes('--version')) console.log(version())
else if (!options.includes('--stdio')) refuse('It talks to an editor, which starts it with --stdio.')
else if (!existsSync(server)) refuse("ModelDriver is not built yet: run 'npm run setup' in the clone first.")
else await import(server.href)

function refuse(reason) {
  console.error(`${reason}\n'modeldriver-language-server --help' shows how it is started.`)
  process.exitCode = 2
}

function version() {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}
