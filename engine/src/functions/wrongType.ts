/** What is done with a value that is of another type; the manifest may say how the column is read. */
export class WrongType extends TypeError {
  /** The message without what to do. */
  readonly said: string
  readonly wanted: 'number' | 'Date'
  /** The input that has such values, or one of them where only that is known. */
  readonly of: { readonly input: string } | { readonly value: unknown }
  /** What to do, where that is known from all values. */
  readonly todo?: string
  /** What to do as far as it is known. */
  readonly advice: string
  constructor(said: string, todo: string, wanted: WrongType['wanted'], of: WrongType['of'], isSure = false) {
    super(`${said} ${todo}`)
    if (isSure) this.todo = todo
    this.advice = todo
    this.said = said
    this.wanted = wanted
    this.of = of
  }
}
