import { join } from 'node:path'
import { serialize } from 'node:v8'
import { isBrief, type RunnerMessage, type RunSummary } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { portable } from '../files/disk.ts'
import { readText } from '../files/header.ts'
import { createResponder } from './session.ts'

const root = portable(join(import.meta.dirname, '../../../samples/retail'))
const features = `${root}/transactions.features.ts`

test('what is sent of a run is small, of the next ones too: no bars, and what stands in several tables once', async () => {
  const sent: RunnerMessage[] = []
  const respond = createResponder((message) => sent.push(message))
  const run = async (overlay: Readonly<Record<string, string>>): Promise<RunSummary> => {
    const limits = { sampleRows: 100_000, featureTimeoutMs: 60_000 }
    await respond({ kind: 'run', id: sent.length, project: `${root}/modeldriver.json`, overlay, ...limits })
    const last = sent.at(-1)
    if (last?.kind !== 'ran') throw new Error(JSON.stringify(last))
    return last.summary
  }
  const first = await run({})
  const text = readText(features) ?? ''
  const edited = text.replace('cents(quantity * unit_price', 'cents(1 + quantity * unit_price')
  expect(edited).not.toBe(text)
  const second = await run({ [features]: edited })
  expect(Object.keys(second.models[0]?.rows.changes?.cells ?? {})).toContain('revenue')

  for (const summary of [first, second]) {
    expect(summary.models.map(({ model }) => model)).toEqual(['transactions', 'daily', 'customer_profile'])
    expect(serialize(summary).length).toBeLessThan(20_500)
    const [, daily, customers] = summary.models.map(({ rows }) => rows.columns.find(({ name }) => name === 'revenue'))
    expect(customers).toBe(daily)
  }

  // Whoever looks at a column gets the rest, and what came with the run stays as it was.
  const brief = second.models[0]?.rows.columns.find(({ name }) => name === 'revenue')
  const of = { run: second.run, model: 'transactions', table: 'rows' } as const
  await respond({ kind: 'columns', id: 99, ...of, columns: ['revenue'] })
  const described = sent.at(-1)
  expect(brief && isBrief(brief)).toBe(true)
  expect(described).toMatchObject({
    kind: 'columns',
    columns: [{ ...brief, histogram: {}, median: expect.any(Number) }],
  })
})
