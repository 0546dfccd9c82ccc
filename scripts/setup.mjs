// The first command of a fresh clone: installs, builds, runs the sample pipeline in the terminal, and says what to try next.
import { join } from 'node:path'
import { installPackages } from './lib/install.mjs'
import { must, root, step } from './lib/process.mjs'

await step('Packages installed', installPackages)
await step('Built into dist/', () => must('The build', process.execPath, ['build.mjs']))
await step('Types for programs in TypeScript', () =>
  must('The types', process.execPath, [join(root, 'scripts/types.mjs')]),
)

console.log('\n> npx modeldriver run samples/retail\n')
await must('The sample', process.execPath, [join(root, 'dist/cli.js'), 'run', 'samples/retail'])

console.log(`
What to try next:
  npm start                                a real VS Code in the browser, with the extension and the samples
  npx modeldriver check samples/retail     the problems of a pipeline, for the terminal and for CI
  npm test                                 all tests`)
