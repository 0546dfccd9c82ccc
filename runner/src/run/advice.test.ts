import { expect, test } from 'vitest'
import { withTypes } from '../cli/types.ts'
import { analyseProject, runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

const data = `pin,sold,at,price,code
a,31.12.2024,31.12.2024 10:30,"1.234,50",x
b,01.02.2024,01.02.2024 08:00,"2,00",31.12.2024
`
const manifest = JSON.stringify({
  models: [{ model_name: 'sales', features: 'sales.features.ts', data: 'sales.csv' }],
})

test.each([
  [
    'a method of dates',
    '(sold) => sold.getFullYear()',
    'If it holds dates, give it "type": "date", "format": "dd.MM.yyyy"',
  ],
  ['a function of dates', '(sold) => year(sold)', 'If it holds dates, give it "type": "date", "format": "dd.MM.yyyy"'],
  ['of two inputs', '(pin, at) => pin + hour(at)', 'give it "type": "datetime", "format": "dd.MM.yyyy HH:mm"'],
  [
    'a calculation',
    '(price) => price * 2',
    'give its model "formats": { "number": { "decimal": ",", "thousands": "." } }',
  ],
])('a run advises what the check advises: %s', async (_, feature, advice) => {
  const files = {
    'sales.csv': data,
    'sales.features.ts': `import { hour, year } from 'modeldriver'\nexport const made = ${feature}\n`,
  }
  for (const more of [{}, { 'modeldriver.json': manifest }]) {
    const root = folderWith({ ...files, ...more })
    const project = `${root}/${'modeldriver.json' in more ? 'modeldriver.json' : 'sales.features.ts'}`
    const [checked] = await withTypes([analyseProject({ project })])
    const said = checked?.problems.find(({ code }) => code === 'MD019')?.message
    const adviceOf = (message = '') => message.slice(Math.max(0, message.indexOf('If it holds')))
    const { models } = await runProject({ project })
    const [failure] = models[0]?.failures.values() ?? []
    expect(said).toContain(advice)
    expect(adviceOf(failure?.message)).toBe(adviceOf(said))
    expect(failure?.message).toMatch(/^'made' (failed at row 1|cannot be computed): /)
  }
})

test('what looks like no date is to be written as it is', async () => {
  const root = folderWith({
    'sales.csv': data,
    'sales.features.ts': "import { year } from 'modeldriver'\nexport const made = (code) => year(code)\n",
  })
  const { models } = await runProject({ project: `${root}/sales.features.ts` })
  expect([...(models[0]?.failures.values() ?? [])].map(({ message }) => message)).toEqual([
    `'made' failed at row 1: a date is needed, not the text 'x'. Give the table dates, or say in the manifest how they are written ("columns").`,
  ])
})

test.each([
  [
    'name * 2',
    "'made' cannot be computed: 'name' is text, and it is taken for a number. In row 1 it is \"x!\", which is no number. 'name' is a feature: let it give numbers.",
  ],
  [
    'year(name)',
    "'made' failed at row 1: a date is needed, not the text 'x!'. 'name' is a feature: let it give dates.",
  ],
  [
    'name.getFullYear()',
    "'made' failed at row 1: name.getFullYear is not a function. 'name' is no date here. 'name' is a feature: let it give dates.",
  ],
])('text that a feature makes is its matter, not that of the manifest: %s', async (body, message) => {
  const name = 'export const name = (code) => code + "!"\n'
  const made = `import { year } from 'modeldriver'\nexport const made = (name) => ${body}\n`
  const models = (one: string) =>
    JSON.stringify({
      models: [
        { model_name: 'names', features: one, data: 'sales.csv' },
        { model_name: 'later', features: 'b.features.ts', seq: 2, input: 'names.rows' },
      ],
    })
  const alone = folderWith({ 'sales.csv': data, 'sales.features.ts': name + made })
  const piped = folderWith({
    'sales.csv': data,
    'a.features.ts': name,
    'b.features.ts': made,
    'modeldriver.json': models('a.features.ts'),
  })
  const failuresOf = async (project: string) =>
    (await runProject({ project })).models.flatMap(({ failures }) => [...failures.values()].map((each) => each.message))
  expect(await failuresOf(`${alone}/sales.features.ts`)).toEqual([message])
  expect(await failuresOf(`${piped}/modeldriver.json`)).toEqual([
    message.replace(/'name' is a feature: let it give (\w+)\.$/, "Model 'names' gives it: make it $1 there."),
  ])
})
