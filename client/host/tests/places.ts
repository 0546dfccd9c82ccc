/** An expectation in the text of its file: its name and the line of that. */
export interface ExpectationPlace {
  readonly name: string
  /** From 0. */
  readonly line: number
}

/** The expectations that a text names, in their order, each name once; none while it is no valid JSON. */
export function expectationPlaces(text: string): readonly ExpectationPlace[] {
  const list = listIn(text)
  const known = new Set<string>()
  let from = 0
  return list.flatMap((one) => {
    const name = typeof one === 'object' && one !== null && 'name' in one ? one.name : undefined
    if (typeof name !== 'string' || known.has(name)) return []
    known.add(name)
    const at = text.indexOf(JSON.stringify(name), from)
    if (at < 0) return [{ name, line: 0 }]
    from = at + 1
    return [{ name, line: text.slice(0, at).split('\n').length - 1 }]
  })
}

function listIn(text: string): readonly unknown[] {
  try {
    const content: unknown = JSON.parse(text)
    const list =
      typeof content === 'object' && content !== null && 'expectations' in content ? content.expectations : []
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}
