import { setFlagsFromString } from 'node:v8'

/**
 * Two habits of V8 cost the server more than half of its memory, and nothing is faster for them. What it makes at every keystroke
 * goes directly among the old objects, because all of it stayed when the files were read first; and those are only looked through
 * when they are three times as many as after the last time.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--no-allocation-site-pretenuring')
  setFlagsFromString('--heap-growing-percent=30')
}
