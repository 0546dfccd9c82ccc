import { type Browser, chromium, type Page } from 'playwright-core'

/** Chromium without a window, and without anything that asks the internet or slows down hidden pages. */
export function launchBrowser(hasScrollBars = false): Promise<Browser> {
  return chromium.launch({
    ...(hasScrollBars && { ignoreDefaultArgs: ['--hide-scrollbars'] }),
    executablePath: process.env.MD_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
    ],
  })
}

/** The size of the window in which tests click. */
export const windowSize = { width: 1400, height: 900 }

/** A page of a fixed size and language, without animations. */
export async function newPage(browser: Browser, size = windowSize): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    locale: 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  return page
}
