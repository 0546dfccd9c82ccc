/**
 * What a function given to a column gets for a missing element: like a feature it is not called, unless its text shows that it
 * tests for missing values (`== null`, `??`, `isMissing`, …: it gets `null`; only `isNaN` or `isFinite`: it gets NaN).
 */
export function missingFor(callback: (...args: never[]) => unknown): { readonly value: null | number } | undefined {
  const text = Function.prototype.toString.call(callback)
  if (testsNull.test(text)) return { value: null }
  return testsNaN.test(text) ? { value: Number.NaN } : undefined
}

const testsNull =
  /[!=]==?\s*(?:null|undefined|void 0)|(?:null|undefined|void 0)\s*[!=]==?|\?\?|\?\.|\bisMissing\b|\bcoalesce\b/
const testsNaN = /\bis(?:NaN|Finite|Integer)\b/
