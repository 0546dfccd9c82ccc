import { type Names, namesOf, valueText } from './given.ts'
import { ModelDriver } from './modelDriver.ts'
import { FeatureRegistry, type RegisteredFeature } from './registry.ts'

/** Who needs whom among features, and in which order they are computed. */
export class DependencyResolver {
  readonly #driver: ModelDriver

  constructor(registry: FeatureRegistry) {
    if (!(registry instanceof FeatureRegistry))
      throw new TypeError(
        `A DependencyResolver needs a FeatureRegistry (a model has one as its 'registry'), not ${valueText(registry)}.`,
      )
    this.#driver = new ModelDriver({ model_name: 'features', group_by: [] }, { registry })
  }

  /** Features and columns that a feature reads. */
  getDependencies(name: string): readonly string[] {
    return readBy(this.#made(name))
  }

  /** Features that read a feature or column. */
  getDependents(name: string): readonly string[] {
    const made = [...this.#driver.registry.columns]
    return made.flatMap(([column, entry]) => (readBy(entry).includes(name) ? column : []))
  }

  /** Columns that these features need (default: all features). @throws ModelError when they depend on themselves */
  getRequiredInputs(outputs?: Names): readonly string[] {
    return this.#driver.getRequiredInputs(outputs)
  }

  /** These features and all that they need, each after those it reads. @throws ModelError when they depend on themselves */
  resolve(outputs?: Names): readonly string[] {
    for (const name of namesOf(outputs, 'What is resolved') ?? []) this.#made(name)
    return this.#driver.getExecutionPlan(outputs).steps.map(({ feature }) => feature)
  }

  /** Features that depend on themselves, each time around once: `['a', 'b']` when a reads b and b reads a. */
  findCycles(): readonly (readonly string[])[] {
    return this.#driver.findCycles()
  }

  #made(name: string): RegisteredFeature {
    const found = this.#driver.registry.columns.get(name)
    if (found === undefined) throw new Error(`There is no feature '${name}'.`)
    return found
  }
}

const readBy = ({ feature, inputs }: RegisteredFeature): readonly string[] =>
  inputs ?? feature.inputs.map(({ name }) => name)
