import { firstLine } from '../files/disk.ts'

/** Hears what fails after the code that started it has returned: timers and promises of feature files. */
export function onStray(hear: (message: string) => void): void {
  const stray = (error: unknown): void => {
    const what = firstLine(error).replace(/\.$/, '')
    hear(
      `A feature started something that failed after it had given its value: ${what}. Features give their value at once, without timers and promises.`,
    )
  }
  process.on('uncaughtException', stray)
  process.on('unhandledRejection', stray)
}
