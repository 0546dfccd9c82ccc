import type { AnalysedModel, Snapshot } from '../ir/analysis.ts'
import type { Fix } from '../ir/edit.ts'
import type { Feature } from '../ir/feature.ts'
import type { Project } from '../ir/model.ts'
import type { Problem, ProblemCode, Severity } from '../ir/problem.ts'
import type { Span } from '../ir/span.ts'

export interface RuleContext {
  readonly snapshot: Snapshot
  readonly models: readonly AnalysedModel[]
  /** The whole catalogue: what `rules` in the manifest may name. */
  readonly catalogue: readonly Pick<Rule, 'code' | 'isFixed'>[]
}

/** What repairs are made from: the analysis, and the texts that its spans count in. */
export interface FixContext extends RuleContext {
  readonly text: (path: string) => string | undefined
  /** Names in a folder; folders end with `/`. */
  readonly list: (folder: string) => readonly string[]
}

/** A problem without what the rule itself says of it. */
export type Finding = Omit<Problem, 'code' | 'severity' | 'related'> & Partial<Pick<Problem, 'related'>>

/** One kind of mistake: how it is found, how it is said, and its page in docs/problems.md. Reports root causes only. */
export interface Rule {
  readonly code: ProblemCode
  readonly name: string
  readonly severity: Severity
  /** The manifest cannot change its severity, with the reason. */
  readonly isFixed?: string
  /** Section of docs/problems.md: what it means, an example, what to do. Markdown. */
  readonly doc: string
  /** What is wrong with a project. */
  readonly check?: (context: RuleContext) => Iterable<Finding>
  /**
   * What is wrong with one feature. It must follow from the feature and the helpers of its file, from the levels and types of the
   * feature and its inputs, and from which names its model has: only when one of these changed is it asked again.
   */
  readonly checkFeature?: (context: RuleContext, analysed: AnalysedModel, feature: Feature) => Iterable<Finding>
  /** Repairs of one of its problems, the likeliest first. After any of them the problem is gone and no other came. */
  readonly fixes?: (context: FixContext, problem: Problem) => Iterable<Fix>
}

/** A finding at a place in a feature's file. */
export const atFeature = ({ model }: AnalysedModel, feature: Feature, span: Span, message: string): Finding => ({
  message,
  path: feature.path,
  span,
  model: model.name,
  feature: feature.name,
})

/** What is said of a table function is said once, at the first of the columns that it makes. */
export const isToldOf = ({ name, frame }: Feature): boolean => !frame || frame.outputs[0] === name

/** Where something the manifest names stands: in the manifest, or in the feature file of a project without one. */
export const inManifest = ({ snapshot }: RuleContext, span: Span | undefined, message: string): Finding => ({
  message,
  path: snapshot.project.path,
  span: span ?? { start: 0, end: 0 },
})

/** `'a'`, `'a' or 'b'`: names in a sentence. */
export const orList = (names: readonly string[]): string =>
  names.length < 2
    ? names.map((name) => `'${name}'`).join()
    : `${names
        .slice(0, -1)
        .map((name) => `'${name}'`)
        .join(', ')} or '${names.at(-1)}'`

/** `'a'`, `'a' and 'b'`. */
export const andList = (names: readonly string[]): string => orList(names).replace(/ or (?='[^']*'$)/, ' and ')

/** Behind advice to write something in a manifest, for a feature file that stands alone. */
export const orMakeManifest = (kind: Project['kind']): string => (kind === 'file' ? ` ${howToMakeManifest}` : '')

export const howToMakeManifest =
  "There is no modeldriver.json here yet: the command ModelDriver: Create modeldriver.json makes one, or 'modeldriver init' in a terminal."

export const didYouMean = (names: readonly string[]): string =>
  names.length > 0 ? ` Did you mean ${orList(names)}?` : ''
