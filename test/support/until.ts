import { setTimeout as pause } from 'node:timers/promises'

const pollMs = 50

/**
 * Asks again and again until `check` gives something other than undefined or false, and returns it. A check that throws
 * counts as "not yet". After `timeoutMs` it rejects, with `what` was waited for and the last error.
 */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  let last: unknown
  while (performance.now() < deadline) {
    try {
      const value = await check()
      if (value !== undefined && value !== false) return value
      last = undefined
    } catch (error) {
      last = error
    }
    await pause(pollMs)
  }
  throw new Error(
    `Waited ${timeoutMs / 1000} s for ${what}${last === undefined ? '' : `; the last try: ${String(last)}`}`,
  )
}
