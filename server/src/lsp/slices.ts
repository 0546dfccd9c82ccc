/**
 * Does long work step by step, each step in a turn of the event loop of its own, and none while there is something more
 * urgent: what the author types never waits for more than one step.
 */
export function inSlices(work: Iterator<unknown>, isBusy: () => boolean, failed: (error: unknown) => void): void {
  const next = () => {
    if (isBusy()) return later()
    try {
      if (!work.next().done) later()
    } catch (error) {
      failed(error)
    }
  }
  const later = () => void setImmediate(() => setImmediate(next))
  later()
}
