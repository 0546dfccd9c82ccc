import { expect, it } from 'vitest'
import { besidesNumbers, readAs } from './readAs.ts'

const date = (type: string, format: string, or = '') =>
  `If it holds dates, give it "type": "${type}", "format": "${format}"${or} under "columns" in modeldriver.json.`
const numbers =
  'If it holds numbers, give its model "formats": { "number": { "decimal": ",", "thousands": "." } } in modeldriver.json.'

it.each<[readonly string[], string | undefined]>([
  [['03.01.2025', '13.01.2025'], date('date', 'dd.MM.yyyy')],
  [['3.1.2025', '13.01.2025'], date('date', 'd.M.yyyy')],
  [['03.01.2025 08:15'], date('datetime', 'dd.MM.yyyy HH:mm')],
  [['01/13/2025', '01/02/2025'], date('date', 'MM/dd/yyyy')],
  [['13/01/2025', '01/02/2025'], date('date', 'dd/MM/yyyy')],
  [['01/02/2025'], date('date', 'MM/dd/yyyy', ' (or "dd/MM/yyyy")')],
  [['12,50', '8,00'], numbers],
  [['1.234,50', '-8,1'], numbers],
  [['12,50', 'none'], undefined],
  [['de', 'fr'], undefined],
  [['31.02.2025'], undefined],
  [
    ['1,234.50', '12'],
    'If it holds numbers, give its model "formats": { "number": { "decimal": ".", "thousands": "," } } in modeldriver.json.',
  ],
  [
    ['1,234', '12,500'],
    'If it holds numbers, give its model "formats": { "number": { "decimal": ".", "thousands": "," } } (or { "decimal": ",", "thousands": "." }, if 1,234 is a number with decimals) in modeldriver.json.',
  ],
  [
    ['Ja', 'Nein', 'JA'],
    'If it holds true and false, give its model "columns": { "paid": { "true": ["Ja"], "false": ["Nein"] } } in modeldriver.json.',
  ],
  [
    ['no'],
    'If it holds true and false, give its model "columns": { "paid": { "true": ["yes"], "false": ["no"] } } in modeldriver.json.',
  ],
  [['5', '17.5'], undefined],
  [
    ['5', '007'],
    '007 has a leading zero, as codes have, so it stays text. If it is a number, give its model "columns": { "paid": "number" } in modeldriver.json.',
  ],
  [['ja', 'non'], undefined],
  [[], undefined],
])('%j', (samples, expected) => {
  expect(readAs(samples, 'paid')).toBe(expected)
})

const beside = (...found: readonly string[]) => ({ found, said: ['k. A.'] })
it.each<[readonly string[], readonly string[], string | undefined]>([
  [
    ['5', '17.5'],
    ['NA'],
    'Besides numbers it holds "NA". If that is no value, give its model "missing": ["k. A.", "NA"] in modeldriver.json.',
  ],
  [
    ['2024-01-02'],
    ['NA', '-'],
    'Besides dates it holds "NA", "-". If these are no value, give its model "missing": ["k. A.", "NA", "-"] in modeldriver.json.',
  ],
  [
    ['true', 'FALSE'],
    ['?'],
    'Besides true and false it holds "?". If that is no value, give its model "missing": ["k. A.", "?"] in modeldriver.json.',
  ],
  [
    ['1.234,50', '-8,1'],
    ['NA'],
    'If it holds numbers, give its model "missing": ["k. A.", "NA"], "formats": { "number": { "decimal": ",", "thousands": "." } } in modeldriver.json.',
  ],
  [
    ['31.12.2024'],
    ['-'],
    'If it holds dates, give it "missing": ["-"], "type": "date", "format": "dd.MM.yyyy" under "columns" in modeldriver.json.',
  ],
  [
    ['Ja', 'Nein'],
    ['-'],
    'If it holds true and false, give its model "columns": { "paid": { "true": ["Ja"], "false": ["Nein"], "missing": ["-"] } } in modeldriver.json.',
  ],
  [['Rome', 'Oslo'], ['NA'], undefined],
  [['12345678901234567890'], ['NA'], undefined],
  [[], ['NA'], undefined],
])('%j beside %j', (samples, found, expected) => {
  expect(readAs(samples, 'paid', beside(...found))).toBe(expected)
})

it.each<[readonly string[], string | undefined]>([
  [
    ['1.234,50', '2,5', 'abc'],
    'Besides numbers it holds "abc". If that is no value, give its model "columns": { "Umsatz": { "type": "number", "decimal": ",", "thousands": "." } } in modeldriver.json.',
  ],
  [
    ['5', 'none'],
    'Besides numbers it holds "none". If that is no value, give its model "columns": { "Umsatz": "number" } in modeldriver.json.',
  ],
  [['5', '2,5'], undefined],
  [['a', 'b'], undefined],
])('besides numbers: %j', (samples, expected) => {
  expect(besidesNumbers(samples, 'Umsatz')).toBe(expected)
})
