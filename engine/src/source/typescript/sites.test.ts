import { expect, test } from 'vitest'
import { typeScriptReader } from './reader.ts'

/** The sites of the last feature of a text, each as the text that stands there. */
function sites(text: string) {
  const feature = typeScriptReader().read('/a.features.ts', text).features.at(-1)
  if (!feature) throw new Error('no feature')
  const cut = ({ start, end }: { start: number; end: number }) =>
    text.slice(feature.span.start + start, feature.span.start + end)
  const { reads, free, own } = feature.sites
  return {
    reads: [...reads].map(
      ([name, list]) => `${name} ${list.map(({ span, isShorthand }) => cut(span) + (isShorthand ? '!' : ''))}`,
    ),
    free: free.map(({ name, span, isCalled }) => `${name} ${cut(span)}${isCalled ? '()' : ''}`),
    own: own.map(({ name, span, isCalled }) => `${name} ${cut(span)}${isCalled ? '()' : ''}`),
  }
}

test('reads of inputs, names of the file, and names of nobody; what is shadowed or a property does not count', () => {
  expect(
    sites(`import { round } from 'modeldriver'
const rate = 2 // moved down by this line
export function margin(revenue, cost, qty) {
  const net = revenue - cost * rate
  const seen = [1].map((cost) => cost + status)
  return round({ cost, qty: net.qty }.cost + revenue + other(seen), rate)
}`),
  ).toEqual({
    reads: ['revenue revenue,revenue', 'cost cost,cost!'],
    free: ['status status', 'other other()'],
    own: ['rate rate', 'round round()', 'rate rate'],
  })
})

test('by the local name in a pattern', () => {
  expect(sites("export const f = ({ 'Unit Price': price, qty = rate }: Row) => price * qty")).toEqual({
    reads: ['price price', 'qty qty'],
    free: ['rate rate'],
    own: [],
  })
})

test('where inputs and body stand', () => {
  const text = `const a = 1, b = 2
export function f(x, y = 1,) { return x + y }
export const g = x => x
export const h = ({ x: z }) => z`
  const { features } = typeScriptReader().read('/a.features.ts', text)
  expect(
    features.map(({ inputs, inputsSpan, bodySpan }) => [
      text.slice(inputsSpan.start, inputsSpan.end),
      inputs.map(({ whole }) => text.slice(whole.start, whole.end)),
      text.slice(bodySpan.start, bodySpan.end),
    ]),
  ).toEqual([
    ['x, y = 1,', ['x', 'y = 1'], '{ return x + y }'],
    ['x', ['x'], 'x'],
    [' x: z', ['x: z'], 'z'],
  ])
})
