import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ended, folderWith, processOf, said } from '../testFolder.ts'
import { type Contents, placeFiles } from './place.ts'

const file = (path: string, ...parts: readonly string[]): Contents => ({ path, parts: () => parts })
const contentsOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

test.each([
  ['a.csv/impossible.csv', 'it is a file, not a folder'],
  ['taken', 'it is a folder, not a file'],
])('when %s cannot be written, what was there stays, and nothing else is left', (other, reason) => {
  const folder = folderWith({ 'a.csv': 'old', 'taken/x': '' })
  expect(() =>
    placeFiles([file(`${folder}/new/b.csv`, 'b'), file(`${folder}/a.csv`, 'new'), file(`${folder}/${other}`, 'c')]),
  ).toThrow(reason)
  expect(readFileSync(`${folder}/a.csv`, 'utf8')).toBe('old')
  expect(readdirSync(folder)).toEqual(['a.csv', 'taken'])
})

test('when making the contents fails, nothing has changed', () => {
  const folder = folderWith({ 'a.csv': 'old' })
  const failing: Contents = {
    path: `${folder}/b.csv`,
    parts: function* () {
      yield 'half'
      throw new Error('no more')
    },
  }
  expect(() => placeFiles([file(`${folder}/a.csv`, 'new'), failing])).toThrow('no more')
  expect(contentsOf(folder)).toEqual({ 'a.csv': 'old' })
})

test.each([
  ['/proc/xyz/deep', 'Cannot write to /proc/xyz: a folder cannot be made there. What was there before is unchanged.'],
  ['taken/deep', 'Cannot write to FOLDER/taken: it is a file, not a folder. What was there before is unchanged.'],
  ['taken', 'Cannot write to FOLDER/taken: it is a file, not a folder. What was there before is unchanged.'],
])('a folder that cannot be made: %s', (path, message) => {
  const folder = folderWith({ taken: '' })
  if (path.startsWith('/proc') && process.platform !== 'linux') return
  const target = path.startsWith('/') ? path : `${folder}/${path}`
  expect(() => placeFiles([file(`${target}/a.csv`, '')])).toThrow(message.replace('FOLDER', folder))
  expect(readdirSync(folder)).toEqual(['taken'])
})

/** A process of its own that puts three files in place, and says when it has written half of one. */
const writer = () =>
  processOf(`
    import { placeFiles } from './place.ts'
    const [folder, name, mode] = process.argv.slice(2)
    function* parts() {
      yield name + ' begins'
      process.send('half')
      if (mode === 'stop') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
      yield ', ' + name + ' ends'
    }
    process.once('message', () => {
      for (let i = 0; i < (mode === 'often' ? 50 : 1); i++)
        placeFiles(['a', 'b', 'c'].map((file) => ({ path: folder + '/' + file + '.csv', parts })))
      process.disconnect()
    })
    process.send('ready')`)

const start = (script: string, folder: string, name: string, mode: 'stop' | 'once' | 'often'): ChildProcess =>
  spawn(process.execPath, [script, folder, name, mode], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
const whole = (name: string) => `${name} begins, ${name} ends`
const all = (name: string) => ({ 'a.csv': whole(name), 'b.csv': whole(name), 'c.csv': whole(name) })

test('killed in the middle of a write: the old files are there, whole; the next run removes what was left', async () => {
  const folder = folderWith({ 'a.csv': 'old a', 'b.csv': 'old b', 'c.csv': 'old c' })
  const script = await writer()
  const child = start(script, folder, 'first', 'stop')
  await said(child, 'ready')
  child.send('go')
  await said(child, 'half')
  child.kill('SIGKILL')
  await ended(child)
  const { 'a.csv': a, 'b.csv': b, 'c.csv': c, ...left } = contentsOf(folder)
  expect([a, b, c]).toEqual(['old a', 'old b', 'old c'])
  expect(Object.values(left)).toEqual(['first begins'])
  // What another machine is writing there is not ours to remove.
  writeFileSync(join(folder, '.modeldriver-elsewhere-1-0.new.tmp'), '')
  const next = start(script, folder, 'next', 'once')
  await said(next, 'ready')
  next.send('go')
  expect(await ended(next)).toBe(0)
  expect(contentsOf(folder)).toEqual({ ...all('next'), '.modeldriver-elsewhere-1-0.new.tmp': '' })
})

test('two runs write the same folder at once: the files of one of them stay, together', async () => {
  const folder = folderWith({})
  const script = await writer()
  const children = ['one', 'two'].map((name) => start(script, folder, name, 'often'))
  await Promise.all(children.map((child) => said(child, 'ready')))
  for (const child of children) child.send('go')
  expect(await Promise.all(children.map(ended))).toEqual([0, 0])
  const found = contentsOf(folder)
  expect([all('one'), all('two')]).toContainEqual(found)
})
