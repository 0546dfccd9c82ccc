import { expect, it } from 'vitest'
import { analyseFiles } from '../testing/check.ts'
import { findProblems } from './problems.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules.ts'

const files = new Map([
  ['/sales.csv', 'pin,revenue\nA,1\n'],
  [
    '/sales.features.ts',
    'export const a = (revenu) => revenu\nexport const b = (revenue) => revenue // md-ignore MD900: not yet\n',
  ],
])

const broken: Rule = {
  code: 'MD900',
  name: 'broken',
  severity: 'error',
  doc: '',
  *check() {
    yield { message: 'found before', path: '/sales.features.ts', span: { start: 0, end: 1 } }
    throw new Error('it broke')
  },
}

it('a rule that fails takes no other down: what was found stays, and the failure is told', () => {
  const { snapshot, models } = analyseFiles(files)
  const { problems, failures } = findProblems(snapshot, models, [broken, ...rules])
  // The comment about the rule that failed is not said to be needless.
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['MD900', 'found before'],
    ['MD001', "No column or feature is named 'revenu'. Did you mean 'revenue'?"],
  ])
  expect(failures).toEqual([{ code: 'MD900', message: 'it broke', stack: expect.stringContaining('problems.test') }])
})

it('a rule that is switched off is not asked', () => {
  const { snapshot, models } = analyseFiles(files)
  const off = { ...snapshot, project: { ...snapshot.project, rules: { MD900: 'off' as const } } }
  expect(findProblems(off, models, [broken, ...rules]).failures).toEqual([])
})

it('a feature file that is not there is the one problem: what its features would have given is not asked for', () => {
  const { problems } = analyseFiles(
    new Map([
      [
        '/modeldriver.json',
        JSON.stringify({
          models: [
            { model_name: 'base', seq: 1, features: ['base.features.ts'], data: 'base.csv' },
            {
              model_name: 'sales',
              seq: 2,
              features: ['gone.features.ts', 'more.features.ts'],
              data: 'sales.csv',
              group_by: 'shop_id',
              outputs: ['total', 'twice'],
              target: 'best',
              kinds: { total: 'group' },
            },
            { model_name: 'later', seq: 3, features: ['later.features.ts'], input: 'sales.groups' },
          ],
        }),
      ],
      ['/base.features.ts', 'export const unasked = (revenue) => revenue + 1\n'],
      ['/more.features.ts', 'export const twice = (total) => total * 2\n'],
      ['/later.features.ts', 'export const half = (total) => total / 2\n'],
      ['/base.csv', 'revenue\n1\n'],
      ['/sales.csv', 'shop,revenue\nA,1\n'],
    ]),
  )
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['MD030', 'No feature file matches "gone.features.ts". Did you mean "more.features.ts"?'],
  ])
})
