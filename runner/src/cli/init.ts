import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { identifierOf, isFeatureFile, type ModelInput } from '@modeldriver/engine'
import { portable } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { type FileToWrite, writeFiles } from '../files/write.ts'
import { analyseProject } from '../run.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'

const dataFile = /\.(?:csv|tsv|parquet|arrow|feather|ndjson)(?:\.gz)?$/

/** Starts a project in a folder: manifest and tsconfig.json. Writes nothing over what is there. */
export function init(folder: string, console: Console): ExitCode {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageError(`'${folder}' is not a folder.`)
  const root = portable(folder)
  const planned: readonly (readonly [string, () => string, string])[] = [
    ['modeldriver.json', () => manifestOf(root), 'names your models: their features, data and key'],
    ['tsconfig.json', () => tsconfig, 'lets the editor take features without type annotations'],
  ]
  const fresh = planned.filter(([name]) => !existsSync(join(folder, name)))
  writeFiles(fresh.map(([name, text]): FileToWrite => ({ path: join(folder, name), text: text() })))
  for (const [name, , what] of planned) {
    const isFresh = fresh.some(([written]) => written === name)
    console.out(isFresh ? `wrote ${join(folder, name)}: ${what}\n` : `kept ${join(folder, name)}: it was there\n`)
  }
  console.note(
    `Next: write a *.features.ts file, then 'modeldriver check ${folder}' and 'modeldriver run ${folder}'.\n`,
  )
  return exitCodes.ok
}

const tsconfig = `{
  // For the editor only: ModelDriver runs feature files itself.
  "compilerOptions": {
    "target": "es2022",
    "lib": ["es2023"],
    "noImplicitAny": false,
    "noEmit": true,
    "skipLibCheck": true
  },
  "include": ["**/*.features.ts", "**/modeldriver.d.ts"]
}
`

interface Guess {
  readonly model_name: string
  readonly features: readonly string[]
  readonly data?: string
  readonly group_by?: readonly string[]
}

function manifestOf(root: string): string {
  const files = diskFiles().list(root)
  const features = files.filter(isFeatureFile)
  const guesses = features.length > 0 ? features.map((file) => guessOf(root, file)) : guessesFromData(files)
  const client = identifierOf(root.split('/').at(-1) ?? '') || 'default'
  return guesses.length > 0 ? written(client, guesses) : emptyManifest(client)
}

/** What a feature file means today, without a manifest. */
function guessOf(root: string, file: string): Guess {
  const { model } = analyseProject({ project: `${root}/${file}` }).models[0] ?? {}
  const data = model && dataOf(model.input, root)
  return {
    model_name: model?.name ?? file.replace(/\.features\.\w+$/, ''),
    features: [file],
    ...(data !== undefined && { data }),
    ...(model?.groupBy && { group_by: model.groupBy.map(({ name }) => name) }),
  }
}

const dataOf = (input: ModelInput, root: string): string | undefined =>
  input.kind === 'file' ? input.path.slice(root.length + 1) : undefined

function guessesFromData(files: readonly string[]): readonly Guess[] {
  return files
    .filter((file) => dataFile.test(file))
    .map((data) => {
      const name = data.replace(dataFile, '')
      return { model_name: name, features: [`${name}.features.ts`], data }
    })
}

function written(client: string, guesses: readonly Guess[]): string {
  const models = guesses.map(({ model_name, ...rest }, at) => {
    const fields = Object.entries({ model_name, seq: at + 1, ...rest })
    const lines = fields.map(([key, value], i) => `"${key}": ${oneLine(value)}${i < fields.length - 1 ? ',' : ''}`)
    if (rest.group_by === undefined) lines.splice(2, 0, keyHint)
    return `    {\n${lines.map((line) => `      ${line}`).join('\n')}\n    }`
  })
  return `{\n  "client_name": ${JSON.stringify(client)},\n  "models": [\n${models.join(',\n')}\n  ]\n}\n`
}

const keyHint = '// "group_by": ["column"],  for features that aggregate: one result per value of this column'

const oneLine = (value: unknown): string => JSON.stringify(value).replaceAll('","', '", "')

const emptyManifest = (client: string): string => `{
  "client_name": ${JSON.stringify(client)},
  "models": [
    // One entry per model, run in the order of "seq". A model reads a data file, or what an earlier model made.
    // {
    //   "model_name": "orders",
    //   "seq": 1,
    //   "features": ["orders.features.ts"],
    //   "data": "orders.csv",
    //   "group_by": ["customer"],
    //   "outputs": ["total_revenue"]
    // }
  ]
}
`
