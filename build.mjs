// Builds everything that ships into dist/ (and the in-host test suite into dist-test/ with --test).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { relaxed } from './scripts/lib/schema.mjs'

const production = !process.argv.includes('--dev')

/**
 * TypeScript is one file of its own, shared by server, runner and command line, loaded when first needed: ts-morph's own classes
 * and its texts of all libraries stay out. The texts that checking types needs are a second file.
 */
const shareTypeScript = {
  name: 'share-typescript',
  setup: (b) => {
    b.onResolve({ filter: /^ts-morph$/ }, () => ({ path: './ts-morph.js', external: true }))
    b.onResolve({ filter: /^@ts-morph\/common$/ }, () => ({ path: './typescript-libraries.js', external: true }))
  },
}

/** What the client loads later is a bundle of its own. */
const laterParts = {
  name: 'later-parts',
  setup: (b) => {
    b.onResolve({ filter: /\/extras\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './extras.js', external: true } : undefined,
    )
  },
}

const libraries = createRequire(import.meta.url)('@ts-morph/common')
  .getLibFiles()
  .filter(({ fileName }) => /^lib\.(decorators|es5|es20(1\d|2[0-3]))(?!.*full)/.test(fileName))

// Words come with the editor's own bundle: nothing of the reader of files is needed.
const alias = { '@vscode/l10n': '@vscode/l10n/dist/browser.js' }
const common = {
  bundle: true,
  alias,
  minify: production,
  sourcemap: !production,
  logLevel: 'warning',
  legalComments: 'none',
}
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

/** `import code from './worker.ts?code'`: the script of a worker as text. */
const workersAsText = {
  name: 'workers-as-text',
  setup: (b) => {
    b.onResolve({ filter: /\?code$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('?code', '')),
      namespace: 'code',
    }))
    b.onLoad({ filter: /./, namespace: 'code' }, async ({ path }) => {
      const { outputFiles } = await build({ ...page, entryPoints: [path], write: false, sourcemap: false })
      return { contents: outputFiles[0].text, loader: 'text' }
    })
  },
}

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')
writeFileSync('dist/schema.json', JSON.stringify(relaxed(JSON.parse(readFileSync('schema.json', 'utf8')))))
await Promise.all([
  // Named, because an ES module sees only the named exports of this CommonJS file.
  build({
    ...node,
    stdin: { contents: "import ts from '@ts-morph/common/dist/typescript.js'\nexport { ts }", resolveDir: '.' },
    outfile: 'dist/ts-morph.js',
  }),
  build({
    ...node,
    stdin: { contents: `export const getLibFiles = () => (${JSON.stringify(libraries)})` },
    outfile: 'dist/typescript-libraries.js',
  }),
  build({
    ...node,
    entryPoints: {
      client: 'client/host/extension.ts',
      extras: 'client/host/extras.ts',
      server: 'server/src/lsp/main.ts',
      typecheck: 'server/src/typecheck/worker.ts',
      runner: 'runner/src/process/main.ts',
      cli: 'runner/src/cli/main.ts',
    },
    outdir: 'dist',
    plugins: [shareTypeScript, laterParts],
  }),
  build({
    ...node,
    // Its lines and the names of its classes are what Node prints of an error that a program does not catch.
    minify: false,
    format: 'esm',
    entryPoints: { modeldriver: 'runner/src/index.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    external: ['arquero'],
    // Libraries in CommonJS ask for Node's modules with `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)",
    },
    plugins: [shareTypeScript],
  }),
  build({
    ...page,
    entryPoints: { graph: 'client/webview/graph/main.tsx', results: 'client/webview/results/main.tsx' },
    outdir: 'dist/webview',
    plugins: [workersAsText],
  }),
])

if (process.argv.includes('--test')) {
  rmSync('dist-test', { recursive: true, force: true })
  await build({
    ...node,
    minify: false,
    entryPoints: { 'host/index': 'test/host/index.ts' },
    outdir: 'dist-test',
    // With mocha inside, because VS Code's Node may be older than the one mocha loads on. Its parallel runner is not used.
    external: ['vscode'],
    logOverride: { 'require-resolve-not-external': 'silent' },
  })
}
