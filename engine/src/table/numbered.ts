/**
 * Texts with numbers in them, all written alike, that stand otherwise as text than by their numbers: two of them, as text orders them
 * (`W10`, `W2`). Undefined where text has the order of the numbers, or where they are no such texts.
 */
export function misordered(texts: readonly string[]): readonly [string, string] | undefined {
  let shape: string | undefined
  const numbered: { readonly text: string; readonly numbers: readonly number[] }[] = []
  for (const text of texts) {
    const own = text.replace(digits, '#')
    if (own === text || (shape !== undefined && own !== shape)) return undefined
    shape = own
    numbered.push({ text, numbers: [...text.matchAll(digits)].map(([number]) => Number(number)) })
  }
  numbered.sort((a, b) => compare(a.numbers, b.numbers))
  for (const [at, { text }] of numbered.entries()) {
    const next = numbered[at + 1]
    if (next && next.text < text) return [next.text, text]
  }
  return undefined
}

const digits = /\d+/g

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, number] of a.entries()) {
    const difference = number - (b[at] as number)
    if (difference !== 0) return difference
  }
  return 0
}
