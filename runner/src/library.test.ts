import { table } from 'arquero'
import { expect, test } from 'vitest'
import { ModelDriver } from './library.ts'
import { folderWith } from './testFolder.ts'

const fees = `import { part } from './part'
export const fee = (x) => part(x)
export const isCode = (x) => x.includes('.')
`

test.each<[string, string, string | undefined]>([
  [
    'text in a helper that calculates',
    '(price) => fee(price)',
    "'made' cannot be computed: 'price' is text, and it is taken for a number.",
  ],
  ['text in a helper of text', '(price) => isCode(price)', undefined],
  ['numbers', '(qty) => fee(qty)', undefined],
])('helpers that a loaded file imports are followed: %s', (_, made, message) => {
  const root = folderWith({
    'fees.ts': fees,
    'part.ts': 'export const part = (x) => x / 10\n',
    'made.features.ts': `import { fee, isCode } from './fees'\nexport const made = ${made}\n`,
  })
  const model = new ModelDriver({ model_name: 'm' }).loadFeaturesFromModule(`${root}/made.features.ts`)
  const compute = () => model.execute(table({ price: ['1.000', '12'], qty: [1, 2] })).filtered.array('made')
  if (message !== undefined) expect(compute).toThrow(message)
  else expect(compute()).toEqual(made.includes('isCode') ? [true, false] : [0.1, 0.2])
})
