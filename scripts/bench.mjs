// Measures the engine beside C, DuckDB, Polars, pandas and Arquero, and the server from keystroke to diagnostics; writes docs/performance.md.
//
//   npm run bench [-- engine|cold|h2o|rerun|language|editor] [--rows 100000,1000000,10000000] [--repeats 7] [--no-write]
//   npm run bench -- --install-peers   gets pandas and Polars to compare with, into .bench
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// What is measured is what is shipped: the command line, the server, the runner and the pages of now.
execFileSync(process.execPath, ['build.mjs'], { stdio: 'inherit' })
mkdirSync('dist-test', { recursive: true })
await build({
  entryPoints: {
    bench: 'test/bench/main.ts',
    'bench-peer': 'test/bench/peers/serve.ts',
    'bench-cold': 'test/bench/peers/cold.ts',
    'bench-h2o': 'test/bench/peers/h2o.ts',
  },
  outdir: 'dist-test',
  outExtension: { '.js': '.mjs' },
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  external: ['@duckdb/node-api', 'ts-morph', 'esbuild', 'playwright-core'],
  logLevel: 'warning',
})
const options = process.argv.slice(2)
const { status } = spawnSync(process.execPath, ['dist-test/bench.mjs', ...options], { stdio: 'inherit' })
process.exit(status ?? 1)
