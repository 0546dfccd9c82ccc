import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

// The invariants of ARCHITECTURE.md that can be read off the source text.

const root = resolve(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n')
const sources = tracked.filter(
  (file) => /\.(ts|tsx|mts|mjs)$/.test(file) && existsSync(join(root, file)) && !file.startsWith('samples/'),
)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('test/')
const product = sources.filter(
  (file) =>
    !isTest(file) &&
    !/\/test[A-Z]\w*\.ts$|\/testing\.ts$/.test(file) &&
    /^(engine|protocol|runner|server)\/src\/|^client\//.test(file),
)

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|require\(\s*['"]([^'"]+)['"]\s*\)/g
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(importPattern)].map((m) => (m[1] ?? m[2] ?? m[3]) as string)
const resolved = (file: string, specifier: string) => relative(root, resolve(root, dirname(file), specifier))

/** First rule whose folder holds the file decides what it may import besides its own folder. */
const mayImport: readonly { folder: string; allowed: readonly RegExp[]; engineOnlyTypes?: boolean }[] = [
  { folder: 'protocol/', allowed: [/^@modeldriver\/engine$/, /^@vscode\/l10n$/] },
  { folder: 'engine/', allowed: [/^(arquero|jsonc-parser|picomatch|ts-morph|@ts-morph\/common)$/] },
  {
    folder: 'runner/',
    allowed: [
      /^@modeldriver\/(engine|engine\/functions|engine\/typecheck|protocol)$/,
      /^node:/,
      /^(arquero|@uwdata\/flechette|commander|fflate|fzstd|hyparquet|hyparquet-writer|lz4js|saxes|ts-morph)/,
    ],
  },
  { folder: 'server/src/ide/', allowed: [/^@modeldriver\/engine$/, /^@modeldriver\/protocol$/, /^@vscode\/l10n$/] },
  {
    folder: 'server/src/',
    allowed: [
      /^@modeldriver\/(engine|engine\/(typecheck|dataFiles)|protocol|runner\/files)$/,
      /^node:/,
      /^vscode-(languageserver|uri)/,
      /^@vscode\/l10n$/,
    ],
  },
  {
    folder: 'client/host/',
    allowed: [/^@modeldriver\/protocol$/, /^node:/, /^vscode$/, /^vscode-languageclient/, /^@vscode\/l10n$/],
  },
  {
    folder: 'client/webview/',
    allowed: [/^@modeldriver\/protocol$/, /^(react|react-dom|@tanstack\/|@vscode\/l10n)/],
  },
]

/** Inside the engine: which folder may read which. */
const engineFolders: Record<string, readonly string[]> = {
  ir: [],
  table: ['ir'],
  source: ['ir'],
  model: ['ir', 'source'],
  plan: ['ir', 'model', 'source'],
  compute: ['ir', 'table', 'plan', 'functions'],
  functions: ['ir', 'compute'],
  check: ['ir', 'table', 'model', 'plan', 'source'],
  typecheck: ['ir', 'model', 'source', 'check'],
  registry: ['ir', 'model', 'source'],
  driver: ['ir', 'model', 'plan', 'source', 'check', 'table', 'compute', 'functions', 'typecheck', 'registry'],
  testing: ['ir', 'model', 'plan', 'source', 'check', 'table'],
}

describe('who may import whom', () => {
  for (const { folder, allowed } of mayImport) {
    it(folder, () => {
      const wrong = product
        .filter((file) => file.startsWith(folder))
        .flatMap((file) =>
          importsOf(file)
            .filter((name) =>
              name.startsWith('.')
                ? !resolved(file, name).startsWith(folder)
                : !allowed.some((pattern) => pattern.test(name)),
            )
            .map((name) => `${file} imports ${name}`),
        )
      expect(wrong).toEqual([])
    })
  }

  it('the folders of the engine build on each other in one direction', () => {
    const wrong = product
      .filter((file) => /^engine\/src\/[^/]+\//.test(file))
      .flatMap((file) => {
        const own = file.split('/')[2] as string
        return importsOf(file)
          .filter((name) => name.startsWith('.'))
          .map((name) => resolved(file, name).split('/')[2] as string)
          .filter((other) => other !== own && !engineFolders[own]?.includes(other))
          .map((other) => `${file} imports from ${other}/`)
      })
    expect(wrong).toEqual([])
  })

  it('the engine has no effects: no node modules, clock, random source, network', () => {
    const effects =
      /from 'node:|\bprocess\.|\bDate\.now\b|= new Date\(\)|\bMath\.random\(|\bperformance\.|\bfetch\(|\bsetTimeout\(/
    const wrong = product
      .filter((file) => file.startsWith('engine/'))
      .flatMap((file) =>
        textOf(file)
          .split('\n')
          .filter(
            (line) =>
              effects.test(line) &&
              !/^\s*(\/\/|\*|\/\*)/.test(line) &&
              !/['"`/].*\b(Date\.now|Math\.random|performance\.|process\.|fetch)/.test(line),
          )
          .map((line) => `${file}: ${line.trim()}`),
      )
    expect(wrong).toEqual([])
  })

  it('nothing of the product speaks to a network, or tells anybody what it is used for', () => {
    const speaks =
      /\bfetch\(|new (?:XMLHttpRequest|WebSocket|EventSource)\b|sendBeacon|from 'node:(?:https?|http2|net|tls|dgram|dns)|TelemetryLogger|TelemetrySender/
    const wrong = product.flatMap((file) =>
      textOf(file)
        .split('\n')
        .filter((line) => speaks.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )
    expect(wrong).toEqual([])
  })

  it('ts-morph has one importer in the engine, and the loader of feature modules', () => {
    const importers = product.filter((file) => importsOf(file).includes('ts-morph'))
    expect(
      importers.filter(
        (file) => file !== 'engine/src/source/typescript/parse.ts' && !file.startsWith('runner/src/load/'),
      ),
    ).toEqual([])
  })

  it('code is generated only for compute loops; nothing else evaluates text', () => {
    const evaluates = /\bnew Function\(|\beval\(/
    const where = product.filter((file) =>
      textOf(file)
        .split('\n')
        .some((line) => evaluates.test(line) && !/^\s*(\/\/|\*)/.test(line)),
    )
    expect(where.filter((file) => !file.startsWith('engine/src/compute/'))).toEqual([])
  })
})

it('no import cycles, types included', () => {
  const graph = new Map(
    product.map((file) => [
      file,
      importsOf(file)
        .filter((name) => name.startsWith('.'))
        .map((name) => resolved(file, name)),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      return
    }
    state.set(file, 'open')
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    state.set(file, 'done')
  }
  for (const file of graph.keys()) visit(file, [])
  expect(cycles).toEqual([])
})

it('no file is over 500 lines', () => {
  const long = sources
    .map((file) => ({ file, lines: textOf(file).split('\n').length }))
    .filter(({ lines }) => lines > 500)
  expect(long).toEqual([])
})

it("ARCHITECTURE.md's code map lists exactly the folders that exist", () => {
  const map = /```text\n([\s\S]*?)```/.exec(textOf('ARCHITECTURE.md'))?.[1] ?? ''
  const listed = [...map.matchAll(/^(\S+)\/ /gm)].map((m) => m[1] as string)
  const folders = new Set(
    tracked
      .filter((file) => /^(engine|protocol|runner|server|client)\//.test(file) && existsSync(join(root, file)))
      .map((file) => dirname(file))
      .filter((folder) => statSync(join(root, folder)).isDirectory())
      .map((folder) => folder.split('/').slice(0, 3).join('/'))
      .filter(
        (folder) =>
          folder.split('/').length === 3 ||
          folder === 'protocol/src' ||
          folder === 'client/host' ||
          folder === 'client/webview',
      ),
  )
  const covered = (folder: string) => listed.some((entry) => folder === entry || folder.startsWith(`${entry}/`))
  expect([...folders].filter((folder) => !covered(folder))).toEqual([])
  expect(listed.filter((entry) => !existsSync(join(root, entry)))).toEqual([])
})

it('package-lock.json names the packages of every system, so that npm ci accepts it anywhere', () => {
  type Locked = { readonly optionalDependencies?: Readonly<Record<string, string>> }
  const packages: Readonly<Record<string, Locked>> = JSON.parse(textOf('package-lock.json')).packages
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  )
  expect(absent).toEqual([])
})
