// Draws media/icon.svg into media/icon.png (256 × 256, transparent corners). Run after a change of the drawing: node media/render-icon.mjs
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const file = (name) => new URL(name, import.meta.url)
const executablePath = process.env.MD_CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage({ viewport: { width: 256, height: 256 } })
await page.setContent(`<style>body{margin:0}svg{display:block}</style>${readFileSync(file('icon.svg'), 'utf8')}`)
await page.screenshot({ path: file('icon.png').pathname, omitBackground: true })
await browser.close()
