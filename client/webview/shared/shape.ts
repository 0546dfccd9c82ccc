/** Says whether a value that came from another process has the type it claims. */
export type Guard<T> = (value: unknown) => value is T

export const text: Guard<string> = (value): value is string => typeof value === 'string'
export const number: Guard<number> = (value): value is number => typeof value === 'number'
export const flag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean'

export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value)

export const nullable =
  <T>(guard: Guard<T>): Guard<T | null> =>
  (value): value is T | null =>
    value === null || guard(value)

export const list =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(guard)

export const mapOf =
  <T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every(guard)

export const oneOf =
  <const T extends string>(...words: readonly T[]): Guard<T> =>
  (value): value is T =>
    words.some((word) => word === value)

export const either =
  <A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    first(value) || second(value)

/** Every property of `T` has its guard; properties nobody knows are let through, so that a newer host may say more. */
export const shape =
  <T extends object>(guards: { readonly [K in keyof T]-?: Guard<T[K]> }): Guard<T> =>
  (value): value is T => {
    if (!isObject(value)) return false
    for (const key in guards) if (!guards[key](value[key])) return false
    return true
  }

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
