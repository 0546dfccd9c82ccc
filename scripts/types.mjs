// Checks all types, and leaves what `import … from 'modeldriver'` has in TypeScript below .tsbuild/.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, root } from './lib/process.mjs'

await must('The type check', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'])

// The runner's types name the engine as a package; seen from there it is the one whose types were just made, not its sources.
const engine = join(root, '.tsbuild/node_modules/@modeldriver/engine')
const doors = { index: 'index', functions: 'functions/index' }
mkdirSync(engine, { recursive: true })
writeFileSync(
  join(engine, 'package.json'),
  `${JSON.stringify({ name: '@modeldriver/engine', type: 'module', exports: { '.': { types: './index.d.ts' }, './*': { types: './*.d.ts' } } })}\n`,
)
for (const [door, file] of Object.entries(doors))
  writeFileSync(join(engine, `${door}.d.ts`), `export * from '../../../engine/src/${file}.ts'\n`)
