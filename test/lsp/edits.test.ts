import { afterEach, expect, test } from 'vitest'
import { numbers } from '../support/numbers.ts'
import { serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const path = '/m.features.ts'
const text = `// group_by: pin
const rate = 0.19

/** Before tax. */
export function net(gross) {
  return gross / (1 + rate)
}
export const total = (net) => net.sum() //#agg
export function share({ net, total: all = 1 }) {
  if (all === 0) return null
  return \`\${net / all * 100} %\`
}
`
const scraps = [
  '',
  ' ',
  '\n',
  '{',
  '}',
  '(',
  ')',
  '`',
  '//',
  '/*',
  '*/',
  '#agg',
  'export ',
  'gross',
  'é',
  "'",
  ',',
  '=>',
]

test('after any edits the server says what a new server says of the same text', async () => {
  server = await serverFor(`//- ${path}\n${text}//- /m.csv\npin,gross\n1,2\n`)
  server.open(path)
  const random = numbers(20_240)
  for (let i = 0; i < 300; i++) {
    const start = random(server.text(path).length + 1)
    server.replace(path, start, start + random(4), scraps[random(scraps.length)] ?? '')
    if (i % 20 !== 19) continue
    await server.settled(path)
    const edited = server.problems(path)
    server.open('/copy.features.ts', server.text(path))
    server.write('/copy.csv', 'pin,gross\n1,2\n')
    await server.settled('/copy.features.ts')
    const named = server.problems('/copy.features.ts').map((line) => line.replaceAll('copy', 'm'))
    expect(named, `after ${i + 1} edits:\n${server.text(path)}`).toEqual(edited)
    server.close('/copy.features.ts')
    server.write('/copy.csv', undefined)
  }
  server.replace(path, 0, server.text(path).length, text)
  await server.settled(path)
  expect(server.problems(path)).toEqual([])
})
