import type { Frame, Page } from 'playwright-core'
import { until } from '../support/until.ts'

/** What the eye meets while a table is scrolled, in milliseconds. */
export interface Scrolled {
  readonly longestFrame: number
  /** As long as a row in sight had no cells: altogether, and at a stretch. */
  readonly blank: number
  readonly longestBlank: number
  /** From the last move of the table until every row in sight had its cells. */
  readonly untilWhole: number
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
    grid.scrollTop = 0
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
  readonly isWhole: () => boolean
  readonly stop: () => Scrolled
}
type Metered = typeof globalThis & { meter?: Meter }

async function watched(results: Frame, move: () => Promise<void>): Promise<Scrolled> {
  await results.evaluate(startMeter)
  await move()
  await until('every row in sight to have its cells', () =>
    results.evaluate(() => (globalThis as Metered).meter?.isWhole()),
  )
  const scrolled = await results.evaluate(() => (globalThis as Metered).meter?.stop())
  if (!scrolled) throw new Error('the page was made anew while it was scrolled')
  return scrolled
}

/** In the page: looks at every frame, and at what the frame before still shows when a scroll begins to be handled. */
function startMeter(): void {
  const grid = document.querySelector('.grid') as HTMLElement
  const space = grid.clientHeight - (grid.querySelector('.grid-head') as HTMLElement).offsetHeight
  const height = (grid.querySelector('.row') as HTMLElement).offsetHeight
  const areDrawn = (): boolean => {
    const first = Math.floor(grid.scrollTop / height)
    const last = Math.floor((grid.scrollTop + space - 1) / height)
    const drawn = [...grid.querySelectorAll('.row')].filter((row) => {
      const place = Number(row.ariaRowIndex) - 2
      return place >= first && place <= last && row.querySelector('.waiting') === null
    })
    return drawn.length > last - first
  }
  const stretches: number[] = [0]
  let longestFrame = 0
  let isBlank = false
  let movedAt = performance.now()
  let wholeAt: number | undefined
  let before = movedAt
  let isOn = true
  const scrolled = () => {
    isBlank ||= !areDrawn()
    movedAt = performance.now()
    wholeAt = undefined
  }
  addEventListener('scroll', scrolled, { capture: true, passive: true })
  requestAnimationFrame(function frame(now) {
    longestFrame = Math.max(longestFrame, now - before)
    if (isBlank) stretches.push((stretches.pop() ?? 0) + now - before)
    else if (stretches.at(-1) !== 0) stretches.push(0)
    isBlank = !areDrawn()
    if (!isBlank) wholeAt ??= performance.now()
    before = now
    if (isOn) requestAnimationFrame(frame)
  })
  const meter: Meter = {
    isWhole: () => wholeAt !== undefined,
    stop: () => {
      isOn = false
      removeEventListener('scroll', scrolled, { capture: true })
      const blank = stretches.reduce((total, each) => total + each, 0)
      return { longestFrame, blank, longestBlank: Math.max(...stretches), untilWhole: (wholeAt ?? movedAt) - movedAt }
    },
  }
  ;(globalThis as Metered).meter = meter
}
