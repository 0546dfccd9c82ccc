import type { RuleFailure } from '@modeldriver/engine'

/** Logs rules that failed: each failure once, though every keystroke meets it again. */
export function failureLog(
  failed: (doing: string, error: unknown) => void,
): (failures: readonly RuleFailure[]) => void {
  const told = new Set<string>()
  return (failures) => {
    for (const { code, message, stack } of failures) {
      const key = `${code} ${message}`
      if (!told.has(key)) failed(`the rule ${code}`, stack ?? message)
      told.add(key)
    }
  }
}
