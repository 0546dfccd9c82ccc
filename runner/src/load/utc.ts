/** Calls `work` in UTC, so that what asks the machine's time zone (`date.getMonth()`, `new Date(2024, 0, 2)`) is the same everywhere. */
export function inUtc<T>(work: () => T): T {
  const before = process.env.TZ
  if (before === 'UTC') return work()
  process.env.TZ = 'UTC'
  try {
    return work()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}
