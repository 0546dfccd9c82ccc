import { readFileSync } from 'node:fs'
import { config } from '@vscode/l10n'
import { beforeAll, expect, test } from 'vitest'
import { keyWords, kindWord } from '../words.ts'
import { duration, number, share, valueText } from './texts.ts'

beforeAll(() =>
  config({ contents: readFileSync(new URL('../../../l10n/bundle.l10n.es.json', import.meta.url), 'utf8') }),
)

test('in Spanish the words are Spanish, and so are the numbers among them', () => {
  const feature = {
    feature: 'margin',
    level: 'row',
    why: '',
    ms: 0.84,
    file: { path: '' },
    line: 3,
    endLine: 5,
  } as const
  const column = {
    name: 'margin',
    type: 'number',
    kind: 'row',
    missing: 6,
    min: -10.94,
    max: 1234.5,
    mean: 35.91,
  } as const
  expect(valueText({ feature, column, model: 'sales', count: 200 })).toBe(
    'media 35,9 · mín -10,9 · máx 1235 · 3 % faltantes · 0,8 ms',
  )
  expect([number(12_345), number(1.5e12), duration(1234), share(0.004)]).toEqual([
    '12.345',
    '1,50e+12',
    '1,2 s',
    '< 1 %',
  ])
  expect([kindWord('group'), keyWords(['day', 'shop']), keyWords([])]).toEqual([
    'característica de grupo',
    'por day, shop',
    'un solo grupo',
  ])
})
