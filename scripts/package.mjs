// Packages the extension into modeldriver-<version>.vsix and holds it to its budgets.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { installPackages } from './lib/install.mjs'
import { must, root } from './lib/process.mjs'
import { packagedReadme } from './lib/readme.mjs'

const kilobyte = 1024

/**
 * Packages what `node build.mjs` built, and measures it (in bytes; scripts as gzip would make them).
 *
 * @returns {Promise<{ path: string, sizes: { what: string, bytes: number, budget: number }[] }>}
 */
export async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const path = join(root, `${name}-${version}.vsix`)
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce')
  const readme = join('dist', 'README.md')
  writeFileSync(join(root, readme), packagedReadme(readFileSync(join(root, 'README.md'), 'utf8')))
  const args = ['package', '--no-rewrite-relative-links', '--readme-path', readme, '--no-dependencies', '--out', path]
  await must('Packaging', process.execPath, [vsce, ...args], { log: join(root, 'test-results/package.log') })
  return {
    path,
    sizes: [
      { what: `${name}-${version}.vsix`, bytes: statSync(path).size, budget: 5 * kilobyte ** 2 },
      ...scriptSizes(),
    ],
  }
}

/** The parts that are loaded when the editor starts or a view opens. */
function scriptSizes() {
  const pages = readdirSync(join(root, 'dist/webview')).filter((file) => file.endsWith('.js'))
  return [
    { file: 'client.js', budget: 120 * kilobyte },
    // Loaded once the language server has answered.
    { file: 'extras.js', budget: 20 * kilobyte },
    ...pages.map((page) => ({ file: `webview/${page}`, budget: 150 * kilobyte })),
  ].map(({ file, budget }) => ({
    what: `${file} (gz)`,
    bytes: gzipSync(readFileSync(join(root, 'dist', file))).length,
    budget,
  }))
}

export function sizeLine({ what, bytes, budget }) {
  const size = (n) => (n < kilobyte ** 2 ? `${Math.round(n / kilobyte)} KB` : `${(n / kilobyte ** 2).toFixed(2)} MB`)
  return `${what.padEnd(30)} ${size(bytes).padStart(9)} of ${size(budget)}${bytes > budget ? '  TOO LARGE' : ''}`
}

if (process.argv[1] === import.meta.filename) {
  await installPackages()
  await must('The build', process.execPath, ['build.mjs'])
  const { path, sizes } = await packageExtension()
  for (const size of sizes) console.log(sizeLine(size))
  console.log(`\n${path}\nInstall it with: code --install-extension ${path}`)
  if (sizes.some(({ bytes, budget }) => bytes > budget)) process.exitCode = 1
}
