import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { clone } from './clone.ts'

/** Where pictures of the product go: beside the test results, or into the documentation when asked to (MD_PICTURES=1). */
const folder = join(clone, process.env.MD_PICTURES === '1' ? 'docs/pictures' : 'test-results/pictures')

/** Keeps a picture of the page as it is now. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
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
