import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, it } from 'vitest'
import { places } from '../places.ts'
import { recordsOf } from './problems.ts'

function told(text: string): readonly string[] {
  const { fixture, analysis } = analyseFixture(text)
  const records = recordsOf(
    analysis,
    places((path) => fixture.files.get(path)),
    '/',
  )
  const shown = records.filter(({ severity }) => severity !== 'hint')
  return shown.flatMap(({ code, file, range, message, related }) => [
    `${file}:${range.start.line + 1} ${code} ${message}`,
    ...related.map((place) => `  ${place.file}:${place.range.start.line + 1} ${place.message}`),
  ])
}

const manifest = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts"], "data": "d.csv" }] }
//- /d.csv
pin,x
a,1
`
const todo =
  'Say what makes the groups in modeldriver.json ("group_by": "pin"), or make the whole table one group ("group_by": []).'

it('a missing key is told once for all features that need groups', () => {
  const text = `${manifest}//- /a.features.ts
export const total = (x) => x.sum()
export const centred = (x) => x - x.mean()
//- /b.features.ts
export const one = (x) => x[0] //#agg
`
  expect(told(text)).toEqual([
    `/a.features.ts:1 MD004 3 features need groups, but model 'm' has no group_by: 'total', 'centred' and 'one'. ${todo}`,
    "  /a.features.ts:2 'centred' needs groups too",
    "  /b.features.ts:1 'one' needs groups too",
  ])
})

it('of many features some are named, and one alone has its own words', () => {
  const names = Array.from({ length: 9 }, (_, i) => `f${i}`)
  const text = (list: readonly string[]) =>
    `${manifest}//- /a.features.ts\n${list.map((name) => `export const ${name} = (x) => x.sum()\n`).join('')}`
  const [first, ...others] = told(text(names))
  expect(first).toContain("9 features need groups, but model 'm' has no group_by: 'f0', 'f1', 'f2' and 6 others. Say")
  expect(others).toHaveLength(5)
  expect(told(text(['alone']))[0]).toContain("'alone' is a group feature, but model 'm' has no group_by. Say")
})

it('each model lacks its own key', () => {
  const text = `
//- /modeldriver.json
{ "models": [
  { "model_name": "m", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "n", "seq": 2, "features": ["b.features.ts"], "data": "d.csv" } ] }
//- /d.csv
pin,x
a,1
//- /a.features.ts
export const a = (x) => x.sum()
//- /b.features.ts
export const b = (x) => x.sum()
`
  expect(told(text).filter((line) => line.includes('MD004'))).toHaveLength(2)
})
