import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { clone as root } from '../../support/clone.ts'

const sources = ['engine/src', 'protocol/src', 'server/src']

let bundled: Promise<string> | undefined

/** The server as it ships: `dist/server.js` when it is up to date, else the same bundle made into a folder of its own. */
export function serverBundle(): Promise<string> {
  bundled ??= isFresh(join(root, 'dist/server.js')) ? Promise.resolve(join(root, 'dist/server.js')) : bundle()
  return bundled
}

function isFresh(file: string): boolean {
  if (!existsSync(file) || !existsSync(join(root, 'dist/ts-morph.js'))) return false
  const built = statSync(file).mtimeMs
  return sources.every((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).every(
      (entry) => !entry.isFile() || statSync(join(entry.parentPath, entry.name)).mtimeMs <= built,
    ),
  )
}

async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'modeldriver-server-'))
  const outdir = join(folder, 'dist')
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'docs/problems.md'), join(folder, 'docs/problems.md'))
  cpSync(join(root, 'l10n'), join(folder, 'l10n'), { recursive: true })
  await build({
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    legalComments: 'none',
    outdir,
    entryPoints: {
      server: 'server/src/lsp/main.ts',
      typecheck: 'server/src/typecheck/worker.ts',
      'ts-morph': 'node_modules/ts-morph/dist/ts-morph.js',
      'typescript-libraries': 'node_modules/@ts-morph/common/dist/ts-morph-common.js',
    },
    plugins: [
      {
        name: 'share-typescript',
        setup: (b) => {
          b.onResolve({ filter: /^ts-morph$/ }, () => ({ path: './ts-morph.js', external: true }))
          b.onResolve({ filter: /^@ts-morph\/common$/ }, ({ importer }) =>
            importer.includes('node_modules') ? undefined : { path: './typescript-libraries.js', external: true },
          )
        },
      },
    ],
  })
  return join(outdir, 'server.js')
}
