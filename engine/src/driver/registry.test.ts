import { describe, expect, test } from 'vitest'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { FeatureRegistry } from './registry.ts'
import { DependencyResolver } from './resolver.ts'

const shop = {
  path: '/shop/sales.features.ts',
  text: `// group_by: pin
import { round } from 'modeldriver'
const rate = 0.19

/** After tax. */
export const net = (gross) => round(gross / (1 + rate))
export const total = (net) => net.sum() //#agg
`,
}
const functions = { net: (gross: number) => gross, total: () => 0 }

describe('saved as plain code', () => {
  test('a whole file keeps its text; a part of it brings what it needs', () => {
    const registry = new FeatureRegistry().loadCode(shop, functions)
    expect(registry.saveCode('/copy.features.ts')).toBe(shop.text)
    expect(registry.saveCode('/net.features.ts', ['net'])).toMatchInlineSnapshot(`
      "import { round } from 'modeldriver'

      const rate = 0.19

      /** After tax. */
      export const net = (gross) => round(gross / (1 + rate))
      "
    `)
  })

  test('saved, loaded, saved again: the same bytes', () => {
    const first = new FeatureRegistry()
      .loadCode(shop, functions, ['net'])
      .registerAttribute(function biggest(net) {
        return net.max()
      })
      .registerAttribute((biggest) => biggest / 2, 'half')
      .registerFilter((e, t) => e * t, { name: 'product', inputs: ['price', 'Unit Price'] })
      .registerFiltersBatch({
        long(name) {
          return name.length > 3
        },
      })
      .saveCode('/a.features.ts')
    expect(first).toMatchInlineSnapshot(`
      "import { round } from 'modeldriver'

      const rate = 0.19

      /** After tax. */
      export const net = (gross) => round(gross / (1 + rate))

      export function biggest(net) {
      			return net.max();
      		}

      export const half = (biggest) => biggest / 2 //#agg

      export const product = ({ price: e, 'Unit Price': t }) => e * t

      export const long = function (name) {
      			return name.length > 3;
      		}
      "
    `)
    const exports = { net: () => 0, biggest: () => 0, half: () => 0, product: () => 0, long: () => 0 }
    const again = new FeatureRegistry().loadCode({ path: '/a.features.ts', text: first }, exports)
    expect([...again.features.keys()]).toEqual(['net', 'biggest', 'half', 'product', 'long'])
    expect(again.saveCode('/a.features.ts')).toBe(first)
    const { features } = typeScriptReader().read('/a.features.ts', first)
    expect(features.map(({ inputs }) => inputs.map(({ name }) => name))).toEqual([
      ['gross'],
      ['net'],
      ['biggest'],
      ['price', 'Unit Price'],
      ['name'],
    ])
  })

  const rate = 2
  test.each<[string, () => string, string]>([
    [
      'a name from around',
      () => new FeatureRegistry().registerFilter((price) => price * rate, 'x').saveCode('/a.features.ts'),
      "'x' cannot be saved: it uses 'rate'",
    ],
    [
      'no name for a function',
      () => new FeatureRegistry().registerFilter((price) => price, 'Unit Price').saveCode('/a.features.ts'),
      "'Unit Price' cannot be saved",
    ],
    [
      'a name twice',
      () =>
        new FeatureRegistry()
          .registerFilter((price) => price, 'x')
          .registerAttribute((price) => price, 'x')
          .saveCode('/a.features.ts'),
      "There are two features 'x'. Give one of them another name, or take the first one out before: registry.remove('x').",
    ],
    [
      'a name of a file twice',
      () => new FeatureRegistry().loadCode(shop, functions).loadCode(shop, functions, 'net').saveCode('/a.features.ts'),
      "There are two features 'net', one of them of /shop/sales.features.ts. Give one of them another name, or",
    ],
    [
      'nothing of that name',
      () => new FeatureRegistry().saveCode('/a.features.ts', ['x']),
      "There is no feature 'x' to save.",
    ],
    [
      'a file without it',
      () => new FeatureRegistry().loadCode(shop, functions, ['gross']).saveCode('/a'),
      "/shop/sales.features.ts has no feature 'gross'.",
    ],
  ])('refused: %s', (_, save, message) => expect(save).toThrow(message))
})

test('a feature that is taken out leaves its name to another', () => {
  const registry = new FeatureRegistry().registerFilter((price) => price, 'x')
  expect(registry.remove('x')).toBe(true)
  expect(registry.registerFilter((cost) => cost, 'x').features.get('x')?.feature.inputs[0]?.name).toBe('cost')
})

test('a resolver alone', () => {
  const registry = new FeatureRegistry().loadCode(shop, functions).registerFilter((net, total) => net / total, 'share')
  const resolver = new DependencyResolver(registry)
  expect(resolver.resolve(['share'])).toEqual(['net', 'total', 'share'])
  expect(resolver.getRequiredInputs(['total'])).toEqual(['gross'])
  expect(resolver.getDependencies('share')).toEqual(['net', 'total'])
  expect(resolver.getDependents('net')).toEqual(['total', 'share'])
  expect(resolver.findCycles()).toEqual([])
  expect(() => resolver.getDependencies('shar')).toThrow("There is no feature 'shar'.")
})
