import type { Expression } from './expression.ts'
import type { Level } from './level.ts'
import type { Helper, Sites } from './sites.ts'
import type { Span } from './span.ts'

/** One parameter of a feature: the column or feature it reads. */
export interface Input {
  /** The column or feature that is read. */
  readonly name: string
  /** The variable that holds it in the function's body (differs in `{ 'Unit Price': price }`). */
  readonly local: string
  /** May be absent from the model (`p = 0.2`, `p?`). */
  readonly optional: boolean
  /** The function wants to be called when the value is missing (default, `?`, `| null`, or the body tests it). */
  readonly acceptsMissing: boolean
  /**
   * What the body asks for where that is not `undefined`. `nan`: it asks only by `Number.isNaN`. `null`: it asks only by `=== null`,
   * which functions given in code need; those of files are loaded with `== null`.
   */
  readonly missingAs?: 'nan' | 'null'
  /** The annotation as written, without the colon. */
  readonly type?: string
  readonly typeSpan?: Span
  /** The name as it stands in the parameter list. */
  readonly span: Span
  /** The whole parameter, or element of the pattern, with its type and default. */
  readonly whole: Span
}

/** What is known of a body. An opaque one is called as it is; that is normal, never an error. */
export type Body =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly elements?: readonly ElementUse[] }
  /**
   * `reason`: why there is no expression, as a phrase ("a for loop"). `aggregates`: level evidence, for example `revenue.reduce()`.
   * `walked`: the evidence is only that this input is walked over, as the letters of a text can be.
   * `saysNothing`: the inputs are only handed to functions that cannot be read here.
   */
  | {
      readonly kind: 'opaque'
      readonly reason: string
      readonly aggregates?: string
      readonly walked?: string
      readonly elements?: readonly ElementUse[]
      readonly saysNothing?: true
      /** Inputs that it does with what only makes sense of numbers; absent for none. */
      readonly calculated?: readonly Calculated[]
      /** Absent while the body is unfinished or wrong, which is said elsewhere. */
      readonly obstacle?: Obstacle
    }

/** An input that a body calculates with, or compares with numbers, and does nothing with that shows it takes texts. */
export interface Calculated {
  readonly input: string
  /** Not with the input itself but with what is in it: rows of a column, letters of a text. */
  readonly isElement?: true
  /** The function of another file that it is handed to, which may calculate with it; then the body itself does not. */
  readonly by?: Callee
}

/** A function of another file, by the names that stand in the import, and which of its parameters is meant. */
export interface Callee {
  readonly from: string
  readonly name: string
  readonly position: number
}

/** What in a body has no words in the expression IR. */
export interface Obstacle {
  /** From the start of the feature's `span`. Absent: the body as a whole. */
  readonly span?: Span
  /** The function or constant of the file that it stands in; the body uses it at `span`. */
  readonly within?: string
  /** What can be written in its place, as a sentence. */
  readonly instead?: string
}

/** One element is taken of an input: of a text a letter, of anything else a row. */
export interface ElementUse {
  readonly input: string
  /** `price[…]`. */
  readonly text: string
}

/** A marker the author wrote: `//#agg`, or `@row` in a doc comment. */
export interface Directive {
  readonly level: 'row' | 'group'
  readonly text: string
  readonly span: Span
}

export interface MisspeltDirective {
  readonly text: string
  readonly meant: '#agg' | '#row'
  readonly span: Span
}

/** A comment that says why problems are meant to be there: `md-ignore MD008: the order does not matter`. */
export interface Ignore {
  readonly codes: readonly { readonly text: string; readonly span: Span }[]
  /** What stands after the colon. */
  readonly reason: string
  /** From `md-ignore` to the end of the reason. */
  readonly span: Span
  /** The comment with its delimiters; of a longer comment the line. */
  readonly comment: Span
  /** Problems that begin here are meant: those of its line, of the next one, or of the statement it stands above. */
  readonly covers: Span
}

/** A named function whose parameters are columns and whose name is the column it makes. */
export interface Feature {
  readonly name: string
  /** The export's name in the module, when the function must be fetched by another name than the feature's. */
  readonly exportName: string
  readonly path: string
  readonly inputs: readonly Input[]
  /** How the inputs are passed: `f(a, b)` or `f({ a, b })`. */
  readonly form: 'positional' | 'destructured'
  readonly body: Body
  readonly directives: readonly Directive[]
  /**
   * The level that the parameters' types ask for, and the type that does: `Column`. `scalar`: only because a
   * parameter is one value (`: number`), which one group's value is too.
   */
  readonly typeLevel?: { readonly level: Level; readonly type: string; readonly scalar?: true }
  /** First paragraph of the doc comment. */
  readonly doc?: string
  /** Changes when, and only when, what the feature computes may change: body, inlined helpers, constants. */
  readonly fingerprint: string
  readonly nameSpan: Span
  /** The whole declaration, from `export` to its end. */
  readonly span: Span
  /** Where the inputs stand: between the parentheses, or the braces of the pattern. Of `x => …` the bare `x`. */
  readonly inputsSpan: Span
  /** The block with its braces, or the expression after `=>`. Empty while there is none. */
  readonly bodySpan: Span
  readonly sites: Sites
  /** Given in code, where `null`, `undefined` and NaN differ; those of files are loaded with one missing value. */
  readonly hasOwnNull?: true
  /** It is a column that a table function makes; then places, markers and comments are those of that function. */
  readonly frame?: TableFunction
}

/** A function from table to table (`legacy_mode`), and all the columns that it makes. */
export interface TableFunction {
  readonly name: string
  readonly outputs: readonly string[]
}

/** What a front end reads from one file. Never throws: a broken file still gives the features that can be read. */
export interface FeatureFile {
  readonly path: string
  readonly features: readonly Feature[]
  /** Its other functions and constants. */
  readonly helpers: readonly Helper[]
  /** `#agg` comments that belong to no feature. */
  readonly orphanDirectives: readonly Directive[]
  /** `// group_by: pin, month` in the file's first comment. */
  readonly groupBy?: { readonly names: readonly string[]; readonly span: Span }
  /** Comments in and above features that are nearly a marker: `#aggregate`. */
  readonly misspeltDirectives: readonly MisspeltDirective[]
  /** `md-ignore` comments. */
  readonly ignores: readonly Ignore[]
  /** Things that are not features though they look like one (async, rest parameter, nameless): a code and where. */
  readonly rejected: readonly RejectedFeature[]
  /** What it imports, without types; absent for nothing. */
  readonly imports?: readonly Import[]
  /** Why the file cannot be loaded; absent when it can. */
  readonly syntaxErrors?: readonly CodeError[]
}

export interface Import {
  readonly from: string
  /** The module's name, without quotes. */
  readonly span: Span
  readonly names: readonly ImportedName[]
}

export interface ImportedName {
  /** In the other module; `default` is its default export, and a whole module has no entry. */
  readonly name: string
  readonly local: string
  readonly span: Span
  /** Something in the file uses it as a value. */
  readonly isValue: boolean
}

export interface CodeError {
  readonly message: string
  readonly span: Span
  /** The end of what stands before it: what broke off there may be what is not finished. */
  readonly after: number
  /**
   * `refused`: the language's parser can read it, but it cannot run. `deep`: only we cannot read it. `habit`: it is how another language
   * says it. Then the message is a sentence.
   */
  readonly kind?: 'refused' | 'deep' | 'habit'
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string }
}

export interface RejectedFeature {
  /** `repeated`: two parameters have one name. */
  readonly reason: 'async' | 'generator' | 'parameter-form' | 'repeated' | 'nameless'
  /** What stands at `span`: the name of an async function or generator, the parameter, or `export default`. */
  readonly text: string
  readonly span: Span
}
