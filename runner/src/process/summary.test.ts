import { join } from 'node:path'
import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { portable } from '../files/disk.ts'
import { runProject } from '../run.ts'
import { summaryOf } from './summary.ts'

const root = portable(join(import.meta.dirname, '../../../samples/retail'))
const kilobyte = 1000

test('what is sent of a run is small: a column that stands in several tables is sent once', async () => {
  const run = await runProject({ project: `${root}/modeldriver.json`, allFeatures: true })
  const summary = summaryOf('run', run)
  expect(summary.models.map(({ model }) => model)).toEqual(['transactions', 'daily', 'customer_profile'])
  const paths = (features: number) => features * root.length
  for (const model of summary.models) {
    const own = new Set([...model.rows.columns, ...(model.groups?.columns ?? [])])
    expect(model.outputs.columns.every((column) => own.has(column))).toBe(true)
    expect(serialize(model).length - paths(model.features.length)).toBeLessThan(20 * kilobyte)
  }
  const features = summary.models.flatMap((model) => model.features)
  expect(serialize(summary).length - paths(features.length)).toBeLessThan(36 * kilobyte)
})
