/** Whether a value is missing: `null`, `undefined`, NaN, ±Infinity or an invalid date. */
export function isMissing(value: unknown): value is null | undefined {
  if (value === null || value === undefined) return true
  if (typeof value === 'number') return !Number.isFinite(value)
  return value instanceof Date && Number.isNaN(value.getTime())
}

/** The value, but `undefined` for every kind of missing. */
export function present<T>(value: T): T | undefined {
  return isMissing(value) ? undefined : value
}

/** The first value that is not missing, else `undefined`. */
export function coalesce<T>(...values: readonly (T | null | undefined)[]): T | undefined {
  for (const value of values) if (!isMissing(value)) return value as T
  return undefined
}

/**
 * Rounded to `digits` places after the point (default 0; negative ones before it), halves towards plus infinity as `Math.round`:
 * `round(2.5)` is 3, `round(-2.5)` is -2, `round(1.005, 2)` is 1.01 (the decimal digits are what counts). Missing stays missing.
 */
export function round(value: number | null | undefined, digits = 0): number | undefined {
  if (isMissing(value)) return undefined
  if (digits === 0) return Math.round(value)
  const shifted = Number(shift(value, digits))
  // From here on its digits end before that place, and the shifted number could not hold them.
  if (!(Math.abs(shifted) <= Number.MAX_SAFE_INTEGER)) return value
  return Number(shift(Math.round(shifted), -digits))
}

/** The value, but at least `low` and at most `high`; a missing limit does not limit. Missing stays missing. */
export function clip(
  value: number | null | undefined,
  low: number | null | undefined,
  high: number | null | undefined,
): number | undefined {
  if (isMissing(value)) return undefined
  const raised = isMissing(low) ? value : Math.max(value, low)
  return isMissing(high) ? raised : Math.min(raised, high)
}

/** Moves the decimal point in the number's shortest text, so that no binary fraction gets in the way. */
function shift(value: number, places: number): string {
  const [digits, exponent = '0'] = String(value).split('e')
  return `${digits}e${Number(exponent) + places}`
}
