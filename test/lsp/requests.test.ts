import type { DeclarationsResult, GraphView, LineageResult, Target } from '@modeldriver/protocol'
import { afterEach, expect, test } from 'vitest'
import type { CodeLens, Hover, InlayHint, Location } from 'vscode-languageserver'
import { salesPipeline, serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const lenses = async (path: string) => {
  const answer = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri(path) } })
  return answer.map(({ range, command }) => `${range.start.line}: ${command?.title} (${command?.command})`)
}

test('lenses say level and why, inputs and users, and carry plain arguments', async () => {
  server = await serverFor(salesPipeline)
  server.open('/sales.features.ts')
  expect(await lenses('/sales.features.ts')).toEqual([
    '1: ▶ Run (modeldriver.run)',
    '1: row · one value per row (modeldriver.showGraph)',
    '1: 2 inputs: price, quantity (modeldriver.showInputs)',
    '1: used by 1 (modeldriver.showUsers)',
    '2: ▶ Run (modeldriver.run)',
    '2: per shop · #agg (modeldriver.showGraph)',
    '2: 1 input: revenue (modeldriver.showInputs)',
    '2: used by 1 (modeldriver.showUsers)',
  ])
  const [run] = await server.request<CodeLens[]>('textDocument/codeLens', {
    textDocument: { uri: server.uri('/sales.features.ts') },
  })
  expect(run?.command?.arguments).toEqual([server.uri('/sales.features.ts'), 'revenue'])
})

test('inlay hints: types that can be written, and what a group feature gives one value for', async () => {
  server = await serverFor(salesPipeline)
  server.open('/sales.features.ts')
  const hints = await server.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: server.uri('/sales.features.ts') },
    range: { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } },
  })
  const shown = hints.map(({ position: { line, character }, label, kind, textEdits }) => [
    `${line}:${character}${label}`,
    kind,
    textEdits?.map(({ newText }) => newText).join(),
  ])
  expect(shown).toEqual([
    ['1:29: number', 1, ': number'],
    ['1:39: number', 1, ': number'],
    ['2:32: Column<number>', 1, undefined],
    ['2:33 → group', undefined, undefined],
  ])
})

test('upstream inputs are followed through the models before, down to the columns of the data', async () => {
  server = await serverFor(salesPipeline)
  server.open('/score.features.ts')
  const { upstream, users } = await server.request<LineageResult>('modeldriver/upstream', {
    uri: server.uri('/score.features.ts'),
    feature: 'size',
  })
  expect(upstream.map(({ depth, model, kind, name }) => `${depth} ${model} ${kind} ${name}`)).toEqual([
    '1 sales group turnover',
    '2 sales row revenue',
    '3 sales column price',
    '3 sales column quantity',
  ])
  expect(upstream[2]).toMatchObject({
    type: 'integer',
    samples: ['2', '5'],
    place: {
      uri: server.uri('/sales.csv'),
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 10 } },
    },
  })
  expect(upstream[1]?.place).toMatchObject({ uri: server.uri('/sales.features.ts'), range: { start: { line: 1 } } })
  expect(users).toEqual([])
})

test('the graph has lanes, nodes and edges of the whole pipeline, and its revision follows the edits', async () => {
  server = await serverFor(salesPipeline)
  server.open('/score.features.ts')
  const graph = () => server.request<GraphView>('modeldriver/graph', { uri: server.uri('/score.features.ts') })
  const view = await graph()
  expect(view.lanes.map(({ model, input }) => `${model} from ${input}`)).toEqual([
    'sales from sales.csv',
    'score from sales.outputs',
  ])
  expect(view.current).toBe('score')
  expect(view.nodes.map(({ id, kind }) => `${kind} ${id}`).sort()).toEqual([
    'column sales/price',
    'column sales/quantity',
    'column sales/shop',
    'group sales/turnover',
    'model sales',
    'model score',
    'row sales/revenue',
    'row score/size',
  ])
  expect(view.edges).toContainEqual(
    expect.objectContaining({ from: 'sales', fromPort: 'turnover', to: 'score/size', inCycle: false }),
  )
  server.edit('/score.features.ts', 'size', 'shop_size')
  expect((await graph()).revision).toBeGreaterThan(view.revision)
  expect(server.notifications).toContainEqual(
    expect.objectContaining({
      method: 'modeldriver/changed',
      params: expect.objectContaining({ project: view.project }),
    }),
  )
})

test('hover, definition and target of a parameter', async () => {
  server = await serverFor(salesPipeline)
  server.open('/score.features.ts')
  server.open('/sales.features.ts')
  const at = (path: string, line: number, character: number) => ({
    textDocument: { uri: server.uri(path) },
    position: { line, character },
  })
  const hover = await server.request<Hover>('textDocument/hover', at('/sales.features.ts', 1, 25))
  expect(hover.contents).toEqual({
    kind: 'markdown',
    value: expect.stringContaining('**price** · integer · column of sales.csv\n\n`2`, `5`'),
  })
  const definition = await server.request<Location>('textDocument/definition', at('/score.features.ts', 0, 22))
  expect(definition).toMatchObject({ uri: server.uri('/sales.features.ts'), range: { start: { line: 2 } } })
  expect(await server.request('textDocument/hover', at('/score.features.ts', 0, 54))).toBeNull()
  const target = await server.request<Target>('modeldriver/target', { uri: server.uri('/sales.features.ts') })
  expect(target).toMatchObject({ model: 'sales', groupBy: ['shop'], columnsFrom: 'sales.csv (3 columns)' })
})

test('what has no project is answered with nothing, and a wrong request is a log line', async () => {
  server = await serverFor(salesPipeline)
  server.notify('textDocument/didOpen', {
    textDocument: {
      uri: 'untitled:Untitled-1',
      languageId: 'typescript',
      version: 1,
      text: 'export const a = (b) => b',
    },
  })
  expect(await server.request('textDocument/codeLens', { textDocument: { uri: 'untitled:Untitled-1' } })).toEqual([])
  expect(await server.request('modeldriver/graph', { uri: 'untitled:Untitled-1' })).toBeNull()
  expect(await server.request('modeldriver/graph', {})).toBeNull()
  expect(server.notifications).toContainEqual(
    expect.objectContaining({
      method: 'window/logMessage',
      params: expect.objectContaining({ message: expect.stringContaining("The request needs a 'uri'.") }),
    }),
  )
})

test('modeldriver.d.ts: what it should be, an update only where there is one, none of a broken file', async () => {
  server = await serverFor(salesPipeline)
  const path = '/sales.features.ts'
  server.open(path)
  const ask = (update: boolean) =>
    server.request<DeclarationsResult>('modeldriver/declarations', { uri: server.uri(path), update })
  expect(await ask(true)).toBeNull()
  const first = await ask(false)
  expect(first).toMatchObject({ uri: server.uri('/modeldriver.d.ts'), isCurrent: false, isNew: true })
  expect(first?.text).toContain("'turnover'")

  server.write('/modeldriver.d.ts', first?.text)
  await server.settled(path)
  expect(await ask(true)).toMatchObject({ isCurrent: true, isNew: false })
  server.edit(path, '=> price * quantity', '=> price + quantity')
  expect(await ask(true)).toMatchObject({ isCurrent: true })
  server.edit(path, 'revenue.sum() //#agg', 'revenue + 1')
  expect(await ask(true)).toMatchObject({ isCurrent: false })
  server.edit(path, '=> price + quantity', '=> price + ')
  expect(await ask(true)).toBeNull()
})
