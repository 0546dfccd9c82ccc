import { useEffect, useRef, useState } from 'react'

/** What moves with each frame is kept when it has come to rest: it is written down on the thread that draws. */
const restMs = 100

/**
 * Does `keep` whenever it is another one, that is when something it keeps is. Gives what does it once nothing has asked for it
 * for a while.
 */
export function useKeep(keep: () => void): () => void {
  useEffect(keep, [keep])
  const latest = useRef(keep)
  useEffect(() => {
    latest.current = keep
  })
  const [keepAtRest] = useState(() => atRest(() => latest.current()))
  return keepAtRest
}

function atRest(act: () => void): () => void {
  let timer: number | undefined
  return () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(act, restMs)
  }
}
