import type { FeatureFunction } from '../compute/host.ts'
import type { Feature } from '../ir/feature.ts'
import type { FeatureReader } from '../source/reader.ts'

/**
 * The feature that a function in code is: its inputs are the names of its parameters, as in a feature file.
 * @throws when the function cannot be a feature (nameless, native, async, a parameter that is not named)
 */
export function featureOf(name: string, call: FeatureFunction, reader: FeatureReader): Feature {
  if (name === '') throw new Error('A feature needs a name: the name is the column it makes. Give the function one.')
  const source = call.toString()
  if (/\{\s*\[native code\]\s*\}$/.test(source)) {
    throw new Error(
      `'${name}' has no text to read its inputs from (a bound or built-in function). Wrap it: (price) => f(price).`,
    )
  }
  const path = `/code/${name}.features.js`
  const file = reader.read(
    path,
    `const ${holder} = ${asExpression(source)}\nexport { ${holder} as ${JSON.stringify(name)} }\n`,
  )
  const [rejected] = file.rejected
  if (rejected !== undefined) throw new Error(`'${name}' cannot be a feature: ${reasons[rejected.reason]}`)
  const [feature] = file.features
  if (feature === undefined) throw new Error(`'${name}' cannot be read as a feature.`)
  return { ...feature, name, exportName: name }
}

const holder = 'feature_'

const reasons = {
  async: 'it is async, and features run once per row, in order.',
  generator: 'it is a generator, and features give one value.',
  'parameter-form': 'each input must be named; `...rest` and patterns inside patterns cannot be.',
  repeated: 'two of its inputs have one name.',
  nameless: 'it has no name.',
} as const

/** A method's text (`name(a) { … }`) is no expression; a function's is. */
function asExpression(source: string): string {
  const isMethod =
    /^(?:async\s+)?\*?\s*(?!function\b|async\b|class\b)[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\(/u.test(source) &&
    !/^\w+\s*=>/.test(source)
  return isMethod
    ? source.replace(/^(async\s+)?(\*)?\s*/, (_, async = '', star = '') => `${async}function${star} `)
    : source
}
