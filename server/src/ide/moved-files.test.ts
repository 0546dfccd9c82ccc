import { analyseFixture, applyEdits } from '@modeldriver/engine/testing'
import { expect, it } from 'vitest'
import { type Move, movedFileEdits } from './moved-files.ts'

const pipeline = `
//- /p/modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["./f/a.features.ts", "f/more*.features.ts"], "data": "data/a.csv" },
  { "model_name": "b", "seq": 2, "features": "f/b.features.ts", "input": "a.rows",
    "joins": [{ "from": "data/c.csv", "on": "pin" }] }
] }
//- /p/f/a.features.ts
export const net = (gross) => gross
//- /p/f/b.features.ts
export const twice = (net) => net * 2
//- /p/data/a.csv
pin,gross
A,1
//- /p/data/c.csv
pin,size
A,1
`
const before = [
  ...['./f/a.features.ts', 'f/more*.features.ts', 'data/a.csv'],
  ...['f/b.features.ts', 'a.rows', 'data/c.csv'],
]

/** The paths that stand in the manifest after the moves, in its order. */
function pathsAfter(...moves: readonly Move[]): readonly string[] {
  const { fixture, analysis } = analyseFixture(pipeline)
  const after = applyEdits(fixture.files, movedFileEdits(analysis, moves))
  const [a, b] = JSON.parse(after.get('/p/modeldriver.json') ?? '').models
  return [...a.features, a.data, b.features, b.input, b.joins[0].from]
}

it.each<[string, Move, readonly string[]]>([
  ['a feature file', { from: '/p/f/a.features.ts', to: '/p/f/first.features.ts' }, ['./f/first.features.ts']],
  ['into another folder', { from: '/p/f/b.features.ts', to: '/p/b.features.ts' }, ['b.features.ts']],
  ['data, out of the project', { from: '/p/data/a.csv', to: '/data/a.csv' }, ['../data/a.csv']],
  ['a joined file with a " in its new name', { from: '/p/data/c.csv', to: '/p/data/5".csv' }, ['data/5".csv']],
  ['a folder', { from: '/p/f', to: '/p/g' }, ['./g/a.features.ts', 'g/b.features.ts']],
  ['a folder and a file that begins like it', { from: '/p/da', to: '/p/x' }, []],
  ['a feature file that is none any more', { from: '/p/f/a.features.ts', to: '/p/f/a.ts' }, []],
  ['a feature file out of the project', { from: '/p/f/a.features.ts', to: '/a.features.ts' }, []],
  ['a file called like a table', { from: '/p/a.rows', to: '/p/b.rows' }, []],
  ['a file that nothing names', { from: '/p/f/c.features.ts', to: '/p/f/d.features.ts' }, []],
])('%s', (_, move, expected) => {
  expect(pathsAfter(move).filter((path) => !before.includes(path))).toEqual(expected)
})

it('several at once', () => {
  const moves = [
    { from: '/p/f/a.features.ts', to: '/p/f/b.features.ts' },
    { from: '/p/f/b.features.ts', to: '/p/f/a.features.ts' },
  ]
  expect(pathsAfter(...moves)).toEqual([
    './f/b.features.ts',
    ...before.slice(1, 3),
    'f/a.features.ts',
    ...before.slice(4),
  ])
})

it('without a manifest there is nothing to follow', () => {
  const { analysis } = analyseFixture('//- /a.features.ts\nexport const a = (b) => b\n')
  expect(movedFileEdits(analysis, [{ from: '/a.features.ts', to: '/b.features.ts' }])).toEqual([])
})
