import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { WorkspaceEdit } from 'vscode-languageserver'
import { serverFor } from './support/fixture.ts'
import { type Server, startServer } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const codes = (path: string) => server.problems(path).map((line) => line.slice(0, 5))
const manifest = (features: string, data = 'm.csv') =>
  JSON.stringify({ models: [{ model_name: 'm', seq: 1, features: [features], data }] })

test('on start every project of every folder is checked, none of its files open', async () => {
  server = await serverFor(
    `
    //- /one/modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["f/*.features.ts"], "data": "gone.csv" }] }
    //- /one/f/a.features.ts
    export const net = (gross) => net
    //- /two/deep/er/b.features.ts
    export const net = (gros) => gros
    //- /two/deep/er/b.csv
    gross
    1
    //- /two/node_modules/x/c.features.ts
    export const net = (nothing) => nothing
    //- /two/.cache/d.features.ts
    export const net = (net) => net
    //- /three/e.features.ts
    export const loop = (loop) => loop
  `,
    { folders: ['/one', '/two'] },
  )
  await server.until(() => server.problems('/two/deep/er/b.features.ts').length > 0)
  expect(codes('/one/modeldriver.json')).toEqual(['MD026'])
  expect(codes('/two/deep/er/b.features.ts')).toEqual(['MD001'])
  expect(codes('/two/node_modules/x/c.features.ts')).toEqual([])
  expect(codes('/two/.cache/d.features.ts')).toEqual([])
  expect(codes('/three/e.features.ts')).toEqual([])

  const folder = (name: string) => ({ uri: server.uri(name), name })
  server.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [folder('/three')], removed: [folder('/two')] },
  })
  await server.until(() => codes('/three/e.features.ts').includes('MD002'))
  await server.until(() => codes('/two/deep/er/b.features.ts').length === 0)
  expect(codes('/one/modeldriver.json')).toEqual(['MD026'])
})

test('a problem in a closed file is said, and goes when its cause is repaired in another file', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    export const margins = (price) => price
    //- /b.features.ts
    export const share = (margin, price) => margin / price
    //- /c.features.ts
    export const double = (margin) => margin * 2
    //- /m.csv
    price
    1
  `)
  await server.until(() => codes('/b.features.ts').length + codes('/c.features.ts').length === 2)
  server.write('/a.features.ts', 'export const margin = (price) => price\n')
  await server.until(() => codes('/b.features.ts').length + codes('/c.features.ts').length === 0)
})

const checkout = (count: number, version: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `/p/f/f${i}.features.ts`,
      `export const f${i} = (${i === 0 ? 'price' : `f${i - 1}`}) => ${i === 0 ? 'price' : `f${i - 1}`} * ${version}\n`,
    ]),
  )

test('a checkout of hundreds of files is one analysis of each project, and each file is said once', async () => {
  const count = 300
  server = await serverFor(`
    //- /p/modeldriver.json
    ${manifest('f/*.features.ts')}
    //- /p/m.csv
    price
    1
    //- /q/q.features.ts
    export const q = (q) => q
  `)
  const changed = (from = 0) =>
    server.notifications
      .slice(from)
      .filter(({ method }) => method === 'modeldriver/changed')
      .map(({ params }) => (params as { project: string }).project.split('/').at(-2))
  /** Each analysis is followed by what the types say, when nobody writes. */
  const checked = (project: string, from = 0) =>
    server.until(() => changed(from).filter((each) => each === project).length === 2)
  await server.until(() => codes('/q/q.features.ts').length === 1)
  await checked('p')
  await checked('q')

  const counts = async (work: () => void) => {
    const from = server.notifications.length
    work()
    await server.settled('/p/modeldriver.json')
    const since = server.notifications.slice(from)
    const said = since
      .filter(({ method }) => method === 'textDocument/publishDiagnostics')
      .map(({ params }) => (params as { uri: string }).uri)
    expect(new Set(said).size).toBe(said.length)
    const analysed = changed(from)
    if (analysed.length > 0) await checked('p', from)
    return { analysed, said: said.length > 0 }
  }
  // The files come; then a branch whose first file has another name; then back; then they go.
  const branch = checkout(count, 2)
  const once = { analysed: ['p'], said: true }
  expect(await counts(() => server.writeAll(checkout(count, 1)))).toEqual(once)
  expect(codes('/p/f/f1.features.ts')).toEqual([])
  const first = '/p/f/f0.features.ts'
  const renamed = { ...branch, [first]: 'export const g = (price) => price\n' }
  expect(await counts(() => server.writeAll(renamed))).toEqual(once)
  expect(codes('/p/f/f1.features.ts')).toEqual(['MD001'])
  expect(await counts(() => server.writeAll(checkout(count, 1)))).toEqual(once)
  expect(codes('/p/f/f1.features.ts')).toEqual([])
  const gone = Object.fromEntries(Object.keys(branch).map((path) => [path, undefined]))
  expect(await counts(() => server.writeAll(gone))).toEqual(once)
  expect(codes('/p/modeldriver.json')).toEqual(['MD030'])
  // What is no file of a project costs nothing.
  const others = { '/p/readme.md': 'x', '/p/f/tool.ts': 'x' }
  expect(await counts(() => server.writeAll(others))).toEqual({ analysed: [], said: false })
})

test('a folder that is renamed takes its project along; one that is deleted takes its problems away', async () => {
  server = await serverFor(`
    //- /old/modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["f/*.features.ts"], "data": "data/m.csv" }] }
    //- /old/f/a.features.ts
    export const net = (gros) => gros
    //- /old/data/m.csv
    gross
    1
  `)
  await server.until(() => codes('/old/f/a.features.ts').length === 1)
  server.move('/old', '/new')
  await server.until(() => codes('/new/f/a.features.ts').length === 1)
  await server.until(() => codes('/old/f/a.features.ts').length === 0)

  server.move('/new/data', '/new/files')
  await server.until(() => codes('/new/modeldriver.json').includes('MD026'))
  expect(codes('/new/f/a.features.ts')).toEqual([])
  server.move('/new/files', '/new/data')
  await server.until(() => codes('/new/f/a.features.ts').includes('MD001'))
  expect(codes('/new/modeldriver.json')).toEqual([])

  server.move('/new/f', '/new/g')
  await server.until(() => codes('/new/modeldriver.json').includes('MD030'))
  // Left without a manifest that names it, the file is a project of its own, and its folder has no data.
  await server.until(() => codes('/new/f/a.features.ts').length === 0)
  expect(codes('/new/g/a.features.ts')).toEqual([])

  rmSync(server.place('/new'), { recursive: true })
  server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: server.uri('/new'), type: 3 }] })
  await server.until(() => codes('/new/modeldriver.json').length === 0)
})

test('a file that is renamed, deleted and restored', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    export const net = (gros) => gros
    //- /b.features.ts
    export const tax = (net) => net
    //- /m.csv
    gross
    1
  `)
  await server.until(() => codes('/a.features.ts').length === 1)
  server.move('/a.features.ts', '/z.features.ts')
  await server.until(() => codes('/z.features.ts').length === 1)
  await server.until(() => codes('/a.features.ts').length === 0)
  expect(codes('/b.features.ts')).toEqual([])
  const text = server.text('/z.features.ts')
  server.write('/z.features.ts', undefined)
  await server.until(() => codes('/b.features.ts').length === 1)
  await server.until(() => codes('/z.features.ts').length === 0)
  server.write('/z.features.ts', text)
  await server.until(() => codes('/z.features.ts').length === 1)
  await server.until(() => codes('/b.features.ts').length === 0)
})

test('a manifest that comes and goes above closed files', async () => {
  server = await serverFor(`
    //- /p/a.features.ts
    // group_by: pin
    export const net = (gros) => gros
    //- /p/b.features.ts
    export const tax = (net) => net
    //- /p/m.csv
    gross,pin
    1,1
  `)
  await server.until(() => codes('/p/a.features.ts').length === 1 && codes('/p/b.features.ts').length === 1)
  server.write('/p/modeldriver.json', manifest('*.features.ts'))
  await server.until(() => codes('/p/b.features.ts').length === 0)
  expect(codes('/p/a.features.ts')).toEqual(['MD001'])
  server.write('/p/modeldriver.json', undefined)
  await server.until(() => codes('/p/b.features.ts').length === 1)
  expect(codes('/p/a.features.ts')).toEqual(['MD001'])
})

test('a file outside of the workspace is checked while it is open', async () => {
  server = await serverFor(
    `
    //- /inside/a.features.ts
    export const net = (net) => net
    //- /outside/modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /outside/b.features.ts
    export const loop = (loop) => loop
    //- /outside/c.features.ts
    export const two = (gone) => gone
  `,
    { folders: ['/inside'] },
  )
  server.open('/outside/b.features.ts')
  await server.until(() => codes('/outside/b.features.ts').length + codes('/outside/modeldriver.json').length === 2)
  server.close('/outside/b.features.ts')
  await server.until(() => codes('/outside/b.features.ts').length + codes('/outside/modeldriver.json').length === 0)
  await server.until(() => codes('/inside/a.features.ts').length === 1)
})

test('names with spaces, letters of all languages, # and %', async () => {
  const folder = "/größe #1 100% 'q' (a)/数据 [x] & ü"
  const path = `${folder}/a b%20c#d.features.ts`
  const data = `${folder}/umsätze 50% #2.csv`
  server = await startServer(
    new Map([
      [`${folder}/modeldriver.json`, manifest('*.features.ts', 'umsätze 50% #2.csv')],
      [path, 'export const net = (gros) => gros\n'],
      [data, 'gross\n1\n'],
    ]),
  )
  await server.until(() => codes(path).length === 1)
  server.open(path)
  server.edit(path, '(gros) => gros', '(gross) => gross')
  await server.until(() => codes(path).length === 0)
  server.write(data, 'grss\n1\n')
  await server.until(() => codes(path).length === 1)
  server.close(path)
  server.move(folder, '/plain')
  await server.until(() => codes(path).length === 0)
  await server.until(() => codes('/plain/a b%20c#d.features.ts').length === 1)
})

test('data that cannot be read says why, and is checked again when it can be', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    export const net = (gros) => gros
    //- /m.csv
    gross
    1
  `)
  await server.until(() => codes('/a.features.ts').length === 1)
  const told = (type: number) =>
    server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: server.uri('/m.csv'), type }] })
  const reason = () => server.problems('/modeldriver.json').map((line) => line.replace(/^.*m\.csv: /, ''))
  const broken: readonly (readonly [() => void, string])[] = [
    [() => writeFileSync(server.place('/m.csv'), ''), 'it is empty.'],
    [
      () => writeFileSync(server.place('/m.csv'), new Uint8Array([80, 75, 3, 4, 0, 0])),
      'it is a zip file, as Excel writes; let its name end in .xlsx.',
    ],
    [() => mkdirSync(server.place('/m.csv')), 'it is a folder.'],
    [() => execFileSync('mkfifo', [server.place('/m.csv')]), 'it is no file with contents of its own.'],
    [() => symlinkSync('nowhere', server.place('/m.csv')), 'file not found.'],
    [() => symlinkSync('m.csv', server.place('/m.csv')), 'it is a link that leads back to itself.'],
  ]
  for (const [damage, expected] of broken) {
    rmSync(server.place('/m.csv'), { recursive: true, force: true })
    told(3)
    damage()
    told(1)
    await server.until(() => reason()[0] === expected)
    expect(codes('/a.features.ts')).toEqual([])
    rmSync(server.place('/m.csv'), { recursive: true, force: true })
    server.write('/m.csv', 'gross\n1\n')
    await server.until(() => codes('/a.features.ts').length === 1)
    expect(codes('/modeldriver.json')).toEqual([])
  }
})

test.each([
  ['where the editor tells of changes on disk', undefined],
  ['where the server looks itself', { capabilities: {} }],
])('what features import is there, changes, goes and comes: %s', async (_, client) => {
  server = await serverFor(
    `
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    import { factor, offset } from './lib/rates'
    import known from './known.json'
    export const net = (gros) => gros * factor + offset + known.rate
    //- /lib/rates.ts
    export const factor = 1
    export const offset = 2
    //- /known.json
    { "rate": 1 }
    //- /m.csv
    gross
    1
  `,
    client,
  )
  const found = (missing: 0 | 1) =>
    server.until(() => {
      const said = codes('/a.features.ts')
      return said.includes('MD001') && said.filter((code) => code === 'MD036').length === missing
    })
  const write = (path: string, text: string) =>
    client ? writeFileSync(server.place(path), text) : server.write(path, text)
  await found(0)
  write('/lib/rates.ts', 'export const factor = 1\n')
  await found(1)
  write('/lib/rates.ts', 'export const factor = 1\nexport const offset = 3\n')
  await found(0)
  const gone = (path: string) => {
    rmSync(server.place(path), { recursive: true })
    const changes = [{ uri: server.uri(path), type: 3 }]
    if (!client) server.notify('workspace/didChangeWatchedFiles', { changes })
  }
  gone('/lib/rates.ts')
  await found(1)
  write('/lib/rates.ts', 'export const factor = 1\nexport const offset = 3\n')
  await found(0)
  gone('/lib')
  await found(1)
})

test('where the editor does not tell of changes on disk, the server looks itself', async () => {
  server = await serverFor(
    `
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "data/m.csv" }] }
    //- /a.features.ts
    export const net = (gros) => gros
  `,
    { capabilities: {} },
  )
  await server.until(() => codes('/modeldriver.json').includes('MD026'))
  mkdirSync(server.place('/data'))
  writeFileSync(server.place('/data/m.csv'), 'gross\n1\n')
  await server.until(() => codes('/a.features.ts').length === 1 && codes('/modeldriver.json').length === 0)
  writeFileSync(server.place('/b.features.ts'), 'export const tax = (nett) => nett\n')
  await server.until(() => codes('/b.features.ts').length === 1)
  writeFileSync(server.place('/data/m.csv'), 'gros,nett\n1,2\n')
  await server.until(() => codes('/a.features.ts').length + codes('/b.features.ts').length === 0)
  rmSync(server.place('/data'), { recursive: true })
  await server.until(() => codes('/modeldriver.json').includes('MD026'))
})

test('a feature file or its folder gets another name: the manifest follows, and old problems go', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["f/a.features.ts"], "data": "f/m.csv" }] }
    //- /f/a.features.ts
    export const net = (gros) => gros
    //- /f/m.csv
    gross
    1
  `)
  await server.until(() => server.problems('/f/a.features.ts').length > 0)
  const rename = async (from: string, to: string) => {
    const files = [{ oldUri: server.uri(from), newUri: server.uri(to) }]
    const edit = await server.request<WorkspaceEdit | null>('workspace/willRenameFiles', { files })
    return edit?.documentChanges?.flatMap((change) =>
      'edits' in change ? change.edits.map((each) => 'newText' in each && each.newText) : [],
    )
  }
  expect(await rename('/f', '/g')).toEqual(['g/a.features.ts', 'g/m.csv'])
  expect(await rename('/f/b.features.ts', '/f/c.features.ts')).toBeUndefined()
  expect(await rename('/f/a.features.ts', '/f/first.features.ts')).toEqual(['f/first.features.ts'])

  // What the editor does with the answer.
  const text = server.text('/f/a.features.ts')
  server.writeAll({
    '/f/a.features.ts': undefined,
    '/f/first.features.ts': text,
    '/modeldriver.json': manifest('f/first.features.ts', 'f/m.csv'),
  })
  await server.until(() => server.problems('/f/first.features.ts').length > 0)
  await server.until(() => server.problems('/f/a.features.ts').length === 0)
  expect(codes('/f/first.features.ts')).toEqual(['MD001'])
  expect(server.problems('/modeldriver.json')).toEqual([])
})
