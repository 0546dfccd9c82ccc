/** What reading by index needs of a column. */
interface Indexed {
  readonly at: (index: number) => unknown
}

/**
 * The end of the prototype chain of columns: it is asked only for what no member has, so that `column[i]` works on a view that
 * has no elements of its own, at no cost for the members.
 */
export const elementsByIndex: object = new Proxy(Object.create(Object.prototype) as object, {
  get(target, key, receiver) {
    if (typeof key === 'string' && isIndex(key)) return (receiver as Indexed).at(Number(key))
    return Reflect.get(target, key, receiver)
  },
  set() {
    throw new TypeError('A column cannot be changed; map(), where() and filter() give a new one.')
  },
})

function isIndex(key: string): boolean {
  const first = key.charCodeAt(0)
  return first >= 48 && first <= 57 && String(Number(key)) === key
}

/** How far away `lag`, `lead` and `diff` look. @throws RangeError */
export function checkPlaces(n: number): void {
  if (!Number.isInteger(n))
    throw new RangeError(`A whole number of places is needed, lag(1), not ${JSON.stringify(n)}.`)
}
