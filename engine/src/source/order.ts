import type { Feature } from '../ir/feature.ts'

/** Calls `visit` for each feature after the features it needs; where they need each other, in the order given. */
export function inDependencyOrder(
  features: readonly Feature[],
  featureOf: (name: string) => Feature | undefined,
  visit: (feature: Feature) => void,
): void {
  const seen = new Set<Feature>()
  const isWaiting = ({ name }: { readonly name: string }) => {
    const needed = featureOf(name)
    return needed !== undefined && !seen.has(needed)
  }
  for (const root of features) {
    if (seen.has(root)) continue
    seen.add(root)
    if (!root.inputs.some(isWaiting)) {
      visit(root)
      continue
    }
    const stack = [{ feature: root, next: 0 }]
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.feature.inputs[top.next++]
      if (!input) {
        visit(top.feature)
        stack.pop()
        continue
      }
      const needed = featureOf(input.name)
      if (!needed || seen.has(needed)) continue
      seen.add(needed)
      stack.push({ feature: needed, next: 0 })
    }
  }
}
