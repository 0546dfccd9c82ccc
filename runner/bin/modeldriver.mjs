#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as module from 'node:module'

// From Node 22 on: what was compiled is kept for the next start.
module.enableCompileCache?.()
const cli = new URL('../../dist/cli.js', import.meta.url)
if (existsSync(cli)) await import(cli.href)
else {
  console.error("ModelDriver is not built yet: run 'npm run setup' in the clone first.")
  process.exitCode = 2
}
