import type { Frame, Page } from 'playwright-core'
import { until } from '../support/until.ts'

/** What the eye meets while a table is scrolled, in milliseconds. */
export interface Scrolled {
  readonly longestFrame: number
  /** As long as some of the table showed no cells. */
  readonly blank: number
  /** Longest time that the same rows stood there while the table was scrolled to others. */
  readonly longestBehind: number
  /** From the last move of the table until the rows of the place where it rests were there. */
  readonly untilThere: number
}

/** Turns the wheel over a table as fast as a finger does, thirty notches a second, up or down. */
export function wheeled(page: Page, results: Frame, notches: number): Promise<Scrolled> {
  return watched(results, async () => {
    await overRows(page, results)
    for (let notch = 0; notch < Math.abs(notches); notch++) {
      await page.mouse.wheel(0, Math.sign(notches) * notchPixels)
      await page.waitForTimeout(notchMs)
    }
  })
}

/** A table given a push on a touchpad: it begins at 750 rows a second and comes to rest within some five seconds. */
export function flung(page: Page, results: Frame, direction: 1 | -1): Promise<Scrolled> {
  return watched(results, async () => {
    await overRows(page, results)
    for (let pixels = 300; pixels > 1; pixels *= 0.98) {
      await page.mouse.wheel(0, direction * pixels)
      await page.waitForTimeout(frameMs)
    }
  })
}

export function toTop(results: Frame): Promise<void> {
  return results.locator('.grid').evaluate((grid) => {
    // To the first columns, too: a click on the header of another brought that in sight.
    grid.scrollTo(0, 0)
  })
}

/** Takes the bar of a table that stands at its top down to `part` of its length in two seconds, and lets go there. */
export function dragged(page: Page, results: Frame, part: number): Promise<Scrolled> {
  return watched(results, async () => {
    const { x, top, height } = await barOf(results)
    await page.mouse.move(x, top)
    await page.mouse.down()
    for (let step = 1; step <= dragSteps; step++) {
      await page.mouse.move(x, top + height * part * (step / dragSteps))
      await page.waitForTimeout(frameMs)
    }
    await page.mouse.up()
  })
}

const notchPixels = 120
const notchMs = 33
const frameMs = 16
const dragSteps = 120

async function overRows(page: Page, results: Frame): Promise<void> {
  const box = await results.locator('.grid').boundingBox()
  if (!box) throw new Error('the table is not on the screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
}

/** Where the vertical bar of the table can be taken while it is at the top, and how far it goes. */
async function barOf(results: Frame): Promise<{ readonly x: number; readonly top: number; readonly height: number }> {
  const grid = results.locator('.grid')
  const box = await grid.boundingBox()
  const inner = await grid.evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }))
  const width = (box?.width ?? 0) - inner.clientWidth
  if (!box || width < 8) throw new Error('the table has no scroll bar that could be taken')
  // At both ends there are buttons, as high as the bar is wide.
  return {
    x: box.x + inner.clientWidth + width / 2,
    top: box.y + width + 6,
    height: inner.clientHeight - 2 * width - 12,
  }
}

interface Meter {
  /** The rows of the place to which the table is scrolled fill it, each with its cells. */
  readonly isThere: () => boolean
  readonly start: () => void
  readonly stop: () => Scrolled
}
type Metered = typeof globalThis & { meter?: Meter }

async function watched(results: Frame, move: () => Promise<void>): Promise<Scrolled> {
  await addMeter(results)
  await results.evaluate(() => (globalThis as Metered).meter?.start())
  await move()
  await until('the rows of the place where it rests', () =>
    results.evaluate(() => (globalThis as Metered).meter?.isThere()),
  )
  const scrolled = await results.evaluate(() => (globalThis as Metered).meter?.stop())
  if (!scrolled) throw new Error('the page was made anew while it was scrolled')
  return scrolled
}

/** Jumps to parts of a table, one after the other: how long it takes each time until its rows are there. */
export async function jumped(results: Frame, parts: readonly number[]): Promise<readonly number[]> {
  await addMeter(results)
  return results.evaluate(async (parts) => {
    const grid = document.querySelector('.grid') as HTMLElement
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const times: number[] = []
    for (const part of parts) {
      grid.scrollTop = grid.scrollHeight * part
      const started = performance.now()
      do await frame()
      while (!(globalThis as Metered).meter?.isThere())
      times.push(performance.now() - started)
    }
    return times
  }, parts)
}

/** In the page: looks at every frame, and at what the frame before still shows when a scroll begins to be handled. */
function addMeter(results: Frame): Promise<void> {
  return results.evaluate(() => {
    const grid = document.querySelector('.grid') as HTMLElement
    const head = (grid.querySelector('.grid-head') as HTMLElement).offsetHeight
    const height = (grid.querySelector('.row') as HTMLElement).offsetHeight
    /** The rows with cells that the eye sees, and how much of the table they do not cover. */
    const look = () => {
      const top = grid.getBoundingClientRect().top + head
      const bottom = top - head + grid.clientHeight
      let bare = bottom - top
      const rows: number[] = []
      for (const row of grid.querySelectorAll('.row:has(.cell)')) {
        const box = row.getBoundingClientRect()
        const covered = Math.min(box.bottom, bottom) - Math.max(box.top, top)
        if (covered <= 0) continue
        bare -= covered
        rows.push(Number(row.ariaRowIndex) - 2)
      }
      const first = Math.floor(grid.scrollTop / height)
      const last = Math.ceil((grid.scrollTop + bottom - top) / height) - 1
      const isBlank = bare >= 1
      const isThere = !isBlank && Math.min(...rows) === first && Math.max(...rows) === last
      return { isBlank, isThere, picture: String(rows) }
    }
    let isOn = false
    let before = 0
    let seen = look()
    let movedAt = 0
    let thereAt: number | undefined
    let longestFrame = 0
    let blank = 0
    let behind = 0
    let longestBehind = 0
    const scrolled = () => {
      if (look().isBlank) seen = { ...seen, isBlank: true }
      movedAt = performance.now()
      thereAt = undefined
    }
    const frame = (now: number) => {
      const next = look()
      longestFrame = Math.max(longestFrame, now - before)
      if (seen.isBlank) blank += now - before
      behind = next.isThere || next.picture !== seen.picture ? 0 : behind + now - before
      longestBehind = Math.max(longestBehind, behind)
      if (next.isThere) thereAt ??= performance.now()
      seen = next
      before = now
      if (isOn) requestAnimationFrame(frame)
    }
    const meter: Meter = {
      isThere: () => (isOn ? thereAt !== undefined : look().isThere),
      start: () => {
        isOn = true
        before = movedAt = performance.now()
        addEventListener('scroll', scrolled, { capture: true, passive: true })
        requestAnimationFrame(frame)
      },
      stop: () => {
        isOn = false
        removeEventListener('scroll', scrolled, { capture: true })
        return { longestFrame, blank, longestBehind, untilThere: (thereAt ?? movedAt) - movedAt }
      },
    }
    ;(globalThis as Metered).meter = meter
  })
}
