import type { ColumnSummary } from '@modeldriver/protocol'
import { expect, test } from 'vitest'
import { histogramImage } from './picture.ts'

const column = (histogram?: ColumnSummary['histogram']): ColumnSummary => ({
  name: 'margin',
  type: 'number',
  kind: 'row',
  missing: 0,
  ...(histogram && { histogram }),
})

test('a bar for each bin, as tall as its share of the fullest one; of few values it is still seen', () => {
  const image = histogramImage(column({ from: 0, to: 40, counts: [1000, 500, 0, 1] }), '#0063b1') ?? ''
  const [kind, data = ''] = image.split(',')
  expect(kind).toBe('data:image/svg+xml;base64')
  const svg = Buffer.from(data, 'base64').toString()
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="220" height="64" viewBox="0 0 220 64">/)
  const bars = [
    ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="#0063b1"\/>/g),
  ]
  expect(bars.map(([, ...place]) => place.map(Number))).toEqual([
    [0.5, 0, 54, 64],
    [55.5, 32, 54, 32],
    [110.5, 64, 54, 0],
    [165.5, 63, 54, 1],
  ])
})

test('there is none where there is nothing to see', () => {
  expect(histogramImage(column(), '#0063b1')).toBeUndefined()
  expect(histogramImage(column({ from: 3, to: 3, counts: [9] }), '#0063b1')).toBeUndefined()
})
