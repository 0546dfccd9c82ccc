import { expect, test } from 'vitest'
import type { Column } from './column.ts'
import { bufferPool } from './pool.ts'
import { plain, runTestModel, type TestModel } from './testing.ts'

const model: TestModel = {
  columns: { k: ['a', 'b', null, 'a'], x: [1, null, 3, 4] },
  groupBy: ['k'],
  features: {
    twice: { level: 'row', inputs: ['x'], call: (x: number) => x * 2 },
    word: { level: 'row', inputs: ['x'], call: (x: number) => (x > 1 ? 'more' : 'one') },
    top: { level: 'group', inputs: ['twice'], call: (twice: Column) => twice.max() },
  },
}

test('a run in memory used before gives what a run in fresh memory gives', () => {
  const buffers = bufferPool()
  const fresh = runTestModel(model)
  for (let run = 0; run < 3; run++) {
    const pooled = runTestModel({ ...model, host: { buffers } })
    expect(plain(pooled.rows)).toEqual(plain(fresh.rows))
    expect(plain(pooled.groups)).toEqual(plain(fresh.groups))
    buffers.recycle(pooled)
  }
})

test('a buffer is lent to one at a time; a foreign one is not taken', () => {
  const buffers = bufferPool()
  const own = buffers.take(3)
  const foreign = new Float64Array(3)
  buffers.give(foreign)
  buffers.give(own)
  buffers.give(own)
  const taken = [buffers.take(3), buffers.take(3)]
  expect(taken[0]).toBe(own)
  expect(taken[1]).not.toBe(own)
  expect(taken).not.toContain(foreign)
})
