import type { ColumnSummary, ModelSummary } from '@modeldriver/protocol'
import type { ComponentProps } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { readText, textIn } from '../shared/markup.fixture.ts'
import { ColumnPanel } from './column-panel.tsx'
import { FeatureTable } from './feature-table.tsx'
import { HeaderCell } from './header-cell.tsx'
import { column, sales } from './summary.fixture.ts'
import type { Tables } from './use-results.ts'

// What the page says in numbers of features and columns.

const nothing = () => undefined
const unasked = {} as Tables

const margin = column('margin', {
  missing: 1,
  distinct: 3,
  min: 0,
  max: 0.75,
  median: 0.4,
  mean: 0.38333,
  std: 0.30551,
})
const total = column('total', {
  kind: 'group',
  type: 'integer',
  min: 80,
  max: 151,
  median: 115.5,
  mean: 115.5,
  std: 50.2,
})
const day = column('day', { type: 'date', distinct: 2, min: 0, max: 864e5, median: 432e5, mean: 432e5, std: 432e5 })

/** The rows have `margin` and `day`, the groups `total`; each feature with what is said of it. */
function salesWith(features: Readonly<Record<string, object>>): ModelSummary {
  return {
    ...sales,
    rows: { count: 4, columns: [...sales.rows.columns.filter(({ kind }) => kind === 'key'), margin, day] },
    groups: { count: 2, columns: [total] },
    features: sales.features.map((each) => ({ ...each, ...features[each.feature] })),
  }
}

describe('the tab of features', () => {
  const model = salesWith({
    margin: { ms: 0.84 },
    total: { ms: 8.4 },
    broken: { ms: 0, error: { message: 'no such price list', at: 'row 3', inputs: { price: '2.5' }, line: 7 } },
    after: { ms: 0 },
  })
  const drawn = (of: ModelSummary): string =>
    renderToStaticMarkup(
      <FeatureTable model={of} tables={unasked} chosen={undefined} choose={nothing} open={nothing} />,
    )
  const rows = drawn(model)
    .split(/(?=<tr data-feature=)/)
    .slice(1)

  test('says of each its level and why, its type, time, values, what is missing and where its code is', () => {
    expect(rows.map(textIn)).toEqual([
      'broken row row by default 0 ms 0 sales.features.ts :8 no such price list First at row 3 price = 2.5',
      "after row row by default 0 ms 0 sales.features.ts :4 'after' was not computed.",
      'margin row row by default number 0.84 ms 4 25 % sales.features.ts :4',
      'total group #agg integer 8.4 ms 2 0 % sales.features.ts :4',
    ])
  })

  test('a bar of time is as long as its share of the slowest', () => {
    expect(rows.map((row) => /<i style="width:([\d.]+)%"/.exec(row)?.[1])).toEqual(['0', '0', '10', '100'])
  })

  test('what was not computed again has no time, and says why', () => {
    const kept = salesWith({ margin: { isKept: true, ms: 0 } })
    expect(drawn(kept)).toMatch(/title="Not computed again: [^"]+"><i [^>]*><\/i><span>kept<\/span>/)
  })
})

describe('the details of a column', () => {
  function said(name: string, features: Readonly<Record<string, object>> = {}): string {
    return readText(
      <ColumnPanel
        name={name}
        model={salesWith(features)}
        tab="rows"
        open={nothing}
        showInGraph={nothing}
        filter={undefined}
        describe={nothing}
        close={nothing}
      >
        {null}
      </ColumnPanel>,
    )
  }

  test('say its numbers, with the digits of its cells', () => {
    expect(said('margin', { margin: { ms: 1.25 } })).toBe(
      'margin Row feature, number Rows 4 Missing 1 (25 %) Distinct 3 Min 0.0000 Median 0.4000 Mean 0.3833 Max 0.7500 ' +
        'Std. dev. 0.3055 Detected by row by default Time 1.3 ms Go to code sales.features.ts:4 Show in graph',
    )
  })

  test('of a group feature those of the groups; means of whole numbers are not whole', () => {
    expect(said('total')).toContain(
      'Groups 2 Missing 0 Min 80 Median 115.50 Mean 115.50 Max 151 Std. dev. 50.20 Detected by #agg',
    )
  })

  test('of dates the dates, without what has no meaning for them', () => {
    expect(said('day')).toContain(
      'Rows 4 Missing 0 Distinct 2 Min 1970-01-01 Median 1970-01-01 Mean 1970-01-01 Max 1970-01-02',
    )
    expect(said('day')).not.toContain('Std. dev.')
  })

  test('of a feature that failed what went wrong, and no numbers', () => {
    expect(said('broken')).toContain("'broken' returned an object. Detected by row by default Time 1.0 ms")
    expect(said('broken')).not.toContain('Missing')
  })
})

describe('the head of a column', () => {
  function drawn(of: ColumnSummary, more: Partial<ComponentProps<typeof HeaderCell>> = {}): string {
    return renderToStaticMarkup(
      <HeaderCell
        id="rows--1-0"
        index={0}
        column={of}
        rows={4}
        sort={undefined}
        changed={0}
        isNew={false}
        isChosen={false}
        isActive={false}
        isTraced={false}
        hasChart={false}
        style={{ left: 0, width: 100 }}
        resize={nothing}
        pressed={nothing}
        filter={nothing}
        openMenu={nothing}
        dropped={nothing}
        {...more}
      />,
    )
  }

  test('says its type, and which part is missing when something is', () => {
    expect(textIn(drawn(margin))).toBe('margin number 25 % missing')
    expect(drawn(margin)).toContain('title="number, 25 % missing"')
    expect(textIn(drawn(total))).toBe('total integer')
    expect(textIn(drawn({ ...margin, missing: 4 }))).toBe('margin number 100 % missing')
    expect(textIn(drawn({ ...margin, missing: 1 }, { rows: 5000 }))).toBe('margin number < 0.1 % missing')
  })

  test('counts what is otherwise than in the run before, and says what is new', () => {
    expect(textIn(drawn(total, { changed: 1204 }))).toBe('total integer 1,204 changed')
    expect(textIn(drawn(total, { isNew: true }))).toBe('total integer new')
  })

  test('is marked when the active cell was made from it, and says by which order it is sorted', () => {
    expect(drawn(margin)).toContain('class="head of-row"')
    expect(drawn(margin, { isTraced: true })).toContain('class="head of-row traced"')
    expect(drawn(margin)).toContain('aria-sort="none"')
    expect(drawn(margin, { sort: { column: 'margin', descending: true } })).toContain('aria-sort="descending"')
  })
})
