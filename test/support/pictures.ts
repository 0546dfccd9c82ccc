import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { clone } from './clone.ts'
import { shown } from './gallery.ts'
import type { Session } from './session.ts'
import { themes } from './themes.ts'
import { until } from './until.ts'

/** MD_PICTURES=1: the pictures of the documentation are taken, each in every theme. */
export const isPicturing = process.env.MD_PICTURES === '1'
/** MD_PICTURES=look: the same pictures once, beside the test results. */
const isLooking = process.env.MD_PICTURES === 'look'

/** Pictures of the documentation are shown at two thirds of their size and less. */
export const pictureSize = { width: 1200, height: 750 }

export const docsPictures = join(clone, 'docs/pictures')

/**
 * Keeps a picture of the page as it is now, where pictures are wanted. `showAgain`, where what is shown keeps the colours
 * of the theme in which it appeared.
 */
export async function picture(session: Session, name: string, showAgain?: () => Promise<void>): Promise<void> {
  if (isLooking) {
    const path = join(clone, 'test-results/pictures', `${name}.png`)
    await session.page.screenshot({ path, animations: 'disabled' })
  }
  if (!isPicturing || !shown.some((each) => each.name === name)) return
  mkdirSync(docsPictures, { recursive: true })
  for (const theme of themes) {
    await session.useTheme(theme)
    await showAgain?.()
    const path = join(docsPictures, `${name}-${theme.name}.png`)
    await sharp(await stillPicture(session.page))
      .png({ palette: true, effort: 10, dither: 0 })
      .toFile(path)
  }
}

/** The page once nothing on it changes any more: two pictures after another are the same. */
export async function stillPicture(page: Page): Promise<Buffer> {
  let last: Buffer | undefined
  return until('a page that stands still', async () => {
    const next = await page.screenshot({ animations: 'disabled' })
    const isSame = last?.equals(next)
    last = next
    return isSame && next
  })
}

/** Does the work of a test; when it fails, keeps a picture of the page under test-results/. */
export async function pictureOnFailure(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const path = join(clone, 'test-results/failures', `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`)
    await page.screenshot({ path }).catch(() => undefined)
    throw error
  }
}
