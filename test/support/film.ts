import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { docsPictures, isPicturing, stillPicture } from './pictures.ts'
import type { Session } from './session.ts'
import { type Theme, themes } from './themes.ts'
import { until } from './until.ts'

/** Somebody's hands at a window: what they do is counted, what they wait for is timed, and pictures make a film of it. */
export interface Hand {
  click(what: Locator): Promise<void>
  /** The same where the pointer gets to it: nothing is scrolled for it. */
  clickAt(what: Locator): Promise<void>
  press(key: string): Promise<void>
  type(text: string): Promise<void>
  /** Moves the pointer there; no action. */
  point(what: Locator): Promise<void>
  /** Begins a step of the film, told below the picture. */
  begins(step: string): void
  /** Waits for what the last action brings. `ms`: how long the film stays there. */
  sees(wait: () => Promise<unknown>, ms?: number): Promise<void>
}

export interface Step {
  readonly says: string
  actions: number
  /** From each action to what was waited for: no reading, no thinking. */
  waitedMs: number
}

interface Point {
  readonly x: number
  readonly y: number
}

interface Frame {
  /** By name of the theme. */
  readonly pictures: ReadonlyMap<string, Buffer>
  readonly says: string
  readonly pointer: Point
  readonly isDown?: boolean
  readonly ms: number
}

const filmThemes = themes.slice(0, 2)
const way = [0.3, 0.6, 0.85, 1]
const stripHeight = 40

export class Film implements Hand {
  readonly steps: Step[] = []
  readonly #session: Session
  readonly #frames: Frame[] = []
  #pointer: Point = { x: 600, y: 420 }
  #since = 0

  constructor(session: Session) {
    this.#session = session
  }

  begins(says: string): void {
    this.steps.push({ says, actions: 0, waitedMs: 0 })
  }

  async click(what: Locator): Promise<void> {
    await this.point(what)
    this.#again({ isDown: true, ms: 160 })
    this.#acts()
    await what.click()
  }

  async clickAt(what: Locator): Promise<void> {
    await this.point(what)
    this.#again({ isDown: true, ms: 160 })
    this.#acts()
    await this.#page.mouse.click(this.#pointer.x, this.#pointer.y)
  }

  async press(key: string): Promise<void> {
    this.#acts()
    await this.#page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    this.#acts()
    for (const [part] of text.matchAll(/\s*.{1,6}/g)) {
      await this.#page.keyboard.type(part)
      await this.#shoot(220)
    }
    this.#since = performance.now()
  }

  async point(what: Locator): Promise<void> {
    // What the editor draws may be drawn again at any time.
    const box = await until('what is pointed at', async () => (await what.boundingBox()) ?? undefined)
    const from = this.#pointer
    const to = { x: box.x + Math.min(box.width / 2, 60), y: box.y + box.height / 2 }
    await this.#page.mouse.move(to.x, to.y)
    for (const part of way) {
      this.#pointer = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
      this.#again({ ms: 50 })
    }
  }

  async sees(wait: () => Promise<unknown>, ms = 1500): Promise<void> {
    await wait()
    const step = this.#step
    if (this.#since > 0) step.waitedMs += performance.now() - this.#since
    this.#since = 0
    await this.#shoot(ms)
  }

  /** Writes `<name>-dark.gif` and `<name>-light.gif` into the documentation. */
  async write(name: string): Promise<void> {
    for (const theme of isPicturing ? filmThemes : []) {
      const frames = await Promise.all(this.#frames.map((frame) => drawn(frame, theme)))
      await sharp(frames, { join: { animated: true } })
        .gif({ delay: this.#frames.map(({ ms }) => ms), loop: 0, colours: 128, dither: 0, effort: 10 })
        .toFile(join(docsPictures, `${name}-${theme.name}.gif`))
    }
  }

  get #page(): Page {
    return this.#session.page
  }

  get #step(): Step {
    const step = this.steps.at(-1)
    if (step === undefined) throw new Error('No step has begun')
    return step
  }

  #acts(): void {
    this.#step.actions += 1
    this.#since = performance.now()
  }

  async #shoot(ms: number): Promise<void> {
    if (!isPicturing) return
    const pictures = new Map<string, Buffer>()
    for (const theme of filmThemes) {
      await this.#session.useTheme(theme)
      pictures.set(theme.name, await stillPicture(this.#page))
    }
    this.#frames.push({ pictures, says: this.#step.says, pointer: this.#pointer, ms })
  }

  /** The last picture once more, with the pointer where it is now. */
  #again(more: Pick<Frame, 'ms' | 'isDown'>): void {
    const last = this.#frames.at(-1)
    if (last !== undefined) this.#frames.push({ ...last, says: this.#step.says, pointer: this.#pointer, ...more })
  }
}

async function drawn(frame: Frame, theme: Theme): Promise<Buffer> {
  const picture = sharp(frame.pictures.get(theme.name))
  const { width = 0, height = 0 } = await picture.metadata()
  const isDark = theme.name === 'dark'
  const [paper, ink] = isDark ? ['#0e639c', '#ffffff'] : ['#005fb8', '#ffffff']
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + stripHeight}">
    <rect y="${height}" width="${width}" height="${stripHeight}" fill="${paper}"/>
    <text x="20" y="${height + 27}" font-family="sans-serif" font-size="20" fill="${ink}">${escaped(frame.says)}</text>
    <g transform="translate(${frame.pointer.x} ${frame.pointer.y})">
      ${frame.isDown ? '<circle r="15" fill="#ff8c00" fill-opacity="0.45"/>' : ''}
      <path d="M0 0 L0 20 L5 15.5 L8.5 23 L12 21.5 L8.5 14 L15 14 Z" fill="#000" stroke="#fff" stroke-width="1.5"/>
    </g></svg>`
  return picture
    .extend({ bottom: stripHeight, background: paper })
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer()
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
