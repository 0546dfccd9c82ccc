import { useEffect, useMemo, useRef, useState } from 'react'
import { pageWords } from '../shared/page.tsx'
import { keptLayout } from './keep.ts'
import { type Layout, layoutDrawing } from './layout.ts'
import type { LayoutTask } from './layout-worker.ts'
import code from './layout-worker.ts?code'
import type { Drawing } from './lineage.ts'

export interface Laid {
  readonly project: string
  readonly drawing: Drawing
  readonly layout: Layout
}

/** Up to so many nodes are laid out at once, in less time than a person sees. */
const mostAtOnce = 200

/**
 * A drawing with its layout. A large one is laid out beside the page, which stays as it was meanwhile (`isWaiting`) and
 * can be asked for another one, which ends the work.
 */
export function useLaidOut(
  project: string | undefined,
  drawing: Drawing | undefined,
): { readonly laid: Laid | undefined; readonly isWaiting: boolean } {
  const last = useRef<Laid | undefined>(undefined)
  const [late, setLate] = useState<Laid>()
  const before = last.current?.project === project ? last.current : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was there before decides only when something else is drawn
  const atOnce = useMemo((): Laid | undefined => {
    if (project === undefined || !drawing) return undefined
    const isSmall = drawing.nodes.length <= mostAtOnce
    const layout = keptLayout(drawing, before?.layout) ?? (isSmall ? layoutDrawing(drawing) : undefined)
    return layout && { project, drawing, layout }
  }, [project, drawing])
  useEffect(() => {
    if (project === undefined || !drawing || atOnce) return
    return layOutBeside(drawing, (layout) => setLate({ project, drawing, layout }))
  }, [project, drawing, atOnce])
  const now = atOnce ?? (late?.drawing === drawing ? late : undefined)
  useEffect(() => {
    if (now) last.current = now
  }, [now])
  return { laid: now ?? before, isWaiting: drawing !== undefined && now === undefined }
}

/** Gives what ends the work. */
function layOutBeside(drawing: Drawing, done: (layout: Layout) => void): () => void {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(address)
  const end = () => {
    worker.terminate()
    URL.revokeObjectURL(address)
  }
  worker.onmessage = ({ data }: MessageEvent<Layout>) => {
    end()
    done(data)
  }
  // Where there are no workers the page does it.
  worker.onerror = () => {
    end()
    done(layoutDrawing(drawing))
  }
  worker.postMessage({ drawing, words: pageWords() } satisfies LayoutTask)
  return end
}
