import { closest } from '../model/suggest.ts'

// What callers of the library give, looked at before it is used: each mistake is a sentence that says what to write instead.

/** One name, or several. */
export type Names = string | readonly string[]

/** The names as a list. @throws TypeError when it is something else */
export function namesOf(given: unknown, what: string): readonly string[] | undefined {
  if (given === undefined) return undefined
  const names: unknown = typeof given === 'string' ? [given] : given
  const isName = (name: unknown): boolean => typeof name === 'string' && name !== ''
  if (Array.isArray(names) && names.every(isName)) return names
  const wrong = Array.isArray(names) ? names.find((name) => !isName(name)) : given
  throw new TypeError(`${what} must be a name or a list of names, ['price'], not ${valueText(wrong)}.`)
}

/** The object with words that are known. @throws TypeError when it is none, or has another word */
export function withWords<T extends object>(given: T, words: readonly string[], what: string, example: string): T {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`${what} must be an object such as ${example}, not ${valueText(given)}.`)
  for (const word of Object.keys(given)) {
    if (words.includes(word)) continue
    const [near] = closest(word, words)
    const meant = near === undefined ? `It may have ${words.join(', ')}.` : `Did you mean '${near}'?`
    throw new TypeError(`${what} cannot have '${word}'. ${meant}`)
  }
  return given
}

/** The function. @throws TypeError when it is something else */
export function functionOf<T>(given: T, what: string, example: string): T {
  if (typeof given !== 'function') throw new TypeError(`${what} needs a function, ${example}, not ${valueText(given)}.`)
  if (/^class\b/.test(given.toString()))
    throw new TypeError(`${what} needs a function, and '${given.name}' is a class: give one of its methods.`)
  return given
}

/** What something is, in a sentence. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : (JSON.stringify(value) ?? String(value))
}
