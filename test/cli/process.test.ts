import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { RunnerMessage, RunnerRequest } from '@modeldriver/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { dist, folderWith, shop } from './support.ts'

/** The built run process, as the editor starts it. */
async function startRunner() {
  const child: ChildProcess = fork(join(dist, 'runner.js'), { serialization: 'advanced', stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const heard: RunnerMessage[] = []
  const waiting: {
    readonly fits: (message: RunnerMessage) => boolean
    readonly take: (message: RunnerMessage) => void
  }[] = []
  child.on('message', (message: RunnerMessage) => {
    heard.push(message)
    for (const { fits, take } of waiting) if (fits(message)) take(message)
  })
  const until = (fits: (message: RunnerMessage) => boolean): Promise<RunnerMessage> => {
    const known = heard.find(fits)
    return known ? Promise.resolve(known) : new Promise((take) => waiting.push({ fits, take }))
  }
  const ask = (request: RunnerRequest): Promise<RunnerMessage> => {
    child.send(request)
    return until((message) => message.kind !== 'ready' && message.kind !== 'progress' && message.id === request.id)
  }
  await until(({ kind }) => kind === 'ready')
  return { child, heard, ask, until }
}

const runRequest = (id: number, project: string): Extract<RunnerRequest, { kind: 'run' }> => ({
  kind: 'run',
  id,
  project,
  overlay: {},
  sampleRows: 100_000,
  featureTimeoutMs: 2000,
})

test.skipIf(process.platform === 'win32')(
  'a run that is cancelled leaves the results before it, and the next one works',
  async () => {
    const folder = folderWith({
      'a.csv': 'x\n1\n2\n',
      'a.features.ts': 'export function y(x) { let n = x; while (n < 0) n--; return n + 1 }',
    })
    const project = join(folder, 'a.features.ts')
    const { child, ask, until } = await startRunner()
    const first = await ask(runRequest(1, project))
    if (first.kind !== 'ran') throw new Error(JSON.stringify(first))
    const endless = { [project]: 'export function y(x) { for (;;) x = x }' }
    child.send({ ...runRequest(2, project), overlay: endless, featureTimeoutMs: 600_000 })
    await until((message) => message.kind === 'progress' && message.id === 2 && message.feature === 'y')
    // Between its message and the loop a feature does not hear it, so it is told again, as the editor does.
    const tell = setInterval(() => child.kill('SIGINT'), 100)
    expect(await until((message) => message.kind === 'failed' && message.id === 2)).toMatchObject({
      problems: [{ message: 'The run was cancelled.' }],
    })
    clearInterval(tell)
    const page = {
      kind: 'page',
      id: 3,
      run: first.summary.run,
      model: 'a',
      table: 'rows',
      offset: 0,
      count: 2,
    } as const
    expect(await ask(page)).toMatchObject({ page: { columns: [{}, { name: 'y', values: Float64Array.of(2, 3) }] } })
    expect(await ask({ ...runRequest(4, project), overlay: endless, featureTimeoutMs: 100 })).toMatchObject({
      summary: { models: [{ features: [{ error: { message: expect.stringContaining('was stopped after 0.1 s') } }] }] },
    })
    child.kill('SIGINT')
    expect(await ask(runRequest(5, project))).toMatchObject({ kind: 'ran', summary: { problems: [] } })
  },
)

test('run, pages, views, release', async () => {
  const folder = folderWith(shop)
  const { ask, heard } = await startRunner()
  const ran = await ask(runRequest(1, join(folder, 'modeldriver.json')))
  if (ran.kind !== 'ran') throw new Error(JSON.stringify(ran))
  const { summary } = ran
  expect(summary.problems).toEqual([])
  expect(summary.models.map(({ model, input, rows, groups }) => [model, input, rows.count, groups?.count])).toEqual([
    ['sales', 'data/orders.csv', 4, 2],
    ['score', 'sales.outputs', 2, undefined],
  ])
  expect(summary.models[0]?.rows.columns.find(({ name }) => name === 'revenue')).toMatchObject({
    kind: 'column',
    type: 'integer',
    missing: 0,
    min: 10,
    max: 200,
    mean: 90,
  })
  expect(summary.models[0]?.groups?.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['pin', 'key'],
    ['total', 'group'],
    ['best_share', 'group'],
  ])
  expect(JSON.stringify(summary).length).toBeLessThan(20_000)
  // Both are made of formulas and have few rows.
  expect(heard.filter(({ kind }) => kind === 'progress')).toEqual([
    { kind: 'progress', id: 1, model: 'sales' },
    { kind: 'progress', id: 1, model: 'score' },
  ])

  const table = { run: summary.run, model: 'sales', table: 'rows' } as const
  const view = await ask({ kind: 'view', id: 2, ...table, sort: { column: 'revenue', descending: true } })
  if (view.kind !== 'view') throw new Error(JSON.stringify(view))
  const page = await ask({ kind: 'page', id: 3, ...table, view: view.view, offset: 0, count: 2 })
  if (page.kind !== 'page') throw new Error(JSON.stringify(page))
  expect(page.page.columns.find(({ name }) => name === 'revenue')?.values).toEqual(Float64Array.from([200, 100]))
  expect(page.page.columns.find(({ name }) => name === 'pin')?.values).toEqual(['b', 'a'])

  expect(await ask({ kind: 'release', id: 4, run: summary.run })).toEqual({ kind: 'released', id: 4 })
  expect(await ask({ kind: 'page', id: 5, ...table, offset: 0, count: 1 })).toMatchObject({
    kind: 'failed',
    problems: [{ message: 'This result is no longer kept. Run the model again.' }],
  })
})

test('what is not a request is refused, and the process goes on', async () => {
  const { child, ask, until } = await startRunner()
  child.send({ kind: 'run', id: 7, project: 5 })
  expect(await until((message) => message.kind === 'failed' && message.id === 7)).toMatchObject({
    problems: [{ message: '"project" of the request "run" is not right.' }],
  })
  expect(await ask({ kind: 'release', id: 8, run: 'none' })).toEqual({ kind: 'released', id: 8 })
})

test('features that loop, throw, or give objects are said at their lines; unsaved text is what runs', async () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n2\n3\n', 'a.features.ts': 'export const saved = (n) => n\n' })
  const { ask } = await startRunner()
  const project = join(folder, 'a.features.ts')
  const text = `export const fine = (n) => n
export function endless(n) { for (;;); }
export function throws(n) { return null.x }
export const object = (n) =>
  ({ n })
`
  const ran = await ask({ ...runRequest(1, project), overlay: { [project]: text }, sampleRows: 2 })
  if (ran.kind !== 'ran') throw new Error(JSON.stringify(ran))
  const [model] = ran.summary.models
  expect(model).toMatchObject({ sampledFrom: 3, rows: { count: 2 } })
  expect(model?.features.map(({ feature, line, endLine, error }) => [feature, line, endLine, error?.line])).toEqual([
    ['fine', 0, 0, undefined],
    ['endless', 1, 1, 1],
    ['throws', 2, 2, 2],
    ['object', 3, 4, 3],
  ])
  expect(model?.features[2]?.error).toMatchObject({
    character: (text.split('\n')[2] as string).indexOf('x }'),
    at: 'row 1',
    inputs: { n: '1' },
  })
})

test('it ends with the process that started it, also in the middle of a feature', async () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'a.features.ts': 'export function stuck(n) { for (;;); }\n',
    'parent.cjs': `const runner = require('node:child_process').fork(process.argv[2], { serialization: 'advanced' })
runner.on('message', (message) => {
  if (message.kind === 'ready') runner.send(JSON.parse(process.argv[3]))
  else if (message.kind === 'progress') process.kill(process.pid, 'SIGKILL')
})`,
  })
  const request = { ...runRequest(1, join(folder, 'a.features.ts')), featureTimeoutMs: 600_000 }
  const parent = spawn(process.execPath, [join(folder, 'parent.cjs'), join(dist, 'runner.js'), JSON.stringify(request)])
  expect(await once(parent, 'exit')).toEqual([null, 'SIGKILL'])
  // The runner has the same: they are closed when it is gone, too.
  if (!parent.stdout.closed) await once(parent.stdout, 'close')
})

test('rows that are asked for are sent before what is asked of columns', async () => {
  const folder = folderWith({ 'a.csv': 'n,m\n1,2\n2,3\n', 'a.features.ts': 'export const d = (n) => n * 2' })
  const { child, heard, ask, until } = await startRunner()
  const ran = await ask(runRequest(1, join(folder, 'a.features.ts')))
  if (ran.kind !== 'ran') throw new Error(JSON.stringify(ran))
  const of = { run: ran.summary.run, model: 'a', table: 'rows' } as const
  for (const id of [2, 3]) child.send({ kind: 'columns', id, ...of, columns: ['n'] })
  child.send({ kind: 'page', id: 4, ...of, offset: 0, count: 2 })
  await until((message) => message.kind === 'columns' && message.id === 3)
  const order = heard.flatMap((message) => ('id' in message && message.id > 1 ? message.id : []))
  expect(order.indexOf(4)).toBeLessThan(order.indexOf(3))
})

test('it can be killed while a feature runs, and it said which one', async () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'a.features.ts': 'export function stuck(n) { for (;;); }\n' })
  const { child, until } = await startRunner()
  child.send({ ...runRequest(1, join(folder, 'a.features.ts')), featureTimeoutMs: 600_000 })
  const progress = await until((message) => message.kind === 'progress' && message.feature !== undefined)
  expect(progress).toMatchObject({ model: 'a', feature: 'stuck' })
  child.kill('SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

test('a timer that throws after the run does not end the process', async () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'a.features.ts': `declare const setTimeout, Promise
setTimeout(() => { throw new Error('late') }, 0)
Promise.reject(new Error('nobody waits'))
export const f = (n) => n
`,
  })
  const { child, ask, until } = await startRunner()
  const said = new Promise<void>((done) => child.stderr?.on('data', (text) => String(text).includes('late') && done()))
  const first = await ask(runRequest(1, join(folder, 'a.features.ts')))
  await Promise.race([said, until((message) => message.kind === 'failed')])
  expect(['ran', 'failed']).toContain(first.kind)
  expect(await ask(runRequest(2, join(folder, 'a.features.ts')))).toMatchObject({ kind: 'ran' })
})

test('a project without data says so', async () => {
  const folder = folderWith({ 'a.features.ts': 'export const f = (n) => n\n' })
  const { ask } = await startRunner()
  expect(await ask(runRequest(1, join(folder, 'a.features.ts')))).toMatchObject({
    kind: 'failed',
    problems: [{ message: 'Model \'a\' has no data to run on: name a file in "data".', model: 'a' }],
  })
})

test('features that print, end the process, or fail later: one answer, and the process goes on', async () => {
  const folder = folderWith({
    'a.csv': 'n\n1\n',
    'b.csv': 'n\n1\n',
    'modeldriver.json': `{ "models": [
      { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "a.csv" },
      { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "data": "b.csv" }
    ] }`,
    'a.features.ts': `export const ends = (n) => process.exit(0)
export function prints(n) {
  console.log('x'.repeat(1_000_000))
  return n
}
export function later(n) {
  Promise.reject(new Error('later'))
  setTimeout(() => process.exit(0), 0)
  return n
}
`,
    'b.features.ts': 'export const f = (n) => n\n',
  })
  const { child, heard, ask } = await startRunner()
  child.stdout?.resume()
  const said = new Promise<string>((done) => child.stderr?.once('data', (text) => done(String(text))))
  const ran = await ask(runRequest(1, join(folder, 'modeldriver.json')))
  if (ran.kind !== 'ran') throw new Error(JSON.stringify(ran))
  const [a, b] = ran.summary.models
  expect(a?.features.map(({ feature, error }) => [feature, error?.message.includes('process.exit()')])).toEqual([
    ['ends', true],
    ['prints', undefined],
    ['later', undefined],
  ])
  expect(b?.features.map(({ error }) => error)).toEqual([undefined])
  const failed = 'failed after it had given its value'
  if (ran.summary.problems.length === 0) expect(await said).toContain(failed)
  else expect(ran.summary.problems[0]?.message).toContain(failed)
  expect(await ask(runRequest(2, join(folder, 'modeldriver.json')))).toMatchObject({ kind: 'ran' })
  expect(heard.filter(({ kind }) => kind === 'ran' || kind === 'failed')).toHaveLength(2)
  const ended = once(child, 'exit')
  child.disconnect()
  expect(await ended).toEqual([0, null])
})
