import { typeScriptReader } from '@modeldriver/engine'
import { memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Files } from './files.ts'
import { type Limits, watchFolders } from './folders.ts'
import { createWorkspace } from './workspace.ts'

/** Folders of a workspace over texts in memory: what is analysed and logged, in order. */
function start(paths: readonly string[], limits?: Limits) {
  const texts = new Map(paths.map((path) => [path, path.endsWith('.json') ? '{"models": []}' : 'export const a = 1']))
  const log: string[] = []
  const files: Files = {
    ...memoryFiles(texts),
    document: (path) => TextDocument.create(path, '', 0, texts.get(path) ?? ''),
    forget: () => {},
    stale: () => [],
  }
  const workspace = createWorkspace({
    files,
    reader: typeScriptReader(),
    openPaths: () => [],
    analysed: ({ path }) => log.push(path),
    closed: (path) => log.push(`closed ${path}`),
    settled: () => {},
    failed: (doing, error) => log.push(`${doing} failed: ${error}`),
  })
  const folders = watchFolders({
    workspace,
    files,
    isFolder: (path) => paths.some((file) => file.startsWith(`${path}/`)),
    log: (message) => log.push(message),
    failed: (doing, error) => log.push(`${doing} failed: ${error}`),
    ...(limits && { limits }),
  })
  /** Turns of the event loop until a good while nothing is done. */
  const quiet = async () => {
    for (let turn = 0; turn < 300; turn++) await new Promise(setImmediate)
  }
  return { workspace, folders, log, quiet }
}

test('what is ours is found in every folder but those of tools', async () => {
  const found = ['/w/a/x.features.ts', '/w/b/c/modeldriver.json', '/w/y.features.mjs']
  const { folders, log, quiet } = start([
    ...found,
    '/w/node_modules/p/x.features.ts',
    '/w/dist/x.features.js',
    '/w/out/modeldriver.json',
    '/w/.git/x.features.ts',
    '/w/features.ts',
    '/elsewhere/x.features.ts',
  ])
  folders.add('/w')
  await quiet()
  expect([...log].sort()).toEqual(found)
  log.length = 0
  folders.remove('/w')
  await quiet()
  expect(log).toEqual([])
})

test('of a very large folder the first files are taken, and that is said', async () => {
  const paths = Array.from({ length: 20 }, (_, i) => `/w/f${i}/x.features.ts`)
  const files = start(paths, { files: 5, folders: 100 })
  files.folders.add('/w')
  await files.quiet()
  expect(files.log).toHaveLength(6)
  expect(files.log[0]).toBe(
    '/w is large: only the first 5 feature files in its first 100 folders are checked before they are opened.',
  )
  const folders = start(paths, { files: 100, folders: 10 })
  folders.folders.add('/w')
  await folders.quiet()
  expect(folders.log[0]).toContain('/w is large')
})

test('nothing is looked through while a keystroke waits', async () => {
  const { folders, workspace, log, quiet } = start(['/w/x.features.ts'])
  workspace.touch('/w/other.features.ts', 'text')
  folders.add('/w')
  await quiet()
  expect(log).toEqual([])
  workspace.flush()
  await quiet()
  expect(log).toEqual(['/w/x.features.ts'])
})

test('a change on disk concerns us by its name, and a folder by what is in it', async () => {
  const { folders, quiet } = start(['/w/p/modeldriver.json', '/w/p/f/x.features.ts', '/w/new/y.features.ts'])
  folders.add('/w')
  await quiet()
  const concerns = [
    folders.changed('/w/p/f/x.features.ts', 'changed'),
    folders.changed('/w/p/data.csv', 'created'),
    folders.changed('/w/p', 'deleted'),
    folders.changed('/w/new', 'created'),
  ]
  const not = [
    folders.changed('/w/readme.md', 'created'),
    folders.changed('/w/p/tool.ts', 'deleted'),
    folders.changed('/elsewhere', 'deleted'),
    folders.changed('/w/node_modules/p', 'created'),
    folders.changed('/w/p', 'changed'),
  ]
  expect({ concerns, not }).toEqual({ concerns: concerns.map(() => true), not: not.map(() => false) })
})
