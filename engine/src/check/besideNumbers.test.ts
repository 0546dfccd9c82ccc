import { expect, test } from 'vitest'
import { readDelimited } from '../table/csv.ts'
import { analyseFiles } from '../testing/index.ts'
import { takenOff } from './besideNumbers.ts'
import { besidesNumbers, readAs } from './readAs.ts'

/** The feature that is advised, as it stands in the sentence. */
const featureIn = (advice: string | undefined): string => advice?.split('of it: ')[1] ?? ''

test.each<[readonly string[], readonly number[]]>([
  [
    ['12,5%', '7%', '-3,25%'],
    [12.5, 7, -3.25],
  ],
  [
    ['12.5 %', '7\u00a0%'],
    [12.5, 7],
  ],
  [
    ['€ 1.234,50', '€ 99,00', '1.000 €', '5'],
    [1234.5, 99, 1000, 5],
  ],
  [
    ['$1,234.50', '-$2', '7 USD'],
    [1234.5, -2, 7],
  ],
  [
    ["CHF 1'234.50", 'CHF 1’000'],
    [1234.5, 1000],
  ],
  [
    ['1 234,50 €', '1\u202f000 €', '1\u00a0000 €'],
    [1234.5, 1000, 1000],
  ],
  [
    ['(12,50)', '5,00', '(1.234)'],
    [-12.5, 5, -1234],
  ],
])('a feature takes the signs off %j', (samples, expected) => {
  const feature = featureIn(takenOff(samples, 'fee'))
  const call = new Function(`return ${feature.replace(/^.*? = /, '')}`)() as (text: string) => number
  expect(samples.map(call)).toEqual(expected)
  // What is none of them is missing, not 0.
  expect(call('NA')).toBeNaN()
  const lines = samples.map((sample) => `"${sample}"\n`).join('')
  const { models, problems } = analyseFiles(
    new Map([
      ['/o.csv', `fee,x\n${lines.replaceAll('\n', ',\n')}`],
      ['/o.features.ts', `${feature}\nexport const twice = (fee_number) => fee_number * 2\n`],
    ]),
  )
  expect(problems.map(({ message }) => message)).toEqual([])
  expect(models[0]?.types.get('fee_number')).toBe('number')
})

test.each([
  [['12 kg', '5 kg']],
  [['EUR', 'USD']],
  [['12,50', '8,00']],
  [['(see note)', '5']],
  [['€ 5', 'many']],
  [['(€ 5)']],
  [[]],
])('no feature is known that makes numbers of %j', (samples: readonly string[]) => {
  expect(takenOff(samples, 'fee')).toBeUndefined()
})

test.each<[readonly string[], readonly string[], readonly (number | null)[]]>([
  [["1'234,50", "2'000", '99,00'], ['NA'], [1234.5, 2000, 99, null]],
  [["1'234.50", '2’000', '99.5'], [], [1234.5, 2000, 99.5]],
  [['1 234,50', '1\u00a0000', '2\u202f000,5'], ['-'], [1234.5, 1000, 2000.5, null]],
  [['1.234,50', '99'], ['NA'], [1234.5, 99, null]],
])('the format that is advised for %j beside %j reads them all', (samples, found, expected) => {
  const cells = [...samples, ...found].map((cell) => `"${cell}"\n`).join('')
  const [advice, ...others] = [
    readAs(samples, 'x', { found, said: [] }),
    ...(found.length > 0 ? [besidesNumbers([...samples, ...found], 'x')] : []),
  ].map((said) => said?.replace(/^.*?give its model (.*) in modeldriver\.json\.$/, '{ $1 }'))
  const { columns = {}, formats, missing } = JSON.parse(advice ?? '')
  const { type, decimal, thousands, missing: own } = columns.x ?? { type: 'number', missing, ...formats.number }
  const spec = { type, number: { decimal, thousands }, ...(own && { missing: own }) }
  const { table, rejected } = readDelimited(`x\n${cells}`, { columns: { x: spec } })
  const column = table.columns.get('x')
  expect(column?.type).toBe('number')
  expect([...(column as { values: Float64Array }).values]).toEqual(expected.map((value) => value ?? Number.NaN))
  expect(rejected).toEqual([])
  for (const other of others) expect(JSON.parse(other ?? '').columns.x).toMatchObject({ decimal, thousands })
})

test('numbers with something beside them are not given up', () => {
  expect(besidesNumbers(['5', '12 kg'], 'x')).toBe(
    'Besides numbers it holds "12 kg", which is none as written; a feature can make a number of it.',
  )
  expect(besidesNumbers(['5', '12 kg', '?', 'ca. 3'], 'x')).toBe(
    'Besides numbers it holds "12 kg", "?", "ca. 3", which are none as written; a feature can make numbers of them.',
  )
})
