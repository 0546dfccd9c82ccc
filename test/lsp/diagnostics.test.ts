import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { salesPipeline, serverFor } from './support/fixture.ts'
import type { Server } from './support/server.ts'

let server: Server
afterEach(async () => {
  expect(server.errors()).toBe('')
  expect(await server.stop()).toBe(0)
})

const property = `
//- /property.features.ts
// group_by: pin
export function profit(revenue, cost) {
  return revenue - cost
}
export function total(revenue) { //#agg
  return revenue.sum()
}
//- /property.csv
pin,revenue,cost
1,10,4
1,20,5
2,30,6
`

test('a typo is marked while typing, with the name that was meant, and goes when it is corrected', async () => {
  server = await serverFor(property)
  server.open('/property.features.ts')
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts')).toEqual([])

  const marked = server.published(
    '/property.features.ts',
    ({ version, diagnostics }) => version === 2 && diagnostics.length > 0,
  )
  server.edit('/property.features.ts', 'revenue, cost', 'revenu, cost')
  await marked
  expect(server.problems('/property.features.ts')).toEqual([
    "MD001 'revenu' No column or feature is named 'revenu'. Did you mean 'revenue'?",
  ])
  const [problem] = server.diagnostics('/property.features.ts')
  expect(problem).toMatchObject({ source: 'modeldriver', severity: 1, data: { name: 'revenu' } })
  expect(problem?.relatedInformation?.[0]?.location.uri).toBe(server.uri('/property.csv'))

  const page = new URL(problem?.codeDescription?.href ?? '')
  expect(page.hash).toBe('#md001')
  page.hash = ''
  expect(readFileSync(page, 'utf8')).toMatch(/^## MD001$/m)

  const cleared = server.published(
    '/property.features.ts',
    ({ version, diagnostics }) => version === 3 && diagnostics.length === 0,
  )
  server.edit('/property.features.ts', 'revenu, cost', 'revenue, cost')
  await cleared
})

test('a cycle is marked at each parameter that closes it, with its path', async () => {
  server = await serverFor(`
    //- /loop.features.ts
    export const share = (total) => total / 2
    export const total = (margin) => margin * 2
    export const margin = (share) => share + 1
    //- /loop.csv
    price
    1
  `)
  server.open('/loop.features.ts')
  await server.settled('/loop.features.ts')
  const step = 'Remove one of these inputs, or read a column of the data instead.'
  expect([...server.problems('/loop.features.ts')].sort()).toEqual([
    `MD002 'margin' 'total' depends on itself: total → margin → share → total. ${step}`,
    `MD002 'share' 'margin' depends on itself: margin → share → total → margin. ${step}`,
    `MD002 'total' 'share' depends on itself: share → total → margin → share. ${step}`,
  ])
  const related = server.diagnostics('/loop.features.ts').map(({ relatedInformation }) => relatedInformation?.length)
  expect(related).toEqual([2, 2, 2])
})

test('a new header of the data updates the open file: saved on disk, and unsaved in the editor', async () => {
  server = await serverFor(property)
  server.open('/property.features.ts')
  await server.settled('/property.features.ts')

  server.write('/property.csv', 'pin,revenue,costs\n1,10,4\n')
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts')).toEqual([
    "MD001 'cost' No column or feature is named 'cost'. Did you mean 'costs'?",
  ])

  server.open('/property.csv')
  server.edit('/property.csv', 'costs', 'cost')
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts')).toEqual([])

  server.close('/property.csv')
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts')).toHaveLength(1)
})

test('data that is not there is said at the manifest, and goes when the file comes', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "orders", "seq": 1, "features": ["*.features.ts"], "data": "data/orders.csv" }] }
    //- /orders.features.ts
    export const net = (gross) => gross / 1.19
  `)
  server.open('/orders.features.ts')
  await server.settled('/orders.features.ts')
  expect(server.problems('/modeldriver.json')).toEqual([
    "MD026 'data/orders.csv' Cannot read data/orders.csv: file not found.",
  ])
  expect(server.problems('/orders.features.ts')).toEqual([])

  server.write('/data/orders.csv', 'gros\n1\n')
  await server.settled('/orders.features.ts')
  expect(server.problems('/modeldriver.json')).toEqual([])
  expect(server.problems('/orders.features.ts')).toEqual([
    "MD001 'gross' No column or feature is named 'gross'. Did you mean 'gros'?",
  ])
})

test('an unsaved manifest counts; files that are not open are marked too, and cleared', async () => {
  server = await serverFor(salesPipeline)
  server.open('/modeldriver.json')
  server.open('/sales.features.ts')
  await server.settled('/sales.features.ts')
  expect(server.problems('/modeldriver.json')).toEqual([])

  server.edit('/modeldriver.json', '"group_by": "shop"', '"group_by": "shp"')
  await server.settled('/sales.features.ts')
  expect(server.problems('/modeldriver.json')).toHaveLength(1)
  expect(server.problems('/modeldriver.json')[0]).toMatch(/^MD005 .*Did you mean 'shop'\?/)
  server.edit('/modeldriver.json', '"group_by": "shp"', '"group_by": "shop"')

  server.edit('/sales.features.ts', 'const turnover', 'const turnaround')
  await server.settled('/sales.features.ts')
  expect(server.problems('/modeldriver.json')).toEqual([])
  expect(server.problems('/score.features.ts')).toHaveLength(1)

  server.edit('/sales.features.ts', 'const turnaround', 'const turnover')
  await server.settled('/sales.features.ts')
  expect(server.problems('/score.features.ts')).toEqual([])
})

test('two files of one project see each other, and a file that is deleted is gone', async () => {
  server = await serverFor(`
    //- /modeldriver.json
    { "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
    //- /a.features.ts
    export const margin = (price, cost) => price - cost
    //- /b.features.ts
    export const share = (margin, price) => margin / price
    //- /m.csv
    price,cost
    2,1
  `)
  server.open('/a.features.ts')
  server.open('/b.features.ts')
  await server.settled('/b.features.ts')
  expect(server.problems('/b.features.ts')).toEqual([])

  server.edit('/a.features.ts', 'margin', 'margins')
  await server.settled('/b.features.ts')
  expect(server.problems('/b.features.ts')[0]).toMatch(/^MD001 'margin' .*Did you mean 'margins'\?/)

  server.close('/a.features.ts')
  await server.settled('/b.features.ts')
  expect(server.problems('/b.features.ts')).toEqual([])

  server.write('/a.features.ts', undefined)
  await server.settled('/b.features.ts')
  expect(server.problems('/b.features.ts')[0]).toMatch(/^MD001 'margin'/)
})

test('a manifest that comes later takes the feature file over', async () => {
  server = await serverFor(property)
  server.open('/property.features.ts')
  await server.settled('/property.features.ts')
  server.write(
    '/modeldriver.json',
    '{ "models": [{ "model_name": "p", "seq": 1, "features": ["*.features.ts"], "data": "property.csv" }] }',
  )
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts').map((line) => line.slice(0, 5))).toEqual(['MD004'])
  expect(await server.request('modeldriver/target', { uri: server.uri('/property.features.ts') })).toMatchObject({
    model: 'p',
  })
})

test('broken text keeps the server and the features that can be read', async () => {
  server = await serverFor(property)
  server.open('/property.features.ts', 'export function (((( {{{ `')
  server.edit('/property.features.ts', '((((', 'a(revenu')
  server.edit('/property.features.ts', '{{{ `', ') { return revenu }\nexport function b(cost) { return cost')
  await server.settled('/property.features.ts')
  expect(server.problems('/property.features.ts').some((line) => line.startsWith("MD001 'revenu'"))).toBe(true)
})
