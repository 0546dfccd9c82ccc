// Builds everything that ships into dist/ (and the in-host test suite into dist-test/ with --test).
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

const production = !process.argv.includes('--dev')

/**
 * ts-morph is one file of its own, shared by server, runner and command line, loaded when first needed. Of it only its TypeScript
 * is used: without ts-morph's own classes and the texts of all libraries it is half as big and loads in half the time.
 */
const shareTsMorph = {
  name: 'share-ts-morph',
  setup: (b) => b.onResolve({ filter: /^ts-morph$/ }, () => ({ path: './ts-morph.js', external: true })),
}

const common = { bundle: true, minify: production, sourcemap: !production, logLevel: 'warning', legalComments: 'none' }
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  mainFields: ['module', 'main'],
}
const page = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
}

rmSync('dist', { recursive: true, force: true })
await Promise.all([
  // Named, because an ES module sees only the named exports of this CommonJS file.
  build({
    ...node,
    stdin: { contents: "import ts from '@ts-morph/common/dist/typescript.js'\nexport { ts }", resolveDir: '.' },
    outfile: 'dist/ts-morph.js',
  }),
  build({
    ...node,
    entryPoints: {
      client: 'client/host/extension.ts',
      server: 'server/src/lsp/main.ts',
      runner: 'runner/src/process/main.ts',
      cli: 'runner/src/cli/main.ts',
    },
    outdir: 'dist',
    plugins: [shareTsMorph],
  }),
  build({
    ...node,
    format: 'esm',
    entryPoints: { modeldriver: 'runner/src/index.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    external: ['arquero'],
    // Libraries in CommonJS ask for Node's modules with `require`, which an ES module does not have.
    banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
    plugins: [shareTsMorph],
  }),
  build({
    ...page,
    entryPoints: { graph: 'client/webview/graph/main.tsx', results: 'client/webview/results/main.tsx' },
    outdir: 'dist/webview',
  }),
])

if (process.argv.includes('--test')) {
  rmSync('dist-test', { recursive: true, force: true })
  await build({
    ...node,
    minify: false,
    entryPoints: { 'host/index': 'test/host/index.ts' },
    outdir: 'dist-test',
    external: ['vscode', 'mocha'],
  })
}
