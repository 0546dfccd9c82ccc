import { expect, it } from 'vitest'
import { problemLine, problemsOf } from './report.ts'
import type { FeatureSummary, ModelSummary, RunProblem } from './run.ts'

const feature = (name: string, error?: FeatureSummary['error']): FeatureSummary => ({
  feature: name,
  level: 'row',
  why: 'default',
  ms: 0,
  file: { path: '/p/a.features.ts' },
  line: 4,
  endLine: 5,
  ...(error && { error }),
})
const table = { count: 0, columns: [] }
const model = (features: readonly FeatureSummary[]): ModelSummary => ({
  model: 'daily',
  input: 'x.csv',
  rows: table,
  features,
  rowsWithoutKey: 0,
  rejected: 0,
  ms: 0,
})
const summary = (problems: readonly RunProblem[], features: readonly FeatureSummary[]) => ({
  run: 'r',
  project: '/p',
  models: [model(features)],
  problems,
  files: ['/p/a.features.ts'],
  ms: 0,
})

it("problems of a run are its own and its features', each once, at the line of the error or else of the feature", () => {
  const own = { message: 'two rows are alike', model: 'daily', feature: 'margin' }
  const problems = problemsOf(
    summary(
      [own],
      [feature('margin', { message: own.message }), feature('share'), feature('rate', { message: 'x', line: 9 })],
    ),
  )
  expect(problems).toEqual([own, { message: 'x', line: 9, model: 'daily', feature: 'rate', path: '/p/a.features.ts' }])
  expect(problemsOf(summary([], [feature('rate', { message: 'x' })]))).toMatchObject([{ line: 4 }])
})

it('what the check said with an advice is not told again without', () => {
  const own = { message: "'rate' has no key. Name one.", model: 'daily', feature: 'rate', code: 'MD004' }
  const errors = [
    feature('rate', { message: "'rate' has no key." }),
    feature('share', { message: "'share' has no key." }),
  ]
  expect(problemsOf(summary([own], errors)).map(({ message }) => message)).toEqual([own.message, "'share' has no key."])
})

it('what only follows from another problem is left out', () => {
  const features = [feature('rate', { message: 'x' }), feature('share', { message: 'needs rate', cause: 'rate' })]
  expect(problemsOf(summary([], features)).map((problem) => problem.feature)).toEqual(['rate'])
})

it('a problem reads as model, feature and message', () => {
  expect(problemLine({ message: 'm', model: 'daily', feature: 'margin' })).toBe('daily · margin: m')
  expect(problemLine({ message: "'margin' threw", model: 'daily', feature: 'margin' })).toBe("daily: 'margin' threw")
  expect(problemLine({ message: 'm' })).toBe('m')
})
