// Scripts share their code with the tests, which is TypeScript; Node 20 cannot load it by itself.
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './process.mjs'

/**
 * Bundles a TypeScript file of this clone (packages stay outside) and returns the path of the result.
 * The result stands in the clone, so that the packages are found from there.
 */
export async function bundle(path, { banner = '' } = {}) {
  const { build } = await import('esbuild')
  const folder = join(root, '.vscode-test/bundled')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${basename(path, '.ts')}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    logLevel: 'warning',
  })
  return outfile
}

/** Imports a TypeScript file of this clone. */
export async function importTypeScript(path) {
  return import(pathToFileURL(await bundle(path)).href)
}
