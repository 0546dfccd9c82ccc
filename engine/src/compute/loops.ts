/**
 * Text of a loop over `i`, from where it stands, to `n`. The body stands there several times: between two turns V8 looks whether
 * something wants to interrupt, and trusts nothing after that which it knew of arrays. Eight items per turn halve the time of a simple
 * body. It may not say `continue` or `break`.
 */
export function loopText(body: string, copies = 8): string {
  const several = `for (const last = n - ${copies - 1}; i < last;) {\n${`{ ${body} }\ni++\n`.repeat(copies)}}\n`
  return `${copies > 1 ? several : ''}for (; i < n; i++) { ${body} }\n`
}

let made = 0

/** A function with a text of its own: V8 shares what it learns between functions of equal text. */
export function functionOf<F>(name: string, parameters: readonly string[], body: string): F {
  const own = `${name.replace(/[^\w$]/g, '_')}_${++made}`
  const text = `return function loop_${own}(${parameters}) {\n${body}\n}\n//# sourceURL=modeldriver-loop/${own}.js`
  return new Function(text)() as F
}

/** Makes a function once for the same texts. */
export function remembered<A extends readonly (string | boolean)[], F>(make: (...texts: A) => F): (...texts: A) => F {
  const known = new Map<string, F>()
  return (...texts) => {
    const key = texts.join('\n')
    const own = known.get(key) ?? make(...texts)
    known.set(key, own)
    return own
  }
}
