import { type FeatureReader, typeScriptReader } from '@modeldriver/engine'
import { memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Files } from './files.ts'
import { createPublisher } from './publisher.ts'
import { createWorkspace } from './workspace.ts'

/** A workspace over texts in memory, that writes down what it reads and says. */
function start(texts: Record<string, string>, open: readonly string[]) {
  const files = new Map(Object.entries(texts))
  const log: string[] = []
  const real = typeScriptReader()
  const reader: FeatureReader = {
    read: (path, text) => {
      log.push(`read ${path}`)
      if (text.includes('BREAK')) throw new Error('a broken reader')
      return real.read(path, text)
    },
    forget: real.forget,
  }
  const memory = memoryFiles(files)
  const view: Files = {
    ...memory,
    list: (folder) => {
      log.push(`list ${folder}`)
      return memory.list(folder)
    },
    readHeader: (path, options) => {
      log.push(`header ${path}`)
      return memory.readHeader(path, options)
    },
    document: (path) => {
      const text = files.get(path)
      return text === undefined ? undefined : TextDocument.create(path, '', 0, text)
    },
    forget: () => {},
    stale: () => [],
  }
  const publisher = createPublisher(
    { document: view.document, uriOf: (path) => path },
    (path) => (open.includes(path) ? 1 : undefined),
    ({ uri, diagnostics }) => log.push(`say ${uri}: ${diagnostics.map(({ code }) => code).join() || 'nothing'}`),
  )
  const workspace = createWorkspace({
    files: view,
    reader,
    openPaths: () => open,
    analysed: publisher.publish,
    closed: publisher.withdraw,
    settled: publisher.send,
    failed: (doing) => log.push(`failed ${doing}`),
  })
  return {
    /** Changes a file (undefined deletes it) and gives what happened. */
    change: (path: string, text: string | undefined, change: 'text' | 'place' = 'text'): readonly string[] => {
      if (text === undefined) files.delete(path)
      else files.set(path, text)
      workspace.touch(path, change)
      workspace.flush()
      return log.splice(0)
    },
    workspace,
  }
}

const manifest = (pattern: string) =>
  JSON.stringify({ models: [{ model_name: 'm', seq: 1, features: [pattern], data: 'm.csv' }] })
const project = {
  '/p/modeldriver.json': manifest('*.features.ts'),
  '/p/m.csv': 'price\n1\n',
  '/p/a.features.ts': 'export const net = (price) => price',
  '/p/b.features.ts': 'export const double = (net) => net * 2',
}

test('a keystroke reads one file; problems are said where they are, and only when they change', () => {
  const { change } = start(project, ['/p/a.features.ts'])
  expect(change('/p/a.features.ts', project['/p/a.features.ts'])).toEqual([
    'list /p',
    'list /p',
    'read /p/a.features.ts',
    'read /p/b.features.ts',
    'header /p/m.csv',
    'say /p/a.features.ts: nothing',
  ])
  expect(change('/p/a.features.ts', 'export const nett = (price) => price')).toEqual([
    'read /p/a.features.ts',
    'say /p/b.features.ts: MD001',
    'say /p/a.features.ts: nothing',
  ])
  expect(change('/p/a.features.ts', 'export const nett = (price) => price * 2')).toEqual([
    'read /p/a.features.ts',
    'say /p/a.features.ts: nothing',
  ])
  expect(change('/p/a.features.ts', 'export const net = (price) => price')).toEqual([
    'read /p/a.features.ts',
    'say /p/b.features.ts: nothing',
    'say /p/a.features.ts: nothing',
  ])
})

test('an edit in a body that keeps signature and level costs one file: no graph, no other file, no header, no folder', () => {
  const { change, workspace } = start({ ...project, '/p/m.csv': 'cost\n1\n' }, ['/p/a.features.ts', '/p/b.features.ts'])
  change('/p/a.features.ts', project['/p/a.features.ts'])
  const before = workspace.projectOf('/p/a.features.ts')?.analysis
  change('/p/a.features.ts', `${project['/p/a.features.ts']} `)
  for (let i = 0; i < 20; i++) {
    expect(change('/p/a.features.ts', `export const net = (price) => price * ${i}`)).toEqual([
      'read /p/a.features.ts',
      'say /p/a.features.ts: MD001',
    ])
  }
  const after = workspace.projectOf('/p/a.features.ts')?.analysis
  expect(after).not.toBe(before)
  expect(after?.models[0]?.graph).toBe(before?.models[0]?.graph)
  expect(after?.snapshot.files.get('/p/b.features.ts')).toBe(before?.snapshot.files.get('/p/b.features.ts'))
  expect(after?.snapshot.headers).toBe(before?.snapshot.headers)
})

test('a text that is the same is not analysed again, but answered', () => {
  const { change, workspace } = start(project, ['/p/a.features.ts'])
  change('/p/a.features.ts', project['/p/a.features.ts'])
  const before = workspace.projectOf('/p/a.features.ts')
  expect(change('/p/a.features.ts', project['/p/a.features.ts'])).toContain('say /p/a.features.ts: nothing')
  expect(workspace.projectOf('/p/a.features.ts')).toBe(before)
})

test('a file that the manifest no longer names becomes a project of its own, and comes back', () => {
  const { change, workspace } = start(project, ['/p/b.features.ts'])
  change('/p/b.features.ts', project['/p/b.features.ts'])
  expect(workspace.projectOf('/p/b.features.ts')?.path).toBe('/p/modeldriver.json')
  change('/p/modeldriver.json', manifest('a.features.ts'))
  expect(workspace.projectOf('/p/b.features.ts')?.path).toBe('/p/b.features.ts')
  const back = change('/p/modeldriver.json', manifest('*.features.ts'))
  expect(workspace.projectOf('/p/b.features.ts')?.path).toBe('/p/modeldriver.json')
  expect(back).toContain('say /p/b.features.ts: nothing')
})

test('a project whose manifest is deleted is closed and takes back what it said', () => {
  const { change, workspace } = start({ ...project, '/p/m.csv': 'cost\n1\n' }, ['/p/b.features.ts'])
  change('/p/b.features.ts', project['/p/b.features.ts'])
  const log = change('/p/modeldriver.json', undefined, 'place')
  expect(log).toContain('say /p/a.features.ts: nothing')
  expect(workspace.projectOf('/p/b.features.ts')?.path).toBe('/p/b.features.ts')
})

test('a failure is reported, the last good analysis stays, and the next change works', () => {
  const { change, workspace } = start(project, ['/p/a.features.ts'])
  change('/p/a.features.ts', project['/p/a.features.ts'])
  expect(change('/p/a.features.ts', 'BREAK')).toEqual(['read /p/a.features.ts', 'failed checking /p/modeldriver.json'])
  expect(workspace.projectOf('/p/a.features.ts')?.analysis.models[0]?.features.has('net')).toBe(true)
  expect(change('/p/a.features.ts', project['/p/a.features.ts'])).toEqual([
    'list /p',
    'read /p/a.features.ts',
    'say /p/a.features.ts: nothing',
  ])
})

test('a file that features import: when it comes, changes and goes, what they import is looked at again', () => {
  const path = '/p/a.features.ts'
  const { change, workspace } = start(
    { ...project, [path]: "import { vat } from './rates'\nexport const net = (price) => price * vat" },
    [path],
  )
  workspace.projects()
  const said = (log: readonly string[]) => log.filter((line) => line.startsWith(`say ${path}`))
  expect(said(change(path, "import { vat } from './rate'\nexport const net = (price) => price * vat"))).toEqual([
    `say ${path}: MD025,MD036`,
  ])
  expect(said(change('/p/rate.ts', 'export const tax = 1', 'place'))).toEqual([`say ${path}: MD025,MD036`])
  expect(said(change('/p/rate.ts', 'export const vat = 1'))).toEqual([`say ${path}: MD025`])
  expect(said(change('/p/rate.ts', undefined, 'place'))).toEqual([`say ${path}: MD025,MD036`])
})
