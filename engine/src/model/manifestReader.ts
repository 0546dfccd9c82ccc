import type { Node } from 'jsonc-parser'
import type { Named } from '../ir/model.ts'
import type { Problem } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'
import { innerSpan } from './manifestPlaces.ts'
import { closest } from './suggest.ts'

/** A value of the manifest with the place of its name. */
export interface Field {
  readonly value: Node
  readonly keySpan: Span
}

/** What a repair needs: the wrong word, what may be meant, and how it is called when it can be taken away. */
export interface Wrong {
  readonly name: string
  readonly suggestions?: readonly string[]
  readonly removable?: string
  /** What belongs there, with its quotes. */
  readonly write?: string
}

/** Reads values of the manifest's tree by the form they should have; what has another form is noted as MD030. */
export class ManifestReader {
  readonly problems: Problem[] = []
  constructor(private readonly path: string) {}

  report(message: string, span: Span, wrong?: Wrong): undefined {
    this.problems.push({
      code: 'MD030',
      severity: 'error',
      message,
      path: this.path,
      span,
      related: [],
      ...(wrong && { data: { ...wrong } }),
    })
  }

  /** Fields of an object by name; unknown names are problems when `known` is given, and read as the only word that may be meant. */
  object(node: Node | undefined, what: string, known?: readonly string[]): ReadonlyMap<string, Field> {
    const fields = new Map<string, Field>()
    if (node && node.type !== 'object') this.report(`${what} must be an object { … }.`, innerSpan(node))
    const properties = node?.type === 'object' ? (node.children ?? []) : []
    const written = new Set(properties.map(({ children }) => children?.[0]?.value))
    for (const property of properties) {
      const [key, value] = property.children ?? []
      if (!key || !value) continue
      const name = String(key.value)
      const keySpan = innerSpan(key)
      const removable = `"${name}"`
      if (fields.has(name))
        this.report(`"${name}" stands here twice, and only the last one counts.`, keySpan, { name, removable })
      fields.set(name, { value, keySpan })
      if (!known || known.includes(name)) continue
      const suggestions = closest(
        name,
        known.filter((word) => !written.has(word)),
      )
      const meant = suggestions[0] === undefined ? '' : ` Did you mean "${suggestions[0]}"?`
      this.report(`${what} has no property "${name}".${meant}`, keySpan, {
        name,
        suggestions,
        ...(suggestions.length !== 1 && { removable }),
      })
      const [only, ...others] = suggestions
      if (only !== undefined && others.length === 0 && !fields.has(only)) fields.set(only, { value, keySpan })
    }
    return fields
  }

  /** An object whose names are the author's own. */
  record<T>(node: Node | undefined, what: string, read: (value: Node, keySpan: Span) => T | undefined) {
    const entries = [...this.object(node, what)].map(
      ([key, { value, keySpan }]) => [key, read(value, keySpan)] as const,
    )
    return Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== undefined))
  }

  list(node: Node | undefined, what: string): readonly Node[] {
    if (!node) return []
    if (node.type === 'array') return node.children ?? []
    return this.report(`${what} must be a list [ … ].`, innerSpan(node)) ?? []
  }

  text(node: Node | undefined, what: string): Named | undefined {
    if (!node) return undefined
    if (node.type === 'string' && node.value !== '') return { name: node.value, span: innerSpan(node) }
    return this.report(`${what} must be a text in quotes.`, innerSpan(node))
  }

  /** One text, or a list of them. */
  texts(node: Node | undefined, what: string): readonly Named[] {
    if (!node) return []
    const items = node.type === 'array' ? (node.children ?? []) : [node]
    return items.flatMap((item) => this.text(item, node.type === 'array' ? `Each entry of ${what}` : what) ?? [])
  }

  /** As `texts`, each at most once. */
  names(node: Node | undefined, what: string): readonly Named[] {
    const seen = new Set<string>()
    return this.texts(node, what).filter(({ name, span }) => {
      if (seen.has(name) && span)
        this.report(`"${name}" stands twice in ${what}.`, span, { name, removable: `the second "${name}"` })
      return !seen.has(name) && seen.add(name)
    })
  }

  truth(node: Node | undefined, what: string): boolean {
    if (node && node.type !== 'boolean') this.report(`${what} must be true or false.`, innerSpan(node))
    return node?.value === true
  }

  choice(node: Node | undefined, choices: readonly string[], what: string): string | undefined {
    if (!node) return undefined
    if (choices.includes(node.value)) return node.value as string
    const written = JSON.stringify(node.value) ?? 'This'
    return this.report(`${written} is not ${what}; choose one of ${choices.join(', ')}.`, innerSpan(node), {
      name: String(node.value),
      suggestions: node.type === 'string' ? closest(node.value, choices) : [],
    })
  }
}
