const names = ['exit', 'abort', 'kill'] as const

/** Calls `work` in a process that it cannot end: what ends a process throws instead. */
export function withoutExit<T>(work: () => T): T {
  const before = names.map((name) => Reflect.get(process, name))
  refuseExit()
  try {
    return work()
  } finally {
    names.forEach((name, at) => {
      Reflect.set(process, name, before[at])
    })
  }
}

/** From now on nobody can end this process. Gives the way to end it to whoever called. */
export function refuseExit(): (code: number) => void {
  const exit = process.exit.bind(process)
  for (const name of names) {
    Reflect.set(process, name, () => {
      throw new Error(`it called process.${name}(); a feature gives a value and nothing else`)
    })
  }
  return exit
}
