import { table } from 'arquero'
import { describe, expect, test } from 'vitest'
import type { Column } from '../compute/column.ts'
import { ModelDriver } from './modelDriver.ts'

/**
 * Functions given in code know `null`, `undefined` and NaN apart. Beside an aggregate or a look at other rows they give what they give
 * alone, though then what they mean is computed and not they themselves.
 */

const rows = table({
  k: ['a', 'a', 'a', 'b', 'b', 'b', 'b'],
  v: [1, 3, 0, -2.5, null, 2, 5],
  w: [0, 2, 0, null, 4, 2, 1],
  t: ['42', 'x', '', null, '42x', ' ', 'x'],
})

const bodies = [
  '(v > 2 ? v : null) * 100',
  '(v > 2 ? v : undefined) * 100',
  'v / w ?? 5',
  '(v > 2 ? v : null) ?? -1',
  'v === null ? -1 : v * 2',
  'v == null ? -1 : v * 2',
  'v === undefined ? -1 : 1',
  'v !== null && v > 0',
  'v / w === null ? 1 : 2',
  'isNaN(v / w)',
  'isNaN(v)',
  'Number.isNaN(v / w) ? 1 : 2',
  'Number.isNaN(v) ? 1 : 2',
  'isNaN(t) ? 1 : 2',
  'isFinite(t)',
  'isFinite(v > 2 ? v : null)',
  'v == t',
  'v == (w > 1)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a function
  '`${v > 2 ? v : null}, ${v > 2 ? v : undefined}, ${v > 2 ? v : NaN}`',
  '(v > 2 ? v : null) >= 0',
  '(v > 2 ? v : undefined) >= 0',
  '(v > 2 ? null : undefined) === null',
  '(v > 2 ? null : undefined) == null',
  'Math.max(v > 2 ? null : v, 1)',
  't?.trim().length ?? -1',
  '(v / w)?.toFixed(1)',
  '({ x: 1, null: 2 })[v > 2 ? null : t]',
]

const read = (body: string): string[] =>
  ['v', 'w', 't'].filter((name) => new RegExp(`(?<!\\.)\\b${name}\\b`).test(body))

function computed(text: string): unknown[] {
  const call = new Function(`return ${text}`)() as () => unknown
  const model = new ModelDriver({ model_name: 'm', group_by: 'k' }).registerFilter(call, 'f')
  return model.execute(rows).filtered.array('f') as unknown[]
}

describe.each(bodies)('%s', (body) => {
  const alone = computed(`(${read(body)}) => ${body}`)

  test.each(['k.count()', 'k.rank()'])('beside %s', (other) => {
    expect(computed(`(${['k', ...read(body)]}) => ${other} === 0 ? 'never' : ${body}`)).toEqual(alone)
  })
})

test('an aggregate of nothing is what the column gives: NaN, which ?? does not see', () => {
  expect(computed('(v, w) => v + (w.filter((each) => each > 9).mean() ?? 0)')).toEqual(Array(7).fill(null))
  expect(computed('(v, w) => isNaN(w.filter((each) => each > 9).mean()) ? v : 0')).toEqual([1, 3, 0, -2.5, null, 2, 5])
  expect(computed('(k, v) => v + (v.lag(1) ?? 0)')).toEqual([1, 4, 3, -2.5, null, 2, 7])
})

test('groups: null in what is left of a look at other groups counts as 0', () => {
  const growth = (v: { sum(): number & { lag(n: number): number } }) => (v.sum().lag(1) > 3 ? 1 : (null as never)) * 100
  const model = new ModelDriver({ model_name: 'm', group_by: 'k', group_order: 'k' }).registerAttribute(growth)
  expect(model.execute(rows).attributes?.array('growth')).toEqual([null, 100])
})

test('group features of several aggregates: each in a loop, and with their own null', () => {
  const model = new ModelDriver({ model_name: 'm', group_by: 'k' }).registerAttributesBatch({
    share: (v: Column, w: Column) => v.sum() / w.sum(),
    kept: (v: Column, w: Column) => (w.sum() > 3 ? v.max() : (null as never)) * 10,
    found: (v: Column, w: Column) => v.sum() / (w.filter((each) => each > 9).mean() ?? 1),
  })
  const { attributes, report } = model.execute(rows)
  expect(attributes?.objects()).toEqual([
    { k: 'a', share: 2, kept: 0, found: null },
    { k: 'b', share: 4.5 / 7, kept: 50, found: null },
  ])
  expect(report.features.map(({ how }) => how)).toEqual(['aggregate', 'aggregate', 'calls'])
})
