import { config } from '@vscode/l10n'
import { layoutDrawing } from './layout.ts'
import type { Drawing } from './lineage.ts'

export interface LayoutTask {
  readonly drawing: Drawing
  /** The page's texts: they decide how wide nodes are. */
  readonly words: string | undefined
}

/** Lays out one drawing beside the page. */
addEventListener('message', ({ data: { drawing, words } }: MessageEvent<LayoutTask>) => {
  if (words !== undefined) config({ contents: words })
  postMessage(layoutDrawing(drawing))
})
