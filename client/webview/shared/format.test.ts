import { describe, expect, test } from 'vitest'
import {
  decimalsFor,
  fileName,
  formatCompact,
  formatDate,
  formatDuration,
  formatNumber,
  formatShare,
  type ValueType,
} from './format.ts'

describe('numbers', () => {
  test.each([
    [1234567.891, 2, '1,234,567.89'],
    [-10.9, 2, '-10.90'],
    [-0.001, 2, '0.00'],
    [0.5, 0, '1'],
    [100000, 0, '100,000'],
    [1e21, 0, '1,000,000,000,000,000,000,000'],
  ])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text)
  })

  test.each<[ValueType, number | undefined, number | undefined, number]>([
    ['integer', 1, 40, 0],
    ['number', 1.2, 3000, 2],
    ['number', -75, 0, 2],
    ['number', 0, 0.346, 4],
    ['number', 0, 0.00042, 7],
    ['number', undefined, undefined, 2],
    ['string', undefined, undefined, 0],
  ])('%s from %s to %s: %d decimals', (type, min, max, decimals) => {
    expect(decimalsFor(type, min, max)).toBe(decimals)
  })

  test.each([
    [0, '0'],
    [0.296, '0.296'],
    [68.3, '68.3'],
    [906.4, '906'],
    [1400, '1.4k'],
    [43_900, '44k'],
    [-2_000_000, '-2m'],
    [0.00001, '1.0e-5'],
    [Number.NaN, ''],
  ])('%d on an axis is %o', (value, text) => {
    expect(formatCompact(value)).toBe(text)
  })

  test.each([
    [0, 10, '0 %'],
    [31, 1000, '3.1 %'],
    [1, 100_000, '< 0.1 %'],
    [99_999, 100_000, '> 99.9 %'],
    [10, 10, '100 %'],
    [0, 0, '0 %'],
  ])('%d of %d is %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text)
  })
})

describe('times', () => {
  test.each<[number, 'date' | 'datetime', string]>([
    [1718668800000, 'date', '2024-06-18'],
    [1718703000000, 'datetime', '2024-06-18 09:30:00'],
    [1718703000125, 'datetime', '2024-06-18 09:30:00.125'],
    [-62135596800000, 'date', '0001-01-01'],
    [1e18, 'date', '1000000000000000000'],
  ])('%d as %s is %s', (ms, type, text) => {
    expect(formatDate(ms, type)).toBe(text)
  })

  test.each([
    [0, '0 ms'],
    [0.82, '0.82 ms'],
    [8.27, '8.3 ms'],
    [29.4, '29 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [12_340, '12.3 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

test.each([
  ['/work/samples/sales.features.ts', 'sales.features.ts'],
  ['C:\\data\\ventas.ts', 'ventas.ts'],
  ['file:///work/a%20b/a%C3%B1o.features.ts', 'año.features.ts'],
  ['100%.ts', '100%.ts'],
])('the file of %s is %s', (path, name) => {
  expect(fileName(path)).toBe(name)
})
