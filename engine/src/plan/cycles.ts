/** Edges of a directed graph over node numbers `0 … n-1`. */
export type Edges = readonly (readonly number[])[]

/** At most this many cycles are described for one tangle of nodes. */
const maxCyclesPerComponent = 25

/**
 * Strongly connected components that contain a cycle (Tarjan 1972, without recursion), each as node numbers.
 */
export function cyclicComponents(edges: Edges): readonly (readonly number[])[] {
  const index = new Int32Array(edges.length).fill(-1)
  const low = new Int32Array(edges.length)
  const onStack = new Uint8Array(edges.length)
  const stack: number[] = []
  const components: number[][] = []
  let next = 0
  for (let root = 0; root < edges.length; root++) {
    if (index[root] !== -1) continue
    const work: { node: number; edge: number }[] = [{ node: root, edge: 0 }]
    while (work.length > 0) {
      const frame = work[work.length - 1] as { node: number; edge: number }
      const { node } = frame
      if (frame.edge === 0) {
        index[node] = low[node] = next++
        stack.push(node)
        onStack[node] = 1
      }
      const target = edges[node]?.[frame.edge++]
      if (target !== undefined) {
        if (index[target] === -1) work.push({ node: target, edge: 0 })
        else if (onStack[target]) low[node] = Math.min(low[node] as number, index[target] as number)
        continue
      }
      work.pop()
      const parent = work[work.length - 1]
      if (parent) low[parent.node] = Math.min(low[parent.node] as number, low[node] as number)
      if (low[node] !== index[node]) continue
      const component: number[] = []
      for (let member = -1; member !== node; ) {
        member = stack.pop() as number
        onStack[member] = 0
        component.push(member)
      }
      if (component.length > 1 || edges[node]?.includes(node)) components.push(component.reverse())
    }
  }
  return components
}

/**
 * The shortest cycles that together cover every edge inside a component: for each edge a breadth-first search for the way
 * back, without repetitions, shortest first. Each cycle is a list of nodes of which each has an edge to the next.
 */
export function shortestCycles(component: readonly number[], edges: Edges): readonly (readonly number[])[] {
  const inside = new Set(component)
  const cycles: number[][] = []
  const seen = new Set<string>()
  for (const from of component) {
    for (const to of edges[from] ?? []) {
      if (!inside.has(to)) continue
      const cycle = rotated([from, ...wayBack(to, from, inside, edges)])
      const key = cycle.join(' ')
      if (!seen.has(key)) cycles.push(cycle)
      seen.add(key)
    }
  }
  return cycles.sort((a, b) => a.length - b.length || compare(a, b)).slice(0, maxCyclesPerComponent)
}

/** Shortest path `start … ` that ends just before `goal`. */
function wayBack(start: number, goal: number, inside: ReadonlySet<number>, edges: Edges): number[] {
  if (start === goal) return []
  const cameFrom = new Map<number, number>([[start, -1]])
  const queue = [start]
  for (const node of queue) {
    for (const target of edges[node] ?? []) {
      if (target === goal) {
        const path: number[] = []
        for (let step = node; step !== -1; step = cameFrom.get(step) as number) path.unshift(step)
        return path
      }
      if (inside.has(target) && !cameFrom.has(target)) {
        cameFrom.set(target, node)
        queue.push(target)
      }
    }
  }
  return []
}

/** The same cycle starting at its smallest node. */
function rotated(cycle: number[]): number[] {
  const start = cycle.indexOf(Math.min(...cycle))
  return [...cycle.slice(start), ...cycle.slice(0, start)]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((node, i) => node !== b[i])
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number)
}
