import { expect, test } from 'vitest'
import type { Column } from './column.ts'
import type { ColumnMemory, StepResult } from './memory.ts'
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

/** Keeps everything; a column is known by its cells. */
function memoryOf(codeOf: ColumnMemory['codeOf'] = (feature) => feature): ColumnMemory {
  const kept = new Map<string, object>()
  const digest = JSON.stringify
  return {
    codeOf,
    digest,
    contentOf: (column) => digest([column.type, [...(column.type === 'string' ? column.codes : column.values)]]),
    find: (fingerprint) => kept.get(fingerprint) as StepResult | undefined,
    keep: (fingerprint, result) => void kept.set(fingerprint, result),
    shared<T extends object>(parts: readonly unknown[], make: () => T) {
      const known = kept.get(digest(parts)) ?? make()
      kept.set(digest(parts), known)
      return known as T
    },
  }
}

test('columns that are kept for later runs are not written over when their result is recycled', () => {
  const buffers = bufferPool()
  const memory = memoryOf()
  const fresh = runTestModel(model)
  for (let run = 0; run < 3; run++) {
    const again = runTestModel({ ...model, host: { buffers, memory } })
    expect(again.report.features.map(({ isKept = false }) => isKept)).toEqual(Array(3).fill(run > 0))
    expect(plain(again.rows)).toEqual(plain(fresh.rows))
    expect(plain(again.groups)).toEqual(plain(fresh.groups))
    buffers.recycle(again)
    // Somebody else takes what is free.
    for (let i = 0; i < 9; i++) buffers.take(4).fill(99)
  }
})

test('what has no code that is known is computed in every run, and what reads it by its values', () => {
  const memory = memoryOf((feature) => (feature === 'twice' ? undefined : feature))
  const kept = () =>
    runTestModel({ ...model, host: { memory } }).report.features.flatMap(({ feature, isKept }) =>
      isKept ? feature : [],
    )
  expect([kept(), kept()]).toEqual([[], ['word', 'top']])
})
