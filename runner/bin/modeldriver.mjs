#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as module from 'node:module'
import { fileURLToPath } from 'node:url'

// From Node 22 on: what was compiled is kept for the next start.
module.enableCompileCache?.()
const cli = new URL('../../dist/cli.js', import.meta.url)
// `import` would look through the whole text for names that it exports.
if (existsSync(cli)) module.createRequire(cli)(fileURLToPath(cli))
else {
  console.error("ModelDriver is not built yet: run 'npm run setup' in the clone first.")
  process.exitCode = 2
}
