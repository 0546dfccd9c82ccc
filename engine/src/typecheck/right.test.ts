// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { analyseFixture } from '../testing/check.ts'
import { makeTypeChecker } from './checker.ts'
import { libraryTexts } from './libraries.ts'
import { shadowProject } from './shadowProject.ts'

// Whatever is written with values of the right kinds must never be complained about.

interface Kinds {
  readonly number: string
  readonly text: string
  readonly truth: string
  readonly date: string
}

const inputs = {
  number: ['qty', 'price', 'total', 'ratio'],
  text: ['name', 'band', 'label'],
  truth: ['paid', 'is_late'],
  date: ['sold', 'first_sold'],
}

/** Expressions of each kind, made of the given leaves. */
function expressions(leaves: { readonly [Kind in keyof Kinds]: fc.Arbitrary<string> }) {
  return fc.letrec<Kinds>((tie) => {
    const number = tie('number')
    const text = tie('text')
    const truth = tie('truth')
    const date = tie('date')
    const join = (parts: readonly fc.Arbitrary<unknown>[], write: (...made: string[]) => string) =>
      fc.tuple(...parts).map((made) => write(...made.map(String)))
    const either = (kind: fc.Arbitrary<unknown>) => [
      join([truth, kind, kind], (test, a, b) => `(${test} ? ${a} : ${b})`),
      join([kind, kind], (a, b) => `(${a} ?? ${b})`),
      join([kind], (a) => `(${a} == null ? null : ${a})`),
      join([kind, kind], (a, b) => `coalesce(${a}, ${b})`),
    ]
    const among = (...all: fc.Arbitrary<string>[]) => fc.oneof({ maxDepth: 3, depthSize: 'small' }, ...all)
    const operator = fc.constantFrom('+', '-', '*', '/', '%', '**')
    // Not `<`, which can begin a list of types.
    const order = fc.constantFrom('<=', '>', '>=', '==', '!=', '===', '!==')
    return {
      number: among(
        leaves.number,
        ...either(number),
        join([number, operator, number], (a, sign, b) => `((${a}) ${sign} (${b}))`),
        join([date, date], (a, b) => `(${a} - ${b})`),
        join([truth, number], (a, b) => `(${a} * ${b})`),
        join([number], (a) => `round(${a}, 2)`),
        join([number, number], (a, b) => `Math.max(${a}, ${b})`),
        join([number], (a) => `-(${a})`),
        join([text], (a) => `(${a}).length`),
        join([text], (a) => `Number(${a})`),
        join([text], (a) => `(${a}).indexOf('a')`),
        join([date], (a) => `(${a}).getUTCDay()`),
        join([date, date], (a, b) => `daysBetween(${a}, ${b})`),
        join([date], (a) => `+(${a})`),
        join([date], (a) => `weekday(${a})`),
      ),
      text: among(
        leaves.text,
        ...either(text),
        join([text, number], (a, b) => `(${a} + ${b})`),
        join([text, text], (a, b) => `\`\${${a}}-\${${b}}\``),
        join([text], (a) => `(${a}).trim().toUpperCase()`),
        join([text], (a) => `(${a}).split(' ')[0]`),
        join([text, number], (a, b) => `(${a}).slice(${b})`),
        join([number], (a) => `(${a}).toFixed(1)`),
        join([date], (a) => `(${a}).toISOString()`),
        join([number], (a) => `String(${a})`),
        join([text], (a) => `({ de: 'x', fr: 'y' })[${a}]`),
      ),
      truth: among(
        leaves.truth,
        ...either(truth),
        join([number, order, number], (a, sign, b) => `((${a}) ${sign} (${b}))`),
        join([text, text], (a, b) => `(${a} <= ${b})`),
        join([date, date], (a, b) => `(${a} > ${b})`),
        join([date, number], (a, b) => `(${a} > ${b})`),
        join([truth, truth], (a, b) => `(${a} && !${b})`),
        join([truth, number], (a, b) => `(${a} > ${b})`),
        join([number], (a) => `isMissing(${a})`),
        join([number], (a) => `Number.isNaN(${a})`),
        join([text], (a) => `isNaN(${a})`),
        join([text], (a) => `(${a}).includes('x')`),
        join([text], (a) => `['x', 'y'].includes(${a})`),
        join([text], (a) => `/x/.test(${a})`),
      ),
      date: among(
        leaves.date,
        ...either(date),
        join([date, number], (a, b) => `new Date(+(${a}) + (${b}))`),
        join([text], (a) => `new Date(${a})`),
      ),
    }
  })
}

const row = expressions({
  number: fc.constantFrom(...inputs.number, '2', '0.5'),
  text: fc.constantFrom(...inputs.text, "'x'"),
  truth: fc.constantFrom(...inputs.truth, 'true'),
  date: fc.constantFrom(...inputs.date),
})

const column = (kind: keyof Kinds) => fc.constantFrom(...inputs[kind].slice(0, kind === 'number' ? 2 : 1))
const changed = (kind: keyof Kinds) =>
  fc
    .tuple(
      column(kind),
      fc.constantFrom('', '.filter(paid)', '.lag()', '.unique()', '.sort()', '.slice(1)', '.map((x) => x)'),
    )
    .map((parts) => parts.join(''))
const asked = (kind: keyof Kinds, ...methods: string[]) =>
  fc.tuple(changed(kind), fc.constantFrom(...methods)).map(([of, method]) => `${of}.${method}`)

const group = expressions({
  number: fc.oneof(
    asked('number', 'sum()', 'mean()', 'max()', 'median()', 'quantile(0.9)', 'count()', 'std()', 'at(0)', 'length'),
    asked('text', 'nunique()', 'map((x) => x.length).max()', 'map(Number).sum()', 'length'),
    asked('truth', 'sum()', 'mean()', 'count()'),
    asked(
      'number',
      'reduce((a, b) => a + b, 0)',
      'toArray().length',
      'cumsum().last()',
      'diff().max()',
      'rank().max()',
    ),
    asked('date', 'diff().max()', 'argmax()'),
    fc.constantFrom('Math.max(...qty)', 'sum(price)', 'mean(qty)', '[...name].length', 'new Set(name).size', 'total'),
  ),
  text: fc.oneof(
    asked('text', 'first()', 'mode()', 'min()', 'join(", ")', 'at(-1)'),
    fc.constant('name[qty.argmax()]'),
  ),
  truth: fc.oneof(
    asked('truth', 'any()', 'all()', 'first()'),
    asked('text', "some((x) => x === 'x')", "includes('x')"),
    asked('number', 'every((x) => x > 1)'),
  ),
  date: fc.oneof(asked('date', 'min()', 'max()', 'median()', 'mean()', 'first()')),
})

const kind = fc.constantFrom<keyof Kinds>('number', 'text', 'truth', 'date')
const source = fc.record({ kind, isGroup: fc.boolean() }).chain(({ kind: wanted, isGroup }) =>
  (isGroup ? group : row)[wanted].map((body) => {
    const names = Object.values(inputs)
      .flat()
      .filter((name) => new RegExp(`(?<![.'\\w])${name}\\b`).test(body))
    return `(${names.join(', ')}) => ${body}${isGroup ? ' //#agg' : ' //#row'}`
  }),
)

const head = `//- /main.csv
pin,qty,price,name,sold,paid
A,3,2.5,pear,2024-03-01,true
//- /main.features.ts
// group_by: pin
import { coalesce, daysBetween, isMissing, mean, round, sum, weekday } from 'modeldriver'
export const total = (price) => price.sum()
export const ratio = (price, total) => price / total
export const band = (qty) => (qty < 3 ? 'low' : 'high')
export const label = (name, band) => name + band
export const is_late = (sold) => sold > 1
export const first_sold = (sold) => sold.min()
`

it('nothing is said of expressions of the right kinds', () => {
  const checker = makeTypeChecker(libraryTexts())
  fc.assert(
    fc.property(fc.array(source, { minLength: 100, maxLength: 100 }), (sources) => {
      const features = sources.filter(({ length }) => length < 800).map((each, i) => `export const f${i} = ${each}`)
      const { fixture, analysis } = analyseFixture(`${head}${features.join('\n')}`)
      const found = checker.check(shadowProject(analysis, (path) => fixture.files.get(path)))
      expect(found.map(({ feature, message }) => `${message} ${features[Number(feature.slice(1))]}`)).toEqual([])
    }),
    { numRuns: 3, endOnFailure: true },
  )
}, 60_000)

it('nothing is said of row features that look at other rows', () => {
  const { fixture, analysis } = analyseFixture(`${head}
export const so_far = (price) => price.cumsum()
export const growth = (price) => price / price.lag(1) - 1
export const drop = (price) => price.cumsum() - price.cumsum().max() //#row
export const smooth = (price, qty) => price.rolling(3).mean() * qty + price.rolling(2, 2).std() - price.mean() //#row
export const pause = (sold) => daysBetween(sold.lag(), sold)
export const earlier = (sold) => sold.rolling(3).min().getTime() + sold.rolling(2).mean().getTime()
export const again = (name) => name === name.lag(1) || name.rolling(2).max().includes('x')
export const place = (name, price) => round(name.rank() / price.rank(), 1)
export const chained = (price) => price.map((x) => x * 2).lag(1).rolling(2).sum() + price.where(price).diff()
export const asked = (price) => price.lag() ?? 0
export const typed = (price: Column) => price.lead(2)
`)
  expect(makeTypeChecker(libraryTexts()).check(shadowProject(analysis, (path) => fixture.files.get(path)))).toEqual([])
})

it('nothing is said of one value per group that looks at other groups', () => {
  const { fixture, analysis } = analyseFixture(`//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["m.features.ts"], "data": "m.csv", "group_by": ["shop", "week"], "group_order": "week" }] }
//- /m.csv
shop,week,price
a,1,2.5
//- /m.features.ts
export const total = (price) => price.sum()
export const growth = (total) => total / total.lag(1) - (total.lead() ?? 0)
export const so_far = (price, total) => price.sum().cumsum() + total.rank() / 2
export const share = (price, total) => price / total.lag(1) + price.mean()
`)
  expect(makeTypeChecker(libraryTexts()).check(shadowProject(analysis, (path) => fixture.files.get(path)))).toEqual([])
})
