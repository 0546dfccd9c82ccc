/**
 * What a function given to a column gets for a missing element: like a feature it is not called, unless its text shows that it
 * tests for missing values. Then it gets `undefined`; NaN where it only calls `isNaN` or `isFinite`, and `null` where it only says
 * `=== null`, as functions given in code may (in feature files that is `== null`).
 */
export function missingFor(callback: (...args: never[]) => unknown): { readonly value: Missing } | undefined {
  const text = Function.prototype.toString.call(callback)
  const others = text.replace(strictNull, '')
  if (testsMissing.test(others)) return { value: undefined }
  if (others !== text) return { value: null }
  return testsNaN.test(text) ? { value: Number.NaN } : undefined
}

type Missing = undefined | null | number

const strictNull = /[!=]==\s*null\b|\bnull\s*[!=]==/g
const testsMissing =
  /[!=]=\s*null\b|\bnull\s*[!=]=|[!=]==?\s*(?:undefined\b|void 0)|(?:\bundefined|\bvoid 0)\s*[!=]==?|\?\?|\?\.|\bisMissing\b|\bcoalesce\b/
const testsNaN = /\bis(?:NaN|Finite|Integer)\b/
