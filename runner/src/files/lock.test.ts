import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ended, folderWith, processOf, said } from '../testFolder.ts'
import { withLocks } from './lock.ts'

test('one process after the other is within a lock', async () => {
  const script = await processOf(`
    import { appendFileSync, existsSync } from 'node:fs'
    import { withLocks } from './lock.ts'
    const [folder, name] = process.argv.slice(2)
    const note = (what) => appendFileSync(folder + '/log', name + ' ' + what + ';')
    process.send('asks')
    withLocks([folder], () => {
      note('in')
      process.send('in')
      while (!existsSync(folder + '/end')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      note('out')
    })
    process.disconnect()`)
  const folder = folderWith({})
  const start = (name: string) =>
    spawn(process.execPath, [script, folder, name], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const first = start('first')
  await said(first, 'in')
  const second = start('second')
  await said(second, 'asks')
  const both = [first, second].map(ended)
  writeFileSync(join(folder, 'end'), '')
  expect(await Promise.all(both)).toEqual([0, 0])
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('first in;first out;second in;second out;')
})

test('a lock that a killed run left is waited for, then taken away', () => {
  const folder = folderWith({ '.modeldriver.lock': '' })
  expect(withLocks([folder], () => existsSync(`${folder}/.modeldriver.lock`), 20)).toBe(true)
  expect(existsSync(`${folder}/.modeldriver.lock`)).toBe(false)
})
