import type { FeatureFunction } from '../compute/host.ts'
import * as library from '../functions/index.ts'
import type { Feature } from '../ir/feature.ts'
import type { CodeFile, FeatureCode } from '../registry/index.ts'
import { decideFeatures } from '../source/decide.ts'
import { isVariableName, propertyText } from '../source/identifiers.ts'
import type { FeatureReader } from '../source/reader.ts'

/** A function in code as a feature, with the text in which its places are. */
export interface FunctionRead {
  readonly feature: Feature
  readonly code: CodeFile
}

/**
 * The feature that a function in code is: its inputs are the names of its parameters, as in a feature file, or those given.
 * @throws when the function cannot be a feature (nameless, native, async, a parameter that is not named)
 */
export function featureOf(
  name: string,
  call: FeatureFunction,
  reader: FeatureReader,
  inputs?: readonly string[],
): FunctionRead {
  if (name === '') throw new Error('A feature needs a name: the name is the column it makes. Give the function one.')
  if (name.startsWith('_'))
    throw new Error(
      `'${name}' cannot be a feature: names that begin with _ are those of helpers. Give it another name.`,
    )
  if (inputs) checkInputs(name, call, inputs, reader)
  const source = inputs ? (reading(call, inputs, reader) ?? handingOn(inputs.length)) : call.toString()
  if (isNative(source)) {
    throw new Error(
      `'${name}' has no text to read its inputs from (a bound or built-in function). Wrap it, (price) => f(price), or say them: { inputs: ['price'] }.`,
    )
  }
  const code = fileOf(name, source)
  const file = reader.read(code.path, code.text)
  const [rejected] = file.rejected
  if (rejected !== undefined) throw new Error(`'${name}' cannot be a feature: ${reasons[rejected.reason]}`)
  const [feature] = file.features
  if (feature === undefined)
    throw new Error(`The text of '${name}' cannot be read as a feature; wrap it: (price) => f(price).`)
  const own = { ...feature, name, exportName: name, hasOwnNull: true } as const
  if (!inputs) return { feature: own, code }
  const named = feature.inputs.map((input, at) => ({ ...input, name: inputs[at] ?? input.name }))
  return { feature: { ...own, inputs: named, form: 'positional' }, code }
}

/**
 * The function's text with a pattern for its parameters, `(a, b = 0)` as `({ revenue: a, cost: b = 0 })`: so what it does with them is read as
 * that of a feature file. Undefined where its text does not name just these parameters.
 */
function reading(call: FeatureFunction, inputs: readonly string[], reader: FeatureReader): string | undefined {
  const { path, text } = fileOf('feature', call.toString())
  const { features, rejected } = reader.read(path, text)
  const [first, last] = [features[0]?.inputs[0], features[0]?.inputs.at(-1)]
  if (!first || !last || rejected.length > 0 || features[0]?.inputs.length !== inputs.length) return undefined
  if (new Set(inputs).size < inputs.length) return undefined
  const elements = features[0].inputs.map(({ local, whole, span }, at) => {
    const input = inputs[at] as string
    return (input === local ? '' : `${propertyText(input)}: `) + text.slice(span.start, whole.end)
  })
  const pattern = `{ ${elements.join(', ')} }`
  const isBare = !text.slice(0, first.whole.start).trimEnd().endsWith('(')
  const rest = text.slice(last.whole.end, text.lastIndexOf('\nexport '))
  return text.slice(prefix.length, first.whole.start) + (isBare ? `(${pattern})` : pattern) + rest
}

const fileOf = (name: string, source: string): CodeFile => ({
  path: `/code/${name}.features.js`,
  text: textOf(name, source),
})

/**
 * A function in code as code of a file, with the marker that its level needs there. `inputs` are those that were given for it.
 * @throws when it needs something that its own text does not bring along
 */
export function codeOfFunction(
  name: string,
  call: FeatureFunction,
  reader: FeatureReader,
  { inputs, level }: { readonly inputs?: readonly string[]; readonly level?: 'row' | 'group' },
): FeatureCode {
  if (!isVariableName(name)) throw new Error(`'${name}' cannot be saved: no function can have this name.`)
  const path = `/code/${name}.features.js`
  const declaration = declarationOf(name, call, reader, inputs)
  const [feature] = reader.read(path, declaration).features
  if (!feature) throw new Error(`'${name}' cannot be saved: its text cannot be read as a feature.`)
  const free = [...new Set(feature.sites.free.filter(({ known }) => !known).map((site) => site.name))]
  const outside = free.find((each) => !Object.hasOwn(library, each))
  if (outside !== undefined) {
    throw new Error(
      `'${name}' cannot be saved: it uses '${outside}', which is not in its own text. Make it an input with a default value, or load the feature from a file.`,
    )
  }
  const decided = decideFeatures([feature], () => undefined, { kinds: {} }).levels.get(feature.name)?.level
  const marker = level === undefined || decided === level ? '' : level === 'group' ? ' //#agg' : ' //#row'
  return {
    name,
    path,
    imports: free.map((each) => ({ local: each, name: each, from: 'modeldriver' })),
    helpers: [],
    text: declaration + marker,
  }
}

function declarationOf(
  name: string,
  call: FeatureFunction,
  reader: FeatureReader,
  inputs: readonly string[] | undefined,
): string {
  const own = call.toString()
  const source = inputs ? reading(call, inputs, reader) : own
  if (source !== undefined) {
    const isNamed = new RegExp(`^function\\s+${name.replaceAll('$', '\\$')}\\s*\\(`).test(source)
    return isNamed ? `export ${source}` : `export const ${name} = ${asExpression(source)}`
  }
  const variables = (inputs ?? []).map((input, at) => (isVariableName(input) ? input : `input_${at + 1}`))
  const pattern = (inputs ?? []).map((input, at) =>
    variables[at] === input ? input : `${propertyText(input)}: ${variables[at]}`,
  )
  return `export const ${name} = ({ ${pattern.join(', ')} }) => (${asExpression(own)})(${variables.join(', ')})`
}

/** @throws when the inputs that were given cannot be those of the function */
function checkInputs(name: string, call: FeatureFunction, inputs: readonly string[], reader: FeatureReader): void {
  const source = call.toString()
  const [read] = isNative(source) ? [] : reader.read(`/code/${name}.features.js`, textOf(name, source)).features
  if (read?.form === 'destructured')
    throw new Error(
      `'${name}' takes one object, so its inputs stand in its pattern: ({ price: p }) => p * 2. Leave 'inputs' out.`,
    )
  const count = read?.inputs.length ?? call.length
  const isTooMany = read !== undefined && inputs.length > count && !/\barguments\b/.test(source)
  if (inputs.length < call.length || isTooMany)
    throw new Error(
      `'${name}' has ${counted(count, 'parameter')}, but ${counted(inputs.length, 'name')} as its 'inputs': ${inputs.join(', ')}.`,
    )
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A bundler's text: names of one or two letters, and no blank that could be left out. */
export function isMinified(call: FeatureFunction): boolean {
  const source = call.toString()
  const [, list = ''] = /^(?:function\s*[\w$]*\s*)?\(?([\w$,]*)\)?\s*(?:=>|\{)/.exec(source) ?? []
  const parameters = list.split(',').filter((parameter) => parameter !== '')
  const needed = /\b(?:return|const|let|var|function|new|typeof|case|throw|else|of|in)\s|\s(?:of|in|instanceof)\b/g
  return (
    parameters.length > 0 && parameters.every(({ length }) => length <= 2) && !/\s/.test(source.replace(needed, ''))
  )
}

const isNative = (source: string): boolean => /\{\s*\[native code\]\s*\}$/.test(source)

/** The text of a file that has a function, under any name. */
const textOf = (name: string, source: string): string =>
  `${prefix}${asExpression(source)}\nexport { ${holder} as ${JSON.stringify(name)} }\n`

const holder = 'feature_'
const prefix = `const ${holder} = `

const reasons = {
  async: 'it is async, and features run once per row, in order.',
  generator: 'it is a generator, and features give one value.',
  'parameter-form': 'each input must be named; `...rest` and patterns inside patterns cannot be.',
  repeated: 'two of its inputs have one name.',
  nameless: 'it has no name.',
} as const

/** A method's text (`name(a) { … }`, `'a name'(a) { … }`, `[name](a) { … }`) is no expression; a function's is. */
function asExpression(source: string): string {
  const [, async, star] = /^(async\s+)?(\*)?\s*/.exec(source) ?? []
  const key = methodKey.exec(source)?.[0]
  return key === undefined ? source : `${async ?? ''}function${star ?? ''} ${source.slice(key.length)}`
}

/** What stands before the parameters of a method. */
const methodKey =
  /^(?:async\s+)?(?:\*\s*)?(?!(?:function|async|class)\b)(?:#?[\p{ID_Start}$_][\p{ID_Continue}$]*|'[^']*'|"[^"]*"|\d+|\[[^\]]*\])\s*(?=\()/u

/** A function that hands its inputs on. */
function handingOn(count: number): string {
  const names = Array.from({ length: count }, (_, at) => `input_${at + 1}`).join(', ')
  return `(${names}) => call_(${names})`
}
