import type { FeatureFunction } from '../compute/host.ts'
import type { Feature } from '../ir/feature.ts'
import { addFeature, type CodeFile, type FeatureCode, featureCode, movedFile } from '../registry/index.ts'
import type { FeatureReader } from '../source/reader.ts'
import { typeScriptReader } from '../source/typescript/reader.ts'
import { codeOfFunction, featureOf } from './functions.ts'
import { functionOf, type Names, namesOf, valueText, withWords } from './given.ts'

/** How a function is a feature, where its own text does not say it. */
export interface FeatureOptions {
  /** The feature's name. Default: the function's. */
  readonly name?: string
  /** What the function reads, in the order of its parameters. Default: the names of its parameters. */
  readonly inputs?: Names
  /** The column it makes, in place of `name`: one function makes one column, but for a table function. */
  readonly outputs?: Names
  /** It is a table function: given an Arquero table of its `inputs`, it returns one that has its `outputs` too. */
  readonly legacyMode?: boolean
  /** Of an attribute: `true` reads rows of its group, `false` only other attributes. Default: what its inputs are. */
  readonly isAggregation?: boolean
}

const optionWords = ['name', 'inputs', 'outputs', 'isAggregation', 'legacyMode']

/** A feature of a registry. */
export interface RegisteredFeature {
  readonly feature: Feature
  readonly call: FeatureFunction
  /** The text in which the places of `feature` are. */
  readonly code: CodeFile
  /** `row` of a filter, `group` of an attribute; absent when the function's text decides. */
  readonly level?: 'row' | 'group'
  readonly isAggregation?: boolean
  /** What it reads where that was said, in the order of its parameters. */
  readonly inputs?: readonly string[]
  /** Of a table function: the columns that it makes. */
  readonly outputs?: readonly string[]
  /** The file that it was loaded from. */
  readonly file?: CodeFile
}

/** Functions by name, or functions that have names. */
export type FeatureBatch = Readonly<Record<string, FeatureFunction>> | readonly FeatureFunction[]

/** Features by name: registered as functions, or loaded from plain code, to which they can be saved again. */
export class FeatureRegistry {
  readonly #entries = new Map<string, RegisteredFeature>()
  readonly #reader: FeatureReader

  constructor(reader: FeatureReader = typeScriptReader()) {
    this.#reader = reader
  }

  /** By their names, in the order in which they came. */
  get features(): ReadonlyMap<string, RegisteredFeature> {
    return this.#entries
  }

  /** By the columns they make: a table function under each of its own. */
  get columns(): ReadonlyMap<string, RegisteredFeature> {
    return new Map(
      [...this.#entries].flatMap(([name, entry]) => (entry.outputs ?? [name]).map((made) => [made, entry] as const)),
    )
  }

  /** Registers a row feature: one value per row. @throws when it cannot be a feature, or its name is taken */
  registerFilter(call: FeatureFunction, options: string | FeatureOptions = {}): this {
    return this.#register(call, options, 'row')
  }

  /** Registers a group feature: one value per group. @throws when it cannot be a feature, or its name is taken */
  registerAttribute(call: FeatureFunction, options: string | FeatureOptions = {}): this {
    return this.#register(call, options, 'group')
  }

  /** Registers row features, all or none. @throws when one cannot be a feature, or its name is taken */
  registerFiltersBatch(batch: FeatureBatch): this {
    return this.#registerAll(batch, 'registerFiltersBatch', 'row')
  }

  /** Registers group features, all or none. @throws when one cannot be a feature, or its name is taken */
  registerAttributesBatch(batch: FeatureBatch): this {
    return this.#registerAll(batch, 'registerAttributesBatch', 'group')
  }

  /**
   * Registers functions, all or none, whose level is found as in a feature file: `#agg` in the body, what the result is made of, the
   * name. Takes a whole module: `registerFeatures(await import('./sales.features.js'))`.
   * @throws when one cannot be a feature, or its name is taken
   */
  registerFeatures(batch: FeatureBatch | object): this {
    return this.#registerAll(batch, 'registerFeatures')
  }

  /** The features of a file, of which `exports` has the functions: all or none. @throws when one is not there, or its name is taken */
  loadCode(file: CodeFile, exports: Readonly<Record<string, unknown>>, wanted?: Names): this {
    const names = namesOf(wanted, 'What is loaded')
    const { features } = this.#reader.read(file.path, file.text)
    const unknown = names?.find((name) => !features.some((feature) => feature.name === name))
    if (unknown !== undefined) throw new Error(`${file.path} has no feature '${unknown}'.`)
    const loaded = features.filter(({ name }) => !names || names.includes(name))
    return this.#add(
      ...loaded.map((feature) => {
        const call = exports[feature.exportName]
        if (typeof call !== 'function')
          throw new Error(`'${feature.exportName}' of ${file.path} is not a function when the file is loaded.`)
        return { feature, call: call as FeatureFunction, code: file, file }
      }),
    )
  }

  /**
   * The features as the text of a file at `path`, with what they need beside them. Features that are a whole file keep its text to the byte.
   * @throws when one cannot be written as code
   */
  saveCode(path: string, wanted?: Names): string {
    const names = namesOf(wanted, 'What is saved') ?? [...this.#entries.keys()]
    const entries = names.map((name) => {
      const entry = this.#entries.get(name)
      if (entry === undefined) throw new Error(`There is no feature '${name}' to save.`)
      return entry
    })
    const whole = this.#wholeFile(entries)
    if (whole) return movedFile(whole, path)
    let text = ''
    for (const entry of entries) {
      const changed = addFeature({ path, text }, codeOf(entry, this.#reader))
      if ('refused' in changed) throw new Error(changed.refused)
      text = changed.text
    }
    return text
  }

  /** A feature as code, with what it needs. @throws when it cannot be written as code */
  codeOf(name: string): FeatureCode {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new Error(`There is no feature '${name}'.`)
    return codeOf(entry, this.#reader)
  }

  /** Features of a text that are not in the registry. */
  othersIn({ path, text }: CodeFile): readonly string[] {
    return this.#reader.read(path, text).features.flatMap(({ name }) => (this.#entries.has(name) ? [] : name))
  }

  /** Takes a feature out. Whether there was one. */
  remove(name: string): boolean {
    return this.#entries.delete(name)
  }

  #wholeFile(entries: readonly RegisteredFeature[]): CodeFile | undefined {
    const file = entries[0]?.file
    if (!file || entries.some((entry) => entry.file !== file)) return undefined
    return this.#reader.read(file.path, file.text).features.length === entries.length ? file : undefined
  }

  #register(call: FeatureFunction, given: string | FeatureOptions, level?: 'row' | 'group'): this {
    const method = level === 'row' ? 'registerFilter' : level === 'group' ? 'registerAttribute' : 'registerFeatures'
    functionOf(call, `${method}(…)`, '(price, cost) => price - cost, and its name or options behind it')
    return this.#add(this.#entryOf(call, given, level))
  }

  #registerAll(batch: FeatureBatch | object, method: string, level?: 'row' | 'group'): this {
    return this.#add(...functionsOf(batch, method).map(([name, call]) => this.#entryOf(call, name, level)))
  }

  #entryOf(call: FeatureFunction, given: string | FeatureOptions, level?: 'row' | 'group'): RegisteredFeature {
    const options =
      typeof given === 'string' ? { name: given } : withWords(given, optionWords, 'A feature', "{ name: 'margin' }")
    const { isAggregation, legacyMode = false } = options
    const inputs = namesOf(options.inputs, "'inputs'")
    const outputs = namesOf(options.outputs, "'outputs'")
    const { name: own = call.name } = options
    if (typeof own !== 'string') throw new TypeError(`'name' of a feature must be a text, not ${valueText(own)}.`)
    if (typeof legacyMode !== 'boolean')
      throw new TypeError(`'legacyMode' of '${own}' is true or false, not ${valueText(legacyMode)}.`)
    if (legacyMode) return this.#frameOf(call, own, inputs, outputs, level)
    if (outputs && outputs.length !== 1)
      throw new Error(`'${own}' must name one output: one function makes one column.`)
    if (isAggregation !== undefined && (typeof isAggregation !== 'boolean' || level !== 'group'))
      throw new TypeError(`'isAggregation' of '${own}' is true or false, and only attributes have it.`)
    const name = outputs?.[0] ?? own
    return {
      ...featureOf(name, call, this.#reader, inputs),
      call,
      ...(level !== undefined && { level }),
      ...(isAggregation !== undefined && { isAggregation }),
      ...(inputs && { inputs }),
    }
  }

  #frameOf(
    call: FeatureFunction,
    name: string,
    inputs: readonly string[] = [],
    outputs: readonly string[] = [],
    level?: 'row' | 'group',
  ): RegisteredFeature {
    if (inputs.length === 0 || outputs.length === 0)
      throw new Error(
        `'${name}' takes a table, so say which columns it reads and makes: { legacyMode: true, inputs: ['price'], outputs: ['margin'] }.`,
      )
    return {
      ...featureOf(name, call, this.#reader),
      call,
      inputs,
      outputs,
      ...(level !== undefined && { level }),
    }
  }

  /** All, or none. */
  #add(...entries: readonly RegisteredFeature[]): this {
    const names = entries.map(({ feature }) => feature.name)
    const twice = names.find((name, at) => this.#entries.has(name) || names.indexOf(name) < at)
    if (twice !== undefined) {
      const first = this.#entries.get(twice)
      const where = first?.file ? `, one of them of ${first.file.path}` : ''
      const orRemove = first ? `, or take the first one out before: registry.remove('${twice}')` : ''
      throw new Error(`There are two features '${twice}'${where}. Give one of them another name${orRemove}.`)
    }
    for (const entry of entries) this.#entries.set(entry.feature.name, entry)
    return this
  }
}

function codeOf({ feature, call, file, ...said }: RegisteredFeature, reader: FeatureReader): FeatureCode {
  if (said.outputs)
    throw new Error(
      `'${feature.name}' cannot be saved: it takes a table, and a feature file does not say what it reads and makes. Write it as features, or into a model of modeldriver.json with "legacy_mode" and "frames".`,
    )
  if (!file) return codeOfFunction(feature.name, call, reader, said)
  const code = featureCode(file, feature.name)
  if (code) return code
  throw new Error(`'${feature.name}' cannot be saved: ${file.path} declares it by another name.`)
}

/** As in a feature file, what begins with `_` is a helper; of a module, what is no function too. @throws when there is none */
function functionsOf(batch: FeatureBatch | object, method: string): readonly (readonly [string, FeatureFunction])[] {
  const example = '{ margin: (price, cost) => price - cost }'
  if (typeof batch !== 'object' || batch === null)
    throw new TypeError(`${method}() needs functions by name, ${example}, not ${valueText(batch)}.`)
  const isModule = method === 'registerFeatures' && !Array.isArray(batch)
  const isFeature = ([name, call]: readonly [string, unknown]) =>
    Array.isArray(batch) || (!name.startsWith('_') && (!isModule || typeof call === 'function'))
  const members = Array.isArray(batch) ? batch.map((call) => [call?.name ?? '', call] as const) : Object.entries(batch)
  if (!members.some(isFeature))
    throw new TypeError(`${method}() found no function: give it functions by name, ${example}.`)
  return members.flatMap((member, at) => {
    if (!isFeature(member)) return []
    const [name, call] = member
    const which = `Nothing was registered: member ${at + 1} of the batch`
    if (typeof call !== 'function')
      throw new TypeError(`${which}${name === '' ? '' : `, '${name}',`} is no function, but ${valueText(call)}.`)
    if (name === '') throw new TypeError(`${which} has no name. Give the functions by name, ${example}.`)
    return [[name, functionOf(call, `${method}()`, example)] as const]
  })
}
