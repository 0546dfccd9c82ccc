import { expect, test } from 'vitest'
import { startServer } from './support/server.ts'

// Types are checked in another thread, a moment after the last keystroke.

const path = '/orders.features.ts'
const files = new Map([
  ['/orders.csv', 'pin,region,revenue\nA,de,10.5\nB,fr,20\n'],
  [
    path,
    '// group_by: pin\nexport const twice = (region) => region * 2\nexport const label = (region) => region + 1\n',
  ],
  ['/other.features.ts', 'export const f = (x) => x\n'],
  ['/other.csv', 'x\n1\n'],
])
const wrong = `MD019 'region' 'region' is text in orders.csv (e.g. "de"), so it cannot be multiplied.`

test('what values cannot do is said after a moment, and taken back when it is repaired', async () => {
  const server = await startServer(files)
  server.open(path)
  await server.settled(path)
  expect(server.problems(path)).toEqual([])
  await server.until(() => server.problems(path).length > 0)
  expect(server.problems(path)).toEqual([wrong])

  // What was said of the text before is gone at once: it could stand at the wrong place.
  server.edit(path, 'export const twice', 'export const thrice')
  await server.settled(path)
  expect(server.problems(path)).toEqual([])
  await server.until(() => server.problems(path).length > 0)
  expect(server.problems(path)).toEqual([wrong])

  server.edit(path, 'region * 2', 'region.length * 2')
  server.edit(path, 'region + 1', 'region.trimm() + 1')
  await server.until(() => server.problems(path).some((line) => line.includes('trimm')))
  expect(server.problems(path)).toHaveLength(1)

  server.edit(path, 'trimm', 'trim')
  await server.settled(path)
  expect(server.problems(path)).toEqual([])
  // An edit of another project does not bring it back.
  server.open('/other.features.ts')
  server.edit('/other.features.ts', '=> x', '=> x.foo')
  await server.until(() => server.problems('/other.features.ts').length > 0)
  expect(server.problems(path)).toEqual([])
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

test('an edit while the check runs gives it up: only what is true of the last text is said', async () => {
  const many = Array.from({ length: 400 }, (_, i) => `export const f${i} = (revenue) => revenue * ${i}`).join('\n')
  const big = new Map(files).set(path, `${files.get(path)}${many}\n`)
  const server = await startServer(big)
  server.open(path)
  await server.until(() => server.problems(path).length > 0)
  for (let i = 0; i < 10; i++) {
    const isRight = i % 2 === 0
    server.edit(path, isRight ? 'region * 2' : 'region.length * 2', isRight ? 'region.length * 2' : 'region * 2')
    await server.settled(path)
    if (isRight) expect(server.problems(path)).toEqual([])
  }
  await server.until(() => server.problems(path).length > 0)
  expect(server.problems(path)).toEqual([wrong])
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})
