#!/usr/bin/env node
import { existsSync } from 'node:fs'

const cli = new URL('../../dist/cli.js', import.meta.url)
if (existsSync(cli)) await import(cli.href)
else {
  console.error("ModelDriver is not built yet: run 'npm run setup' in the clone first.")
  process.exitCode = 2
}
